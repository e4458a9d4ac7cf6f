#include "record/related.h"

#include <string>
#include <unordered_map>
#include <unordered_set>

#include "base/text.h"
#include "base/url.h"
#include "record/link_title.h"
#include "record/text_parts.h"

namespace marrow {
namespace {

std::string title_of(const Document& doc, const Link& link, const Verdict& verdict) {
  if (verdict.partner < doc.blocks.size()) return collapse_spaces(doc.blocks[verdict.partner].text);
  return title_in_link(doc, link, verdict.kind);
}

// Where two links lead to one target, a text that stands on the page goes before an image's alt text.
struct Entry {
  std::size_t index;
  bool from_image;
};

std::vector<RelatedLink> related_of_page(const Document& doc, const Labels& labels) {
  std::vector<RelatedLink> out;
  std::unordered_map<std::string, Entry> seen;
  const std::string self = url_key(doc.url);
  for (Id id = 0; id < doc.links.size(); ++id) {
    const Link& link = doc.links[id];
    const Verdict& verdict = labels.links[id];
    if (verdict.label != Label::related || link.url.empty() || link.same_page) continue;
    std::string key = url_key(link.url);
    if (key.empty()) key = link.url;  // relative, on a page that does not know its own address
    else if (key == self) continue;
    std::string text = title_of(doc, link, verdict);
    const bool from_image = link.image && verdict.partner == kNone;
    const auto [at, fresh] = seen.try_emplace(key, Entry{out.size(), from_image});
    if (fresh) {
      const RelatedKind kind = verdict.kind == RelatedKind::none ? RelatedKind::related : verdict.kind;
      out.push_back({strip_tracking(link.url), std::move(text), kind});
      continue;
    }
    std::string& known = out[at->second.index].text;
    if (text.empty() || !(known.empty() || (at->second.from_image && !from_image))) continue;
    known = std::move(text);
    at->second.from_image = from_image;
  }
  return out;
}

}  // namespace

std::vector<RelatedLink> collect_related(const Document& doc, const Labels& labels) {
  return doc.type == ContentType::text ? related_of_text(doc, labels) : related_of_page(doc, labels);
}

std::vector<Teaser> collect_teasers(const Document& doc, const Labels& labels) {
  if (doc.type == ContentType::text) return teasers_of_text(doc, labels);
  std::vector<Teaser> out;
  std::unordered_set<std::string> seen;
  auto source = labels.resolved.begin();
  for (Id id = 0; id < doc.blocks.size(); ++id) {
    const Verdict& verdict = labels.blocks[id];
    if (verdict.label != Label::teaser && !verdict.excerpt) continue;
    Teaser teaser;
    teaser.text = collapse_spaces(doc.blocks[id].text);
    teaser.truncated = verdict.truncated;
    if (verdict.partner < doc.links.size()) teaser.url = strip_tracking(doc.links[verdict.partner].url);
    while (source != labels.resolved.end() && source->block < id) ++source;
    if (source != labels.resolved.end() && source->block == id) teaser.page = source->page;
    if (seen.insert(teaser.url + '\n' + fold_case(teaser.text)).second) out.push_back(std::move(teaser));
  }
  return out;
}

}  // namespace marrow
