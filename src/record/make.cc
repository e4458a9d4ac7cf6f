#include "record/make.h"

#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "record/body.h"
#include "record/confidence.h"
#include "record/inline_markdown.h"
#include "record/json_ld_body.h"
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

// A page drawn by script shows a line or two; its own data may hold the text. Found on the development set: below 40 words
// of either, what stands there is a slogan or a notice as often as a text (its pages with 20 such words have no body at all).
constexpr std::uint32_t kFewBodyWords = 40;
constexpr std::size_t kDataWords = 40;
constexpr std::size_t kDataFactor = 2;  // times the words that are visible

// The paragraphs of the page's JSON-LD that a nearly empty body lacks; none where it lacks little.
std::vector<std::string> paragraphs_from_data(const Document& doc, const Labels& labels, const Record& record, std::uint32_t words) {
  if (words >= kFewBodyWords || doc.json_ld.empty() || !labels.emptied_by.empty()) return {};
  std::vector<std::string> paragraphs = read_json_ld_body(doc.json_ld);
  std::erase_if(paragraphs, [&](const std::string& text) { return record.body.find(text) != std::string::npos; });
  std::size_t gained = 0;
  for (const std::string& text : paragraphs) gained += count_words(text);
  if (gained < std::max(kDataWords, kDataFactor * words)) return {};
  return paragraphs;
}

void append_paragraphs(const std::vector<std::string>& paragraphs, bool markdown, std::string& out) {
  for (const std::string& text : paragraphs) {
    if (!out.empty()) out += "\n\n";
    if (markdown)
      append_escaped(text, {Breaks::space, false}, out);
    else
      out += text;
  }
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
  const std::uint32_t words = body_words(doc, labels);
  const std::vector<std::string> data = paragraphs_from_data(doc, labels, record, words);
  append_paragraphs(data, false, record.body);

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
  record.quality.words = words;
  record.quality.flags =
      quality_flags(doc, labels, {.status = options.status,
                                  .words = words,
                                  .paid = metadata.paid,
                                  .article_body_chars = metadata.article_body_chars,
                                  .body_chars = record.body.size(),
                                  .from_data = !data.empty(),
                                  .title = record.title});
  for (const std::string& text : data) record.quality.words += static_cast<std::uint32_t>(count_words(text));
  if (options.markdown) {
    record.body.clear();
    append_markdown(doc, labels, {.images = options.images}, record.body);
    append_paragraphs(data, true, record.body);
  }
  return record;
}

}  // namespace marrow
