// Markdown body: the blocks labelled body as CommonMark, tables as GFM pipes. Headings by level, nested
// lists, block quotes, fenced code with its language, links with absolute URLs, strong, emphasis, inline code,
// images if asked. Page text can never become markup: everything that CommonMark could read as such is
// escaped. The words are those of the plain body, in the same order. Any thread; no recursion.
#pragma once

#include <string>

#include "label/verdict.h"
#include "page/document.h"

namespace marrow {

struct MarkdownOptions {
  bool images = false;
};

void append_markdown(const Document& doc, const Labels& labels, const MarkdownOptions& options,
                     std::string& out);

}  // namespace marrow
