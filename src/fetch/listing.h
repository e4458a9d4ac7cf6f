// Listing: what a sitemap or feed points to. Takes the bytes as they were fetched (also gzip),
// gives entries in order. Knows sitemaps and sitemap indexes (XML or one URL a line), RSS 0.9
// to 2.0 and Atom; which one it is, is told by the bytes. Sources: sitemaps.org protocol 0.9,
// RSS 2.0, RFC 4287. Pure; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace marrow {

struct ListingEntry {
  std::string url;          // absolute
  std::string modified;     // lastmod, pubDate or updated as written, "" if not given
  bool is_listing = false;  // of an index: a sitemap itself
};

struct Listing {
  static constexpr std::size_t kMaxBytes = std::size_t{64} << 20;  // the protocol's bound is 50 MB
  static constexpr std::size_t kMaxEntries = 50'000;               // the protocol's bound

  std::vector<ListingEntry> entries;
  std::string problem;  // not empty: what is wrong; the entries before it were read
};

// The day of a date as listings write it, "2026-11-02": of a W3C date ("2026-11-02T10:00Z", "2026-11") or one of
// RFC 822 ("Mon, 02 Nov 2026 10:00:00 +0100", whose day is taken as written). "" where it is neither.
std::string listing_day(std::string_view modified);

Listing read_listing(std::string_view bytes, std::string_view base_url);

}  // namespace marrow
