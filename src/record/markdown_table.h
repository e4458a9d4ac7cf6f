// Data tables of the body as GFM pipes. A table is data where every body cell is one plain block and no table
// stands inside another; else it is layout and its blocks are paragraphs. colspan fills at most kMaxFill empty cells
// in a whole table (browsers stop at 1000 a cell); rowspan is ignored. Any thread.
#pragma once

#include <string>
#include <vector>

#include "label/verdict.h"
#include "page/document.h"

namespace marrow {

bool is_data_table(const Document& doc, const Labels& labels, Id table);
// The rows of the table, one string a line, the delimiter row included.
std::vector<std::string> table_lines(const Document& doc, const Labels& labels, Id table);

}  // namespace marrow
