#include "page/lines.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/arena.h"

namespace marrow {
namespace {

struct Reading {
  Arena arena;
  Document document;
  explicit Reading(std::string_view text) { read_lines(text, arena, document); }
  std::string joined() const {
    std::string out;
    for (Id i = 0; i < document.blocks.size(); ++i) {
      out += separator_before(document, i);
      out += document.blocks[i].text;
    }
    return out;
  }
  std::vector<std::string> pieces() const {
    std::vector<std::string> out;
    for (const Block& block : document.blocks) out.emplace_back(block.text);
    return out;
  }
};

struct Whole {
  const char* name;
  std::string text;
  std::string want;
};

class WholeText : public testing::TestWithParam<Whole> {};

TEST_P(WholeText, ComesOutAsItWentInButForWhiteSpaceAndWraps) {
  EXPECT_EQ(Reading(GetParam().text).joined(), GetParam().want);
}

const char* const kWrapped =
    "There are two ways to reach the island of Brenna. The sensible one is\n"
    "the car ferry, which leaves from the new terminal at ten and is never\n"
    "late. The other is the mail boat, and nobody who has taken the mail\n"
    "boat ever talks about the ferry again.\n"
    "\n"
    "It leaves from behind the fish hall at half past six, or when Aud has\n"
    "finished her coffee.\n";

INSTANTIATE_TEST_SUITE_P(
    Texts, WholeText,
    testing::Values(
        Whole{"empty", "", ""}, Whole{"blank", " \n\t\n\r\n", ""}, Whole{"one_line", "Rain fell.", "Rain fell."},
        Whole{"line_ends", "a\r\nb\rc\nd", "a\nb\nc\nd"}, Whole{"blank_lines", "a\n\n\n\nb\nc\n", "a\n\nb\nc"},
        Whole{"form_feed_and_unicode_line_ends", "one\ftwo\u2028three\u2029four\u0085" "five", "one\ntwo\nthree\nfour\nfive"},
        Whole{"unicode_spaces", "P\u00E2te\u00A0: oui\u2003!\u3000x", "P\u00E2te : oui ! x"},
        Whole{"controls_out", std::string("a\0b\x07" "c\x7F" "d\u0090e\u00AD" "f", 13), "abcdef"},
        Whole{"byte_order_mark", "\uFEFFStart", "Start"}, Whole{"composed", "Cafe\u0301", "Caf\u00E9"},
        Whole{"cut_line", "Enough lives saved. | <<: Next title?", "Enough lives saved. | <<: Next title?"},
        Whole{"trailing_pipe", "It can save dying lives. |", "It can save dying lives. |"},
        Whole{"table", "Model | Weight | Price\nA1 | 20 g | 3", "Model | Weight | Price\nA1 | 20 g | 3"},
        Whole{"code_keeps_its_indent", "base: &base\n  restart: always\n  <<: *base\n\tx", "base: &base\n  restart: always\n  <<: *base\n        x"},
        Whole{"tabs", "Looked at\tFirms\nLetter\t11", "Looked at\tFirms\nLetter\t11"},
        Whole{"hard_wrapped", kWrapped,
              "There are two ways to reach the island of Brenna. The sensible one is the car ferry, which leaves from the new "
              "terminal at ten and is never late. The other is the mail boat, and nobody who has taken the mail boat ever talks "
              "about the ferry again.\n\nIt leaves from behind the fish hall at half past six, or when Aud has finished her coffee."},
        Whole{"verse", "Half a league, half a league,\nHalf a league onward,\nAll in the valley of Death\nRode the six hundred.",
              "Half a league, half a league,\nHalf a league onward,\nAll in the valley of Death\nRode the six hundred."},
        Whole{"cut_excerpts_are_no_wrap",
              "A rabbit that stops eating is an emergency, even if it looks\nIndoor cats need something to hunt, and a laser pointer is n\n"
              "There are dogs that fear thunder and dogs that fear the vacu",
              "A rabbit that stops eating is an emergency, even if it looks\nIndoor cats need something to hunt, and a laser pointer is n\n"
              "There are dogs that fear thunder and dogs that fear the vacu"},
        Whole{"glued", "As long as pipes leak.Share on Facebook", "As long as pipes leak.Share on Facebook"}),
    [](const auto& row) { return row.param.name; });

struct Cut {
  const char* name;
  const char* text;
  std::vector<std::string> want;
};

class Pieces : public testing::TestWithParam<Cut> {};

TEST_P(Pieces, AreWhatTheLineMayBe) { EXPECT_EQ(Reading(GetParam().text).pieces(), GetParam().want); }

INSTANTIATE_TEST_SUITE_P(
    Lines, Pieces,
    testing::Values(
        Cut{"prose", "The boat goes back at five, or later.", {"The boat goes back at five, or later."}},
        Cut{"arrows", "It saves lives. | <<: What is it? | >>: Is it so?",
            {"It saves lives.", "<<:", "What is it?", ">>:", "Is it so?"}},
        Cut{"label", "READ ALSO: Ferry fares frozen", {"READ ALSO:", "Ferry fares frozen"}},
        Cut{"label_behind_a_sentence", "Not against age. READ ALSO: Ferry fares", {"Not against age.", "READ ALSO:", "Ferry fares"}},
        Cut{"spaced_colon", "Lire aussi : La tarte", {"Lire aussi :", "La tarte"}},
        Cut{"wide_colon", "前の記事：梅雨のあいだに", {"前の記事：", "梅雨のあいだに"}},
        Cut{"time", "18:20 Handball: Cup tie moved", {"18:20", "Handball:", "Cup tie moved"}},
        Cut{"rank", "3. School bus timetable", {"3.", "School bus timetable"}}, Cut{"date_stays", "16 January", {"16 January"}}, Cut{"rank_in_japanese", "1位　駅前の時計", {"1位", "駅前の時計"}},
        Cut{"trailing_arrow", "« Older post: A night train", {"«", "Older post:", "A night train"}},
        Cut{"next_arrow", "A bill for forty pots →", {"A bill for forty pots", "→"}},
        Cut{"quotation_stays", "« Ce n'est pas un secret », dit-elle.", {"« Ce n'est pas un secret », dit-elle."}},
        Cut{"dash", "Can screens harm? – They can if daylight is missing.", {"Can screens harm?", "They can if daylight is missing."}},
        Cut{"glued_share_bar", "As long as pipes leak.Share on Facebook", {"As long as pipes leak.", "Share on Facebook"}},
        Cut{"glued_read_more", "At forty-one he sat down and learned how toRead more", {"At forty-one he sat down and learned how to", "Read more"}},
        Cut{"bracket", "下锅之前还有一个容易忽略的步骤……[阅读全文]", {"下锅之前还有一个容易忽略的步骤……", "[阅读全文]"}},
        Cut{"host_name_stays", "See example.org or 3.5 litres of it.", {"See example.org or 3.5 litres of it."}}),
    [](const auto& row) { return row.param.name; });

TEST(Lines, ElementsTellGroupsAndCutLines) {
  Reading r("One.\nTwo. | Three\n\nFour.");
  const Document& d = r.document;
  ASSERT_EQ(d.blocks.size(), 4U);
  EXPECT_EQ(d.type, ContentType::text);
  ASSERT_EQ(d.elements.size(), 4U);  // body, p, span, p
  EXPECT_EQ(d.elements[0].end, 4U);
  EXPECT_EQ(d.elements[1].tag, Tag::p_);
  EXPECT_EQ(d.elements[1].end_block, 3U);
  EXPECT_EQ(d.elements[2].tag, Tag::span_);
  EXPECT_EQ(d.elements[2].parent, 1U);
  EXPECT_EQ(d.elements[2].first_block, 1U);
  EXPECT_FALSE(same_line(d, 1));
  EXPECT_TRUE(same_line(d, 2));
  EXPECT_EQ(separator_before(d, 2), " | ");
  EXPECT_EQ(d.words, 4U);
}

TEST(Lines, CountsRepeats) {
  Reading r("Read more\nA title\nREAD MORE");
  EXPECT_EQ(r.document.blocks[0].repeats, 1U);
  EXPECT_EQ(r.document.blocks[1].repeats, 0U);
}

TEST(Lines, HostileTextsKeepEveryWord) {
  std::string pipes, dots, colons, quotes, capitals;
  for (int i = 0; i < 20000; ++i) {
    pipes += "a | ";
    dots += ". ";
    colons += "a: ";
    quotes += "He went. \u00AB ";
    capitals += "\u30021";
  }
  for (const std::string& text : {pipes, dots, colons, std::string(100000, '|'), std::string(100000, '<'), std::string(50000, '\n'),
                                  // Read once: looking back or ahead from every sign would not end.
                                  std::string(400000, '.'), std::string(400000, '.') + "a", quotes, capitals}) {
    Reading r(text);
    std::string kept = r.joined();
    std::string want = text;
    std::erase(kept, ' ');
    std::erase(want, ' ');
    std::erase(want, '\n');
    EXPECT_EQ(kept, want) << text.substr(0, 20);
  }
}

}  // namespace
}  // namespace marrow
