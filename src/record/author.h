// Author of a page: names, cleaned. From JSON-LD, meta tags, microdata and the byline near the headline, in
// this order. Null is better than an invented one: site names, roles, addresses and "admin" are no authors.
// Any thread.
#pragma once

#include <string>

#include "record/page_facts.h"

namespace marrow {

std::string decide_author(const PageFacts& facts);

}  // namespace marrow
