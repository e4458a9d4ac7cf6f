// parse: stripped UTF-8 HTML -> Gumbo's tree, inside the arena, within the page's memory and time.
// Internal to src/page: the tree dies with the arena and never leaves the folder.
#pragma once

#include <string_view>

#include "base/arena.h"
#include "page/page.h"

struct GumboInternalOutput;

namespace marrow {

// nullptr where the budget ran out. `html` must outlive the tree; the tree is freed by arena.reset().
// Source of the bounds: Gumbo 0.10 copies its stack into every error (max_errors = 0), is quadratic
// on deep nesting and cannot be interrupted but by its allocator.
const GumboInternalOutput* parse_html(std::string_view html, Arena& arena, const Budget& budget);

}  // namespace marrow
