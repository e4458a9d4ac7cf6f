#include "record/metadata.h"

#include "base/text.h"
#include "base/url.h"
#include "record/author.h"
#include "record/author_name.h"
#include "record/entities.h"
#include "record/self_description.h"
#include "record/published.h"
#include "record/title.h"

namespace marrow {
namespace {

std::string_view hit_of(const MetadataHits* hits, std::string_view field) {
  if (!hits) return {};
  for (const MetadataHit& hit : *hits)
    if (hit.field == field && !trim(hit.text).empty()) return hit.text;
  return {};
}

std::string absolute(const Document& doc, std::string_view url) {
  if (trim(url).empty()) return {};
  return resolve_url(doc.base.empty() ? doc.url : doc.base, trim(url));
}

std::string canonical_of(const SelfDescription& facts) {
  const Document& doc = *facts.doc;
  for (const HeadLink& link : doc.head_links)
    if (iequals_ascii(link.rel, "canonical"))
      if (std::string url = absolute(doc, link.href); !url.empty()) return strip_tracking(url);
  return strip_tracking(absolute(doc, facts.meta({"og:url", "twitter:url"})));
}

std::string image_of(const SelfDescription& facts) {
  const Document& doc = *facts.doc;
  for (std::string_view name : {"og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src", "thumbnail", "sailthru.image.full"})
    if (std::string url = absolute(doc, facts.meta({name})); !url.empty()) return url;
  if (facts.main)
    if (std::string url = absolute(doc, facts.main->image); !url.empty()) return url;
  for (const HeadLink& link : doc.head_links)
    if (iequals_ascii(link.rel, "image_src"))
      if (std::string url = absolute(doc, link.href); !url.empty()) return url;
  return {};
}

std::string description_of(const SelfDescription& facts) {
  std::string text = plain_text(facts.meta({"og:description", "description", "twitter:description", "dc.description", "dcterms.description", "sailthru.description"}));
  if (text.empty() && facts.main) text = facts.main->description;
  return text;
}

std::vector<std::string> languages_of(const SelfDescription& facts) {
  std::vector<std::string> out;
  auto add = [&](std::string_view claim) {
    if (!claim.empty()) out.emplace_back(claim);
  };
  add(facts.doc->lang);
  add(facts.meta({"og:locale"}));
  add(facts.meta({"content-language", "language", "dc.language", "dcterms.language", "citation_language"}));
  if (facts.main) add(facts.main->language);
  if (facts.web_page) add(facts.web_page->language);
  return out;
}

void apply(const MetadataHits* hits, const SelfDescription& facts, Metadata& out) {
  auto text = [&](std::string_view field, std::string& value) {
    if (const auto hit = hit_of(hits, field); !hit.empty()) value = plain_text(hit);
  };
  auto url = [&](std::string_view field, std::string& value) {
    if (std::string hit = absolute(*facts.doc, hit_of(hits, field)); !hit.empty()) value = std::move(hit);
  };
  auto day = [&](std::string_view field, std::string& value) {
    const auto hit = hit_of(hits, field);
    if (hit.empty()) return;
    if (const auto found = parse_date(hit, {.language = facts.language, .order = numeric_order(facts.language)})) value = found->iso();
  };
  text("title", out.title);
  text("site", out.site);
  text("description", out.description);
  if (const auto hit = hit_of(hits, "author"); !hit.empty()) out.author = clean_author(hit);
  day("published", out.published);
  day("modified", out.modified);
  url("canonical_url", out.canonical_url);
  url("image", out.image);
  if (const auto hit = hit_of(hits, "language"); !hit.empty()) out.languages.insert(out.languages.begin(), std::string(hit));
}

}  // namespace

Metadata read_metadata(const Document& doc, PageKind kind, const MetadataHits* hits, std::string_view fetched_at) {
  Metadata out;
  SelfDescription facts = gather_self_description(doc, kind);
  facts.site = decide_site(facts);
  facts.title = decide_title(facts);
  facts.author = decide_author(facts);
  const PageDates dates = decide_dates(facts, parse_date(fetched_at, {}));
  out.site = facts.site;
  out.title = facts.title;
  out.author = facts.author;
  if (dates.published) out.published = dates.published->iso();
  if (dates.modified) out.modified = dates.modified->iso();
  out.description = description_of(facts);
  out.canonical_url = canonical_of(facts);
  out.image = image_of(facts);
  out.languages = languages_of(facts);
  if (facts.main) {
    out.paid = facts.main->free == false;
    out.article_body_chars = facts.main->article_body_chars;
  }
  apply(hits, facts, out);
  return out;
}

}  // namespace marrow
