// run_job: a job -> a finished run: fetch, keep, clean, write, remember. One run a job at a time.
// Pages already seen are asked for conditionally; what has not changed under the same rules is not
// cleaned again. Records are written in the order of the job's sources, the same bytes whatever the
// network did.
//
//   auto summary = run_job(*job, observer);
//   return summary ? summary->exit_code() : 2;
//
// A run that is killed goes on where it was when the job is run again: every page's outcome is kept
// in the state file as it comes, and the output appears whole at the end. A run that is stopped (or
// reaches a limit of the job) writes what it has; the next one begins with the pages that were not
// reached.
//
// Threads: the caller's drives the network and the state; cleaners run beside it and are joined
// before the return. The observer is called from the caller's thread only. Neither prints nor
// exits.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "batch/clean.h"
#include "batch/job.h"
#include "batch/run_summary.h"

namespace marrow {

struct RunProgress {
  std::uint64_t total = 0, done = 0, failed = 0, in_flight = 0, bytes = 0;
};

class RunObserver {
 public:
  enum class Level : unsigned char { debug, info, warning, error };
  virtual ~RunObserver() = default;
  virtual void progress(const RunProgress&) {}                // about ten times a second
  virtual void log(Level, const std::string& /*message*/) {}  // whole sentences, no credentials
};

// How a run cleans: the rule set's digest, and what makes the cleaner of one thread.
struct RunCleaner {
  std::string rules;
  MakeCleanPage make;
  std::vector<std::string> rule_names;  // of PageExtras::rules
  // Called once, under the lock and before the run starts threads, with what the state knows of the sites; may replace `make`.
  std::function<Status(const SiteMemory&, MakeCleanPage& make)> prepare;
};

// Errors (kind stop_run): sources that cannot be read, bad rules, a foreign or corrupt state file,
// an output that cannot be written. `stop` may be set from a signal handler: pages in flight are
// finished.
Result<RunSummary> run_job(const Job& job, RunObserver& observer,
                           const std::atomic<bool>* stop = nullptr);
Result<RunSummary> run_job(const Job& job, const RunCleaner& cleaner, RunObserver& observer,
                           const std::atomic<bool>* stop = nullptr);

// The report of a run as JSON, one object, keys as in RunSummary.
std::string report_json(const RunSummary& summary);

}  // namespace marrow
