// Format: how a record is written. Pure functions from a Record to bytes, so that many threads can do it;
// putting the bytes somewhere is the Sink's. jsonl: one line, by record/json.h. text: the body. markdown:
// the title as a heading, then the body (made as Markdown: CleanOptions::body).
#pragma once

#include <string>
#include <string_view>

#include "record/record.h"

namespace marrow {

enum class Format : unsigned char { jsonl, text, markdown };

// Appends the record. Text and Markdown end in one line end, an empty body gives nothing. They hold no control characters
// but line ends and tabs: a page must not steer the terminal that shows it.
void render(const Record& record, Format format, std::string& out);

// ".json", ".txt", ".md": of a file that holds one record.
std::string_view suffix_of(Format format);

// Appends `text` without C0 and C1 controls and DEL; '\n' and '\t' stay.
void append_without_controls(std::string_view text, std::string& out);

}  // namespace marrow
