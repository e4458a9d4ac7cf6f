// run_job with the real cleaner, apart from the engine, which the tests drive with cleaners of
// their own.
#include <memory>

#include "batch/run.h"

namespace marrow {

Result<RunSummary> run_job(const Job& job, RunObserver& observer, const std::atomic<bool>* stop) {
  const auto cleaner = Cleaner::create(job.clean);
  if (!cleaner) return cleaner.error();
  const RunCleaner how{std::string(cleaner->rules()), [&cleaner]() -> CleanPage {
                         // A std::function must be copyable, a Workspace is not.
                         return
                             [&cleaner, workspace = std::make_shared<Workspace>(*cleaner)](
                                 const Input& input) { return cleaner->clean(input, *workspace); };
                       }};
  return run_job(job, how, observer, stop);
}

}  // namespace marrow
