// ContextFeatures: what the block model said of the whole page -> one row a block for the second model, which makes
// labels coherent: a block is judged again knowing what its neighbours, its containers, its list and the page's
// kind came out as. KindFeatures: one row a page, for the model of the page's kind. Same rules as label/features.h.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "label/columns.h"
#include "label/facts.h"

namespace marrow {

inline constexpr std::size_t kPageKinds = 7;

class KindFeatures {
 public:
  KindFeatures();
  const std::vector<FeatureInfo>& columns() const { return columns_; }
  // `rows`: the block features of the page (their page_ columns are read); `body`: p(body) of each block.
  std::span<const float> compute(const PageFacts& facts, std::span<const float> body);

 private:
  template <typename Out>
  void row(Out& out, const PageFacts& facts, std::span<const float> body) const;
  std::vector<FeatureInfo> columns_;
  std::vector<float> row_;
};

class ContextFeatures {
 public:
  ContextFeatures();
  const std::vector<FeatureInfo>& columns() const { return columns_; }
  std::span<const float> compute(const PageFacts& facts, std::span<const float> body,
                                 const std::array<float, kPageKinds>& kind);
  // The row of one block, columns().size() floats: for those who ask "what if" of one block (label/explain.h).
  void compute_one(const PageFacts& facts, std::span<const float> body, const std::array<float, kPageKinds>& kind, Id block,
                   std::vector<float>& row);
  void free_rows() { std::vector<float>().swap(rows_); }  // what compute() gave; it grows anew

 private:
  struct Prefix;
  struct PathMass {
    float mass = 0, words = 0, flat = 0, blocks = 0;
  };
  void group(const PageFacts& facts, std::span<const float> body);
  template <typename Out>
  void row(Out& out, const PageFacts& facts, std::span<const float> body, const Prefix& prefix,
           const std::array<float, kPageKinds>& kind, Id b) const;
  std::vector<FeatureInfo> columns_;
  std::vector<PathMass> paths_;      // by PageFacts::path_slot
  std::vector<Id> section_end_;      // of each block: where the run of blocks under its heading ends
  std::vector<Id> section_begin_;
  std::vector<float> rows_;
};

}  // namespace marrow
