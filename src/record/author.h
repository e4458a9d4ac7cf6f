// Author of a page: names, cleaned. From JSON-LD, meta tags, microdata and the byline near the headline, in
// this order. Null is better than an invented one: site names, roles, addresses and "admin" are no authors.
// Any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "record/page_facts.h"

namespace marrow {

// "By Jane Doe, Senior Editor | May 3, 2025" -> "Jane Doe"; "" if it names nobody.
std::string clean_author(std::string_view text);

std::string decide_author(const PageFacts& facts);

}  // namespace marrow
