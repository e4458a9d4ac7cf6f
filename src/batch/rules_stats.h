// count_rules: a Source of pages and a RuleSet -> how often each rule hit and decided
// (rules/tally.h). Pages are read and matched, not labelled. `threads` pull pages from the source
// in turn; the sums are the same for any number of them, and failures come in input order. Neither
// prints nor exits.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <vector>

#include "page/page.h"
#include "rules/tally.h"
#include "source/input.h"

namespace marrow {

struct RulesStatsSettings {
  unsigned threads = 0;  // 0 = one a core
  Budget budget{};
  const std::atomic<bool>* stop = nullptr;
  // Called on any thread, one call at a time, after each page: its bytes, and whether it could be
  // read.
  std::function<void(std::size_t, bool)> on_page{};
};

struct RulesStats {
  Tally tally;
  std::vector<InputFailure> failures{};
  bool interrupted = false;
};

// The rule set must outlive what is given.
RulesStats count_rules(Source& source, const RuleSet& rules, const RulesStatsSettings& settings);

}  // namespace marrow
