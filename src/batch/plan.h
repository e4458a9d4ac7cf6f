// Plan: the URLs of a job's sources, in their order, each once. Takes the [source] part of a job
// and a fetcher (for sitemaps and feeds that lie on the web), gives URLs with their ids. Order:
// urls, lists, sitemaps, feeds, sites, each as written; a sitemap's entries stand where it stands. What
// cannot be had is told, and the others go on. Memory: the URLs themselves and about 60 bytes each. One thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "batch/job.h"
#include "fetch/fetcher.h"
#include "source/url_list.h"

namespace marrow {

class Plan {
 public:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  // False where the URL is in the plan already. An id of "" is the URL.
  bool add(std::string_view id, std::string_view url);
  std::size_t size() const { return urls_.size(); }
  bool empty() const { return urls_.empty(); }
  std::string_view url(std::size_t position) const { return urls_[position]; }
  std::string_view id(std::size_t position) const { return ids_[position].empty() ? urls_[position] : ids_[position]; }
  std::size_t find(std::string_view url) const;  // kNone where it is not in the plan

  std::uint64_t doubles = 0;   // URLs named more than once
  std::uint64_t filtered = 0;  // by include, exclude, since
  bool incomplete = false;     // a sitemap or feed could not be had: what is missing may only seem so
  std::vector<std::string>
      problems;  // whole sentences: a bad line, a sitemap that could not be had

 private:
  std::string_view keep(std::string_view text);
  std::size_t slot_of(std::string_view url) const;
  void grow();

  // A million URLs must not take more than their own bytes and some 40 more: texts stand in large chunks, and the table of
  // hashes holds positions only.
  std::vector<std::unique_ptr<char[]>> chunks_;
  char* next_ = nullptr;  // in the last chunk …
  std::size_t free_ = 0;  // … with so many bytes behind it
  std::vector<std::string_view> urls_, ids_;
  std::vector<std::uint32_t> slots_;  // position + 1, 0 = free
};

// Positions of a plan, in the order in which pages are asked for: as they stand, but where the plan holds more than `waiting`
// pages (what a fetcher keeps in its schedule) the hosts take turns, each with its pages in their order. A list sorted by host
// would otherwise fill the schedule with one host's pages, and all others would wait for it. Empty = as they stand.
std::vector<std::uint32_t> order_of_asking(const Plan& plan, std::size_t waiting);

// An error (stop_run) where a list or local sitemap cannot be read at all.
Result<Plan> make_plan(const JobSource& source, Fetcher& fetcher,
                       const std::function<bool()>& stopped);

}  // namespace marrow
