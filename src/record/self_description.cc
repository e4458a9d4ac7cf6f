#include "record/self_description.h"

#include <algorithm>

#include "base/text.h"
#include "base/url.h"
#include "record/entities.h"

namespace marrow {
namespace {

// A page that lists more articles than this in its JSON-LD and names none of them as its own is an index.
constexpr std::size_t kManyArticles = 3;

bool same_page(const Document& doc, const std::string& url, const std::string& own) {
  if (url.empty() || own.empty()) return false;
  const std::string absolute = resolve_url(doc.base.empty() ? doc.url : doc.base, url);
  return !absolute.empty() && url_key(absolute) == own;
}

bool is_item(LdType type) { return type == LdType::article || type == LdType::posting; }

// The node of the page's own article: by URL, by headline, else the first where there are few.
const LdNode* main_node(const Document& doc, const std::vector<LdNode>& nodes) {
  const std::string own = url_key(doc.url);
  const LdNode* first = nullptr;
  std::size_t items = 0;
  for (const LdNode& node : nodes) {
    if (!is_item(node.type)) continue;
    ++items;
    if (!first || node.depth < first->depth) first = &node;
  }
  for (const LdNode& node : nodes)
    if (is_item(node.type) && (same_page(doc, node.url, own) || same_page(doc, node.id, own))) return &node;
  const std::string title = collapse_spaces(doc.title);
  for (const LdNode& node : nodes)
    if (is_item(node.type) && !node.headline.empty() && fold_case(title).starts_with(fold_case(node.headline))) return &node;
  return items <= kManyArticles ? first : nullptr;
}

const LdNode* page_node(const Document& doc, const std::vector<LdNode>& nodes) {
  const std::string own = url_key(doc.url);
  const LdNode* found = nullptr;
  for (const LdNode& node : nodes) {
    if (node.type != LdType::web_page && node.type != LdType::listing && node.type != LdType::product) continue;
    if (same_page(doc, node.url, own)) return &node;
    if (!found) found = &node;
  }
  return found;
}

std::string_view local_name(std::string_view property) {
  property = property.substr(0, property.find(' '));
  const auto colon = property.find_last_of(":/#");
  return colon == std::string_view::npos ? property : property.substr(colon + 1);
}

// Comments and reviews carry authors and dates of their own.
bool in_comment(const Document& doc, Id element) {
  for (Id e = element; e != kNone; e = doc.elements[e].parent) {
    const Element& el = doc.elements[e];
    const std::string_view type = doc.attr(e, "itemtype");
    const std::string_view prop = doc.attr(e, "itemprop");
    if (type.ends_with("/Comment") || type.ends_with("/UserComments") || type.ends_with("/Review") || prop == "comment" || prop == "review")
      return true;
    if (has_token(el.cls, "comment") || has_token(el.cls, "comments") || has_token(el.id, "comments") || has_token(el.id, "respond")) return true;
  }
  return false;
}

void gather_properties(SelfDescription& facts) {
  const Document& doc = *facts.doc;
  for (Id id = 0; id < doc.elements.size(); ++id) {
    const Element& e = doc.elements[id];
    if (e.first_attr == e.end_attr) continue;
    std::string_view name = doc.attr(id, "itemprop");
    if (name.empty()) name = doc.attr(id, "property");
    if (name.empty() || e.tag == Tag::meta_) continue;
    name = local_name(name);
    const std::string lower = ascii_lower(name);
    if (lower != "author" && lower != "creator" && lower != "datepublished" && lower != "datecreated" && lower != "datemodified" &&
        lower != "headline" && lower != "name")
      continue;
    if (in_comment(doc, id)) continue;
    Property property{name, {}, id};
    if (std::string_view content = doc.attr(id, "content"); !content.empty())
      property.value = plain_text(content);
    else if (std::string_view time = doc.attr(id, "datetime"); !time.empty())
      property.value = collapse_spaces(time);
    else
      property.value = text_inside(doc, id);
    facts.properties.push_back(std::move(property));
    if (facts.properties.size() == 200) return;
  }
}

}  // namespace

std::string_view SelfDescription::meta(std::initializer_list<std::string_view> names) const {
  for (std::string_view name : names)
    for (const Meta& m : doc->metas)
      if (m.name == name && !trim(m.content).empty()) return m.content;
  return {};
}

bool has_token(std::string_view text, std::string_view token) {
  for (std::size_t at = 0; at + token.size() <= text.size(); ++at) {
    if (!iequals_ascii(text.substr(at, token.size()), token)) continue;
    const char before = at ? text[at - 1] : ' ';
    const char here = text[at];
    const char after = at + token.size() < text.size() ? text[at + token.size()] : ' ';
    auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
    const bool starts = !letter(before) || (upper(here) && !upper(before));
    const bool ends = !letter(after) || (upper(after) && !upper(text[at + token.size() - 1]));
    if (starts && ends) return true;
  }
  return false;
}

std::string text_inside(const Document& doc, Id element, std::size_t limit) {
  const Element& e = doc.elements[element];
  std::string out;
  auto add = [&](std::string_view text) {
    if (!out.empty()) out += ' ';
    out += text.substr(0, limit);
  };
  for (Id b = e.first_block; b < e.end_block && out.size() < limit; ++b)
    if (doc.inside(doc.blocks[b].element, element)) add(doc.blocks[b].text);
  if (out.empty() && e.first_block < doc.blocks.size()) {  // an inline element: a stretch of one block
    const Block& block = doc.blocks[e.first_block];
    for (Id s = block.first_span; s < block.end_span; ++s) {
      if (!doc.inside(doc.spans[s].element, element)) continue;
      add(block.text.substr(doc.spans[s].begin, doc.spans[s].end - doc.spans[s].begin));
      break;  // inner spans repeat what the outer one holds
    }
  }
  return collapse_spaces(out);
}

SelfDescription gather_self_description(const Document& doc, PageKind kind) {
  SelfDescription facts;
  facts.kind = kind;
  facts.forum = kind == PageKind::forum;
  facts.item = kind == PageKind::article || kind == PageKind::forum;
  facts.doc = &doc;
  facts.nodes = read_json_ld(doc.json_ld);
  facts.main = main_node(doc, facts.nodes);
  facts.web_page = page_node(doc, facts.nodes);
  facts.type = ascii_lower(trim(facts.meta({"og:type"})));
  facts.language = doc.lang.empty() ? std::string(facts.meta({"og:locale", "content-language", "language"})) : std::string(doc.lang);
  gather_properties(facts);
  return facts;
}

}  // namespace marrow
