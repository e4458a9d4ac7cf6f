#include "batch/plan.h"

#include <algorithm>
#include <cstring>
#include <deque>
#include <unordered_set>
#include <utility>

#include "base/pattern.h"
#include "base/text.h"
#include "base/url.h"
#include "fetch/listing.h"
#include "source/stream.h"

namespace marrow {
namespace {

// An index of indexes of … : so deep at most, and so many listings in all.
constexpr int kMaxDepth = 5;
constexpr std::size_t kMaxListings = 10'000;

class Planner {
 public:
  Planner(const JobSource& source, Plan& plan) : source_(source), plan_(plan) {}
  Status compile();
  void add(ListedUrl listed);
  bool is_old(const ListingEntry& entry) const {
    // Only dates of the form 2026-11-01… can be compared; others are taken.
    return !source_.since.empty() && entry.modified.size() >= 10 && entry.modified[4] == '-' &&
           entry.modified.compare(0, 10, source_.since, 0, 10) < 0;
  }

 private:
  bool wanted(const std::string& url) const;

  const JobSource& source_;
  Plan& plan_;
  std::vector<Pattern> include_, exclude_;
};

Status Planner::compile() {
  const std::pair<const std::vector<std::string>*, std::vector<Pattern>*> lists[] = {
      {&source_.include, &include_}, {&source_.exclude, &exclude_}};
  for (const auto& [texts, patterns] : lists)
    for (const std::string& text : *texts) {
      auto pattern = Pattern::compile(text);
      if (!pattern)
        return Error{ErrorKind::stop_run,
                     "'" + text + "' is no pattern: " + pattern.error().message};
      patterns->push_back(*std::move(pattern));
    }
  return Ok{};
}

bool Planner::wanted(const std::string& url) const {
  bool in = include_.empty();
  for (const Pattern& pattern : include_) in = in || pattern.matches(url);
  for (const Pattern& pattern : exclude_) in = in && !pattern.matches(url);
  return in;
}

void Planner::add(ListedUrl listed) {
  listed.url = strip_tracking(listed.url);
  if (!wanted(listed.url)) {
    ++plan_.filtered;
  } else if (!plan_.add(listed.id, listed.url)) {
    ++plan_.doubles;
  }
}

// One sitemap or feed, and what it contains: entries in their order, an index's sitemaps as nodes
// of their own.
struct Node {
  std::string place;
  int depth = 0;
  Listing listing;
  std::vector<std::size_t> children;  // one a listing entry that is_listing, in order
};

// Fetches the listings that lie on the web, level by level, side by side.
class ListingClient : public FetchClient {
 public:
  ListingClient(Plan& plan, const std::function<bool()>& stopped)
      : plan_(plan), stopped_(stopped) {}

  std::size_t add(const std::string& place, int depth) {
    nodes.push_back({place, depth, {}, {}});
    if (place.find("://") != std::string::npos && seen_.insert(place).second) {
      queue_.push_back(nodes.size() - 1);
      ++open_;
    }
    return nodes.size() - 1;
  }

  Pull next(Request& request) override {
    if (queue_.empty()) return open_ ? Pull::wait : Pull::end;
    request.url = nodes[queue_.front()].place;
    request.tag = queue_.front();
    request.accept = Accept::feed;
    queue_.pop_front();
    return Pull::ready;
  }

  void done(Response response) override {
    --open_;
    const std::size_t node = response.tag;
    if (response.outcome != Outcome::ok) {
      plan_.problems.push_back(nodes[node].place + ": cannot be had: " + response.reason);
      plan_.incomplete = true;
      return;
    }
    read(node, response.body, response.final_url);
  }

  bool stopped() override { return stopped_(); }

  void read(std::size_t node, std::string_view bytes, const std::string& base) {
    Listing listing = read_listing(bytes, base);
    if (!listing.problem.empty()) {
      plan_.problems.push_back(nodes[node].place + ": " + listing.problem);
      plan_.incomplete = true;
    }
    for (const ListingEntry& entry : listing.entries) {
      if (!entry.is_listing) continue;
      const int depth = nodes[node].depth + 1;
      if (depth > kMaxDepth || nodes.size() >= kMaxListings) {
        plan_.problems.push_back(nodes[node].place + ": too many sitemaps within sitemaps");
        break;
      }
      const std::size_t child = add(entry.url, depth);
      nodes[node].children.push_back(child);
    }
    nodes[node].listing = std::move(listing);
  }

  std::deque<Node> nodes;

 private:
  Plan& plan_;
  const std::function<bool()>& stopped_;
  std::unordered_set<std::string> seen_;
  std::deque<std::size_t> queue_;
  std::size_t open_ = 0;
};

Status read_local(ListingClient& client, std::size_t node) {
  const std::string place = client.nodes[node].place;
  auto stream = open_stream(place, nullptr);
  if (!stream) return stream.error();
  std::string bytes;
  if (Status status = read_all(**stream, Listing::kMaxBytes, bytes); !status) return status;
  client.read(node, bytes, {});
  return Ok{};
}

// Depth first, by a stack of (node, next entry), so that entries come out in the order a reader
// would list them.
void emit(const ListingClient& client, std::size_t root, Planner& planner, Plan& plan) {
  struct At {
    std::size_t node, entry, child;
  };
  std::vector<At> stack{{root, 0, 0}};
  while (!stack.empty()) {
    At& at = stack.back();
    const Node& node = client.nodes[at.node];
    if (at.entry == node.listing.entries.size()) {
      stack.pop_back();
      continue;
    }
    const ListingEntry& entry = node.listing.entries[at.entry++];
    if (entry.is_listing) {
      if (at.child < node.children.size()) stack.push_back({node.children[at.child++], 0, 0});
    } else if (planner.is_old(entry)) {
      ++plan.filtered;
    } else {
      planner.add({{}, entry.url});
    }
  }
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
  std::size_t slot = hash64(url) & (slots_.size() - 1);
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

Result<Plan> make_plan(const JobSource& source, Fetcher& fetcher,
                       const std::function<bool()>& stopped) {
  Plan plan;
  Planner planner(source, plan);
  if (Status status = planner.compile(); !status) return status.error();
  for (const std::string& url : source.urls) planner.add({{}, resolve_url({}, url)});
  for (const std::string& list : source.lists) {
    const auto fault = [&](const std::string& problem) { plan.problems.push_back(problem); };
    if (Status status = read_url_list(
            list, [&](ListedUrl listed) { planner.add(std::move(listed)); }, fault);
        !status)
      return status.error();
  }
  ListingClient client(plan, stopped);
  std::vector<std::size_t> roots;
  for (const auto* places : {&source.sitemaps, &source.feeds})
    for (const std::string& place : *places) {
      roots.push_back(client.add(place, 0));
      if (place.find("://") != std::string::npos) continue;
      if (Status status = read_local(client, roots.back()); !status) return status.error();
    }
  fetcher.run(client);
  for (const std::size_t root : roots) emit(client, root, planner, plan);
  return plan;
}

}  // namespace marrow
