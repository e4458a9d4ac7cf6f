// walk: Gumbo's tree -> the flat arrays of a Document (elements, blocks, spans, links, images, head facts).
// Iterative: depth costs no stack. Internal to src/page. Reads the tree once, in document order.
#pragma once

#include "base/arena.h"
#include "page/block_builder.h"
#include "page/document.h"
#include "page/page.h"
#include "page/strip.h"

struct GumboInternalNode;

namespace marrow {

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
  bool passed_noscript_ = false;
};

}  // namespace marrow
