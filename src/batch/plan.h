// Plan: the URLs of a job's sources, in their order, each once. Takes the [source] part of a job
// and a fetcher (for sitemaps and feeds that lie on the web), gives URLs with their ids. Order:
// urls, lists, sitemaps, feeds, each as written; a sitemap's entries stand where it stands. What
// cannot be had is told, and the others go on. Memory: the URLs themselves. One thread.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "batch/job.h"
#include "fetch/fetcher.h"
#include "source/url_list.h"

namespace marrow {

struct Plan {
  std::vector<ListedUrl> pages;
  std::uint64_t doubles = 0;   // URLs named more than once
  std::uint64_t filtered = 0;  // by include, exclude, since
  std::vector<std::string>
      problems;  // whole sentences: a bad line, a sitemap that could not be had
};

// An error (stop_run) where a list or local sitemap cannot be read at all.
Result<Plan> make_plan(const JobSource& source, Fetcher& fetcher,
                       const std::function<bool()>& stopped);

}  // namespace marrow
