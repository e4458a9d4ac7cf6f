#include "record/related.h"

#include <string>
#include <unordered_map>
#include <unordered_set>

#include "base/keyed_hash.h"
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

// Where several links lead to one target, the first of the best text names it: a title goes before an image's alt text, and that
// before a card's count of comments or votes.
enum class Naming : std::uint8_t { empty, number, image, title };

Naming naming_of(std::string_view text, bool from_image) {
  if (text.empty()) return Naming::empty;
  for (std::size_t at = 0; at < text.size();) {
    if (is_letter(next_code_point(text, at))) return from_image ? Naming::image : Naming::title;
  }
  return Naming::number;
}

struct Entry {
  std::size_t index;
  Naming naming;
};

std::vector<RelatedLink> related_of_page(const Document& doc, const Labels& labels) {
  std::vector<RelatedLink> out;
  std::unordered_map<std::string, Entry, KeyedHash, std::equal_to<>> seen;
  const std::string self = url_key(doc.url);
  for (Id id = 0; id < doc.links.size(); ++id) {
    const Link& link = doc.links[id];
    const Verdict& verdict = labels.links[id];
    if (verdict.label != Label::related || link.url.empty() || link.same_page) continue;
    std::string key = url_key(link.url);
    if (key.empty()) key = link.url;  // relative, on a page that does not know its own address
    else if (key == self) continue;
    std::string text = title_of(doc, link, verdict);
    const Naming naming = naming_of(text, link.image && verdict.partner == kNone);
    const auto [at, fresh] = seen.try_emplace(key, Entry{out.size(), naming});
    if (fresh) {
      const RelatedKind kind = verdict.kind == RelatedKind::none ? RelatedKind::related : verdict.kind;
      out.push_back({strip_tracking(link.url), std::move(text), kind});
      continue;
    }
    if (naming <= at->second.naming) continue;
    out[at->second.index].text = std::move(text);
    at->second.naming = naming;
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
  std::unordered_set<std::string, KeyedHash, std::equal_to<>> seen;
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
