// measure_rules: a Source of pages -> the processor time that matching rules takes of the time to clean them. Each page is
// cleaned several times and its rules matched as often, in turn, on one thread; the least of each counts, in processor
// time of the thread, so that other work on the machine hardly shows. Figures are ratios within one run. Neither
// prints nor exits.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <vector>

#include "base/result.h"
#include "marrow.h"

namespace marrow {

struct RulesCost {
  std::size_t pages = 0;
  double clean = 0, match = 0;  // seconds of all pages
  double load = 0;              // seconds to read and compile the rules once
  std::vector<InputFailure> failures{};
  bool interrupted = false;
};

struct RulesCostSettings {
  CleanOptions options{};
  int rounds = 5;
  const std::atomic<bool>* stop = nullptr;
  std::function<void(std::size_t, bool)> on_page{};  // its bytes, and whether it could be read
};

Result<RulesCost> measure_rules(Source& source, const RulesCostSettings& settings);

}  // namespace marrow
