// Path: where an element stands, as people write it: "main > article#post.entry > p". Takes a
// Document and an element, gives its nearest ancestors with id and classes, shortened. For
// explanations and messages, not for matching (rules/path.h does that). Any thread.
#pragma once

#include <string>

#include "page/document.h"

namespace marrow {

// At most `levels` steps ending at `element`; "..." in front stands for those left out.
std::string path_of(const Document& document, Id element, int levels);

}  // namespace marrow
