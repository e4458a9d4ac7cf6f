// Record: what marrow says of one page. Plain values that own their memory; the field names are those of
// the JSON output, documented in `marrow schema` (record/schema.cc). An empty string is "not known" and
// written as null, except in `id`, `body` and inside lists.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "label/verdict.h"

namespace marrow {

struct RelatedLink {
  std::string url;  // absolute, tracking parameters dropped; empty in plain texts
  std::string text;
  RelatedKind kind = RelatedKind::related;
};

struct Teaser {
  std::string text;
  std::string url;   // of the item it previews, "" if there is no link
  bool truncated = false;
  std::string page;  // id or URL of the page whose body begins with this text (site memory), "" if not known
};

struct Quality {
  float confidence = 0;  // predicted word F1 of the body
  std::uint32_t words = 0;
  std::vector<std::string> flags;  // sorted
  std::vector<std::string> emptied_by;  // ids of the rules that left the page without a body (flag needs_review)
};

struct Record {
  std::string id, url, canonical_url, fetched_at;
  int status = 0;  // HTTP, 0 = not fetched
  std::string title, author, published, modified, site, language, description, image;
  PageKind kind = PageKind::article;
  std::string body;
  std::vector<RelatedLink> related;
  std::vector<Teaser> teasers;
  Quality quality;
  std::string rules;    // sha256 of the rule set
  std::string charset;  // the encoding the page was read as
};

}  // namespace marrow
