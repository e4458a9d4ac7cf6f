// Markdown -> HTML, for showing a record's body as a reader would see it. Takes CommonMark with GFM's tables, gives elements
// without attributes (links: http and https alone; images as links: a report fetches nothing). The only door to cmark-gfm, of
// which the reader alone is used: all text goes through append_escaped. Any thread; no recursion.
#pragma once

#include <string>
#include <string_view>

namespace marrow {

// Headings begin at `top`, so that they stand below the report's own.
void append_markdown_html(std::string_view markdown, int top, std::string& out);

}  // namespace marrow
