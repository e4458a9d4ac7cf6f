// Related links and teasers of a record. Takes verdicts, gives the two lists in document order: one entry
// a target (url_key), never the page itself; a teaser once. Judges nothing. Any thread.
#pragma once

#include <vector>

#include "label/verdict.h"
#include "page/document.h"
#include "record/record.h"

namespace marrow {

// On pages: links labelled related. In plain texts, which have no links: blocks labelled related that name
// an item (kind set).
std::vector<RelatedLink> collect_related(const Document& doc, const Labels& labels);
std::vector<Teaser> collect_teasers(const Document& doc, const Labels& labels);

}  // namespace marrow
