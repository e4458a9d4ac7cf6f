// Title of a page without the name of its site. Compares what the head says (title, Open Graph, JSON-LD) with
// the h1 on the page: the h1 that agrees is the headline as readers see it. Any thread.
#pragma once

#include <string>

#include "record/self_description.h"

namespace marrow {

// Sets facts.headline, too: the block of the headline, where there is one.
std::string decide_title(SelfDescription& facts);
std::string decide_site(const SelfDescription& facts);

}  // namespace marrow
