#include "label/text_features.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/scan.h"
#include "page/ascii.h"

namespace marrow {
namespace {

constexpr std::uint32_t kParagraphWords = 25;  // as text_model.cc: a paragraph is an article's
constexpr std::uint32_t kTitleWords = 20;
constexpr std::uint32_t kFar = 30;             // distances in units are counted up to this
constexpr std::size_t kShapeBytes = 400;       // capitals and digits are counted in the first bytes of a unit
constexpr int kReach = 3;                      // neighbours on each side whose numbers are columns

bool whole(const TextUnit& u) { return u.ending == Ending::stop || u.ending == Ending::question || u.ending == Ending::exclamation; }

// Shares of words that begin with a capital, of letters that are capitals, of characters that are digits.
void count_shapes(std::string_view text, float& capitals, float& upper, float& digits) {
  enum : unsigned { kLetter = 1, kUpper = 2, kDigit = 4, kSpace = 8 };
  static constexpr auto kClass = [] {
    std::array<std::uint8_t, 128> table{};
    for (unsigned c = 'a'; c <= 'z'; ++c) table[c] = kLetter, table[c - 32] = kLetter | kUpper;
    for (unsigned c = '0'; c <= '9'; ++c) table[c] = kDigit;
    table[' '] = kSpace;
    return table;
  }();
  text = text.substr(0, kShapeBytes);
  std::uint32_t words = 0, capital_words = 0, letters = 0, uppers = 0, numbers = 0, chars = 0;
  unsigned inside = 0;  // a word: 1
  for (std::size_t at = 0; at < text.size(); ++chars) {
    const char32_t c = next_char(text, at);
    const unsigned is = c < kClass.size() ? kClass[c] : (is_letter(c) ? kLetter : 0U) | (is_upper(c) ? kUpper : 0U) | (is_digit(c) ? kDigit : 0U);
    const unsigned letter = is & kLetter, big = letter & is >> 1, starts = letter & ~inside;
    letters += letter;
    uppers += big;
    numbers += is >> 2 & 1U;
    words += starts;
    capital_words += big & starts;
    inside = (inside | letter) & ~(is >> 3);
  }
  capitals = share(static_cast<float>(capital_words), static_cast<float>(words));
  upper = share(static_cast<float>(uppers), static_cast<float>(letters));
  digits = share(static_cast<float>(numbers), static_cast<float>(chars));
}

// Words before a colon that stands early in the text, 0 if there is none.
float words_before_colon(std::string_view text) {
  static constexpr ByteSet kStops(":.?!,\xEF");  // or what the wide colon begins with
  for (std::size_t at = 0; (at = find_any(text, at, kStops)) < text.size();) {
    const std::size_t start = at;
    const char32_t c = next_char(text, at);
    if (c == '.' || c == '?' || c == '!' || c == ',' || at >= text.size()) return 0;
    if (c != ':' && c != 0xFF1A) continue;
    const auto words = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(start), ' ');
    return words <= 8 ? static_cast<float>(words) : 0;
  }
  return 0;
}

std::uint32_t signature_of(const TextUnit& u) {
  return static_cast<std::uint32_t>(u.ending) | static_cast<std::uint32_t>(u.opening) << 4 | (u.numbered ? 1U << 8 : 0) | (u.listed ? 1U << 9 : 0) |
         (u.read_more != kNone ? 1U << 10 : 0) | (u.glued ? 1U << 11 : 0);
}

float nearness(std::uint32_t distance) { return static_cast<float>(std::min(distance, kFar)); }

}  // namespace

TextFeatures::TextFeatures() {
  static const std::vector<TextUnit> units(1);
  static const std::vector<UnitScores> scores(1);
  static const std::vector<TextReading> readings(1);
  units_ = &units;
  scores_ = &scores;
  readings_ = &readings;
  places_.resize(1);
  Naming naming{columns_, ""};
  row(naming, 0);
}

void TextFeatures::place(const std::vector<TextUnit>& units) {
  places_.assign(units.size(), Place());
  paragraphs_ = paragraph_words_ = cuts_ = titles_ = marked_ = 0;
  std::uint32_t since_paragraph = kFar, since_heading = kFar, since_marked = kFar, heading = 0, run = 0;
  for (std::size_t i = 0; i < units.size(); ++i) {
    const TextUnit& u = units[i];
    Place& p = places_[i];
    const UnitScores& s = (*scores_)[i];
    p.cut = u.read_more != kNone || u.ending == Ending::ellipsis;
    p.speech = u.opening == Opening::quote || (u.opening == Opening::dash && u.words > 1);
    p.paragraph = u.words >= kParagraphWords && !p.cut && u.ending != Ending::none;
    p.title_like = u.words >= 1 && u.words <= kTitleWords && (u.ending == Ending::none || u.ending == Ending::question || u.ending == Ending::exclamation) &&
                   u.sentences <= 2 && u.opening != Opening::small && !u.code && !u.table;
    p.furniture = u.signs || u.copyright || u.crumbs || (u.words <= 22 && (u.phrases & kFurniturePhrases));
    p.heading = s.heading;
    p.marked = s.marker;
    p.read_more = (u.phrases & kPhraseReadMore) && u.words <= 8 && !whole(u);
    p.signature = signature_of(u);
    p.label_words = words_before_colon(u.text);
    if (u.words < kParagraphWords * 2) count_shapes(u.core, p.capitals, p.upper, p.digits);
    p.paragraphs_before = paragraphs_;
    p.words_before = paragraph_words_;
    p.since_paragraph = since_paragraph;
    p.since_heading = since_heading;
    p.heading_kind = since_heading < kFar ? heading : 0;
    p.since_marked = since_marked;
    p.run_back = run;
    p.leaks_before = cuts_ + marked_;
    since_paragraph = p.paragraph ? 0 : std::min(kFar, since_paragraph + 1);
    since_heading = p.heading ? 0 : p.paragraph ? kFar : std::min(kFar, since_heading + 1);
    if (p.heading) heading = u.phrases;
    since_marked = p.marked ? 0 : std::min(kFar, since_marked + 1);
    run = p.paragraph ? 0 : run + 1;
    paragraphs_ += p.paragraph;
    paragraph_words_ += p.paragraph ? u.words : 0;
    cuts_ += p.cut && !p.speech;
    titles_ += p.title_like;
    marked_ += p.marked;
  }
  std::uint32_t until = kFar, on = 0;
  for (std::size_t i = units.size(); i-- > 0;) {
    places_[i].until_paragraph = until;
    places_[i].run_on = on;
    until = places_[i].paragraph ? 0 : std::min(kFar, until + 1);
    on = places_[i].paragraph ? 0 : on + 1;
  }
}

template <typename Out>
void TextFeatures::neighbour(Out& out, std::size_t i, int step) const {
  const auto at = static_cast<std::ptrdiff_t>(i) + step;
  const bool there = at >= 0 && at < static_cast<std::ptrdiff_t>(units_->size());
  const std::size_t k = there ? static_cast<std::size_t>(at) : i;
  const TextUnit& u = (*units_)[k];
  const TextUnit& own = (*units_)[i];
  const Place& p = places_[k];
  const UnitScores& s = (*scores_)[k];
  if constexpr (Out::naming) out.group((step < 0 ? "before" : "after") + std::to_string(std::abs(step)) + ".");
  const auto say = [&](std::string_view name, std::string_view note, float value) { out(name, note, there ? value : -1.0F); };
  say("words", "ln words", ln(static_cast<float>(u.words)));
  say("chars_ratio", "its characters against this unit's", std::min(9.0F, share(static_cast<float>(u.chars), static_cast<float>(own.chars + 1))));
  say("ending", "end mark: none, stop, question, exclamation, ellipsis, colon, comma", static_cast<float>(u.ending));
  say("opening", "first character's class", static_cast<float>(u.opening));
  say("same", "same ending, opening, number and list mark as this unit", flag(p.signature == places_[i].signature));
  say("cut", "ellipsis or read-more phrase", flag(p.cut));
  say("title_like", "short, no full stop", flag(p.title_like));
  say("paragraph", "25 words or more, whole", flag(p.paragraph));
  say("furniture", "furniture by phrase or shape", flag(p.furniture));
  say("heading", "heads a list in known words", flag(p.heading));
  say("read_more", "a read-more phrase alone", flag(p.read_more));
  say("marked", "a marker or an arrow of its own", flag(p.marked));
  say("numbered", "a number or time before it", flag(u.numbered || u.opening == Opening::digit));
  say("listed", "a list mark before it", flag(u.listed));
  say("role", "hand-set reading: body, title, teaser, other", static_cast<float>((*readings_)[k].role));
  say("body", "hand-set points for body against the best other", s.body - std::max({s.title, s.teaser, s.other}));
  say("label_words", "words before an early colon", p.label_words);
  say("group_start", "a blank line before it", flag(u.group_start));
}

template <typename Out>
void TextFeatures::row(Out& out, std::size_t i) const {
  const TextUnit& u = (*units_)[i];
  const Place& p = places_[i];
  const UnitScores& s = (*scores_)[i];
  const TextReading& r = (*readings_)[i];
  const auto count = static_cast<float>(units_->size());
  const auto n = static_cast<float>(i);
  if constexpr (Out::naming) out.group("");
  out("words", "ln words", ln(static_cast<float>(u.words)));
  out("chars", "ln characters", ln(static_cast<float>(u.chars)));
  out("title_words", "ln words before the excerpt", ln(static_cast<float>(u.title_words)));
  out("commas", "commas", static_cast<float>(std::min(u.commas, 9U)));
  out("bars", "bars on its line", static_cast<float>(std::min(u.bars, 9U)));
  out("sentences", "end marks", static_cast<float>(std::min(u.sentences, 9U)));
  out("twins", "units nearby cut at the same width", static_cast<float>(std::min(u.twins, 8U)));
  out("overlap", "share of content words that long paragraphs hold too", u.overlap);
  out("ending", "end mark: none, stop, question, exclamation, ellipsis, colon, comma", static_cast<float>(u.ending));
  out("opening", "first character: capital, small, uncased, digit, quote, dash, bullet, other", static_cast<float>(u.opening));
  out("whole", "ends a sentence", flag(whole(u)));
  out("capitals", "share of words with a capital", p.capitals);
  out("upper", "share of letters in capitals", p.upper);
  out("digits", "share of digits", p.digits);
  out("label_words", "words before an early colon", p.label_words);
  out("points", "arrow: -1 back, 1 on", static_cast<float>(u.points));
  out("numbered", "a number or time before it", flag(u.numbered));
  out("listed", "a list mark before it", flag(u.listed));
  out("leads", "a bar behind it on its line", flag(u.leads));
  out("glued", "on the line of the unit before", flag(u.glued));
  out("group_start", "a blank line before it", flag(u.group_start));
  out("code", "code", flag(u.code));
  out("table", "row of a table", flag(u.table));
  out("signs", "no letter or digit", flag(u.signs));
  out("crumbs", "path of a page", flag(u.crumbs));
  out("copyright", "copyright line", flag(u.copyright));
  out("quoted_end", "ends in a quotation", flag(u.quoted_end));
  out("speech", "speech", flag(p.speech));
  out("excerpt", "title - excerpt", flag(u.excerpt != kNone));
  out("read_more", "a read-more phrase at its end", flag(u.read_more != kNone));
  out("read_more_alone", "a read-more phrase and nothing else", flag(p.read_more));
  out("arrow", "an arrow at its end", flag(u.arrow != kNone));
  out("marker_list", "its marker heads related items", flag(u.marker & kListPhrases));
  out("marker_pager", "its marker says previous or next", flag(u.marker & (kPhrasePrev | kPhraseNext)));
  out("heading", "heads a list in known words", flag(p.heading));
  out("phrase_list", "a phrase of lists", flag(u.phrases & kListPhrases));
  out("phrase_pager", "a phrase of pagers", flag(u.phrases & (kPhrasePrev | kPhraseNext)));
  out("phrase_share", "a share bar", flag(u.phrases & kPhraseShare));
  out("phrase_byline", "a byline", flag(u.phrases & kPhraseByline));
  out("phrase_date", "a date line", flag(u.phrases & (kPhraseDate | kShapeFurniture)));
  out("phrase_prompt", "newsletter, log-in, cookies", flag(u.phrases & (kPhraseCookie | kPhraseNewsletter | kPhraseLogin)));
  out("phrase_comments", "comments", flag(u.phrases & kPhraseComments));
  out("phrase_ad", "an advertisement's mark", flag(u.phrases & kPhraseAd));
  out("hand.body", "hand-set points", s.body);
  out("hand.title", "hand-set points", s.title);
  out("hand.teaser", "hand-set points", s.teaser);
  out("hand.other", "hand-set points", s.other);
  out("hand.marked", "shows by itself what it is", flag(s.marked));
  out("hand.opens", "how well a list may begin behind it", s.opens);
  out("hand.role", "hand-set reading: body, title, teaser, other", static_cast<float>(r.role));
  out("hand.part", "hand-set reading: before, inside, behind the article", static_cast<float>(r.part));
  out("at", "its place among the units", share(n, count));
  out("from_start", "units before it", std::min(n, 20.0F));
  out("from_end", "units behind it", std::min(count - 1 - n, 20.0F));
  out("units", "ln units of the text", ln(count));
  out("paragraphs", "paragraphs of the text", static_cast<float>(std::min(paragraphs_, 20U)));
  out("paragraphs_before", "paragraphs before it", static_cast<float>(std::min(p.paragraphs_before, 20U)));
  out("paragraphs_behind", "paragraphs behind it", static_cast<float>(std::min(paragraphs_ - p.paragraphs_before - (p.paragraph ? 1U : 0U), 20U)));
  out("words_before", "share of the paragraphs' words before it", share(static_cast<float>(p.words_before), static_cast<float>(paragraph_words_)));
  out("since_paragraph", "units since a paragraph", nearness(p.since_paragraph));
  out("until_paragraph", "units until a paragraph", nearness(p.until_paragraph));
  out("since_heading", "units since a heading of a list, no paragraph between", nearness(p.since_heading));
  out("list_popular", "under a popular heading", flag(p.heading_kind & kPhrasePopular));
  out("list_latest", "under a latest heading", flag(p.heading_kind & kPhraseLatest));
  out("since_marked", "units since a marked title", nearness(p.since_marked));
  out("run_back", "units back to a paragraph", nearness(p.run_back));
  out("run_on", "units on to a paragraph", nearness(p.run_on));
  out("leaks_before", "marked or cut units before it", static_cast<float>(std::min(p.leaks_before, 12U)));
  out("cut_share", "share of cut units in the text", share(static_cast<float>(cuts_), count));
  out("title_share", "share of title-like units in the text", share(static_cast<float>(titles_), count));
  out("marked_any", "marked titles in the text", static_cast<float>(std::min(marked_, 6U)));
  // How regular its surroundings are: the same shape one, two or three units away, as lists and cards have it.
  std::array<float, 4> alike{};
  for (int period = 1; period <= 3; ++period)
    for (const int side : {-1, 1})
      for (int times = 1; times <= 3; ++times) {
        const auto at = static_cast<std::ptrdiff_t>(i) + side * period * times;
        if (at < 0 || at >= static_cast<std::ptrdiff_t>(units_->size()) || places_[static_cast<std::size_t>(at)].signature != p.signature) break;
        alike[static_cast<std::size_t>(period)] += 1;
      }
  out("alike1", "units of its shape in a row", alike[1]);
  out("alike2", "units of its shape at every second place", alike[2]);
  out("alike3", "units of its shape at every third place", alike[3]);
  for (int step = -kReach; step <= kReach; ++step)
    if (step != 0) neighbour(out, i, step);
}

void TextFeatures::prepare(const std::vector<TextUnit>& units, const std::vector<UnitScores>& scores,
                           const std::vector<TextReading>& readings) {
  units_ = &units;
  scores_ = &scores;
  readings_ = &readings;
  place(units);
}

std::span<const float> TextFeatures::rows(std::span<const std::uint32_t> units) {
  rows_.resize(units.size() * columns_.size());
  for (std::size_t i = 0; i < units.size(); ++i) {
    Filling filling{rows_.data() + i * columns_.size()};
    row(filling, units[i]);
  }
  return rows_;
}

}  // namespace marrow
