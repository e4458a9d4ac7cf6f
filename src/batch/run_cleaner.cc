// run_job with the real cleaner, apart from the engine, which the tests drive with cleaners of
// their own.
#include <memory>

#include "batch/isolate.h"
#include "batch/run.h"

namespace marrow {

Result<RunSummary> run_job(const Job& job, RunObserver& observer, const std::atomic<bool>* stop) {
  const auto cleaner = Cleaner::create(job.clean);
  if (!cleaner) return cleaner.error();
  RunCleaner how{std::string(cleaner->rules()), cleaner_of_thread(*cleaner)};
  std::unique_ptr<Isolation> isolation;
  if (job.limits.isolate) {  // before the run opens files and starts threads
    auto started = Isolation::start(how.make, isolation_options(job.clean.budget, job.limits.quarantine));
    if (!started) return started.error();
    isolation = std::move(*started);
    how.make = isolation->make();
  }
  return run_job(job, how, observer, stop);
}

}  // namespace marrow
