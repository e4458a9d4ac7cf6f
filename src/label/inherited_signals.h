// InheritedSignals: the element signals of a page handed down: which hold on an element or the few above it ("near"), and
// which on any ancestor. Takes a Document and its Matches; bit rows are reused from page to page. One thread.
#pragma once

#include <cstdint>
#include <vector>

#include "rules/matches.h"

namespace marrow {

class InheritedSignals {
 public:
  // `steps`: how many ancestors count as near, the element itself not counted.
  void compute(const Document& document, const Matches& matches, int steps) {
    stride_ = matches.stride;
    near_.assign(document.elements.size() * stride_, 0);
    any_.assign(document.elements.size() * stride_, 0);
    for (Id e = 0; e < document.elements.size(); ++e) {
      const Id up = document.elements[e].parent;
      for (std::size_t w = 0; w < stride_; ++w) {
        std::uint64_t near = matches.element_row(e)[w], any = near;
        Id a = up;
        for (int i = 0; i < steps && a != kNone; ++i, a = document.elements[a].parent) near |= matches.element_row(a)[w];
        if (up != kNone) any |= any_[up * stride_ + w];
        near_[e * stride_ + w] = near;
        any_[e * stride_ + w] = any;
      }
    }
  }
  // Rows of bits, as Matches has them.
  const std::uint64_t* near(Id element) const { return &near_[element * stride_]; }
  const std::uint64_t* any(Id element) const { return &any_[element * stride_]; }

 private:
  std::size_t stride_ = 1;
  std::vector<std::uint64_t> near_, any_;
};

}  // namespace marrow
