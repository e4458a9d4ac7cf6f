#include "page/line_cuts.h"

#include <algorithm>

#include "base/scan.h"
#include "base/text.h"
#include "page/ascii.h"

namespace marrow {
namespace {

// Labels before a colon ("You may also be interested in:") have up to so many words and characters. Longer ones are clauses.
constexpr std::uint32_t kLabelWords = 7;
constexpr std::uint32_t kLabelChars = 48;
// A tail without end mark after the last sentence, up to so many words and bytes, may be a link or a share bar.
constexpr std::uint32_t kTailWords = 18;
constexpr std::size_t kTailBytes = 400;
// "… how toRead more", "… on a Continue reading": the phrase is one of the last words of a line of at least so many bytes.
constexpr std::uint32_t kReadMoreWords = 4;
constexpr std::size_t kReadMoreLine = 40;
// A title before a dash has 2 to so many words.
constexpr std::uint32_t kTitleWords = 18;
// Where a marker in capitals may stand, in bytes from the start of a sentence; how far off the twin of « is looked for. So that a
// line of ten megabytes is read once.
constexpr std::size_t kCapitalBytes = 120;
constexpr std::size_t kQuotationBytes = 1000;
// A line is not cut into more pieces than this: the rest stays one piece.
constexpr std::size_t kMaxPieces = 256;

std::uint32_t words_of(std::string_view text) { return size_of(text).words; }
bool is_dash(char32_t c) { return c == '-' || c == 0x2013 || c == 0x2014 || c == 0x2015; }
bool is_colon(char32_t c) { return c == ':' || c == 0xFF1A || c == 0xFE55; }
bool is_opening_bracket(char32_t c) { return c == '[' || c == '(' || c == 0xFF08 || c == 0x3010 || c == 0xFF3B; }
bool is_end_mark(char32_t c) { return is_terminal(c) || c == 0xFF0E; }

// The bytes that separators, end marks and dashes begin with. Most bytes of a text are none of them.
constexpr ByteSet kMaySeparate("|\xC2\xE2\xEF");
constexpr ByteSet kMayEnd(".!?", {{0xCD, 0xFF}});
constexpr ByteSet kMayDash("-\xE2");

class Cutter {
 public:
  Cutter(std::string_view line, std::vector<LinePiece>& pieces) : line_(line), pieces_(pieces) {}

  void run() {
    std::size_t begin = 0;
    for (std::size_t at = 0; at < line_.size();) {
      const std::size_t start = find_any(line_, at, kMaySeparate);
      if (start == line_.size()) break;
      at = start;
      const char32_t c = next_char(line_, at);
      if (!is_separator(c) || !stands_free(start, at, c)) continue;
      // A separator at the edge of the line is a piece of its own: it parts nothing, and must not be lost.
      const bool leading = trim(line_.substr(begin, start - begin)).empty();
      const bool trailing = trim(line_.substr(at)).empty();
      if (!leading) segment(begin, start);
      if (leading || trailing) emit(start, at);
      begin = at;
    }
    segment(begin, line_.size());
  }

 private:
  bool stands_free(std::size_t start, std::size_t end, char32_t c) const {
    if (c == 0xFF5C) return true;
    const bool left = start == 0 || line_[start - 1] == ' ';
    const bool right = end == line_.size() || line_[end] == ' ';
    return left && right;
  }

  void emit(std::size_t begin, std::size_t end) {
    while (begin < end && line_[begin] == ' ') ++begin;
    while (end > begin && line_[end - 1] == ' ') --end;
    if (begin == end) return;
    std::size_t next = begin;  // a dash between two pieces is a separator
    if (!pieces_.empty() && is_dash(next_char(line_, next)) && next < end && line_[next] == ' ') begin = next + 1;
    if (pieces_.size() >= kMaxPieces) {
      pieces_.back().end = static_cast<std::uint32_t>(end);
      return;
    }
    pieces_.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
  }

  // Between two separators: sentences, of which a later one may start a leak.
  void segment(std::size_t begin, std::size_t end) {
    while (begin < end && line_[begin] == ' ') ++begin;
    while (end > begin && line_[end - 1] == ' ') --end;
    std::size_t part = begin;
    std::size_t last_sentence = begin;
    const std::string_view within = line_.substr(0, end);
    for (std::size_t at = begin; (at = find_any(within, at, kMayEnd)) < end;) {
      const char32_t c = next_char(line_, at);
      if (is_end_mark(c)) {
        const std::size_t next = after_sentence(at, end, c);
        if (next == end) break;  // no sentence behind it
        if (next == 0) {
          at = std::max(at, run_end_);  // of "....a" no dot is looked at again
          continue;
        }
        if (starts_marker(next, end)) {
          unit(part, next);
          part = next;
        }
        last_sentence = next;
        at = next;
      }
    }
    const std::string_view tail = line_.substr(last_sentence, end - last_sentence);
    if (last_sentence > part && tail.size() <= kTailBytes && words_of(tail) <= kTailWords) {
      unit(part, last_sentence);
      part = last_sentence;
    }
    unit(part, end);
  }

  // Behind an end mark: where the next sentence begins; 0 if this is no sentence end (3.5, example.org, e.g.).
  std::size_t after_sentence(std::size_t at, std::size_t end, char32_t mark) {
    const std::size_t first = at;
    if (mark == '.' && first >= 2 && is_digit(static_cast<unsigned char>(line_[first - 2])) && !four_digits(first - 1)) return 0;  // "9. October"
    bool bracket = false;
    run_end_ = first;
    while (at < end) {  // "?!", "...", ".»", "…]"
      std::size_t next = at;
      const char32_t c = next_char(line_, next);
      if (!is_end_mark(c) && !is_closing(c)) {
        bracket = is_opening_bracket(c);
        break;
      }
      mark = is_end_mark(c) ? c : mark;
      at = next;
    }
    run_end_ = at;
    if (at >= end) return end;
    if (line_[at] == ' ') {
      while (at < end && line_[at] == ' ') ++at;
      return at;
    }
    if (bracket && at > first) return at;
    if (mark >= 0x80) return at;  // 。！？… need no space behind them
    std::size_t next = at;
    const char32_t c = next_char(line_, next);
    if (!is_upper(c)) return bracket ? at : 0;
    // "leak.Share on": small letters before the mark, a capital behind it.
    return first >= 3 && is_lower_ascii_or_wide(line_[first - 2]) && is_lower_ascii_or_wide(line_[first - 3]) ? at : 0;
  }

  bool four_digits(std::size_t end) const {
    return end >= 4 && std::all_of(line_.begin() + static_cast<std::ptrdiff_t>(end - 4), line_.begin() + static_cast<std::ptrdiff_t>(end),
                                   [](char c) { return c >= '0' && c <= '9'; });
  }

  static bool is_lower_ascii_or_wide(char c) {
    return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80 || c == ')' || c == '"';
  }

  // Does something stand at `at` that could open a leak: an arrow, a label with a colon, a run of capitals?
  bool starts_marker(std::size_t at, std::size_t end) const {
    std::size_t next = at;
    const char32_t c = next_char(line_, next);
    if (is_arrow(c) || is_opening_bracket(c)) return true;
    return label_end(at, end) != 0 || capitals(at, end);
  }

  // The end of "Label:" at `at` (behind the colon), 0 if there is none.
  std::size_t label_end(std::size_t at, std::size_t end) const {
    std::uint32_t words = 1, chars = 0;
    for (std::size_t i = at; i < end;) {
      const std::size_t start = i;
      const char32_t c = next_char(line_, i);
      if (is_colon(c)) {
        if (start == at || i >= end) return 0;
        if (c == ':' && line_[i] != ' ') return 0;  // 12:40, https://
        return i;
      }
      if (is_terminal(c) || c == ',' || c == ';' || c == 0xFF0C || c == 0x3001) return 0;
      if (c == ' ' && !(i < end && line_[i] == ':')) ++words;
      if (words > kLabelWords || ++chars > kLabelChars) return 0;
    }
    return 0;
  }

  // Two words or more in capitals ("LEES OOK De zin …").
  bool capitals(std::size_t at, std::size_t end) const {
    end = std::min(end, at + kCapitalBytes);
    std::uint32_t upper = 0, words = 0;
    for (std::size_t i = at; i < end;) {
      const char32_t c = next_char(line_, i);
      if (c == ' ') {
        if (upper < 2) break;
        upper = 0;
        if (++words >= 2) return true;
        continue;
      }
      if (!is_letter(c)) continue;
      if (!is_upper(c)) return false;
      ++upper;
    }
    return false;
  }

  // One thing, perhaps with a marker before it, an arrow or a read-more phrase behind it, a dash in its middle.
  void unit(std::size_t begin, std::size_t end) {
    while (begin < end && line_[begin] == ' ') ++begin;
    while (end > begin && line_[end - 1] == ' ') --end;
    begin = head(begin, end);
    const std::size_t arrow = trailing_arrow(begin, end);
    const std::size_t body_end = arrow ? arrow : end;
    const std::size_t more = read_more(begin, body_end);
    const std::size_t text_end = more ? more : body_end;
    const std::size_t dash = dash_at(begin, text_end);
    if (dash) {
      std::size_t behind = dash;
      next_char(line_, behind);
      emit(begin, dash);
      emit(behind, text_end);
    } else {
      emit(begin, text_end);
    }
    if (more) emit(more, body_end);
    if (arrow) emit(arrow, end);
  }

  // Emits arrows, numbers, times and labels at the front; gives where the text behind them begins.
  std::size_t head(std::size_t begin, std::size_t end) {
    for (int round = 0; round < 4; ++round) {
      std::size_t stop = arrows(begin, end);
      if (!stop) stop = ranks_title(number(begin, end), end);
      if (!stop) stop = label_end(begin, end);
      if (!stop) break;
      std::size_t next = stop;
      while (next < end && line_[next] == ' ') ++next;
      if (next >= end) break;
      emit(begin, stop);
      begin = next;
    }
    return begin;
  }

  std::size_t arrows(std::size_t begin, std::size_t end) const {
    std::size_t at = begin;
    while (at < end) {
      std::size_t next = at;
      if (!is_arrow(next_char(line_, next))) break;
      at = next;
    }
    if (at == begin) return 0;
    if (at < end && line_[at] == ':') ++at;
    const std::string_view sign = line_.substr(begin, at - begin);
    const bool free = at < end && line_[at] == ' ';
    // « opens a quotation too: then no space follows, or its twin stands on the line.
    if (sign == "\u00AB" && line_.substr(at, kQuotationBytes).find("\u00BB") != std::string_view::npos && !label_end(at + 1, end)) return 0;
    return free ? at : 0;
  }

  // "3. ", "3) ", "#3 ", "12:40 ", "08.10. ", "1位 ", "11月20日 ": digits and what belongs to them.
  std::size_t number(std::size_t begin, std::size_t end) const {
    bool digit = false;
    std::size_t at = begin, count = 0;
    while (at < end && count < 16) {
      std::size_t next = at;
      const char32_t c = next_char(line_, next);
      if (is_digit(c)) {
        digit = true;
      } else if (c == ' ') {
        return digit ? at : 0;
      } else if (!(c == '.' || c == ':' || c == '/' || c == '-' || c == ')' || c == '#' || c == '(' || c == 0x4F4D ||
                   c == 0x5E74 || c == 0x6708 || c == 0x65E5 || c == 0x3001 || c == 0xFF0E || c == ']' || c == '[' || c == 0xBA)) {
        return 0;
      } else if (c == 0x3001 && digit) {
        return next;  // 1、標題
      }
      at = next;
      ++count;
    }
    return 0;
  }

  // A number ranks or dates a title of three words or more ("16 January", "4 min read", "510 g" are whole things).
  std::size_t ranks_title(std::size_t stop, std::size_t end) const {
    if (stop == 0) return 0;
    std::size_t at = stop;
    while (at < end && line_[at] == ' ') ++at;
    if (at >= end) return 0;
    std::size_t next = at;
    const char32_t c = next_char(line_, next);
    if (is_letter(c) && !is_upper(c) && c < 0x500) return 0;
    return words_of(line_.substr(at, std::min(end - at, kTailBytes))) >= 3 ? stop : 0;
  }

  std::size_t trailing_arrow(std::size_t begin, std::size_t end) const {
    std::size_t at = end;
    while (at > begin) {
      std::size_t start = at - 1;
      while (start > begin && (static_cast<unsigned char>(line_[start]) & 0xC0) == 0x80) --start;
      std::size_t next = start;
      if (!is_arrow(next_char(line_, next))) break;
      at = start;
    }
    if (at == end || at <= begin + 1 || line_[at - 1] != ' ') return 0;
    if (line_.substr(at, 2) == "\u00BB" && line_.substr(begin, at - begin).find("\u00AB") != std::string_view::npos) return 0;
    return at;
  }

  // Where a phrase like "Read more" begins that ends the text: a bracket, or the last capital word behind a small one.
  std::size_t read_more(std::size_t begin, std::size_t end) const {
    if (end - begin < kReadMoreLine) return 0;
    std::uint32_t words = 0;
    std::size_t word = end;  // start of the word being looked at, from the back
    for (std::size_t at = end; at > begin && words < kReadMoreWords;) {
      std::size_t start = at - 1;
      while (start > begin && (static_cast<unsigned char>(line_[start]) & 0xC0) == 0x80) --start;
      std::size_t next = start;
      const char32_t c = next_char(line_, next);
      if (is_end_mark(c)) return 0;
      if ((c == '[' || c == 0x3010 || c == 0xFF3B) && start > begin) return start;
      if (c == ' ') {
        ++words;
        word = start + 1;
        std::size_t w = word;
        if (w < end && is_upper(next_char(line_, w)) && small_word_before(begin, start)) return word;
      } else if (is_upper(c) && start > begin && small_letter_before(begin, start)) {
        return start;
      }
      at = start;
    }
    return 0;
  }

  bool small_letter_before(std::size_t begin, std::size_t at) const {
    std::size_t start = at - 1;
    while (start > begin && (static_cast<unsigned char>(line_[start]) & 0xC0) == 0x80) --start;
    std::size_t next = start;
    const char32_t c = next_char(line_, next);
    return is_letter(c) && !is_upper(c) && !is_spaceless(c);
  }

  bool small_word_before(std::size_t begin, std::size_t space) const {
    if (space <= begin) return false;
    const std::size_t from = line_.rfind(' ', space - 1);
    std::size_t at = from == std::string_view::npos || from < begin ? begin : from + 1;
    const char32_t c = next_char(line_, at);
    return is_letter(c) && !is_upper(c);
  }

  std::size_t dash_at(std::size_t begin, std::size_t end) const {
    const std::string_view within = line_.substr(0, end);
    for (std::size_t at = begin + 2; (at = find_any(within, at, kMayDash)) + 1 < end;) {
      const std::size_t dash = at;
      const char32_t c = next_char(line_, at);
      if (!is_dash(c) || line_[dash - 1] != ' ' || at >= end || line_[at] != ' ') continue;
      const std::size_t words = words_of(line_.substr(begin, dash - 1 - begin));
      return words >= 2 && words <= kTitleWords ? dash : 0;
    }
    return 0;
  }

  std::string_view line_;
  std::vector<LinePiece>& pieces_;
  std::size_t run_end_ = 0;  // behind the end marks that after_sentence() saw last
};

}  // namespace

bool is_arrow(char32_t c) {
  switch (c) {
    case '<': case '>': case 0xAB: case 0xBB: case 0x2039: case 0x203A: case 0x2190: case 0x2192: case 0x21D0: case 0x21D2:
    case 0x25C0: case 0x25B6: case 0x25C4: case 0x25BA: case 0x25B8: case 0x25C2: case 0x2794: case 0x279C: case 0x27A1:
    case 0x2B05: case 0x1F449: case 0x1F448:  case 0x226A: case 0x226B: case 0x276F: case 0x276E:
    case 0x25B7: case 0x25C1: case 0x27F5: case 0x27F6: case 0x21A9: case 0x21AA:
      return true;
    default:
      return false;
  }
}

bool is_separator(char32_t c) { return c == '|' || c == 0xA6 || c == 0xFF5C || c == 0x2022 || c == 0xB7 || c == 0x2016; }

void cut_line(std::string_view line, std::vector<LinePiece>& pieces) {
  pieces.clear();
  Cutter(line, pieces).run();
}

}  // namespace marrow
