// Sitemaps and feeds: entries with absolute addresses, never more than the bound.
#include "fuzz/fuzz.h"
#include "fetch/listing.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace marrow;
  const Listing listing = read_listing(fuzz::text_of(data, size), "https://tidewater.localhost/feed.xml");
  fuzz::expect(listing.entries.size() <= Listing::kMaxEntries, "bounded");
  for (const ListingEntry& entry : listing.entries)
    fuzz::expect(entry.url.starts_with("http://") || entry.url.starts_with("https://"), "absolute");
  return 0;
}
