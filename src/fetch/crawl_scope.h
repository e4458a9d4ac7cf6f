// CrawlScope: where a bounded crawl may go. Takes the seeds of a crawl and links found on its pages, gives those that are
// followed, normalised: pages of the seeds' hosts (with or without "www.") unless `external`, that the job's patterns allow.
// Knows no order and no depth: batch/run does. Const while it is asked: any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>

#include "base/keyed_hash.h"
#include "fetch/url_filter.h"

namespace marrow {

struct CrawlOptions {
  int depth = 0;                   // links away from the sources; 0 = nothing is followed
  std::uint64_t max_pages = 1000;  // found by following, in all
  bool external = false;           // also to other hosts
};

class CrawlScope {
 public:
  CrawlScope(UrlFilter filter, bool external) : filter_(std::move(filter)), external_(external) {}

  void seed(std::string_view url);
  // Normalises `url` in place; false where it is not followed.
  bool admit(std::string& url) const;

 private:
  const UrlFilter filter_;
  const bool external_;
  std::unordered_set<std::string, KeyedHash, std::equal_to<>> hosts_;
};

}  // namespace marrow
