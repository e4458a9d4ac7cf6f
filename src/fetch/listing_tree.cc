#include "fetch/listing_tree.h"

#include <unordered_set>
#include <utility>

#include "base/url.h"
#include "fetch/front_page.h"
#include "fetch/robots.h"
#include "fetch/robots_cache.h"

namespace marrow {

// The tree as the fetcher sees it.
class ListingClient : public FetchClient {
 public:
  ListingClient(ListingTree& tree, const std::function<bool()>& stopped) : tree_(tree), stopped_(stopped) {}

  Pull next(Request& request) override {
    if (tree_.queue_.empty()) return open_ ? Pull::wait : Pull::end;
    const std::size_t node = tree_.queue_.front();
    tree_.queue_.pop_front();
    const ListingTree::Kind kind = tree_.nodes_[node].kind;
    request = {};
    request.url = tree_.nodes_[node].place;
    request.tag = node;
    request.accept = kind == ListingTree::Kind::site          ? Accept::page
                     : kind == ListingTree::Kind::site_robots ? Accept::any
                                                              : Accept::feed;
    ++open_;
    return Pull::ready;
  }
  void done(Response response) override {
    --open_;
    tree_.answered(response);
  }
  bool stopped() override { return stopped_(); }

 private:
  ListingTree& tree_;
  const std::function<bool()>& stopped_;
  std::size_t open_ = 0;
};

std::size_t ListingTree::add(const std::string& place, Kind kind, int depth) {
  nodes_.emplace_back();
  nodes_.back().place = place;
  nodes_.back().kind = kind;
  nodes_.back().depth = depth;
  const std::size_t node = nodes_.size() - 1;
  const bool of_a_site = kind == Kind::site || kind == Kind::site_robots;
  nodes_.back().same = of_a_site ? node : asked_.try_emplace(place, node).first->second;
  if (nodes_.back().same == node) queue_.push_back(node);
  return node;
}

std::size_t ListingTree::add_listing(const std::string& url) { return add(url, Kind::listing, 0); }

std::size_t ListingTree::add_bytes(const std::string& name, std::string_view bytes) {
  nodes_.emplace_back();
  nodes_.back().place = name;
  const std::size_t node = nodes_.size() - 1;
  nodes_[node].same = node;
  read(node, bytes, {});
  return node;
}

std::size_t ListingTree::add_site(const std::string& url) {
  const std::size_t site = add(url, Kind::site, 0);
  nodes_[add(origin_of(url) + "/robots.txt", Kind::site_robots, 0)].site = site;
  return site;
}

void ListingTree::fetch(Fetcher& fetcher, const std::function<bool()>& stopped) {
  ListingClient client(*this, stopped);
  fetcher.run(client);
  // Sites whose front page and robots.txt name nothing: the customary place.
  for (std::size_t node = 0, count = nodes_.size(); node < count; ++node)
    if (nodes_[node].kind == Kind::site && nodes_[node].children.empty())
      point_to(node, {origin_of(nodes_[node].place) + "/sitemap.xml"}, Kind::guess);
  if (!queue_.empty()) fetcher.run(client);
  for (std::size_t node = 0; node < nodes_.size() && !stopped(); ++node) {
    if (nodes_[node].kind != Kind::site) continue;
    bool any = false;
    pages(node, [&](const ListingEntry&) { any = true; });
    if (!any) problems_.push_back(nodes_[node].place + ": the site names no sitemap or feed that lists a page");
  }
}

void ListingTree::answered(const Response& response) {
  const std::size_t node = response.tag;
  switch (nodes_[node].kind) {
    case Kind::site:
      return site_answered(node, response);
    case Kind::site_robots:
      return robots_answered(node, response);
    case Kind::guess:
      if (response.outcome == Outcome::ok) read(node, response.body, response.final_url);
      return;
    case Kind::listing:
      if (response.outcome == Outcome::ok) return read(node, response.body, response.final_url);
      problems_.push_back(nodes_[node].place + ": cannot be had: " + response.reason);
      incomplete_ = true;
  }
}

void ListingTree::site_answered(std::size_t node, const Response& response) {
  if (response.outcome == Outcome::ok) {
    Advertised found = advertised_listings(response.body, response.final_url);
    nodes_[node].by_page = std::move(found.sitemaps);
    nodes_[node].by_page.insert(nodes_[node].by_page.end(), found.feeds.begin(), found.feeds.end());
  } else {
    problems_.push_back(nodes_[node].place + ": cannot be had: " + response.reason);
    incomplete_ = true;
  }
  both_answered(node);
}

// A missing robots.txt is told nowhere: most sites have none.
void ListingTree::robots_answered(std::size_t node, const Response& response) {
  const std::size_t site = nodes_[node].site;
  if (response.outcome == Outcome::ok) {
    const Robots robots = Robots::parse(response.body, "*");
    for (const std::string& sitemap : robots.sitemaps()) {
      std::string url = resolve_url(response.final_url, sitemap);
      if (!url.empty()) nodes_[site].by_robots.push_back(std::move(url));
    }
  }
  both_answered(site);
}

void ListingTree::both_answered(std::size_t site) {
  if (++nodes_[site].answers < 2) return;
  point_to(site, nodes_[site].by_robots, Kind::listing);
  point_to(site, nodes_[site].by_page, Kind::listing);
}

void ListingTree::point_to(std::size_t site, const std::vector<std::string>& urls, Kind kind) {
  for (const std::string& url : urls) {
    if (nodes_.size() >= kMaxListings) return problems_.push_back(nodes_[site].place + ": too many sitemaps and feeds");
    const std::size_t child = add(url, kind, 1);
    nodes_[site].children.push_back(child);
  }
}

void ListingTree::read(std::size_t node, std::string_view bytes, const std::string& base) {
  Listing listing = read_listing(bytes, base);
  if (!listing.problem.empty() && nodes_[node].kind != Kind::guess) {
    problems_.push_back(nodes_[node].place + ": " + listing.problem);
    incomplete_ = true;
  }
  const int depth = nodes_[node].depth + 1;
  std::vector<ListingEntry> kept;
  for (ListingEntry& entry : listing.entries) {
    if (is_old(entry.modified)) {
      ++old_;
      continue;
    }
    if (entry.is_listing) {
      if (depth > kMaxDepth || nodes_.size() >= kMaxListings) {
        problems_.push_back(nodes_[node].place + ": too many sitemaps within sitemaps");
        break;
      }
      const std::size_t child = add(entry.url, Kind::listing, depth);
      nodes_[node].children.push_back(child);
    }
    kept.push_back(std::move(entry));
  }
  nodes_[node].entries = std::move(kept);
}

bool ListingTree::is_old(const std::string& modified) const {
  if (since_.empty()) return false;
  const std::string day = listing_day(modified);
  return !day.empty() && day < since_.substr(0, 10);
}

// Depth first, by a stack of (node, next entry): the web's nesting must not become ours.
void ListingTree::pages(std::size_t root, const std::function<void(const ListingEntry&)>& take) const {
  struct At {
    std::size_t node, entry = 0, child = 0;
  };
  std::unordered_set<std::size_t> seen;
  std::vector<At> stack{{root}};
  while (!stack.empty()) {
    At& at = stack.back();
    const Node& node = nodes_[at.node];
    const bool site = node.kind == Kind::site;
    if (site ? at.child == node.children.size() : at.entry == node.entries.size()) {
      stack.pop_back();
      continue;
    }
    const ListingEntry* entry = site ? nullptr : &node.entries[at.entry++];
    if (!entry || entry->is_listing) {
      const std::size_t child = nodes_[node.children[at.child++]].same;
      if (seen.insert(child).second) stack.push_back({child});
    } else {
      take(*entry);
    }
  }
}

}  // namespace marrow
