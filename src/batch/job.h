// Job: what a person schedules, read from one TOML file. Takes a path, gives plain values or an
// error that names file:line:column; keys it does not know are refused with the nearest name. Paths
// in a job file are relative to the file. Reads nothing but the job file itself; creates nothing.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "fetch/options.h"
#include "marrow.h"

namespace marrow {

struct JobSource {
  std::vector<std::string> urls;  // single pages
  std::vector<std::string>
      lists;  // files: one URL a line, "id<TAB>url", or JSONL {"id","url"}; .gz too
  std::vector<std::string> sitemaps;  // URLs or files; indexes are followed
  std::vector<std::string> feeds;     // URLs or files, RSS or Atom
  std::vector<std::string> include;   // RE2 patterns: a URL must match one (empty = all)
  std::vector<std::string> exclude;   // … and none of these
};

struct JobOutput {
  std::string dir;                     // created when missing
  std::string file = "records.jsonl";  // .gz and .zst compress; "{run}" is the number of the run
  std::string format = "jsonl";        // jsonl, text, markdown
  bool report = true;                  // DIR/report.json, what the run did
};

struct JobLimits {
  std::uint64_t max_pages = 0;          // 0 = all
  std::chrono::seconds max_runtime{0};  // 0 = none
  unsigned threads = 0;                 // cleaners; 0 = one a core
};

struct Job {
  std::string path;  // of the job file, as given
  std::string name;  // file name without .toml
  JobSource source;
  FetchOptions fetch;
  std::string warc;  // directory that keeps what was fetched, "" = not kept
  CleanOptions clean;
  JobOutput output;
  std::string state;  // SQLite file; NAME.state beside the job file unless set
  JobLimits limits;
};

Result<Job> read_job(const std::string& path);

}  // namespace marrow
