#include "rules/words.h"

#include <algorithm>
#include <array>
#include <bit>

#include "base/text.h"

namespace marrow {
namespace {

// Tokens that say the next one is absent, elsewhere, or a side of a box (`contentWithSidebar`,
// `Padding-bottom-lg-30`).
constexpr std::array<std::string_view, 17> kQualifiers{"align",   "border", "float", "has", "hide",
                                                       "margin",  "mb",     "mt",    "no",  "not",
                                                       "padding", "pad",    "pb",    "pt",  "position",
                                                       "with",    "without"};

bool is_qualifier(std::string_view token) {
  return std::find(kQualifiers.begin(), kQualifiers.end(), token) != kQualifiers.end();
}

bool is_break(char c, WordTable::Style style) {
  switch (style) {
    case WordTable::Style::tokens: return c == '-' || c == ' ';
    case WordTable::Style::names: return c == ' ';
    case WordTable::Style::segments: return c == '/';
    case WordTable::Style::host: return c == '.';
  }
  return true;
}

}  // namespace

std::uint64_t WordTable::hash(std::string_view token) { return hash64(token); }

void WordTable::add(std::string word, Id rule) { entries_.push_back({std::move(word), rule, 0}); }

void WordTable::seal() {
  slots_.assign(std::bit_ceil(entries_.size() * 2 + 2), {});
  mask_ = slots_.size() - 1;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    // A host is found by its whole name: it is looked up at every sub-domain boundary, to the end.
    const std::string_view word = entries_[i].word;
    const std::uint64_t key = hash(word.substr(0, token_end(word, 0)));
    std::size_t slot = key & mask_;
    while (slots_[slot].entry != 0 && slots_[slot].key != key) slot = (slot + 1) & mask_;
    entries_[i].next = slots_[slot].entry;
    slots_[slot] = {key, static_cast<std::uint32_t>(i + 1)};
  }
}

std::size_t WordTable::first(std::string_view form) const {
  std::size_t at = 0;
  while (at < form.size() && is_break(form[at], style_)) ++at;
  return at;
}

std::size_t WordTable::token_end(std::string_view form, std::size_t at) const {
  if (style_ == Style::host) return form.size();
  while (at < form.size() && !is_break(form[at], style_)) ++at;
  return at;
}

std::size_t WordTable::next(std::string_view form, std::size_t at) const {
  for (;;) {
    const std::size_t begin = at;
    while (at < form.size() && !is_break(form[at], style_)) ++at;
    const bool qualifies = style_ == Style::tokens && at < form.size() && form[at] == '-' &&
                           is_qualifier(form.substr(begin, at - begin));
    while (at < form.size() && is_break(form[at], style_)) ++at;
    if (!qualifies || at >= form.size()) return at;
  }
}

bool WordTable::stands_at(std::string_view form, std::size_t at, std::string_view word) const {
  if (form.compare(at, word.size(), word) != 0) return false;
  const std::size_t end = at + word.size();
  return end == form.size() || is_break(form[end], style_);
}

}  // namespace marrow
