#include "record/make.h"

#include "record/body.h"
#include "record/confidence.h"
#include "record/language.h"
#include "record/markdown.h"
#include "record/metadata.h"
#include "record/quality.h"
#include "record/related.h"

namespace marrow {
namespace {

std::uint32_t body_words(const Document& doc, const Labels& labels) {
  std::uint32_t words = 0;
  for (Id id = 0; id < doc.blocks.size(); ++id)
    if (labels.blocks[id].label == Label::body) words += doc.blocks[id].words;
  return words;
}

}  // namespace

Record make_record(const Document& doc, const Labels& labels, const MetadataHits* hits,
                   const RecordOptions& options) {
  Record record;
  record.url = doc.url;
  record.status = options.status;
  record.charset = doc.charset;
  record.kind = labels.kind;
  append_body(doc, labels, record.body);

  const Metadata metadata = read_metadata(doc, labels.kind, hits, options.fetched_at);
  record.title = metadata.title;
  record.author = metadata.author;
  record.published = metadata.published;
  record.modified = metadata.modified;
  record.site = metadata.site;
  record.description = metadata.description;
  record.canonical_url = metadata.canonical_url;
  record.image = metadata.image;
  record.language = decide_language(metadata.languages, record.body);

  record.related = collect_related(doc, labels);
  record.teasers = collect_teasers(doc, labels);
  record.quality.confidence = doc.type == ContentType::html ? calibrated(labels.confidence) : labels.confidence;
  record.quality.words = body_words(doc, labels);
  record.quality.flags =
      quality_flags(doc, labels, {.status = options.status,
                                  .words = record.quality.words,
                                  .paid = metadata.paid,
                                  .article_body_chars = metadata.article_body_chars,
                                  .body_chars = record.body.size(),
                                  .title = record.title});
  if (options.markdown) {
    record.body.clear();
    append_markdown(doc, labels, {.images = options.images}, record.body);
  }
  return record;
}

}  // namespace marrow
