// make_record: a page and its labels -> the Record. Takes the page stage's Document and the label stage's
// Labels, judges nothing they have judged: it gathers body, related links, teasers, metadata and flags.
// Fills every field but id, fetched_at and rules (they are the caller's). Url is the document's.
// Any thread; keeps nothing of its arguments.
#pragma once

#include <string_view>
#include <vector>

#include "label/verdict.h"
#include "page/document.h"
#include "record/record.h"

namespace marrow {

// What a rule file says of a field: `field` is title, author, published, modified, site, language,
// description, canonical_url or image. Goes before everything the page says of itself.
struct MetadataHit {
  std::string_view field, text;
};
using MetadataHits = std::vector<MetadataHit>;

struct RecordOptions {
  bool markdown = false;
  bool images = false;           // Markdown only
  int status = 0;                // HTTP, 0 = not fetched
  std::string_view fetched_at;   // RFC 3339; no publication date may lie after it. "" = no such check
};

Record make_record(const Document& doc, const Labels& labels, const MetadataHits* hits,
                   const RecordOptions& options);

}  // namespace marrow
