// BlockFeatures: PageFacts + Matches -> one row of numbers a block, the columns of the block model.
// One place that names every column: `marrow features` dumps exactly what the program computes, and a model
// file names the columns it was trained on, so that both always mean the same. Signals of the rule files are
// columns too. Rows are row-major floats, valid until the next compute(). One thread.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "label/columns.h"
#include "label/facts.h"
#include "label/inherited_signals.h"
#include "label/signal_columns.h"
#include "label/signal_groups.h"
#include "rules/matches.h"
#include "rules/ruleset.h"

namespace marrow {

class BlockFeatures {
 public:
  explicit BlockFeatures(const RuleSet& rules);
  const std::vector<FeatureInfo>& columns() const { return columns_; }
  // Columns that nobody asks for may be left out of the rows from now on.
  void ask(const AskedColumns& asked);
  // One row a block, columns().size() floats each.
  std::span<const float> compute(const PageFacts& facts, const Matches& matches);
  void free_rows() { std::vector<float>().swap(rows_); }  // what compute() gave; it grows anew

 private:
  struct PageNumbers;
  template <typename Out>
  void row(Out& out, const PageFacts& facts, const PageNumbers& page, const Matches* matches, Id b) const;

  const RuleSet& rules_;
  std::vector<FeatureInfo> columns_;
  SignalColumns near_, any_, is_;
  InheritedSignals inherited_;
  std::vector<float> rows_;
};

}  // namespace marrow
