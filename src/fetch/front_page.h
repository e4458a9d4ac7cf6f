// What a page says of its feeds and sitemaps: <link rel="alternate" type="application/rss+xml" href="…">, Atom and
// rel="sitemap" likewise. Takes the bytes of a page in any charset that agrees with ASCII on markup, gives URLs in
// their order, each once. A scanner over tags, not a parser: it is asked before the page stage, and of the
// head alone. Sources: HTML 4.8.4.3 (links), RSS and Atom autodiscovery. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace marrow {

struct Advertised {
  std::vector<std::string> sitemaps, feeds;
};

// Looks at the first 512 KiB.
Advertised advertised_listings(std::string_view html, std::string_view base_url);

}  // namespace marrow
