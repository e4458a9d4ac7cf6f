// download: the pages of some sources -> files, nothing cleaned: for those who keep pages first and read them later.
// Takes sources, politeness and a place; gives a WARC file (request, response and metadata of each page) or a folder
// with one file a page, and a report of every URL. Pages are packed and written beside the network over a bounded
// queue: a slow disk slows the network, not the memory. Remembers nothing from run to run: marrow run does that.
//
// Threads: the caller's drives the network, one writes; it is joined before the return. The observer is called from
// the caller's thread only. Neither prints nor exits.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <string>

#include "base/result.h"
#include "batch/job.h"
#include "batch/run.h"

namespace marrow {

struct DownloadJob {
  JobSource source;
  FetchOptions fetch;
  std::string out;     // "….warc.gz" or a folder; "" = pages are not kept
  std::string report;  // JSONL, one line a URL; "-" = standard output; "" = none
  std::uint64_t max_pages = 0;  // asked for; 0 = all
};

struct DownloadSummary {
  std::uint64_t urls = 0, fetched = 0, failed = 0, not_reached = 0, problems = 0;
  std::map<std::string, std::uint64_t> reasons;  // name_of(Outcome) -> pages
  std::uint64_t hosts = 0;
  std::uint64_t bytes = 0;     // of pages, decompressed
  std::uint64_t received = 0;  // over the wire
  double seconds = 0;
  bool interrupted = false;

  int exit_code() const;  // 0, 1 or 130 (src/README.md)
};

// Errors (kind stop_run): sources that cannot be read, a place that cannot be written to.
Result<DownloadSummary> download(const DownloadJob& job, RunObserver& observer, const std::atomic<bool>* stop = nullptr);

}  // namespace marrow
