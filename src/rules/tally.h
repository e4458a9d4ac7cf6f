// Tally: what `marrow rules stats` counts: over a corpus, on how many pages each signal and filter hit, how many blocks
// or links it decided, and how many it would have decided had no other come first. One a thread; add() them up.
// Asks every filter about every block, so it costs more than Matcher: for statistics only.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "rules/matches.h"
#include "rules/ruleset.h"

namespace marrow {

struct RuleCount {
  std::uint64_t pages = 0;  // with a hit
  std::uint64_t hits = 0;   // blocks, links or containers it holds for, taken alone
  std::uint64_t won = 0;    // of those it decided
};

class Tally {
 public:
  explicit Tally(const RuleSet& rules);
  ~Tally();
  Tally(Tally&&) noexcept;

  void count(const Document& document, const Matches& matches);
  void add(const Tally& other);

  std::uint64_t pages() const { return pages_; }
  const std::vector<RuleCount>& filters() const { return filters_; }
  const std::vector<RuleCount>& signals() const { return signals_; }  // `won` is 0

  // A table for people: every rule with its counts, then those that never fired and those always pre-empted.
  std::string format() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
  std::uint64_t pages_ = 0;
  std::vector<RuleCount> filters_, signals_;
};

}  // namespace marrow
