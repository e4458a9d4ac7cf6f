#include "batch/plan.h"

#include <deque>
#include <unordered_set>
#include <utility>

#include "base/pattern.h"
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
  std::unordered_set<std::string> seen_;
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
  } else if (!seen_.insert(listed.url).second) {
    ++plan_.doubles;
  } else {
    if (listed.id.empty()) listed.id = listed.url;
    plan_.pages.push_back(std::move(listed));
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
      return;
    }
    read(node, response.body, response.final_url);
  }

  bool stopped() override { return stopped_(); }

  void read(std::size_t node, std::string_view bytes, const std::string& base) {
    Listing listing = read_listing(bytes, base);
    if (!listing.problem.empty())
      plan_.problems.push_back(nodes[node].place + ": " + listing.problem);
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
