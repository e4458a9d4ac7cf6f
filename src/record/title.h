// Title of a page without the name of its site. Compares what the head says (title, Open Graph, JSON-LD) with
// the h1 on the page: the h1 that agrees is the headline as readers see it. Any thread.
#pragma once

#include <string>

#include "record/page_facts.h"

namespace marrow {

// Sets facts.headline, too: the block of the headline, where there is one.
std::string decide_title(PageFacts& facts);
std::string decide_site(const PageFacts& facts);

}  // namespace marrow
