// RunSummary: what came of one run of a job, added up page by page on one thread; what reports, metrics and the exit code are made of.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/stages.h"
#include "batch/drift.h"

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
  std::uint64_t problems = 0;  // of the sources: lines that are no URL, sitemaps that could not be had
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

  // One page more; `host` as in by_host.
  void count_fetched(const std::string& host, const std::string& asked, std::uint64_t page_bytes);  // `asked`: as in `hosts`
  void count_unchanged(const std::string& host);
  void count_cleaned(const std::string& host, bool as_before);
  void count_failure(const std::string& host, const std::string& reason);
  void note_slow(std::string_view url, double seconds_to_clean);

  int exit_code() const;  // 0, 1, 3, 4 or 130 (src/README.md)
};

}  // namespace marrow
