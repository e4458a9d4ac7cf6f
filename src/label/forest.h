// Forest: the trees of a model laid out to be evaluated for 32 or 64 rows at once. Takes rows of floats, gives the sums of
// leaves, added in the order of the trees: the same floats as a walk down every tree by itself, on every machine.
// Values are first turned into ranks, bytes that say how many of the column's thresholds they pass; then each node
// of a tree decides for all of them by a comparison of bytes, children before parents (no branch to guess wrongly).
// That takes a layout, which is made when so many rows were asked for that it pays: a program that cleans one page does without.
// Immutable once built, as far as one can tell from outside; shared by all threads; AVX2 where the processor has it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace marrow {

struct TreeNode {
  float threshold;           // go left where value <= threshold
  std::uint16_t column;      // of the rows
  std::int16_t left, right;  // >= 0: a node of this tree, behind this one; < 0: leaf -(x + 1)
};

struct Tree {
  std::uint32_t first_node, first_leaf;
  std::uint16_t nodes;  // a tree has one leaf more
  std::uint16_t cls;    // the class it adds to
};

class Forest {
 public:
  // Indexes must have been checked (Model::read does). `bias`: what each class starts from.
  void build(std::span<const TreeNode> nodes, std::span<const Tree> trees, std::span<const float> leaves,
             std::span<const float> bias);
  // rows: n x stride floats. out: n x classes sums.
  void score(std::span<const float> rows, std::size_t stride, std::vector<float>& out) const;
  // The same of the rows `which` alone: which.size() x classes sums.
  void score(std::span<const float> rows, std::size_t stride, std::span<const std::uint32_t> which, std::vector<float>& out) const;
  // The same, tree by tree and row by row: for a few rows, and for trees that bytes cannot count.
  void walk(std::span<const float> rows, std::size_t stride, std::vector<float>& out) const;

  std::span<const TreeNode> nodes() const { return nodes_; }

  static constexpr std::size_t kLanes = 32;  // rows of one vector of bytes

  Forest();
  ~Forest();
  Forest(Forest&&) noexcept;
  Forest& operator=(Forest&&) noexcept;

 private:
  class Lanes;
  const Lanes* lanes(std::size_t rows) const;
  template <typename RowOf>
  void score_rows(std::size_t n, const RowOf& row_of, std::vector<float>& out) const;
  void walk_row(const float* row, float* out) const;

  std::vector<TreeNode> nodes_;
  std::vector<Tree> trees_;
  std::vector<float> leaves_, bias_;
  std::unique_ptr<Lanes> lanes_;  // the layout, made once it pays
};

}  // namespace marrow
