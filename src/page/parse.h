// parse: stripped UTF-8 HTML -> Gumbo's tree, inside the arena, within the page's memory and time.
// Internal to src/page: the tree dies with the arena and never leaves the folder.
#pragma once

#include <string_view>

#include "base/arena.h"
#include "page/page.h"

struct GumboInternalNode;

namespace marrow {

struct Parsed {
  const GumboInternalNode* root = nullptr;  // <html>; nullptr where nothing of it was built
  bool whole = false;                       // false: the budget ran out, this is the tree so far
};

// `html` must outlive the tree; the tree is freed by arena.reset(). Takes at most a third of the page's memory: its
// bytes, its text and what the models see of it need the rest. Time is this thread's own, so that what a page gives does not hang on what else runs.
// Source of the bounds: Gumbo 0.10 copies its stack into every error (max_errors = 0), is quadratic
// on deep nesting and cannot be interrupted but by its allocator.
Parsed parse_html(std::string_view html, Arena& arena, const Budget& budget);

}  // namespace marrow
