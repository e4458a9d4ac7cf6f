#include "label/tree_reasons.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace marrow {

TreeReasons::TreeReasons(const Model& model, std::span<const float> rows, std::size_t stride, std::span<const float> weights)
    : model_(model), stride_(stride), columns_of_(model.tree_count()), thresholds_(stride) {
  std::vector<double> sums, mass;
  double all = 0;
  for (const float w : weights) all += double{w};
  double mean = double{model.bias(0)};
  for (std::size_t t = 0; t < model.tree_count(); ++t) {
    first_.push_back(node_means_.size());
    const std::size_t splits = model.split_count(t);
    sums.assign(splits, 0);
    mass.assign(splits, 0);
    for (std::size_t i = 0; i < splits; ++i) {
      const Model::Split split = model.split(t, i);
      columns_of_[t].push_back(split.column);
      thresholds_[split.column].push_back(split.threshold);
    }
    std::sort(columns_of_[t].begin(), columns_of_[t].end());
    columns_of_[t].erase(std::unique(columns_of_[t].begin(), columns_of_[t].end()), columns_of_[t].end());
    if (model.class_of(t) != 0) {
      node_means_.insert(node_means_.end(), splits, 0.0F);
      continue;
    }
    for (std::size_t r = 0; r < weights.size(); ++r) {
      if (weights[r] == 0) continue;
      const std::span<const float> row = rows.subspan(r * stride, stride);
      const double leaf = double{walk(t, row)};
      if (splits == 0) mean += leaf * double{weights[r]} / all;
      for (int at = splits ? 0 : -1; at >= 0;) {
        sums[static_cast<std::size_t>(at)] += leaf * double{weights[r]};
        mass[static_cast<std::size_t>(at)] += double{weights[r]};
        const Model::Split split = model.split(t, static_cast<std::size_t>(at));
        at = row[split.column] <= split.threshold ? split.left : split.right;
      }
    }
    for (std::size_t i = 0; i < splits; ++i)
      node_means_.push_back(mass[i] > 0 ? static_cast<float>(sums[i] / mass[i]) : std::numeric_limits<float>::quiet_NaN());
    if (splits) mean += sums[0] / all;
  }
  mean_ = static_cast<float>(mean);
  for (std::vector<float>& list : thresholds_) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
  }
}

float TreeReasons::walk(std::size_t tree, std::span<const float> row) const {
  int at = model_.split_count(tree) ? 0 : -1;
  while (at >= 0) {
    const Model::Split split = model_.split(tree, static_cast<std::size_t>(at));
    at = row[split.column] <= split.threshold ? split.left : split.right;
  }
  return model_.leaf(tree, static_cast<std::size_t>(-(at + 1)));
}

float TreeReasons::score(std::span<const float> row) const {
  float sum = model_.bias(0);
  for (std::size_t t = 0; t < model_.tree_count(); ++t)
    if (model_.class_of(t) == 0) sum += walk(t, row);
  return sum;
}

void TreeReasons::effects(std::span<const float> row, std::vector<float>& by_column) const {
  by_column.assign(stride_, 0);
  for (std::size_t t = 0; t < model_.tree_count(); ++t) {
    if (model_.class_of(t) != 0) continue;
    const float leaf = walk(t, row);
    for (int at = model_.split_count(t) ? 0 : -1; at >= 0;) {
      const Model::Split split = model_.split(t, static_cast<std::size_t>(at));
      const float here = node_means_[first_[t] + static_cast<std::size_t>(at)];
      at = row[split.column] <= split.threshold ? split.left : split.right;
      // A node no weighted row of the page came through has no mean: the row itself is then all that is known of it.
      float next = at >= 0 ? node_means_[first_[t] + static_cast<std::size_t>(at)] : leaf;
      if (std::isnan(next)) next = leaf;
      by_column[split.column] += next - (std::isnan(here) ? leaf : here);
    }
  }
}

// The tree's value as a function of one column, the others as in `row`: its lowest piece, and the steps upward.
void TreeReasons::steps_of(std::size_t tree, std::uint32_t column, std::span<const float> row, std::vector<Step>& steps,
                           float* lowest) const {
  // Depth first, left first: pieces come in ascending order of the column's value. Depth of a tree of n splits is at most n.
  struct Open {
    int at;
    float above;  // the piece begins above this
    float upto;   // and goes up to this
  };
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  std::vector<Open> open{{model_.split_count(tree) ? 0 : -1, -kInfinity, kInfinity}};
  bool first = true;
  float last = 0;
  while (!open.empty()) {
    const Open piece = open.back();
    open.pop_back();
    if (piece.at < 0) {
      const float value = model_.leaf(tree, static_cast<std::size_t>(-(piece.at + 1)));
      if (first) *lowest += value;
      else if (value != last) steps.push_back({column, piece.above, value - last});
      first = false;
      last = value;
      continue;
    }
    const Model::Split split = model_.split(tree, static_cast<std::size_t>(piece.at));
    if (split.column != column) {
      open.push_back({row[split.column] <= split.threshold ? split.left : split.right, piece.above, piece.upto});
      continue;
    }
    if (split.threshold < piece.upto) open.push_back({split.right, std::max(piece.above, split.threshold), piece.upto});
    if (split.threshold > piece.above) open.push_back({split.left, piece.above, std::min(piece.upto, split.threshold)});
  }
}

bool TreeReasons::nearest(std::span<const float> row, float cut, bool reach, const std::vector<bool>& allowed, Change* change) const {
  const float now = score(row);
  std::vector<float> lowest(stride_, 0), current(stride_, 0);
  std::vector<Step> steps;
  for (std::size_t t = 0; t < model_.tree_count(); ++t) {
    if (model_.class_of(t) != 0) continue;
    const float leaf = walk(t, row);
    for (const std::uint32_t column : columns_of_[t]) {
      if (!allowed[column]) continue;
      current[column] += leaf;
      steps_of(t, column, row, steps, &lowest[column]);
    }
  }
  std::sort(steps.begin(), steps.end(), [](const Step& a, const Step& b) {
    return a.column != b.column ? a.column < b.column : a.limit < b.limit;
  });
  bool found = false;
  *change = {0, false, 0, kFar, now};
  const auto consider = [&](std::uint32_t column, float above, float upto, float value) {
    const bool crosses = (value >= cut) == reach;
    if (!crosses && (found || (reach ? value <= change->score : value >= change->score))) return;
    const float here = row[column];
    if (here > above && here <= upto) return;
    const std::vector<float>& points = thresholds_[column];
    const bool up = here <= above;
    const float limit = up ? above : upto;
    // Up: points in [here, limit]; down: points in [limit, here).
    const auto from = std::lower_bound(points.begin(), points.end(), up ? here : limit);
    const auto to = up ? std::upper_bound(points.begin(), points.end(), limit) : std::lower_bound(points.begin(), points.end(), here);
    const float distance = static_cast<float>(to - from) / static_cast<float>(points.size());
    if (found && distance >= change->distance) return;
    found |= crosses;
    *change = {column, up, limit, distance, value};
  };
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  for (std::size_t i = 0; i < steps.size();) {
    const std::uint32_t column = steps[i].column;
    float value = now - current[column] + lowest[column], above = -kInfinity;
    for (; i < steps.size() && steps[i].column == column;) {
      const float limit = steps[i].limit;
      consider(column, above, limit, value);
      for (; i < steps.size() && steps[i].column == column && steps[i].limit == limit; ++i) value += steps[i].by;
      above = limit;
    }
    consider(column, above, kInfinity, value);
  }
  return found;
}

}  // namespace marrow
