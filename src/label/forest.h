// Forest: the trees of a model laid out to be evaluated for 32 or 64 rows at once. Takes rows of floats, gives the sums of
// leaves, added in the order of the trees: the same floats as a walk down every tree by itself, on every machine.
// Values are first turned into ranks, bytes that say how many of the column's thresholds they pass; then each node
// of a tree decides for all of them by a comparison of bytes, children before parents (no branch to guess wrongly).
// Immutable once built; shared by all threads; AVX2 where the processor has it.
#pragma once

#include <cstddef>
#include <cstdint>
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

 private:
  // A column that some node asks for, and its thresholds, sorted.
  struct Column {
    std::uint16_t column;
    std::uint16_t first_cut, end_cut;
  };
  // Where a node's column and children stand in the scratch, a row each. Its own answer goes to the row before that of the
  // node behind it.
  struct Step {
    std::uint16_t column;  // of columns_
    std::uint16_t left, right;  // of all three the byte at which the row begins
    std::int8_t rank;
  };
  struct Plan {
    std::uint32_t first_step, end_step;
    std::uint32_t first_leaf;
    std::uint16_t root, cls;
    std::uint32_t table;  // its leaves in tables_, byte by byte; none where there are too many
  };
  struct Scratch;
  using Bytes = std::int8_t __attribute__((vector_size(32)));  // vectors as the compiler knows them

  void lay_out();
  bool rank_columns();
  template <bool avx2>
  void rank(const float* const* rows, std::size_t vector, Scratch& scratch) const;
  void narrow(const void* values, std::size_t& first, std::size_t& end) const;
  template <std::size_t vectors>
  void descend(const Plan& plan, Scratch& scratch) const;
  static const Bytes* root_of(const Plan& plan, const Scratch& scratch);
  void add(const Plan& plan, std::size_t vector, Scratch& scratch) const;
  template <std::size_t vectors>
  void score_lanes(const float* const* rows, Scratch& scratch) const;
  template <std::size_t vectors>
  void score_lanes_avx2(const float* const* rows, Scratch& scratch) const;
  template <std::size_t vectors>
  void score_some(const float* const* rows, std::size_t count, Scratch& scratch, float* out) const;
  template <typename RowOf>
  void score_rows(std::size_t n, const RowOf& row_of, std::vector<float>& out) const;
  void walk_row(const float* row, float* out) const;

  std::vector<TreeNode> nodes_;
  std::vector<Tree> trees_;
  std::vector<float> leaves_, bias_;
  std::vector<Column> columns_;
  std::vector<float> cuts_;
  std::vector<Step> steps_;
  std::vector<Plan> plans_;
  std::vector<std::uint8_t> tables_;
  std::size_t most_leaves_ = 0;
  bool in_lanes_ = false;  // can be evaluated in bytes
};

}  // namespace marrow
