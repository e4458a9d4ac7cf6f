// Judge: the models asked in their order, each fed with what the ones before it said:
//   facts -> p(body) of each block -> page kind -> p(body) again, knowing the page -> p(onward) of each link and its kind
//   -> both again, knowing the other links -> p(excerpt) of each block.
// Without a model for the blocks, label/density.h stands in; without the others their part is empty. Gives
// probabilities only, no verdicts. Everything lives until the next judge(). One thread.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "base/stages.h"
#include "label/context.h"
#include "label/density.h"
#include "label/facts.h"
#include "label/features.h"
#include "label/link_context.h"
#include "label/link_features.h"
#include "label/models.h"
#include "label/teaser_features.h"

namespace marrow {

// Cuts of p(onward) and p(excerpt) where a model file names none of its own.
inline constexpr float kLinkCut = 0.5F, kTeaserCut = 0.5F;

class Judge {
 public:
  Judge(const RuleSet& rules, const Models* models);
  // `all_rows`: compute every row of features even where no model asks for it (`marrow features`).
  void judge(const Document& document, const Matches& matches, bool all_rows = false);

  // false: the rows of a large page are freed as soon as its models have read them, so that never all of them are held.
  bool rows_wanted = true;
  StageTimes* times = nullptr;  // where asked for, what features and models took

  PageFacts facts;
  std::vector<float> first_body;  // p(body) of each block by itself
  std::array<float, kPageKinds> kind{};
  std::vector<float> body;        // p(body) of each block, knowing the page
  PageJudgement judgement;        // the same as links and teasers see it
  std::vector<float> first_related, first_kinds;  // p(onward reading) and kinds of each link by itself
  std::vector<float> related;     // p(onward reading) of each link, knowing the others; empty without a model
  // Probabilities of the link kinds, kLinkKinds a link, of the links that are onward reading by the model's own cut; the others
  // hold anything. Empty without a model.
  std::span<const float> onward_kinds() const { return link_kinds_; }
  // Of all links: worked out where somebody asks, the program itself does not.
  std::span<const float> link_kinds() const;
  std::vector<float> teaser;      // p(excerpt) of each block; empty without a model
  std::span<const float> block_rows, kind_row, context_rows, link_rows, link_context_rows, teaser_rows;

  BlockFeatures block_features;
  KindFeatures kind_features;
  ContextFeatures context_features;
  LinkFeatures link_features;
  LinkContext link_context;
  TeaserFeatures teaser_features;

 private:
  void ask_columns();
  void judge_blocks(const Matches& matches, bool all_rows);
  void judge_kind(bool all_rows);
  void judge_context(bool all_rows);
  void judge_links(const Matches& matches, bool all_rows);
  void judge_link_context(bool all_rows);
  void judge_teasers(const Matches& matches, bool all_rows);
  void find_body_range();
  template <typename Features>
  void done(Features& features, std::span<const float>& rows);

  const Models* models_;
  DensityScorer density_;
  std::vector<float> raw_;
  bool all_columns_ = false;
  mutable std::vector<float> link_kinds_;
  mutable bool all_link_kinds_ = true;
  std::vector<std::uint32_t> onward_;
  StageClock clock_{nullptr};
};

}  // namespace marrow
