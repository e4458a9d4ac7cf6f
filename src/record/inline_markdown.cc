#include "record/inline_markdown.h"

#include <algorithm>
#include <vector>

#include "base/text.h"

namespace marrow {
namespace {

// How a stretch of text is set. Emphasis does not nest: both together are one style.
struct Style {
  Id link = kNone;
  std::uint8_t stars = 0;  // 1 emphasis, 2 strong, 3 both
  bool code = false;
  bool operator==(const Style&) const = default;
};

struct Run {
  std::uint32_t begin, end;
  Style style;
};

void apply(const Document& doc, const Span& span, Style& style) {
  if (span.link != kNone && span.link < doc.links.size() && !doc.links[span.link].url.empty()) style.link = span.link;
  switch (doc.elements[span.element].tag) {
    case Tag::strong_:
    case Tag::b_: style.stars |= 2; break;
    case Tag::em_:
    case Tag::i_: style.stars |= 1; break;
    case Tag::code_:
    case Tag::kbd_:
    case Tag::samp_:
    case Tag::tt_: style.code = true; break;
    default: break;
  }
}

// The stretch cut where any span begins or ends; equal neighbours joined.
std::vector<Run> runs_of(const Document& doc, const Block& block, std::uint32_t begin, std::uint32_t end) {
  std::vector<std::uint32_t> cuts{begin, end};
  for (Id s = block.first_span; s < block.end_span; ++s)
    for (std::uint32_t at : {doc.spans[s].begin, doc.spans[s].end})
      if (at > begin && at < end) cuts.push_back(at);
  std::sort(cuts.begin(), cuts.end());
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  std::vector<Run> runs;
  std::vector<Id> open;  // spans that have begun and not ended
  Id next = block.first_span;
  for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
    for (; next < block.end_span && doc.spans[next].begin <= cuts[i]; ++next) open.push_back(next);
    std::erase_if(open, [&](Id s) { return doc.spans[s].end <= cuts[i]; });
    Run run{cuts[i], cuts[i + 1], {}};
    for (Id s : open) apply(doc, doc.spans[s], run.style);
    if (run.style.code) run.style.stars = 0;
    if (!runs.empty() && runs.back().style == run.style)
      runs.back().end = run.end;
    else
      runs.push_back(run);
  }
  return runs;
}

bool is_ascii_punctuation(char c) {
  return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

bool letter_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return false;
  const char32_t c = next_code_point(text, at);
  return is_letter(c) || is_digit(c);
}

bool letter_before(std::string_view text, std::size_t end) {
  if (end == 0) return false;
  std::size_t at = end - 1;
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
  return letter_at(text, at);
}

class Writer {
 public:
  Writer(const Document& doc, const Block& block, const InlineOptions& options, std::string& out)
      : doc_(doc), block_(block), options_(options), out_(out) {}

  void write(std::uint32_t begin, std::uint32_t end) {
    begin_ = begin;
    end_ = end;
    const auto runs = runs_of(doc_, block_, begin, end);
    for (std::size_t i = 0; i < runs.size();) {
      const Id link = runs[i].style.link;
      std::size_t last = i;
      while (last < runs.size() && runs[last].style.link == link) ++last;
      if (link == kNone || blank(runs[i].begin, runs[last - 1].end))
        for (; i < last; ++i) styled(runs[i]);
      else
        linked(runs, i, last);
      i = last;
    }
  }

 private:
  std::string_view text(std::uint32_t begin, std::uint32_t end) const { return block_.text.substr(begin, end - begin); }
  bool blank(std::uint32_t begin, std::uint32_t end) const {
    const auto part = text(begin, end);
    return std::all_of(part.begin(), part.end(), is_blank);
  }

  void linked(const std::vector<Run>& runs, std::size_t first, std::size_t last) {
    Run head = runs[first], tail = runs[last - 1];
    std::uint32_t begin = head.begin, end = tail.end;
    while (begin < head.end && is_blank(block_.text[begin])) ++begin;
    while (end > tail.begin && is_blank(block_.text[end - 1])) --end;
    plain(head.begin, begin);
    out_ += '[';
    in_link_ = true;
    for (std::size_t i = first; i < last; ++i) {
      Run run = runs[i];
      run.begin = std::max(run.begin, begin);
      run.end = std::min(run.end, end);
      if (run.begin < run.end) styled(run);
    }
    in_link_ = false;
    out_ += "](";
    append_destination(doc_.links[head.style.link].url, out_);
    out_ += ')';
    plain(end, tail.end);
  }

  void styled(Run run) {
    if (run.style.code) return code(run);
    if (!run.style.stars) return plain(run.begin, run.end);
    std::uint32_t begin = run.begin, end = run.end;
    while (begin < end && is_blank(block_.text[begin])) ++begin;
    while (end > begin && is_blank(block_.text[end - 1])) --end;
    const bool marked = begin < end && may_open(begin) && may_close(end);
    plain(run.begin, begin);
    if (marked) out_.append(run.style.stars, '*');
    plain(begin, end);
    if (marked) out_.append(run.style.stars, '*');
    plain(end, run.end);
  }

  // CommonMark's flanking rules, on the safe side: where they might not hold, there are no stars.
  bool may_open(std::uint32_t at) const {
    if (!out_.empty() && out_.back() == '*') return false;
    return letter_at(block_.text, at) || at == begin_ || is_blank(block_.text[at - 1]);
  }
  bool may_close(std::uint32_t at) const {
    if (at < end_ && !is_blank(block_.text[at]) && !is_ascii_punctuation(block_.text[at]) && !letter_before(block_.text, at)) return false;
    return true;
  }

  void code(const Run& run) {
    std::string content(text(run.begin, run.end));
    std::replace(content.begin(), content.end(), '\n', ' ');
    std::replace(content.begin(), content.end(), '\r', ' ');
    if (std::all_of(content.begin(), content.end(), is_blank)) {
      out_ += content;
      return;
    }
    std::size_t longest = 0, here = 0;
    for (char c : content) longest = std::max(longest, here = c == '`' ? here + 1 : 0);
    const bool pad = content.front() == '`' || content.back() == '`' || (content.front() == ' ' && content.back() == ' ');
    if (!out_.empty() && out_.back() == '`') out_ += ' ';
    out_.append(longest + 1, '`');
    if (pad) out_ += ' ';
    for (char c : content) {
      if (c == '|' && options_.cell) out_ += '\\';
      out_ += c;
    }
    if (pad) out_ += ' ';
    out_.append(longest + 1, '`');
  }

  void plain(std::uint32_t begin, std::uint32_t end) {
    if (begin >= end) return;
    InlineOptions options = options_;
    if (in_link_) options.breaks = Breaks::space;
    append_escaped(text(begin, end), options, out_);
  }

  const Document& doc_;
  const Block& block_;
  InlineOptions options_;
  std::string& out_;
  std::uint32_t begin_ = 0, end_ = 0;
  bool in_link_ = false;
};

bool at_line_start(const std::string& out) { return out.empty() || out.back() == '\n'; }

// "1." and "12)" at the start of a line would begin a list.
bool follows_number(const std::string& out) {
  std::size_t i = out.size(), digits = 0;
  while (i > 0 && out[i - 1] >= '0' && out[i - 1] <= '9') --i, ++digits;
  return digits > 0 && digits <= 9 && (i == 0 || out[i - 1] == '\n');
}

}  // namespace

void append_escaped(std::string_view text, const InlineOptions& options, std::string& out) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    switch (c) {
      case '\n':
      case '\r':
        while (!out.empty() && out.back() == ' ') out.pop_back();
        if (!at_line_start(out)) out += options.breaks == Breaks::space ? " " : "\\\n";
        continue;
      case ' ':
      case '\t':
        if (!at_line_start(out)) out += ' ';  // four spaces would be code, two at the end a break
        continue;
      case '\\': case '`': case '*': case '_': case '[': case ']': case '<': case '~': case '&': case '|':
      case '#':  // also at the end of a heading, where it would close it
        out += '\\';
        break;
      case '>': case '+': case '-': case '=':
        if (at_line_start(out)) out += '\\';
        break;
      case '.': case ')':
        if (follows_number(out)) out += '\\';
        break;
      case '!':
        if (i + 1 == text.size()) out += '\\';  // a link may follow
        break;
      default: break;
    }
    out += c;
  }
}

void append_destination(std::string_view url, std::string& out) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  for (char c : url) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte == 0x7F || c == '(' || c == ')' || c == '<' || c == '>' || c == '\\' || c == '"' || c == '|' || c == '`' || c == '[' || c == ']') {
      out += '%';
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    } else if (c == '&' || c == '*' || c == '_') {
      out += '\\';
      out += c;
    } else {
      out += c;
    }
  }
}

void append_inline(const Document& doc, const Block& block, std::uint32_t begin, std::uint32_t end,
                   const InlineOptions& options, std::string& out) {
  std::string line;
  Writer(doc, block, options, line).write(begin, end);
  while (!line.empty() && (line.back() == ' ' || line.back() == '\n')) {
    line.pop_back();
    // A hard break at the end of a paragraph is a backslash: an odd number of them.
    std::size_t slashes = 0;
    while (slashes < line.size() && line[line.size() - 1 - slashes] == '\\') ++slashes;
    if (slashes % 2) line.pop_back();
  }
  out += line;
}

}  // namespace marrow
