// The lists of links of a page as site memory sees them: links that share a path (tags and classes) and a heading, with the place
// where they stand (hashes that are the same on other pages of the site) and what the link models said of them.
// Takes what a Judge knows of the page; nothing where the page was judged without a link model. One thread.
#pragma once

#include <cstdint>
#include <vector>

#include "label/judge.h"
#include "memory/page_memory.h"

namespace marrow {

struct PageList {
  ListSeen seen;
  std::vector<Id> links;
  Id heading = kNone;  // block over the list
};

std::vector<PageList> lists_of_page(const Judge& judge);

}  // namespace marrow
