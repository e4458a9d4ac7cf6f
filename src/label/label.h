// Labeller: Document + Matches -> Labels, one verdict a block and a link. A list of passes:
//   features -> block model -> page kind -> coherence -> edges -> links -> teasers -> filters (the last word).
// Plain texts go another way (label/text.h). Never changes the Document. One Labeller a thread; the Labels are
// its own and live until the next label(). The same page gives the same labels whatever came before.
#pragma once

#include <memory>

#include "base/stages.h"
#include "label/verdict.h"
#include "rules/matches.h"
#include "rules/ruleset.h"

namespace marrow {

class Judge;
class Models;

class Labeller {
 public:
  // `models` may be nullptr: then blocks are judged by density alone (label/density.h). Both outlive the Labeller.
  Labeller(const RuleSet& rules, const Models* models);
  ~Labeller();
  Labeller(Labeller&&) noexcept;
  const Labels& label(const Document& document, const Matches& matches);
  void time_into(StageTimes* times);  // nullptr: nobody asks
  // What the models said of the last page; nullptr for a plain text. Lives until the next label().
  const Judge* judge() const;
  // p(onward reading) from which a link is related.
  float link_cut() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace marrow
