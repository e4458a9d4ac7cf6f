// Metadata of a page: what it says of itself, weighed. Takes the Document and what the rules found; gives
// clean values or "": never an invented author or date. Sources in the order of trust: rules, JSON-LD,
// microdata, meta tags (Open Graph, article:*, Dublin Core, citation_*, parsely-*, sailthru.* …), then what
// stands on the page (h1, byline, <time>, date lines, URL). Any thread; owns what it returns.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "page/document.h"
#include "record/make.h"

namespace marrow {

struct Metadata {
  std::string title, author, published, modified, site, description, canonical_url, image;
  std::vector<std::string> languages;  // the page's own words for its language, the most trusted first
  bool paid = false;                   // JSON-LD isAccessibleForFree: false
  std::size_t article_body_chars = 0;  // of the JSON-LD articleBody, bytes
};

// Pages that are no single item (listings, shops, services, documentation) have neither author nor day of
// publication, unless a rule or the JSON-LD of an article says so.
Metadata read_metadata(const Document& doc, PageKind kind, const MetadataHits* hits, std::string_view fetched_at);

}  // namespace marrow
