// walk: Gumbo's tree -> the flat arrays of a Document (elements, blocks, spans, links, images, head facts).
// Iterative: depth costs no stack. Internal to src/page. Reads the tree once, in document order.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "page/block_builder.h"
#include "page/document.h"
#include "page/page.h"
#include "page/strip.h"

struct GumboInternalNode;

namespace marrow {

// Counts elements among the siblings of their name. Children of one parent come before those of any other at their depth,
// so one slot for each depth and name holds all there is to know.
class Ordinals {
 public:
  void start() { slots_.clear(); }
  std::uint32_t next(Id parent, std::size_t depth, Tag tag, std::string_view name);

 private:
  struct Slot {
    Id parent = kNone;
    std::uint32_t count = 0;
    std::uint32_t name = 0;  // hash, of tags we have no number for
  };
  std::vector<Slot> slots_;  // kSlots a depth
};

class Walker {
 public:
  explicit Walker(const Budget& budget = {});
  ~Walker();
  // Fills `document` (cleared by the caller; url, json_ld set) from the tree of `stripped.html`. Attribute values stay
  // in the arena. Stops where the budget's counts are reached, and says so (over_budget).
  // `noscript`: read what stands in <noscript> too (some forums keep the whole page there for crawlers).
  void walk(const GumboInternalNode* root, const StripOutput& stripped, Document& document, Arena& arena, bool noscript);
  // Did the last walk pass over any <noscript> with elements inside?
  bool passed_noscript() const { return passed_noscript_; }

 private:
  struct Frame;
  struct Context;
  const Budget budget_;
  BlockBuilder builder_;
  std::vector<Frame> frames_;
  Ordinals ordinals_;
  std::string whole_text_;
  bool passed_noscript_ = false;
};

}  // namespace marrow
