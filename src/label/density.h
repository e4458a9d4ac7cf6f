// density: the labelling that needs no trained model. Finds the container that holds most of the page's prose and
// little else, then judges its blocks by length, link density and neighbours (Kohlschütter et al., "Boilerplate
// Detection using Shallow Text Features", WSDM 2010; Pomikálek's jusText for the context rule). Gives each block a score,
// 0..1, "is body"; never a verdict. Serves where no model file is at hand, and as the measure a model must beat.
#pragma once

#include <vector>

#include "label/facts.h"
#include "rules/matches.h"
#include "rules/ruleset.h"

namespace marrow {

class DensityScorer {
 public:
  explicit DensityScorer(const RuleSet& rules);
  // One score a block, valid until the next call.
  const std::vector<float>& score(const PageFacts& facts, const Matches& matches);

 private:
  bool unlikely(const Document& document, const Matches& matches, Id element) const;

  std::vector<Id> unlikely_;  // signals of furniture: menus, footers, comments, share bars, related lists
  std::vector<float> scores_;
  std::vector<float> prose_;  // prefix sums of words of prose
  std::vector<char> bad_;     // elements inside furniture
};

}  // namespace marrow
