// Author of a page: names, cleaned. From JSON-LD, meta tags, microdata and the byline near the headline, in
// this order. Null is better than an invented one: site names, roles, addresses and "admin" are no authors.
// Any thread.
#pragma once

#include <string>

#include "record/self_description.h"

namespace marrow {

std::string decide_author(const SelfDescription& facts);

}  // namespace marrow
