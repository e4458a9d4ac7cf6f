// TreeReasons: what a model's trees say of one row of a page: which columns pushed its score, and the nearest single
// change of one column that carries the score over a cut. Takes a bound Model and all rows of a page, a weight for each.
// Contributions are path-wise (Saabas 2014: differences of node means along the row's way through each tree), the means
// taken over the rows of this page: effects are "compared with this page", and bias() + all of them is the score, exactly.
// For `marrow explain` alone: nothing here runs while pages are cleaned. One thread; the Model and rows must outlive it.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "label/model.h"

namespace marrow {

class TreeReasons {
 public:
  // rows: n x stride floats; weights: n, of which at least one is above 0.
  TreeReasons(const Model& model, std::span<const float> rows, std::size_t stride, std::span<const float> weights);

  float score(std::span<const float> row) const;  // class 0, as Model::score
  float mean() const { return mean_; }            // weighted mean score of the page's rows

  // Adds up effects by column: mean() + sum(effects) = score(row).
  void effects(std::span<const float> row, std::vector<float>& by_column) const;

  struct Change {
    std::uint32_t column = 0;
    bool above = false;   // true: the value would have to be above `limit`; false: at or below it
    float limit = 0;
    float distance = 0;   // share of the model's split points of this column that lie between here and there, 0..1
    float score = 0;      // behind the change
  };
  // The change of one column with the least distance that brings the score to `cut` or above (`reach` true) or below it.
  // `allowed`: columns that may change. False where none does: *change is then the one whose score comes nearest to the
  // cut, nearer than the row's own; its distance is kFar where there is none.
  static constexpr float kFar = 2;
  bool nearest(std::span<const float> row, float cut, bool reach, const std::vector<bool>& allowed, Change* change) const;

 private:
  struct Step {  // the tree's part of the score changes by `by` where the column's value goes above `limit`
    std::uint32_t column;
    float limit, by;
  };
  float walk(std::size_t tree, std::span<const float> row) const;
  void steps_of(std::size_t tree, std::uint32_t column, std::span<const float> row, std::vector<Step>& steps, float* lowest) const;

  const Model& model_;
  std::size_t stride_;
  float mean_ = 0;
  std::vector<std::size_t> first_;        // of each tree, into node_means_
  std::vector<float> node_means_;
  std::vector<std::vector<std::uint32_t>> columns_of_;  // distinct columns of each tree
  std::vector<std::vector<float>> thresholds_;          // sorted, distinct, by column
};

}  // namespace marrow
