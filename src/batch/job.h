// Job: what a person schedules, read from one TOML file. Takes a path, gives plain values or an
// error that names file:line:column; keys it does not know are refused with the nearest name. Paths
// in a job file are relative to the file. Reads nothing but the job file itself; creates nothing.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "fetch/crawl_scope.h"
#include "fetch/options.h"
#include "marrow.h"
#include "sink/format.h"

namespace marrow {

struct JobSource {
  std::vector<std::string> urls;  // single pages
  std::vector<std::string>
      lists;  // files: a URL, "id<TAB>url" or {"id","url"} a line; .gz, .zst too
  std::vector<std::string> sitemaps;  // URLs or files; indexes are followed
  std::vector<std::string> feeds;     // URLs or files, RSS or Atom
  std::vector<std::string> sites;     // front pages: their sitemaps and feeds are looked for
  std::vector<std::string> include;   // RE2 patterns: a URL must match one (empty = all)
  std::vector<std::string> exclude;   // … and none of these
  std::string since;  // "2026-11-01": sitemap entries last changed before are left out
};

struct JobOutput {
  std::string dir;  // created when missing
  // "{run}" in the name is the number of the run: each run writes what is new or changed. Without
  // it the file is the whole picture: the last record of every page of the sources. .gz and .zst
  // compress. A name that ends in '/' is a folder with one file a page.
  std::string file = "records-{run}.jsonl";
  Format format = Format::jsonl;
  std::string report;  // DIR/report.json unless set; what the run did
  std::size_t segment = 0;  // bytes of records after which a new file is begun (FILE-0001 …); 0 = one file; with {run} only
  bool manifest = true;     // DIR/manifest-RUN.jsonl: each record's URL, file, hash and rules; written last

  bool by_run() const { return file.find("{run}") != std::string::npos; }
  bool folder() const { return file.ends_with('/'); }
  bool whole() const { return !by_run() && !folder(); }
};

// How often a page is asked for. One that has stayed as it is for a while is left alone for a tenth of that while, as caches do
// with pages that name no expiry (RFC 9111, 4.2.2): what changed yesterday is asked for in every run of a day, what has not
// changed for ten days once a day.
struct JobVisits {
  static constexpr std::int64_t kShare = 10;
  bool adaptive = true;             // false: every page in every run
  std::chrono::seconds least{0};    // between two visits
  std::chrono::seconds most{7 * 86400};
};

// Alarms where a site seems to have changed under its rules (batch/drift.h).
struct JobAlarms {
  std::size_t runs = 10;  // that a run is compared with
  bool fail = false;      // exit code 4
  bool keep = true;       // where the output is the whole picture or a folder, the older records of that host stay
};

// Commands that are told of a run (batch/hook.h).
struct JobHooks {
  std::vector<std::string> on_finish, on_alarm;
  std::chrono::seconds timeout{60};
};

struct JobLimits {
  std::uint64_t max_pages = 0;          // asked for in one run; 0 = all
  std::chrono::seconds max_runtime{0};  // 0 = none
  unsigned threads = 0;                 // cleaners; 0 = one a core
  bool isolate = true;                  // pages are cleaned in processes of their own (batch/isolate.h)
  std::string quarantine;               // of pages that killed one; OUTPUT.DIR/quarantine unless set
};

struct Job {
  std::string path;  // of the job file, as given
  std::string name;  // file name without .toml
  JobSource source;
  FetchOptions fetch;
  CrawlOptions crawl;  // along the related links that the cleaner finds
  std::string warc;  // directory that keeps what was fetched, "" = not kept
  CleanOptions clean;
  bool memory = true;  // what pages of a host have in common is learned, and used from the next run on
  JobOutput output;
  std::string state;  // SQLite file; NAME.state beside the job file unless set
  JobVisits visits;
  JobLimits limits;
  JobAlarms alarms;
  JobHooks hooks;
  std::string metrics;   // Prometheus textfile, "" = none
  bool offline = false;  // not of the file: nothing is fetched, what is kept is cleaned again where rules or program changed
};

Result<Job> read_job(const std::string& path);
// The same for text that was read already; `path` for messages and relative paths.
Result<Job> parse_job(const std::string& path, std::string text);

}  // namespace marrow
