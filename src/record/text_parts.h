// What a plain text's verdicts say, as texts. Takes a Document of type text (page/lines.h: lines, pieces of lines, groups) and
// its Labels; gives the body as it stood, and related titles and teasers, one entry a title or excerpt. Allocates what it gives.
#pragma once

#include <string>
#include <vector>

#include "label/verdict.h"
#include "page/document.h"
#include "record/record.h"

namespace marrow {

// Body lines as they stood: pieces of a line joined by what stood between them, lines by '\n', groups by a blank line.
void append_text_body(const Document& doc, const Labels& labels, std::string& out);

// In plain texts nothing but the text tells two items apart: what stands twice is given twice.
std::vector<RelatedLink> related_of_text(const Document& doc, const Labels& labels);
std::vector<Teaser> teasers_of_text(const Document& doc, const Labels& labels);

}  // namespace marrow
