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

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "batch/clean.h"
#include "batch/drift.h"
#include "batch/job.h"

namespace marrow {

struct SlowPage {
  std::string url;
  double seconds = 0;  // to clean it
};
inline constexpr std::size_t kSlowestPages = 20;  // that a run's report names: a screen

// Of one host in one run.
struct HostSummary {
  std::uint64_t fetched = 0, unchanged = 0, cleaned = 0, failed = 0, bytes = 0;
  std::map<std::string, std::uint64_t> reasons;  // why pages failed
};

struct RunSummary {
  std::uint64_t run = 0;      // number of this run of the job, from 1
  std::uint64_t urls = 0;     // in the job's sources, after removing doubles
  std::uint64_t not_due = 0;  // of these: rarely change, and were looked at lately (JobVisits)
  std::uint64_t earlier = 0;  // of these: done by a run that was cut short, before this one went on
  std::uint64_t fetched = 0;  // pages whose bytes came
  std::uint64_t unchanged = 0;  // 304, or the same bytes under the same rules: not cleaned again
  std::uint64_t cleaned = 0;
  std::uint64_t recleaned = 0;  // of these: the page was as before, but rules or program changed
  std::uint64_t written = 0;    // records in the output file
  std::uint64_t failed = 0;
  std::uint64_t not_reached = 0;  // left for the next run: interrupted, or a limit of the job
  std::uint64_t problems =
      0;  // of the sources: lines that are no URL, sitemaps that could not be had
  std::map<std::string, std::uint64_t> reasons;  // why pages failed: name_of(Outcome) -> pages
  std::map<std::string, std::uint64_t> hosts;    // pages fetched by host
  std::map<std::string, HostSummary> by_host;    // host without "www."
  std::map<std::string, std::uint64_t> rules_hit;  // rule -> cleaned pages on which it decided something
  std::vector<SlowPage> slowest;  // of those that were cleaned, slowest first
  std::array<double, kStages> stage_seconds{};     // of cleaning, summed over pages; by Stage
  std::uint64_t bytes = 0;                       // of pages, decompressed
  std::uint64_t received = 0;                    // over the wire
  std::string started, ended;                    // RFC 3339, UTC
  double seconds = 0, clean_seconds = 0;         // wall clock; sum over cleaners
  bool interrupted = false;                      // by `stop`
  bool out_of_time = false;                      // the job's max_runtime was reached
  bool locked = false;  // another run holds the lock: nothing was done; `holder` says who
  std::string holder;
  std::string output, report, warc;  // paths written, "" = none; `output` is the first of
  std::vector<std::string> outputs;  // several where the job cuts them into segments
  std::string manifest, metrics;
  std::vector<DriftAlarm> alarms;    // hosts whose pages came out in another way than before
  std::uint64_t held = 0;            // records not written because of an alarm: the older ones stay
  bool fail_on_drift = false;        // then an alarm is exit code 4
  std::string rules;                 // digest of the rule set

  int exit_code() const;  // 0, 1, 3, 4 or 130 (src/README.md)
};

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
