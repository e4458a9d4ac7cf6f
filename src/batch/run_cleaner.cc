// run_job with the real cleaner, apart from the engine, which the tests drive with cleaners of
// their own.
#include <memory>
#include <optional>

#include "batch/isolate.h"
#include "batch/run.h"
#include "memory/knowledge.h"
#include "rules/ruleset.h"

namespace marrow {
namespace {

std::vector<std::string> rule_names(const RuleSet& rules) {
  std::vector<std::string> names;
  for (Id filter = 0; filter < rules.filter_count(); ++filter) names.push_back(rules.filter(filter).id);
  for (Id rule = 0; rule < rules.metadata_count(); ++rule) names.push_back(rules.metadata_rule(rule).id);
  return names;
}

}  // namespace

Result<RunSummary> run_job(const Job& job, RunObserver& observer, const std::atomic<bool>* stop) {
  auto cleaner = Cleaner::create(job.clean);
  if (!cleaner) return cleaner.error();
  std::optional<SiteKnowledge> knowledge;
  std::unique_ptr<Isolation> isolation;
  RunCleaner how;
  how.rules = cleaner->rules();
  how.rule_names = rule_names(cleaner->rule_set());
  how.prepare = [&](const SiteMemory& memory, MakeCleanPage& make) -> Status {
    if (!memory.empty()) cleaner->know(&knowledge.emplace(memory));
    make = cleaner_of_thread(*cleaner);
    if (!job.limits.isolate) return Ok{};
    auto started = Isolation::start(make, isolation_options(job.clean.budget, job.limits.quarantine));
    if (!started) return started.error();
    isolation = std::move(*started);
    make = isolation->make();
    return Ok{};
  };
  return run_job(job, how, observer, stop);
}

}  // namespace marrow
