// What the walk must know of a tag: does it start a block, is its inside text at all.
#pragma once

#include "page/document.h"

namespace marrow {

// Starts a new block by its own nature. Buttons and form parts count: their captions are no part of
// the sentence before them. Unknown names with a hyphen (web components) count: they hold layout.
bool starts_block(Tag tag, std::string_view name);

// Holds no text of the page: script, style, templates, fallbacks for what a browser shows instead.
bool is_skipped(Tag tag);

// 1..6 for h1..h6, else 0.
int heading_level(Tag tag);

}  // namespace marrow
