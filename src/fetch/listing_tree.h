// ListingTree: sitemaps, feeds and the sites that name them, from their addresses to the pages they list. Takes
// roots (a listing on the web, the bytes of one that lies on a disk, a site's front page), fetches them and what
// they point to level by level, side by side, and gives their entries in the order in which a reader would list them.
// A site is asked for robots.txt ("Sitemap:"), its front page (advertised feeds and sitemaps), and for /sitemap.xml where
// neither says anything. What cannot be had is told, and the others go on. One thread; memory: all entries.
#pragma once

#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/keyed_hash.h"
#include "fetch/fetcher.h"
#include "fetch/listing.h"

namespace marrow {

class ListingTree {
 public:
  static constexpr int kMaxDepth = 5;                 // an index of indexes of …
  static constexpr std::size_t kMaxListings = 10'000;  // in all

  // `since`: "2026-11-01", entries and sitemaps last changed before are left out; "" = none are.
  explicit ListingTree(std::string since) : since_(std::move(since)) {}

  std::size_t add_listing(const std::string& url);
  std::size_t add_bytes(const std::string& name, std::string_view bytes);
  std::size_t add_site(const std::string& url);

  // Once, after the roots were added.
  void fetch(Fetcher& fetcher, const std::function<bool()>& stopped);
  // The pages under a root, as often as they are listed; a listing that is pointed to again is read once.
  void pages(std::size_t root, const std::function<void(const ListingEntry&)>& take) const;

  const std::vector<std::string>& problems() const { return problems_; }  // whole sentences
  bool incomplete() const { return incomplete_; }  // one could not be had or read: what is missing may only seem so
  std::uint64_t old() const { return old_; }                              // entries left out by `since`

 private:
  friend class ListingClient;
  enum class Kind : unsigned char { listing, guess, site, site_robots };  // guess: may be missing
  struct Node {
    std::string place;
    Kind kind = Kind::listing;
    int depth = 0;
    std::vector<ListingEntry> entries;
    std::vector<std::size_t> children;  // one an entry that is_listing, in order; of a site: its listings
    std::size_t site = 0;               // site_robots: whose
    std::size_t same = 0;               // the node that holds what is at this place: it is fetched once
    // Of a site, until both its answers have come: which comes first must not decide the order.
    std::vector<std::string> by_robots, by_page;
    int answers = 0;
  };

  std::size_t add(const std::string& place, Kind kind, int depth);
  void read(std::size_t node, std::string_view bytes, const std::string& base);
  void answered(const Response& response);
  void site_answered(std::size_t node, const Response& response);
  void robots_answered(std::size_t node, const Response& response);
  void both_answered(std::size_t site);
  void point_to(std::size_t site, const std::vector<std::string>& urls, Kind kind);
  bool is_old(const std::string& modified) const;

  const std::string since_;
  std::deque<Node> nodes_;
  std::deque<std::size_t> queue_;  // to be fetched
  std::unordered_map<std::string, std::size_t, KeyedHash, std::equal_to<>> asked_;  // place -> node
  std::vector<std::string> problems_;
  std::uint64_t old_ = 0;
  bool incomplete_ = false;
};

}  // namespace marrow
