#include <algorithm>
#include <memory>

#include "batch/clean.h"
#include "rules/matches.h"
#include "rules/ruleset.h"

namespace marrow {
namespace {

void gather_rules(const RuleSet& rules, const Seen& page, std::vector<std::uint32_t>& out) {
  for (const auto* verdicts : {&page.labels.blocks, &page.labels.links})
    for (const Verdict& verdict : *verdicts)
      if (verdict.by == Decider::filter && verdict.rule != kNone) out.push_back(verdict.rule);
  const auto filters = static_cast<std::uint32_t>(rules.filter_count());
  for (const Matches::Found& found : page.matches.metadata) out.push_back(filters + found.rule);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
}

}  // namespace

MakeCleanPage cleaner_of_thread(const Cleaner& cleaner, StageStats* stats) {
  return [&cleaner, stats]() -> CleanPage {
    // A std::function must be copyable, a Workspace is not.
    const auto workspace = std::make_shared<Workspace>(cleaner);
    return [&cleaner, workspace, stats](const Input& input, PageExtras* extras) {
      if (!stats && !extras) return cleaner.clean(input, *workspace);
      StageTimes times;
      workspace->time_into(&times);
      Record record = cleaner.clean(input, *workspace);
      workspace->time_into(nullptr);
      if (stats) stats->add(times);
      if (extras) {
        extras->times = times;
        extras->rules.clear();
        gather_rules(cleaner.rule_set(), cleaner.seen(*workspace), extras->rules);
        extras->summary = cleaner.summary(*workspace, record);
      }
      return record;
    };
  };
}

}  // namespace marrow
