// Model: gradient-boosted trees read from a file of rules/model/ (format: rules/model/README.md), evaluated flat.
// Takes rows of named columns, gives one raw score a row and class, the same as the trainer's to the last digit
// of a float. Immutable once read; shared by all threads.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "label/forest.h"

namespace marrow {

class Model {
 public:
  // `bytes` are copied. Errors name what is wrong with the file: magic, version, sizes, checksum.
  static Result<Model> read(std::string_view bytes, std::string_view name);

  const std::vector<std::string>& columns() const { return columns_; }
  std::size_t classes() const { return classes_; }
  // Maps the model's columns to those the program computes; the error names a column nobody computes.
  Status bind(std::span<const std::string> computed);
  // rows: n x stride floats. out: n x classes() raw scores (log odds).
  void score(std::span<const float> rows, std::size_t stride, std::vector<float>& out) const { forest_.score(rows, stride, out); }
  // Of the rows `which` alone.
  void score(std::span<const float> rows, std::size_t stride, std::span<const std::uint32_t> which, std::vector<float>& out) const {
    forest_.score(rows, stride, which, out);
  }
  // Sets asked[column] for the columns of the program that some tree looks at.
  void mark_asked(std::vector<bool>& asked) const;
  double number(std::string_view key, double fallback) const;  // cuts and constants stored with the model

  // The trees as they stand, for those who explain a score (label/tree_reasons.h). Columns are those of the program.
  struct Split {
    std::uint32_t column;
    float threshold;  // left where value <= threshold
    int left, right;  // >= 0: a split of this tree; < 0: leaf -(x + 1)
  };
  std::size_t tree_count() const { return trees_.size(); }
  std::size_t split_count(std::size_t tree) const { return trees_[tree].nodes; }
  std::size_t class_of(std::size_t tree) const { return trees_[tree].cls; }
  float bias(std::size_t cls) const { return bias_[cls]; }
  Split split(std::size_t tree, std::size_t at) const {
    const TreeNode& node = forest_.nodes()[trees_[tree].first_node + at];
    return {node.column, node.threshold, node.left, node.right};
  }
  float leaf(std::size_t tree, std::size_t at) const { return leaves_[trees_[tree].first_leaf + at]; }

 private:
  std::vector<std::string> columns_;
  std::vector<TreeNode> nodes_;  // as the file has them: columns are the model's
  std::vector<float> leaves_;
  std::vector<Tree> trees_;
  std::vector<std::pair<std::string, double>> numbers_;
  std::vector<float> bias_;
  std::size_t classes_ = 1;
  Forest forest_;  // made by bind(): columns are the program's
};

}  // namespace marrow
