#include "record/metadata.h"

#include "base/text.h"
#include "base/url.h"

namespace marrow {
namespace {

std::string meta_of(const Document& doc, std::string_view name) {
  for (const Meta& meta : doc.metas)
    if (meta.name == name && !meta.content.empty()) return collapse_spaces(meta.content);
  return {};
}

}  // namespace

Metadata read_metadata(const Document& doc, const MetadataHits*, std::string_view) {
  Metadata out;
  out.title = meta_of(doc, "og:title");
  if (out.title.empty()) out.title = collapse_spaces(doc.title);
  out.author = meta_of(doc, "author");
  out.site = meta_of(doc, "og:site_name");
  out.description = meta_of(doc, "og:description");
  out.languages.emplace_back(doc.lang);
  return out;
}

}  // namespace marrow
