// Units of a plain text: what the text labeller judges as one thing, with the facts it judges by.
//
// Takes a Document of type text and the phrases its blocks match; gives units in order. A unit is a line, or the part of
// a line between two places where a leak is glued on; its blocks are [first, end). Judges nothing; knows shapes, not words.
// Views die with the Document. One thread; the vectors keep their capacity.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "page/document.h"

namespace marrow {

// The phrases of rules/languages a piece can match, one bit each: signal "phrase.NAME".
enum TextPhrase : std::uint32_t {
  kPhraseRelated = 1U << 0,
  kPhraseReadMore = 1U << 1,
  kPhrasePrev = 1U << 2,
  kPhraseNext = 1U << 3,
  kPhrasePopular = 1U << 4,
  kPhraseLatest = 1U << 5,
  kPhraseMoreFrom = 1U << 6,
  kPhraseSponsored = 1U << 7,
  kPhraseInArticle = 1U << 8,
  kPhraseShare = 1U << 9,
  kPhraseByline = 1U << 10,
  kPhraseDate = 1U << 11,
  kPhraseCookie = 1U << 12,
  kPhraseNewsletter = 1U << 13,
  kPhraseComments = 1U << 14,
  kPhraseAd = 1U << 15,
  kPhraseLogin = 1U << 16,
  kShapeFurniture = 1U << 17,  // signals "text.NAME" of counters, dates, copyright lines, hash tags, credits
};
inline constexpr const char* kPhraseNames[] = {
    "phrase.related",    "phrase.read_more",  "phrase.prev",  "phrase.next", "phrase.popular", "phrase.latest",
    "phrase.more_from",  "phrase.sponsored",  "phrase.in_article", "phrase.share", "phrase.byline", "phrase.date",
    "phrase.cookie",     "phrase.newsletter", "phrase.comments", "phrase.ad", "phrase.login"};
inline constexpr const char* kFurnitureSignals[] = {"text.counter", "text.date", "text.copyright", "text.hashtag",
                                                    "text.ago",     "text.updated", "text.credit", "text.javascript"};
// Phrases that head a list of other items, or stand before the title of one.
inline constexpr std::uint32_t kListPhrases = kPhraseRelated | kPhrasePopular | kPhraseLatest | kPhraseMoreFrom | kPhraseSponsored |
                                              kPhraseInArticle;
inline constexpr std::uint32_t kMarkerPhrases = kListPhrases | kPhrasePrev | kPhraseNext;
// Phrases of the template's other furniture.
inline constexpr std::uint32_t kFurniturePhrases = kPhraseShare | kPhraseByline | kPhraseDate | kPhraseCookie | kPhraseNewsletter |
                                                   kPhraseComments | kPhraseAd | kPhraseLogin | kShapeFurniture;

enum class Ending : std::uint8_t { none, stop, question, exclamation, ellipsis, colon, comma };
enum class Opening : std::uint8_t { capital, small, uncased, digit, quote, dash, bullet, other };

struct TextUnit {
  Id first = 0, end = 0;      // blocks
  Id title = 0;               // the first block that is no marker, number or arrow
  Id label = kNone;           // "Background: Title": the block of a label in words unknown to the rules, which opens the title
  Id excerpt = kNone;         // behind "Title – ": the first block of the excerpt
  Id read_more = kNone;       // the block of a read-more phrase at the end
  Id arrow = kNone;           // the block of an arrow at the end
  std::string_view text;      // the whole unit as written
  std::string_view core;      // without marker, read-more phrase and arrow
  std::uint32_t marker = 0;   // phrases of the pieces before the title
  std::uint32_t phrases = 0;  // phrases of the unit as a whole, where it is short enough to be nothing else
  std::uint32_t words = 0, chars = 0;  // of core
  std::uint32_t title_words = 0;       // of core before the excerpt
  std::uint32_t commas = 0;
  bool labelled = false;               // "Word: …"
  std::uint32_t bars = 0;              // separators on its line
  std::uint32_t sentences = 0;         // end marks inside and at the end of core
  std::uint32_t twins = 0;             // units nearby whose core is as long and ends alike (cut at one width)
  float overlap = 0;                   // share of its content words that the article's long paragraphs hold too
  Ending ending = Ending::none;
  Opening opening = Opening::other;
  std::int8_t points = 0;     // arrows: -1 back, +1 on
  bool numbered = false;      // "3." or "12:40" before it
  bool listed = false;        // "- ", "・", "a) "
  bool leads = false;         // a bar parts it from the rest of its line
  bool glued = false;         // stands on the line of the unit before
  bool group_start = false;   // a blank line, or nothing, before it
  bool code = false;          // kept exactly, or full of signs
  bool table = false;         // short cells between bars
  bool signs = false;         // no letter or digit at all
  bool crumbs = false;        // "Home > News > Sport", "Imprint | Contact"
  bool copyright = false;     // © or "Copyright"
  bool quoted_end = false;    // ends inside or with a quotation
};

class TextUnits {
 public:
  // `phrases` has one entry a block.
  const std::vector<TextUnit>& build(const Document& document, const std::vector<std::uint32_t>& phrases);

 private:
  void add_line(Id first, Id end);
  void add_unit(Id first, Id end, bool glued);
  bool ends_with_dash(Id block) const;
  bool splits(Id first, Id block, Id end, bool bars_split) const;
  bool bars_split(Id first, Id end) const;
  void find_tables();
  void find_twins();
  void find_overlap();

  const Document* document_ = nullptr;
  const std::vector<std::uint32_t>* phrases_ = nullptr;
  std::vector<TextUnit> units_;
  std::vector<std::uint64_t> words_, own_, seen_;
};

}  // namespace marrow
