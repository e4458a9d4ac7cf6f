// read_lines: a plain text -> a Document of type `text`.
//
// One block a line, or a paragraph whose hard wrap was undone. A line that may hold several things
// ("… lives. | <<: Title", "READ ALSO: Title", "Title – excerpt") is cut into pieces, one block a piece, wherever its shape
// allows a cut (page/line_cuts.h): so each thing can get its own verdict, and pieces that end with the same verdict are
// put together again exactly as they stood. The structure is told by elements:
//   elements[0]  the root (body)
//   p            one for each group of lines between blank lines
//   span in p    one for each line that was cut: the blocks of one span are the pieces of that line
// Folded: CRLF, CR, form feeds and Unicode line ends to line ends, Unicode spaces to ' ', runs of them to one; NFC; control
// characters out. Kept exactly, with `pre` set: indented lines and lines with tabs in them (code, tables).
//
// Never fails, judges nothing, knows no language. The text is copied into the arena: one allocation a document.
#pragma once

#include <string_view>

#include "base/arena.h"
#include "page/document.h"

namespace marrow {

// `utf8` is valid UTF-8 (page/decode makes it so). Fills type, elements, blocks and words of a cleared Document.
void read_lines(std::string_view utf8, Arena& arena, Document& document);

// What stood between a block of a text and the block before it: "\n\n" (a blank line), "\n" (a line end) or, inside a cut
// line, the bytes as they were written (" | ", " ", ""). "" for the first block. Joining blocks with these gives the text back.
std::string_view separator_before(const Document& document, Id block);

// True if the block and the one before it are pieces of one line.
bool same_line(const Document& document, Id block);

}  // namespace marrow
