// TeaserFeatures: one row a block for the model that tells excerpts of other items: its text and how it ends, the link
// it goes with (in its repeated item or right beside it) and how sure that is onward reading, what stands around it.
// Same rules as label/features.h.
#pragma once

#include <span>
#include <vector>

#include "label/columns.h"
#include "label/facts.h"
#include "label/link_features.h"
#include "label/signal_columns.h"
#include "label/signal_groups.h"
#include "rules/matches.h"
#include "rules/ruleset.h"

namespace marrow {

class TeaserFeatures {
 public:
  explicit TeaserFeatures(const RuleSet& rules);
  const std::vector<FeatureInfo>& columns() const { return columns_; }
  // Columns that nobody asks for may be left out of the rows from now on.
  void ask(const AskedColumns& asked);
  // `related`: p(onward reading) of each link.
  std::span<const float> compute(const PageFacts& facts, const Matches& matches, const PageJudgement& judgement,
                                 std::span<const float> related);
  // The link a block would preview: the surest one of its item, else of itself or of the blocks beside it; kNone.
  Id partner(Id block) const { return partners_[block]; }
  void free_rows() { std::vector<float>().swap(rows_); }  // what compute() gave; it grows anew

 private:
  template <typename Out>
  void row(Out& out, const PageFacts& facts, const Matches* matches, const PageJudgement& judgement,
           std::span<const float> related, Id b);
  void find_partners(const PageFacts& facts, std::span<const float> related);

  const RuleSet& rules_;
  std::vector<FeatureInfo> columns_;
  SignalColumns is_, next_is_, near_is_;
  // Of the item that was asked about last: its longest block and the next longest one, in words outside links.
  struct Longest {
    Id item = kNone, block = kNone;
    float words = 0, next = 0;
  };
  float longest_other(const PageFacts& facts, Id item, Id block);

  Longest longest_;
  std::vector<Id> partners_;
  std::vector<std::uint64_t> near_;  // element signals on the block at hand and the three above
  std::vector<Id> link_of_block_;  // the surest link with text in the block
  std::vector<float> link_words_;  // of each link's text, -1 = not counted yet
  std::vector<float> rows_;
};

}  // namespace marrow
