#include "label/text_units.h"

#include <algorithm>
#include <array>

#include "base/scan.h"
#include "base/text.h"
#include "page/ascii.h"
#include "page/line_cuts.h"
#include "page/lines.h"

namespace marrow {
namespace {

// A cell of a table, a crumb or a footer's item has up to so many words; a line with a longer part holds prose.
constexpr std::uint32_t kCellWords = 8;
// A unit that is a phrase and nothing else has up to so many words ("To continue reading, log in or subscribe …": 16).
constexpr std::uint32_t kPhraseWords = 22;
// A marker ("You might also be interested in:") has up to so many words.
constexpr std::uint32_t kMarkerWords = 8;
// Paragraphs of at least so many words say what the article is about.
constexpr std::uint32_t kLongWords = 25;
// Excerpts cut at one width differ by so many characters without an ellipsis; by this share of their length with one
// (cutting at the end of a word makes them differ).
constexpr std::uint32_t kTwinChars = 2;
constexpr double kTwinShare = 0.15;
constexpr std::uint32_t kTwinMinChars = 16;
// Units so many places away count as near.
constexpr std::size_t kNear = 4;

// Paths and menus are no longer than this, in bytes.
constexpr std::size_t kCrumbBytes = 400;
// Bits that remember the words of a text: 2 MB at most.
constexpr std::size_t kMaxSeenBits = std::size_t{1} << 24;

std::uint32_t words_of(std::string_view text) { return size_of(text).words; }

char32_t last_code_point(std::string_view text, std::size_t& start) {
  start = text.size() - 1;
  while (start > 0 && (static_cast<unsigned char>(text[start]) & 0xC0) == 0x80) --start;
  std::size_t at = start;
  return next_char(text, at);
}

bool is_quote(char32_t c) {
  return c == '"' || c == 0xAB || c == 0xBB || (c >= 0x2018 && c <= 0x201F) || c == 0x2039 || c == 0x203A || c == 0x300C ||
         c == 0x300D || c == 0x300E || c == 0x300F || c == '\'';
}

Ending ending_of(std::string_view text, bool& quoted) {
  quoted = false;
  for (int i = 0; i < 6 && !text.empty(); ++i) {
    std::size_t start = 0;
    const char32_t c = last_code_point(text, start);
    if (c == 0x2026 || c == 0x22EF || text.ends_with("...") || text.ends_with(". .") || text.ends_with("..")) return Ending::ellipsis;
    if (c == '?' || c == 0xFF1F || c == 0x61F || c == 0x37E || c == 0x1367) return Ending::question;
    if (c == '!' || c == 0xFF01) return Ending::exclamation;
    if (c == ':' || c == 0xFF1A) return Ending::colon;
    if (c == ',' || c == ';' || c == 0x3001 || c == 0xFF0C || c == 0x60C || c == 0xFF1B) return Ending::comma;
    if (is_terminal(c)) return Ending::stop;
    if (!is_closing(c) && c != ' ' && c != 0x2605 && c != 0x2606) return Ending::none;
    quoted |= is_quote(c);
    text = text.substr(0, start);
  }
  return Ending::none;
}

Opening opening_of(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const char32_t c = next_char(text, at);
    if (is_quote(c)) return Opening::quote;
    if (c == '-' || c == 0x2013 || c == 0x2014 || c == 0x2015) return Opening::dash;
    if (c == '*' || c == 0x2022 || c == 0x30FB || c == 0xB7 || c == 0x25AA || c == 0x25CF || c == 0x25CB || c == '+') return Opening::bullet;
    if (is_digit(c)) return Opening::digit;
    if (is_upper(c)) return Opening::capital;
    if (is_letter(c)) {
      const bool cased = c < 0x250 || (c >= 0x370 && c < 0x590) || (c >= 0x1E00 && c < 0x2000);
      return cased ? Opening::small : Opening::uncased;
    }
    if (c != '(' && c != '[' && c != 0xBF && c != 0xA1 && c != 0x3010 && c != ' ') return Opening::other;
  }
  return Opening::other;
}

// End marks and commas, in one pass.
void count_marks(std::string_view text, std::uint32_t& sentences, std::uint32_t& commas) {
  static constexpr ByteSet kMarks(".!?,", {{0xCD, 0xFF}});  // or what they begin with
  for (std::size_t at = 0; (at = find_any(text, at, kMarks)) < text.size();) {
    const char32_t c = next_char(text, at);
    commas += c == ',' || c == 0x3001 || c == 0x60C || c == 0xFF0C;
    if (!is_terminal(c)) continue;
    while (at < text.size()) {
      std::size_t next = at;
      const char32_t d = next_char(text, next);
      if (!is_terminal(d) && !is_closing(d)) break;
      at = next;
    }
    sentences += at >= text.size() || text[at] == ' ' || c >= 0x80;
  }
}

bool has_word(std::string_view text) {
  for (std::size_t at = 0; at < text.size();)
    if (is_word(next_char(text, at))) return true;
  return false;
}

bool only_arrows(std::string_view text, int& points) {
  bool any = false;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_char(text, at);
    if (c == ':' || c == ' ') continue;
    if (!is_arrow(c)) return false;
    any = true;
    const bool back = c == '<' || c == 0xAB || c == 0x2039 || c == 0x2190 || c == 0x21D0 || c == 0x25C0 || c == 0x25C4 ||
                      c == 0x25C2 || c == 0x2B05 || c == 0x1F448 || c == 0x226A || c == 0x276E || c == 0x25C1 || c == 0x27F5 || c == 0x21A9;
    points = back ? -1 : 1;
  }
  return any;
}

bool only_number(std::string_view text) {
  bool digit = false;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_char(text, at);
    if (is_digit(c)) digit = true;
    else if (is_letter(c) && c < 0x3000 && c != 0xBA) return false;
  }
  return digit && text.size() <= 24;
}

// Signs that prose has not, per character: braces, equals, ampersands before words, redirections.
bool looks_like_code(std::string_view text) {
  static constexpr ByteSet kSigns("{}=`\\$~^;*&-");
  std::size_t signs = 0;
  for (std::size_t i = 0; (i = find_any(text, i, kSigns)) < text.size(); ++i) {
    const char c = text[i];
    signs += c == '{' || c == '}' || c == '=' || c == '`' || c == '\\' || c == '$' || c == '~' || c == '^';
    if (c == ';' && i + 1 == text.size()) ++signs;
    if ((c == '*' || c == '&' || c == '-') && i > 0 && text[i - 1] == ' ' && i + 1 < text.size() && text[i + 1] != ' ' &&
        static_cast<unsigned char>(text[i + 1]) < 0x80)
      ++signs;
  }
  return signs >= 1 && signs * 24 >= text.size();
}

bool is_copyright(std::string_view text) {
  if (text.size() < 300 && text.find("\u00A9") != std::string_view::npos) return true;
  const std::string head = ascii_lower(text.substr(0, 10));
  return head.starts_with("copyright") || head.starts_with("(c) ");
}

// "Home > News > Sport": parts of a few words between > » › / → , two or more signs, or one and few words.
bool looks_like_crumbs(std::string_view text) {
  if (text.size() > kCrumbBytes) return false;
  std::size_t signs = 0, begin = 0;
  std::uint32_t longest = 0;
  static constexpr ByteSet kSigns(">/|\xC2\xE2\xEF");  // or what they begin with
  for (std::size_t at = 0; (at = find_any(text, at, kSigns)) < text.size();) {
    const std::size_t start = at;
    const char32_t c = next_char(text, at);
    if (!(c == '>' || c == '/' || c == 0xBB || c == 0x203A || c == 0x2192 || c == '|' || c == 0xFF1E || c == 0x25B8)) continue;
    if (start == 0 || text[start - 1] != ' ' || at >= text.size() || text[at] != ' ') continue;
    ++signs;
    longest = std::max(longest, words_of(text.substr(begin, start - begin)));
    begin = at;
  }
  if (signs == 0) return false;
  longest = std::max(longest, words_of(text.substr(begin)));
  return longest <= (signs >= 2 ? 5U : 4U);
}

}  // namespace

const std::vector<TextUnit>& TextUnits::build(const Document& document, const std::vector<std::uint32_t>& phrases) {
  document_ = &document;
  phrases_ = &phrases;
  units_.clear();
  const Id count = static_cast<Id>(document.blocks.size());
  for (Id first = 0; first < count;) {
    Id end = first + 1;
    while (end < count && same_line(document, end)) ++end;
    add_line(first, end);
    first = end;
  }
  find_tables();
  find_twins();
  find_overlap();
  return units_;
}

void TextUnits::add_line(Id first, Id end) {
  const bool bars = bars_split(first, end);
  Id begin = first;
  for (Id k = first + 1; k <= end; ++k) {
    if (k < end && !splits(begin, k, end, bars)) continue;
    add_unit(begin, k, begin != first);
    begin = k;
  }
}

// Bars part a line into things of their own unless it is a row of short cells.
bool TextUnits::bars_split(Id first, Id end) const {
  bool bar = false, prose = false, marked = false;
  std::uint32_t words = 0;
  for (Id k = first; k < end; ++k) {
    const Block& block = document_->blocks[k];
    std::size_t start = 0;
    const bool parted = k > first && separator_before(*document_, k).size() > 1;
    if (parted) {
      bar = true;
      words = 0;
    }
    words += block.words;
    const char32_t last = last_code_point(block.text, start);
    prose |= words > kCellWords && (is_terminal(last) || is_closing(last));
    prose |= block.words > kCellWords + 4;
    int points = 0;
    marked |= k + 1 < end && only_arrows(block.text, points) && block.text.find(':') != std::string_view::npos;
  }
  return bar && (prose || marked);
}

bool TextUnits::splits(Id first, Id block, Id end, bool bars) const {
  const Block& b = document_->blocks[block];
  std::size_t sign = 0;
  if (block + 1 == end && b.text.size() <= 3 && is_separator(next_char(b.text, sign)) && sign == b.text.size())
    return true;
  const std::string_view gap = separator_before(*document_, block);
  std::size_t at = 0;
  bool bar = false, dash = false;
  while (at < gap.size()) {
    const char32_t c = next_char(gap, at);
    bar |= is_separator(c);
    dash |= c == '-' || c == 0x2013 || c == 0x2014;
  }
  if (bar) return bars;
  if (dash) return false;
  const Block& before = document_->blocks[block - 1];
  bool quoted = false;
  const Ending ending = ending_of(before.text, quoted);
  const bool sentence = ending == Ending::stop || ending == Ending::question || ending == Ending::exclamation || ending == Ending::ellipsis;
  if (!sentence || before.words < 2 || block == first) return false;
  int points = 0;
  if (only_arrows(b.text, points)) return block + 1 < end;  // one at the end belongs to the title before it
  const std::uint32_t p = (*phrases_)[block];
  if (b.words > kPhraseWords) return false;
  return (p & (kMarkerPhrases | kFurniturePhrases) & ~kPhraseDate & ~kPhraseByline) != 0 &&
         !(p & kPhraseReadMore);
}

// Does a dash stand between this block and the one before it on its line?
bool TextUnits::ends_with_dash(Id block) const {
  const std::string_view gap = separator_before(*document_, block);
  return gap.find("\u2013") != std::string_view::npos || gap.find("\u2014") != std::string_view::npos || gap.find(" - ") != std::string_view::npos;
}

void TextUnits::add_unit(Id first, Id end, bool glued) {
  const auto& blocks = document_->blocks;
  TextUnit& u = units_.emplace_back();
  u.first = first;
  u.end = end;
  u.glued = glued;
  u.group_start = !glued && (first == 0 || separator_before(*document_, first).size() == 2);
  const char* const begin = blocks[first].text.data();
  auto until = [&](Id last) { return blocks[last - 1].text.data() + blocks[last - 1].text.size(); };
  u.text = {begin, static_cast<std::size_t>(until(end) - begin)};
  int points = 0;
  u.title = first;
  while (u.title + 1 < end) {
    const Block& b = blocks[u.title];
    bool quoted = false;
    if (only_arrows(b.text, points)) {
      u.points = static_cast<std::int8_t>(points);
    } else if (only_number(b.text)) {
      u.numbered = true;
    } else if (b.words <= kMarkerWords && (ending_of(b.text, quoted) == Ending::colon || ends_with_dash(u.title + 1))) {
      // "Read also: Title", "READ ALSO – Title": the phrase is known. A dash alone makes no label.
      if (!((*phrases_)[u.title] & (kMarkerPhrases | kPhraseDate))) {
        if (ending_of(b.text, quoted) == Ending::colon) u.label = u.title;
        break;
      }
      u.marker |= (*phrases_)[u.title];
    } else {
      break;
    }
    ++u.title;
  }
  Id last = end;
  if (last - 1 > u.title && only_arrows(blocks[last - 1].text, points)) {
    u.arrow = --last;
    if (u.points == 0) u.points = static_cast<std::int8_t>(points);
  }
  if (last - 1 > u.title && ((*phrases_)[last - 1] & kPhraseReadMore) && blocks[last - 1].words <= kMarkerWords) u.read_more = --last;
  for (Id k = u.title + 1; k < last; ++k) {
    if (!ends_with_dash(k)) continue;
    u.excerpt = k;
    break;
  }
  u.core = {blocks[u.title].text.data(), static_cast<std::size_t>(until(last) - blocks[u.title].text.data())};
  for (Id k = u.title; k < (u.excerpt == kNone ? last : u.excerpt); ++k) u.title_words += blocks[k].words;
  for (Id k = first + 1; k < end; ++k) {
    const std::string_view gap = separator_before(*document_, k);
    u.bars += gap.find('|') != std::string_view::npos || gap.find("\u2022") != std::string_view::npos || gap.find("\uFF5C") != std::string_view::npos;
  }
  u.leads = end < blocks.size() && same_line(*document_, end) && separator_before(*document_, end).find('|') != std::string_view::npos;
  for (Id k = u.title; k < last; ++k) u.words += blocks[k].words, u.chars += blocks[k].chars;
  u.ending = ending_of(u.core, u.quoted_end);
  u.opening = opening_of(u.core);
  count_marks(u.core, u.sentences, u.commas);
  u.signs = !has_word(u.text);
  bool quoted_label = false;
  u.labelled = u.marker != 0 || (u.title + 1 < last && blocks[u.title].words <= 3 && ending_of(blocks[u.title].text, quoted_label) == Ending::colon);
  u.listed = u.opening == Opening::bullet || (u.opening == Opening::dash && u.core.size() > 1);
  if (u.core.size() > 2 && u.core[1] == ')' && ((u.core[0] | 0x20) >= 'a' && (u.core[0] | 0x20) <= 'z')) u.listed = true;
  u.code = blocks[first].pre || looks_like_code(u.text);
  u.crumbs = looks_like_crumbs(u.text);
  u.table = u.text.find('\t') != std::string_view::npos;
  u.copyright = is_copyright(u.text);
  // Phrases of a piece count for the unit where the unit is short: alone, or the first thing said.
  if (u.words <= kPhraseWords)
    for (Id k = first; k < last; ++k)
      if (k == first || k == u.title || u.text.size() < 160) u.phrases |= (*phrases_)[k];
}

// Rows of a table: neighbours with as many bars, none of which parted them.
void TextUnits::find_tables() {
  for (std::size_t i = 0; i < units_.size(); ++i) {
    TextUnit& u = units_[i];
    if (u.bars == 0 || u.copyright) continue;
    const bool above = i > 0 && units_[i - 1].bars == u.bars && !u.glued;
    const bool below = i + 1 < units_.size() && units_[i + 1].bars == u.bars && !units_[i + 1].glued;
    if (!above && !below) continue;
    u.table = true;
    u.crumbs = false;
  }
}

void TextUnits::find_twins() {
  for (std::size_t i = 0; i < units_.size(); ++i) {
    TextUnit& u = units_[i];
    const bool cut = u.ending == Ending::ellipsis;
    if ((!cut && u.ending != Ending::none) || u.chars < kTwinMinChars || u.numbered) continue;
    const std::size_t from = i >= kNear ? i - kNear : 0;
    const std::size_t to = std::min(units_.size(), i + kNear + 1);
    for (std::size_t k = from; k < to; ++k) {
      const TextUnit& v = units_[k];
      if (k == i || v.ending != u.ending) continue;
      const std::uint32_t apart = u.chars > v.chars ? u.chars - v.chars : v.chars - u.chars;
      u.twins += apart <= (cut ? std::max(kTwinChars, static_cast<std::uint32_t>(kTwinShare * u.chars)) : kTwinChars - 1);
    }
  }
}

namespace {

// Hashes of content words: their first five letters folded, words of four letters and more; in scripts without spaces
// pairs of characters.
void content_words(std::string_view text, std::vector<std::uint64_t>& out) {
  std::uint64_t hash = 0;
  std::uint32_t letters = 0;
  char32_t before = 0;
  auto finish = [&] {
    if (letters >= 4) out.push_back(hash);
    hash = letters = 0;
  };
  for (std::size_t at = 0; at < text.size();) {
    if (letters == 5) {  // the rest of the word changes nothing
      while (at < text.size() && static_cast<unsigned char>((text[at] | 0x20) - 'a') < 26) ++at;
      if (at == text.size()) break;
    }
    char32_t c = next_char(text, at);
    if (c < 0x80) {
      if (c >= 'A' && c <= 'Z') c += 32;
      if (c < 'a' || c > 'z') {
        finish();
        before = 0;
        continue;
      }
    } else if (is_spaceless(c)) {
      finish();
      if (before) out.push_back((static_cast<std::uint64_t>(before) << 32) | c);
      before = c;
      continue;
    } else if (!is_letter(c)) {
      finish();
      before = 0;
      continue;
    } else if (c >= 0x410 && c < 0x430) {
      c += 32;
    }
    if (++letters <= 5) hash = (hash ^ c) * 0x9E3779B97F4A7C15ULL;
  }
  finish();
}

}  // namespace

void TextUnits::find_overlap() {
  words_.clear();
  if (std::none_of(units_.begin(), units_.end(), [](const TextUnit& u) { return u.words < kLongWords; })) return;
  for (const TextUnit& u : units_)
    if (u.words >= kLongWords && u.ending != Ending::ellipsis && u.read_more == kNone) content_words(u.core, words_);
  if (words_.empty()) return;
  // A bit a word, at least 64 bits for each: one word in a hundred is taken for another, which no verdict hangs on.
  std::size_t slots = 1024;
  while (slots < words_.size() * 64 && slots < kMaxSeenBits) slots *= 2;
  seen_.assign(slots / 64, 0);
  const auto bit_of = [&](std::uint64_t word) { return (word ^ word >> 29) * 0x9E3779B97F4A7C15ULL >> 20 & (slots - 1); };
  for (const std::uint64_t word : words_) seen_[bit_of(word) / 64] |= std::uint64_t{1} << bit_of(word) % 64;
  for (TextUnit& u : units_) {
    if (u.words >= kLongWords) continue;
    own_.clear();
    content_words(u.core, own_);
    if (own_.empty()) continue;
    const auto shared = std::count_if(own_.begin(), own_.end(), [&](std::uint64_t w) { return (seen_[bit_of(w) / 64] >> bit_of(w) % 64 & 1) != 0; });
    u.overlap = static_cast<float>(shared) / static_cast<float>(own_.size());
  }
}

}  // namespace marrow
