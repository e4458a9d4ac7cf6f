#include "memory/fair_sample.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace marrow {
namespace {

// The next number of pages a host below `now`. Steps of a quarter: few enough that a growing sample is cut through
// only some dozen times, fine enough that little is given away.
std::size_t next_lower(std::size_t now) { return now - std::max<std::size_t>(now / 4, 1); }

}  // namespace

FairSample::FairSample(std::size_t a_host, std::size_t max_total, std::size_t least)
    : a_host_(a_host), max_total_(max_total), least_(least) {}

bool FairSample::wants(std::string_view host, std::uint64_t key) const {
  if (a_host_ == 0) return false;
  const auto at = hosts_.find(host);
  if (at == hosts_.end() || at->second.size() < a_host_) return true;
  return key <= at->second.rbegin()->first;
}

void FairSample::add(std::string_view host, std::uint64_t key, SampledPage page) {
  if (!wants(host, key)) return;
  auto at = hosts_.find(host);
  if (at == hosts_.end()) at = hosts_.emplace(std::string(host), Pages()).first;
  Pages& pages = at->second;
  const auto [known, fresh] = pages.try_emplace(key);
  if (fresh || std::tie(known->second.stamp, known->second.bytes) < std::tie(page.stamp, page.bytes))
    known->second = std::move(page);
  pages_ += fresh;
  if (pages.size() > a_host_) {
    pages.erase(std::prev(pages.end()));
    --pages_;
  }
  fit();
}

void FairSample::lower(std::size_t a_host) {
  if (a_host >= a_host_) return;
  a_host_ = a_host;
  cut();
}

void FairSample::merge(const FairSample& other) {
  lower(other.a_host_);
  for (const auto& [host, pages] : other.hosts_)
    for (const auto& [key, page] : pages) add(host, key, page);
}

void FairSample::fit() {
  while (pages_ > max_total_) {
    a_host_ = next_lower(a_host_);
    if (a_host_ < least_) a_host_ = 0;
    cut();
  }
}

void FairSample::cut() {
  for (auto& [host, pages] : hosts_)
    while (pages.size() > a_host_) {
      pages.erase(std::prev(pages.end()));
      --pages_;
    }
  if (a_host_ == 0) hosts_.clear();
}

}  // namespace marrow
