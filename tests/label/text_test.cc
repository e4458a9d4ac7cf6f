#include "label/text.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "base/arena.h"
#include "base/text.h"
#include "page/lines.h"

namespace marrow {
namespace {

// A few phrases stand in for rules/languages: what is tested here is the reading of lines.
std::uint32_t phrases_of(std::string_view text) {
  std::string form = fold_case(trim(text));
  while (!form.empty() && (form.back() == ':' || form.back() == ' ')) form.pop_back();
  const std::pair<const char*, std::uint32_t> known[] = {
      {"read also", kPhraseInArticle},   {"related articles", kPhraseRelated}, {"most read", kPhrasePopular},
      {"latest news", kPhraseLatest},    {"previous", kPhrasePrev},            {"next", kPhraseNext},
      {"read more", kPhraseReadMore},    {"advertisement", kPhraseAd},         {"subscribe", kPhraseNewsletter},
      {"share on facebook", kPhraseShare}};
  for (const auto& [phrase, bit] : known)
    if (form == phrase) return bit;
  return 0;
}

// One letter a line or piece of a line: b(ody), r(elated), t(easer), . (boilerplate).
std::string labels_of(std::string_view text) {
  Arena arena;
  Document document;
  read_lines(text, arena, document);
  std::vector<std::uint32_t> phrases;
  for (const Block& block : document.blocks) phrases.push_back(phrases_of(block.text));
  Labels labels;
  TextReader().label(document, phrases, labels);
  EXPECT_EQ(labels.blocks.size(), document.blocks.size());
  std::string out;
  for (Id i = 0; i < labels.blocks.size(); ++i) {
    EXPECT_FALSE(labels.blocks[i].why.empty());
    if (i > 0 && !same_line(document, i)) out += ' ';
    out += "brt."[static_cast<int>(labels.blocks[i].label)];
  }
  return out;
}

const std::string kFirst =
    "The swing bridge at the quay will not reopen before the end of March, the port authority told a crowded meeting on Tuesday "
    "night, five months later than the date painted on the barriers.\n";
const std::string kSecond =
    "Engineers had expected to replace a single worn bearing. When the deck was lifted in September they found that the iron ring "
    "beneath it had cracked in two places and could not be welded.\n";

struct Row {
  const char* name;
  std::string text, want;
};

class Reading : public testing::TestWithParam<Row> {};

TEST_P(Reading, GivesEveryPieceItsVerdict) { EXPECT_EQ(labels_of(GetParam().text), GetParam().want); }

INSTANTIATE_TEST_SUITE_P(
    Texts, Reading,
    testing::Values(
        Row{"empty", "", ""}, Row{"article", "The old bridge\n" + kFirst + kSecond, "b b b"},
        Row{"arrows_and_cut_lines",
            kFirst + kSecond + "<<: What are the costs of a bridge?\n>>: Is the ferry free?\nThe brass band is looking for a new tuba play...\n"
            "Pupils of the school collected four tonnes of ...\nA lorry that carried yoghurt overturned on th...\n",
            "b b .r .r t t t"},
        Row{"marker_between_paragraphs", kFirst + "READ ALSO: Ferry fares frozen for the north bank\n" + kSecond, "b .r b"},
        Row{"list_under_a_heading", kFirst + kSecond + "Related articles\nChickpea stew with preserved lemon\nFive soups that freeze well\n", "b b . r r"},
        Row{"cards_with_excerpts",
            kFirst + kSecond + "Latest news\nThe quiet return of the passbook\nIt is made of paper and cannot be hacked. The small banks […] Read more\n"
            "What your gas bill says\nStanding charge, unit price: hardly anyone reads beyond […] Read more\n",
            "b b . r tt r tt"},
        Row{"numbered_list_behind", kFirst + kSecond + "Most read\n1. Bakery on Tanner Street wins appeal\n2. Police look for owner of swan\n", "b b . .r .r"},
        Row{"advertisement_in_a_broken_paragraph",
            "Somewhere in the middle forties the lens of the eye has stiffened so far that the menu has to be held at a distance, then "
            "further away, until it\nAdvertisement\nbelongs to the next table. A pair of ready-made glasses for the price of a sandwich "
            "seems to be the answer to all of it.\n",
            "b . b"},
        Row{"dialogue_with_ellipses", kFirst + "\"Depends…\"\n\"For how long?\" he asked.\n\"On Sundays it does your aunt…\"\n" + kSecond, "b b bb b b"},
        Row{"form_with_next_and_previous",
            kFirst + "Previous: what state was it in when I started?\nNext: what would I do if I had another hour?\n" + kSecond, "b bb bb b"},
        Row{"merge_keys", kFirst + "\nbase: &base\n  restart: always\nweb:\n  <<: *base\n  port: 8080\n\n" + kSecond, "b bb b b b b b"},
        Row{"only_leaks", "Latest news\n14:32 A bridge was opened in the valley\n13:50 The bakery gave back the earring\n", ". .r .r"}),
    [](const auto& row) { return row.param.name; });

TEST(TextReader, KindsFollowMarkersAndHeadings) {
  Arena arena;
  Document d;
  read_lines(kFirst + kSecond + "<<: What are the costs?\nMost read\n1. Bakery on Tanner Street wins\n2. Police look for a swan\n", arena, d);
  std::vector<std::uint32_t> phrases;
  for (const Block& block : d.blocks) phrases.push_back(phrases_of(block.text));
  Labels labels;
  TextReader().label(d, phrases, labels);
  std::vector<RelatedKind> kinds;
  for (const Verdict& v : labels.blocks)
    if (v.label == Label::related) kinds.push_back(v.kind);
  EXPECT_EQ(kinds, (std::vector<RelatedKind>{RelatedKind::prev, RelatedKind::popular, RelatedKind::popular}));
}

}  // namespace
}  // namespace marrow
