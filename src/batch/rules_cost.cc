#include "batch/rules_cost.h"

#include <time.h>

#include <algorithm>
#include <limits>

#include "rules/matches.h"
#include "rules/ruleset.h"

namespace marrow {
namespace {

double now() {
  timespec t{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

template <typename Work>
void least(double& seconds, Work&& work) {
  const double start = now();
  work();
  seconds = std::min(seconds, now() - start);
}

}  // namespace

Result<RulesCost> measure_rules(Source& source, const RulesCostSettings& settings) {
  constexpr double kNever = std::numeric_limits<double>::infinity();
  RulesCost cost;
  cost.load = kNever;
  for (int round = 0; round < settings.rounds; ++round) {
    least(cost.load, [&] { (void)RuleSet::load({settings.options.builtin_rules, settings.options.rule_dirs}); });
  }
  Result<Cleaner> cleaner = Cleaner::create(settings.options);
  if (!cleaner) return cleaner.error();
  Workspace workspace(*cleaner);
  Matcher matcher(cleaner->rule_set());
  for (Source::Item item; source.next(item);) {
    if (settings.stop && settings.stop->load(std::memory_order_relaxed)) {
      cost.interrupted = true;
      break;
    }
    const Input* input = std::get_if<Input>(&item);
    if (!input) {
      cost.failures.push_back(std::get<InputFailure>(item));
      if (settings.on_page) settings.on_page(0, false);
      continue;
    }
    double clean = kNever, match = kNever;
    for (int round = 0; round < settings.rounds; ++round) {
      least(clean, [&] { (void)cleaner->clean(*input, workspace); });
      const Document& document = cleaner->seen(workspace).document;
      least(match, [&] { (void)matcher.match(document); });
    }
    ++cost.pages;
    cost.clean += clean;
    cost.match += match;
    if (settings.on_page) settings.on_page(input->bytes.size(), true);
  }
  return cost;
}

}  // namespace marrow
