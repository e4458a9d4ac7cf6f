// Body text: the blocks labelled body, in document order, as plain text. Paragraphs are split by a blank
// line; a <br> stays a line end; consecutive items of one list and rows of one table stand on a line each,
// cells of a row are split by a tab (the tab-separated form every tool reads); <pre> is kept byte for byte.
// Never judges: what is body, the label stage has decided; every body block is emitted exactly once.
#pragma once

#include <string>
#include <string_view>

#include "label/verdict.h"
#include "page/document.h"

namespace marrow {

void append_body(const Document& doc, const Labels& labels, std::string& out);

// What stands around a block, as far as its separator and its Markdown depend on it. kNone = nothing.
struct Surroundings {
  Id item = kNone;     // innermost li, dt or dd
  Id list = kNone;     // outermost ul, ol, dl, menu around it inside its table cell
  Id pre = kNone;
  Id cell = kNone;     // innermost td or th
  Id row = kNone;      // innermost tr
  Id table = kNone;    // innermost table
};
Surroundings surroundings_of(const Document& doc, const Block& block);

}  // namespace marrow
