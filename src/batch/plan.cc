#include "batch/plan.h"

#include <algorithm>
#include <cstring>
#include <unordered_map>
#include <utility>

#include "base/keyed_hash.h"
#include "base/text.h"
#include "base/url.h"
#include "fetch/listing_tree.h"
#include "fetch/robots_cache.h"
#include "fetch/url_filter.h"
#include "source/stream.h"

namespace marrow {
namespace {

bool on_the_web(const std::string& place) { return place.find("://") != std::string::npos; }

class Planner {
 public:
  Planner(UrlFilter filter, Plan& plan) : filter_(std::move(filter)), plan_(plan) {}

  void add(ListedUrl listed) {
    if (filter_.admit(listed.url) != UrlFilter::Verdict::taken)
      ++plan_.filtered;
    else if (!plan_.add(listed.id, listed.url))
      ++plan_.doubles;
  }

 private:
  UrlFilter filter_;
  Plan& plan_;
};

Result<std::size_t> add_file(ListingTree& tree, const std::string& place) {
  auto stream = open_stream(place, nullptr);
  if (!stream) return stream.error();
  std::string bytes;
  if (Status status = read_all(**stream, Listing::kMaxBytes, bytes); !status) return status.error();
  return tree.add_bytes(place, bytes);
}

}  // namespace

std::string_view Plan::keep(std::string_view text) {
  if (text.empty()) return {};
  constexpr std::size_t kChunk = std::size_t{1} << 20;
  if (text.size() > free_) {
    const std::size_t size = std::max(kChunk, text.size());
    chunks_.push_back(std::make_unique_for_overwrite<char[]>(size));
    free_ = size;
    next_ = chunks_.back().get();
  }
  char* const at = next_;
  std::memcpy(at, text.data(), text.size());
  next_ += text.size();
  free_ -= text.size();
  return {at, text.size()};
}

std::size_t Plan::slot_of(std::string_view url) const {
  std::size_t slot = keyed_hash(url) & (slots_.size() - 1);
  while (slots_[slot] && urls_[slots_[slot] - 1] != url) slot = (slot + 1) & (slots_.size() - 1);
  return slot;
}

void Plan::grow() {
  slots_.assign(std::max<std::size_t>(1024, slots_.size() * 2), 0);
  for (std::size_t i = 0; i < urls_.size(); ++i) slots_[slot_of(urls_[i])] = static_cast<std::uint32_t>(i + 1);
}

bool Plan::add(std::string_view id, std::string_view url) {
  if (urls_.size() * 2 >= slots_.size()) grow();
  const std::size_t slot = slot_of(url);
  if (slots_[slot]) return false;
  urls_.push_back(keep(url));
  ids_.push_back(id == url ? std::string_view() : keep(id));
  slots_[slot] = static_cast<std::uint32_t>(urls_.size());
  return true;
}

std::size_t Plan::find(std::string_view url) const {
  if (slots_.empty()) return kNone;
  const std::size_t slot = slot_of(url);
  return slots_[slot] ? slots_[slot] - 1 : kNone;
}

std::vector<std::uint32_t> order_of_asking(const Plan& plan, std::size_t waiting) {
  if (plan.size() <= waiting) return {};
  // The n-th page of each host comes in the n-th turn; turns are counted, then filled.
  std::unordered_map<std::string, std::uint32_t, KeyedHash, std::equal_to<>> pages;
  std::vector<std::uint32_t> turn(plan.size()), begin(1, 0), order(plan.size());
  for (std::size_t i = 0; i < plan.size(); ++i) {
    turn[i] = pages[politeness_key(plan.url(i))]++;
    if (turn[i] + 1 >= begin.size()) begin.push_back(0);
    ++begin[turn[i] + 1];
  }
  for (std::size_t i = 1; i < begin.size(); ++i) begin[i] += begin[i - 1];
  for (std::size_t i = 0; i < plan.size(); ++i) order[begin[turn[i]]++] = static_cast<std::uint32_t>(i);
  return order;
}

Result<Plan> make_plan(const JobSource& source, Fetcher& fetcher, const std::function<bool()>& stopped) {
  Plan plan;
  auto filter = UrlFilter::create(source.include, source.exclude);
  if (!filter) return filter.error();
  Planner planner(*std::move(filter), plan);
  for (const std::string& url : source.urls) planner.add({{}, url});
  for (const std::string& list : source.lists) {
    const auto take = [&](ListedUrl listed) { planner.add(std::move(listed)); };
    const auto fault = [&](const std::string& problem) { plan.problems.push_back(problem); };
    if (Status status = read_url_list(list, take, fault); !status) return status.error();
  }
  ListingTree tree(source.since);
  std::vector<std::size_t> roots;
  for (const auto* places : {&source.sitemaps, &source.feeds})
    for (const std::string& place : *places) {
      const Result<std::size_t> root = on_the_web(place) ? tree.add_listing(place) : add_file(tree, place);
      if (!root) return root.error();
      roots.push_back(*root);
    }
  for (const std::string& site : source.sites) roots.push_back(tree.add_site(resolve_url({}, site)));
  tree.fetch(fetcher, stopped);
  for (const std::size_t root : roots)
    tree.pages(root, [&](const ListingEntry& entry) { planner.add({{}, entry.url}); });
  plan.filtered += tree.old();
  plan.problems.insert(plan.problems.end(), tree.problems().begin(), tree.problems().end());
  plan.incomplete = plan.incomplete || tree.incomplete();
  return plan;
}

}  // namespace marrow
