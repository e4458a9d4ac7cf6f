// Matcher: Document -> Matches: which signals hold for each element, block and link of a page, and which filters
// decide. One Matcher a thread, reused from page to page: it keeps scratch memory only, so that what it says
// of a page does not depend on the pages before it. The Matches die at the next match().
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "page/document.h"
#include "rules/filter.h"

namespace marrow {

class RuleSet;

struct Matches {
  // Bit columns. An element has signals over class, id, role, itemprop, itemtype, tag and path, each on itself:
  // whoever wants "within three ancestors" goes up Element::parent. A block has those over text, heading and
  // lang, a link those over href, link text, host, rel and title.
  bool element_has(Id element, Id signal) const { return bit(element_bits, element, signal); }
  bool block_has(Id block, Id signal) const { return bit(block_bits, block, signal); }
  bool link_has(Id link, Id signal) const { return bit(link_bits, link, signal); }
  // One row of columns: bit s is row[s / 64] >> (s % 64) & 1.
  const std::uint64_t* element_row(Id element) const { return &element_bits[element * stride]; }
  const std::uint64_t* block_row(Id block) const { return &block_bits[block * stride]; }
  const std::uint64_t* link_row(Id link) const { return &link_bits[link * stride]; }

  std::size_t stride = 1;  // words of 64 columns in a row
  std::vector<std::uint64_t> element_bits, block_bits, link_bits;

  // The filter that decides each block (or line) and link, kNone where none does. Filters over containers that
  // take away or label what they hold are counted in.
  std::vector<Id> block_filter, link_filter;

  // Where a filter says "the body is inside this container": the filter, and the outermost elements it named, in
  // document order. What block_filter says of blocks inside still holds. Empty: no such rule, or it hit nothing.
  Id body_filter = kNone;
  std::vector<Id> body_elements;

  struct Container {
    Id filter, element;
  };
  std::vector<Container> containers;  // other container filters that hit, by filter, then element

  struct Found {
    Id rule;  // RuleSet::metadata_rule
    MetadataField field;
    Id element;
    std::string_view text;
  };
  std::vector<Found> metadata;  // the first hit of the first rule of each field

  // Sets of patterns whose automaton ran out of memory and were tried one by one instead.
  std::uint32_t fallbacks = 0;

 private:
  bool bit(const std::vector<std::uint64_t>& bits, Id row, Id signal) const {
    return signal != kNone && (bits[row * stride + signal / 64] >> (signal % 64) & 1) != 0;
  }
};

class Matcher {
 public:
  explicit Matcher(const RuleSet& rules);
  ~Matcher();
  Matcher(Matcher&&) noexcept;
  const Matches& match(const Document& document);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace marrow
