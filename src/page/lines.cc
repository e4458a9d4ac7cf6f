#include "page/lines.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "base/nfc.h"
#include "base/scan.h"
#include "base/text.h"
#include "page/ascii.h"
#include "page/line_cuts.h"

namespace marrow {
namespace {

// Widths at which people and programs wrap lines, in characters. Mail and Gutenberg texts: 60 to 80; README files up to 120.
constexpr std::uint32_t kMinWrap = 40;
constexpr std::uint32_t kMaxWrap = 120;
// A text is hard-wrapped if so many of the lines that another one follows are full: the next word would not have fitted.
// Verse and lists stay under 0.6, wrapped texts above 0.9 (measured on texts wrapped at 60, 72 and 78).
constexpr double kFullShare = 0.8;
// A line that is joined to the next holds at least this share of the wrap width.
constexpr double kFullLine = 0.6;
// Of the lines that would be joined to the one before, this share begins in the middle of a sentence: with a small letter,
// in scripts that have them. Titles and excerpts cut at one width begin with capitals.
constexpr double kSmallStarts = 0.35;
// Columns by which a line is set in before it counts as code or table.
constexpr std::uint32_t kCodeIndent = 2;
// Lines up to so many bytes are compared with each other for Block::repeats.
constexpr std::size_t kRepeatBytes = 240;

struct RawLine {
  std::string_view text;       // without the spaces around it
  std::uint32_t indent = 0;    // columns
  std::uint32_t chars = 0;
  std::uint32_t first_word = 0;  // characters of the first word
  bool tabs = false;             // inside
  bool join = false;             // goes on in the next line
  bool pre = false;
};

enum class Start : unsigned char { small, capital, uncased, other };

bool is_line_end(std::string_view text, std::size_t at, std::size_t& size) {
  const auto c = static_cast<unsigned char>(text[at]);
  size = 1;
  if (c == '\n' || c == '\f' || c == '\v') return true;
  if (c == '\r') {
    size = at + 1 < text.size() && text[at + 1] == '\n' ? 2 : 1;
    return true;
  }
  if (c == 0xC2 && at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) == 0x85) {
    size = 2;
    return true;
  }
  if (c == 0xE2 && text.size() - at >= 3 && static_cast<unsigned char>(text[at + 1]) == 0x80 &&
      (static_cast<unsigned char>(text[at + 2]) & 0xFE) == 0xA8) {
    size = 3;
    return true;
  }
  return false;
}

void measure(std::string_view raw, RawLine& line) {
  std::size_t at = 0;
  while (at < raw.size() && (raw[at] == ' ' || raw[at] == '\t')) {
    line.indent += raw[at] == '\t' ? 8 - line.indent % 8 : 1;
    ++at;
  }
  line.text = trim(raw.substr(at));
  line.tabs = line.text.find('\t') != std::string_view::npos;
  line.chars = static_cast<std::uint32_t>(count_code_points(line.text));
  line.first_word = static_cast<std::uint32_t>(count_code_points(line.text.substr(0, line.text.find(' '))));
}

std::vector<RawLine> split_lines(std::string_view text) {
  static constexpr ByteSet kMayEnd("\n\v\f\r\xC2\xE2");
  std::vector<RawLine> lines;
  std::size_t begin = 0, size = 0;
  for (std::size_t at = 0; at <= text.size();) {
    at = find_any(text, at, kMayEnd);
    if (at < text.size()) {
      if (!is_line_end(text, at, size)) {
        ++at;
        continue;
      }
    } else {
      size = 1;
    }
    lines.emplace_back();
    measure(text.substr(begin, at - begin), lines.back());
    at += size;
    begin = at;
  }
  return lines;
}

Start start_of(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_char(text, at);
    if (is_upper(c)) return Start::capital;
    if (is_letter(c)) {
      if (is_spaceless(c)) return Start::uncased;
      // Letters of scripts without case (Arabic, Hindi, Korean) are neither.
      return (c < 0x250 || (c >= 0x370 && c < 0x590) || (c >= 0x10A0 && c < 0x1100) || (c >= 0x1E00 && c < 0x2000)) ? Start::small
                                                                                                                 : Start::uncased;
    }
    if (is_digit(c)) return Start::other;
  }
  return Start::other;
}

bool ends_cut(std::string_view text) {  // "...", "…", "[…]", and what stands behind them
  return text.ends_with("...") || text.ends_with("\u2026") || text.ends_with("...]") || text.ends_with("\u2026]") ||
         text.ends_with("...)") || text.ends_with(". . .");
}

bool ends_sentence(std::string_view text) {
  while (!text.empty()) {
    std::size_t start = text.size() - 1;
    while (start > 0 && (static_cast<unsigned char>(text[start]) & 0xC0) == 0x80) --start;
    std::size_t at = start;
    const char32_t c = next_char(text, at);
    if (is_terminal(c) || c == ':') return true;
    if (!is_closing(c)) return false;
    text = text.substr(0, start);
  }
  return false;
}

// "- ", "* ", "• ", "3. ", "a) ": a line that begins an item is not the middle of a paragraph.
bool starts_item(std::string_view text) {
  std::size_t at = 0;
  if (text.empty()) return false;
  const char32_t c = next_char(text, at);
  if (c == '-' || c == '*' || c == '+' || c == 0x2022 || c == 0x2013 || c == 0x2014 || c == 0x30FB || c == '|' || c == '>' ||
      c == '#' || is_arrow(c))
    return at < text.size() && (text[at] == ' ' || c == 0x30FB || is_arrow(c));
  std::size_t count = 1;
  char32_t last = c;
  if (!is_digit(c) && !is_letter(c)) return false;
  while (at < text.size() && count < 4) {
    last = next_char(text, at);
    ++count;
    if (last == ')' || last == '.' || last == 0x3001) return count <= 4 && (is_digit(c) || count == 2) && at < text.size() && text[at] == ' ';
    if (!is_digit(last)) return false;
  }
  return false;
}

bool follows(const std::vector<RawLine>& lines, std::size_t i) { return i + 1 < lines.size() && !lines[i].text.empty() && !lines[i + 1].text.empty(); }

// Would the next line's first word have stood on this line, had the width been `width`?
bool is_full(const RawLine& line, const RawLine& next, std::uint32_t width) { return line.chars + 1 + next.first_word > width; }

// The width at which the text was wrapped, 0 if it was not.
std::uint32_t wrap_width(const std::vector<RawLine>& lines) {
  std::vector<std::uint32_t> widths;
  std::size_t longer = 0;
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    if (!follows(lines, i)) continue;
    if (lines[i].chars > kMaxWrap) ++longer;
    if (lines[i].chars >= kMinWrap && lines[i].chars <= kMaxWrap) widths.push_back(lines[i].chars);
  }
  if (widths.size() < 2 || longer * 4 > widths.size()) return 0;
  const std::size_t at = widths.size() * 19 / 20;
  std::nth_element(widths.begin(), widths.begin() + static_cast<std::ptrdiff_t>(at), widths.end());
  return widths[at];
}

void join_wrapped(std::vector<RawLine>& lines) {
  const std::uint32_t width = wrap_width(lines);
  if (width == 0) return;
  std::size_t followed = 0, full = 0, small = 0, cased = 0;
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    if (!follows(lines, i) || lines[i].tabs) continue;
    // A new item or a line far under the width is the end of something, not evidence against a wrap.
    if (starts_item(lines[i + 1].text) || (ends_sentence(lines[i].text) && lines[i].chars < width * kFullLine)) continue;
    ++followed;
    if (!is_full(lines[i], lines[i + 1], width) || ends_cut(lines[i].text)) continue;
    ++full;
    const Start start = start_of(lines[i + 1].text);
    cased += start == Start::small || start == Start::capital;
    small += start == Start::small;
  }
  if (full < 2 || static_cast<double>(full) < kFullShare * static_cast<double>(followed)) return;
  if (static_cast<double>(small) < kSmallStarts * static_cast<double>(cased)) return;
  // Scripts without capitals: a run of excerpts cut at one width looks full too. Wrapped paragraphs end in a whole sentence.
  const bool uncased = cased * 2 < full;
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    if (!follows(lines, i) || lines[i].tabs || lines[i + 1].tabs) continue;
    if (lines[i].chars < width * kFullLine || lines[i].chars > kMaxWrap + 20) continue;
    if (ends_cut(lines[i].text) || starts_item(lines[i + 1].text)) continue;
    if (lines[i + 1].indent > lines[i].indent + kCodeIndent && !starts_item(lines[i].text)) continue;
    lines[i].join = is_full(lines[i], lines[i + 1], width);
  }
  if (!uncased) return;
  for (std::size_t i = 0; i < lines.size();) {
    std::size_t end = i;
    while (end < lines.size() && lines[end].join) ++end;
    if (end > i && !ends_sentence(lines[end].text))
      for (std::size_t k = i; k < end; ++k) lines[k].join = false;
    i = end + 1;
  }
}

void mark_code(std::vector<RawLine>& lines) {
  for (std::size_t i = 0; i < lines.size(); ++i)
    lines[i].pre = (lines[i].tabs || lines[i].indent >= kCodeIndent) && !lines[i].join && !(i > 0 && lines[i - 1].join);
}

// Writes one line behind `out`: spaces folded, control characters left out. Gives the new end.
char* write_line(const RawLine& line, char* out, const char* line_begin) {
  bool space = false;
  if (line.pre)
    for (std::uint32_t i = 0; i < line.indent; ++i) *out++ = ' ';
  const std::string_view text = line.text;
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const std::size_t start = at;
    if (byte > 0x20 && byte < 0x7F) {  // with single spaces between its words, and perhaps one behind them
      if (space && out != line_begin) *out++ = ' ';
      at = plain_end(text, at);
      space = text[at - 1] == ' ' && !line.pre;
      out = std::copy(text.data() + start, text.data() + at - (space ? 1 : 0), out);
      continue;
    }
    const char32_t c = next_char(text, at);
    if (c == 0x200B) {  // zero width space: a place to break, which scripts without spaces need
    } else if (is_space(c)) {
      if (line.pre) *out++ = c == '\t' ? '\t' : ' ';
      space = !line.pre;
      continue;
    } else if (c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD || c == 0xFFFE || c == 0xFFFF) {
      continue;
    }
    if (space && out != line_begin) *out++ = ' ';
    space = false;
    out = std::copy(text.data() + start, text.data() + at, out);
  }
  return out;
}

class Writer {
 public:
  Writer(Arena& arena, Document& document) : arena_(arena), document_(document) {}

  void run(const std::vector<RawLine>& lines, std::size_t bytes) {
    add_element(kNone, Tag::body_, "body", true);
    char* out = static_cast<char*>(arena_.allocate(bytes + 1));
    if (!out) {
      document_.over_budget = true;
      close(0);
      return;
    }
    Id group = kNone;
    for (std::size_t i = 0; i < lines.size();) {
      if (lines[i].text.empty()) {
        group = kNone;
        ++i;
        continue;
      }
      char* const begin = out;
      out = write_line(lines[i], out, begin);
      const bool pre = lines[i].pre;
      while (lines[i].join) {
        // A word broken at its hyphen goes on without a space.
        if (out == begin || out[-1] != '-') *out++ = ' ';
        out = write_line(lines[++i], out, out);
      }
      ++i;
      const std::string_view text(begin, static_cast<std::size_t>(out - begin));
      if (trim(text).empty()) continue;
      if (group == kNone) group = add_element(0, Tag::p_, "p", true);
      add_line(text, group, pre);
      close(group);
    }
    close(0);
    count_repeats();
  }

 private:
  Id add_element(Id parent, Tag tag, std::string_view name, bool block_level) {
    Element& e = document_.elements.emplace_back();
    const Id id = static_cast<Id>(document_.elements.size() - 1);
    e.parent = parent;
    e.tag = tag;
    e.name = name;
    e.block_level = block_level;
    e.depth = parent == kNone ? 0 : static_cast<std::uint16_t>(document_.elements[parent].depth + 1);
    e.first_block = static_cast<Id>(document_.blocks.size());
    return id;
  }

  void close(Id element) {
    document_.elements[element].end = static_cast<Id>(document_.elements.size());
    document_.elements[element].end_block = static_cast<Id>(document_.blocks.size());
  }

  void add_line(std::string_view text, Id group, bool pre) {
    if (pre) {
      add_block(text, group, Tag::p_, true);
      return;
    }
    cut_line(text, pieces_);
    if (pieces_.size() < 2) {
      add_block(text, group, Tag::p_, false);
      return;
    }
    const Id line = add_element(group, Tag::span_, "span", false);
    for (const LinePiece& piece : pieces_) add_block(text.substr(piece.begin, piece.end - piece.begin), line, Tag::span_, false);
    close(line);
  }

  void add_block(std::string_view text, Id element, Tag tag, bool pre) {
    Block& block = document_.blocks.emplace_back();
    block.text = text;
    block.element = element;
    block.tag = tag;
    block.pre = pre;
    const TextSize size = size_of(text);
    block.words = size.words;
    block.chars = size.chars;
    block.words_before = document_.words;
    document_.words += block.words;
  }

  // Eight bytes at a time: compared within one text only.
  static std::uint64_t hash_of(std::string_view text) {
    constexpr std::uint64_t kMultiplier = 0x9E3779B97F4A7C15ULL;
    std::uint64_t hash = text.size() * kMultiplier, eight = 0;
    for (; text.size() >= sizeof eight; text.remove_prefix(sizeof eight)) {
      std::memcpy(&eight, text.data(), sizeof eight);
      hash = (hash ^ eight) * kMultiplier;
      hash ^= hash >> 29;
    }
    eight = 0;
    std::copy(text.begin(), text.end(), reinterpret_cast<char*>(&eight));
    hash = (hash ^ eight) * kMultiplier;
    return hash ^ hash >> 32;
  }

  void count_repeats() {
    std::vector<std::pair<std::uint64_t, Id>> keys;
    std::string folded;
    for (Id i = 0; i < document_.blocks.size(); ++i) {
      const Block& block = document_.blocks[i];
      if (block.text.size() > kRepeatBytes) continue;
      folded.assign(block.text);
      for (char& c : folded) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
        if (c >= '0' && c <= '9') c = '0';
      }
      keys.emplace_back(hash_of(folded), i);
    }
    std::sort(keys.begin(), keys.end());
    for (std::size_t i = 0; i < keys.size();) {
      std::size_t end = i + 1;
      while (end < keys.size() && keys[end].first == keys[i].first) ++end;
      for (std::size_t k = i; k < end; ++k) document_.blocks[keys[k].second].repeats = static_cast<std::uint32_t>(end - i - 1);
      i = end;
    }
  }

  Arena& arena_;
  Document& document_;
  std::vector<LinePiece> pieces_;
};

}  // namespace

void read_lines(std::string_view utf8, Arena& arena, Document& document) {
  document.type = ContentType::text;
  std::string composed;
  utf8 = to_nfc(utf8, composed);
  if (utf8.starts_with("\xEF\xBB\xBF")) utf8.remove_prefix(3);
  std::vector<RawLine> lines = split_lines(utf8);
  join_wrapped(lines);
  mark_code(lines);
  std::size_t bytes = utf8.size();
  for (const RawLine& line : lines)
    if (line.pre) bytes += line.indent;  // a tab at the front is written as up to eight spaces
  Writer(arena, document).run(lines, bytes);
}

bool same_line(const Document& document, Id block) {
  return block > 0 && document.blocks[block].element == document.blocks[block - 1].element &&
         document.blocks[block].tag == Tag::span_;
}

std::string_view separator_before(const Document& document, Id block) {
  if (block == 0) return {};
  const Block& before = document.blocks[block - 1];
  const Block& after = document.blocks[block];
  if (same_line(document, block)) {
    const char* const end = before.text.data() + before.text.size();
    return {end, static_cast<std::size_t>(after.text.data() - end)};
  }
  auto group = [&](const Block& b) { return b.tag == Tag::span_ ? document.elements[b.element].parent : b.element; };
  return group(before) == group(after) ? "\n" : "\n\n";
}

}  // namespace marrow
