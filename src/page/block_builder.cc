#include "page/block_builder.h"

#include <algorithm>

#include "base/nfc.h"
#include "base/text.h"
#include "page/ascii.h"

namespace marrow {
namespace {

// Bytes below 0x80 that need no look: printable and not a space.
bool is_plain(char c) { return c > ' ' && c != 0x7F; }

bool is_ascii_space(char c) { return c == ' ' || (c >= 9 && c <= 13); }

// Invisible code points that split words when kept: soft hyphen, zero-width space, word joiner, BOM.
bool is_dropped(char32_t c) { return c == 0xAD || c == 0x200B || c == 0x2060 || c == 0xFEFF; }

// Text below U+0300 is NFC whatever its order.
bool may_need_nfc(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xCC; });
}

// Few and nearly in order, as they are, they are sorted in place: a stable sort asks for memory, block by block.
constexpr std::ptrdiff_t kFewSpans = 32;

using SpanAt = std::vector<Span>::iterator;
void sort_spans(SpanAt begin, SpanAt end) {
  const auto before = [](const Span& a, const Span& b) {
    if (a.begin != b.begin) return a.begin < b.begin;
    return a.element < b.element;  // an outer element opens first
  };
  if (end - begin > kFewSpans) return std::stable_sort(begin, end, before);
  for (SpanAt at = begin; at != end; ++at) std::rotate(std::upper_bound(begin, at, *at, before), at, at + 1);
}

}  // namespace

void BlockBuilder::start(Document& document, Arena& arena) {
  document_ = &document;
  arena_ = &arena;
  text_.clear();
  open_.clear();
  spans_.clear();
  space_ = newline_ = false;
}

void BlockBuilder::text(std::string_view text, bool pre) {
  if (may_need_nfc(text)) text = to_nfc(text, composed_);
  if (pre) {
    if (newline_) text_ += '\n';
    newline_ = space_ = false;
    text_.append(text);
    return;
  }
  append_folded(text);
}

void BlockBuilder::append_folded(std::string_view text) {
  std::size_t at = 0;
  const std::size_t size = text.size();
  while (at < size) {
    const char c = text[at];
    if (is_ascii_space(c)) {
      space_ = true;
      ++at;
      continue;
    }
    std::size_t next = at;
    if (is_plain(c)) {
      while (next < size && is_plain(text[next])) ++next;  // a run of plain ASCII at once
    } else {
      const char32_t point = next_code_point(text, next);
      if (is_dropped(point) || point < 0x20 || (point >= 0x7F && point < 0xA0 && point != 0x85)) {
        at = next;
        continue;
      }
      if (is_space(point)) {
        space_ = true;
        at = next;
        continue;
      }
    }
    if (newline_ && !text_.empty()) {
      text_ += '\n';
    } else if (space_ && !text_.empty()) {
      text_ += ' ';
    }
    newline_ = space_ = false;
    text_.append(text, at, next - at);
    at = next;
  }
}

void BlockBuilder::line_break(Id block_element, bool pre, bool hidden) {
  if (pre) {
    text_ += '\n';
    return;
  }
  if (newline_) {
    flush(block_element, pre, hidden);
    return;
  }
  newline_ = !text_.empty();
  space_ = false;
}

void BlockBuilder::open_inline(Id element, Id link) {
  // Two links that touch are two items of a list set side by side, not one word.
  if (link != kNone && !spans_.empty() && spans_.back().link != kNone && spans_.back().end == position()) space_ = true;
  open_.push_back({element, link, position()});
}

void BlockBuilder::close_inline(Id element) {
  if (open_.empty()) return;
  const Open open = open_.back();
  open_.pop_back();
  if (open.element == element && open.begin < position())
    spans_.push_back({open.begin, position(), open.element, open.link});
}

void BlockBuilder::flush(Id block_element, bool pre, bool hidden) {
  const bool blank = trim(text_).empty();
  if (!blank) {
    if (pre) {  // line ends around the block are the markup's, not the code's
      while (!text_.empty() && (text_.back() == '\n' || text_.back() == '\r')) text_.pop_back();
    }
    for (const Open& open : open_)
      if (open.begin < position()) spans_.push_back({open.begin, position(), open.element, open.link});
    Block block;
    block.text = arena_->copy(text_);
    if (block.text.empty()) {  // the page's memory is spent
      document_->over_budget = true;
    } else {
      Document& document = *document_;
      block.element = block_element;
      block.tag = document.elements[block_element].tag;
      block.pre = pre;
      block.hidden = hidden;
      block.first_span = static_cast<Id>(document.spans.size());
      const auto size = static_cast<std::uint32_t>(block.text.size());
      for (Span& span : spans_) {
        // A span opened before a space that came out only with the next character starts behind it.
        while (!pre && span.begin < span.end && is_ascii_space(text_[span.begin])) ++span.begin;
        span.end = std::min(span.end, size);
        if (span.begin < span.end) document.spans.push_back(span);
      }
      sort_spans(document.spans.begin() + block.first_span, document.spans.end());
      block.end_span = static_cast<Id>(document.spans.size());
      count(block, block.first_span);
      document.blocks.push_back(block);
    }
  }
  text_.clear();
  spans_.clear();
  for (Open& open : open_) open.begin = 0;
  space_ = newline_ = false;
}

void BlockBuilder::count(Block& block, std::size_t first_span) const {
  const TextSize all = size_of(block.text);
  block.words = all.words;
  block.chars = all.chars;
  std::uint32_t covered = 0;  // links may overlap in broken markup: count each byte once
  for (std::size_t i = first_span; i < block.end_span; ++i) {
    const Span& span = document_->spans[i];
    if (span.link == kNone || span.end <= covered) continue;
    const std::uint32_t begin = std::max(span.begin, covered);
    const std::string_view text = block.text.substr(begin, span.end - begin);
    const TextSize linked = begin == 0 && span.end == block.text.size() ? all : size_of(text);
    block.link_words += linked.words;
    block.link_chars += linked.chars;
    covered = span.end;
  }
}

}  // namespace marrow
