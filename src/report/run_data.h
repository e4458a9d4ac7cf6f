// RunData: what there is to show of a run: from its report (JSON, batch/run.h), from the job's state file, and from the records
// and kept pages these two name. Any part may be missing: a report without its records shows its counts, a state without reports
// its pages. Reads only. The records' door to simdjson is here. One thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace marrow {

struct RunPage {
  std::string url, host, outcome;  // outcome: name_of(Outcome); "written" where only the record is known
  int status = 0;
  std::string kind;
  std::int64_t words = -1;  // -1: not known
  double confidence = -1;
  std::vector<std::string> flags;
  std::string fetched_at;
  std::string warc;         // path of the file its bytes are kept in, "" = not kept
  std::int64_t warc_offset = -1;
  std::string explained;    // the explain report beside this one, "" = none; filled by whoever makes it

  bool failed() const;
};

// Pages of one kind of one host in one run.
struct DriftPoint {
  std::int64_t run = 0, pages = 0, words = 0, empty = 0, review = 0, unsure = 0;
  bool alarmed = false;
  std::map<std::string, std::int64_t> rules;  // pages on which each decided something
};

struct HostCounts {  // of the run that is shown
  std::int64_t fetched = 0, unchanged = 0, cleaned = 0, failed = 0;
};

struct RunRow {  // of an earlier run, from its report
  std::int64_t run = 0;
  std::string started, ended;
  std::map<std::string, double> numbers;  // every number of the report by its key
};

struct RunData {
  std::string name;   // what it was read from
  std::map<std::string, double> numbers;      // of the run that is shown
  std::map<std::string, std::string> texts;
  std::map<std::string, double> reasons;      // why pages failed
  std::vector<std::pair<std::string, double>> slowest;  // URL, seconds
  std::vector<std::string> alarms;            // drift, in words
  std::map<std::string, HostCounts> hosts;
  std::map<std::string, double> rules;        // pages on which each rule decided something
  std::vector<RunPage> pages;                 // by host, then URL
  std::vector<RunRow> runs;                   // the last ones, oldest first
  std::map<std::string, std::map<std::string, std::vector<DriftPoint>>> drift;  // host -> kind of page -> runs, oldest first
};

// `path`: a run's report or a state file; told by its first bytes.
Result<RunData> read_run(const std::string& path);

}  // namespace marrow
