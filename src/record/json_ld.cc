#include "record/json_ld.h"

#include <simdjson.h>

#include <algorithm>
#include <span>
#include <unordered_map>

#include "base/keyed_hash.h"
#include "base/text.h"
#include "record/entities.h"

namespace marrow {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::element_type;
using simdjson::dom::object;

// One script may list a whole shop; the page's own nodes stand first.
constexpr std::size_t kMaxNodes = 400;
constexpr std::size_t kMaxAuthors = 50;

std::string_view string_in(const element& value) {
  std::string_view text;
  return value.get(text) ? std::string_view{} : text;
}

constexpr std::string_view kNameKeys[] = {"name", "@value", "@id", "url"};
constexpr std::string_view kUrlKeys[] = {"url", "contentUrl", "@id", "name"};

// A text: the string itself, the first of a list, or the first of `keys` that an object has.
std::string text_of(element value, std::span<const std::string_view> keys) {
  for (int hops = 0; hops < 4; ++hops) {
    switch (value.type()) {
      case element_type::STRING: return plain_text(string_in(value));
      case element_type::INT64: {
        std::int64_t number = 0;
        return value.get(number) ? std::string() : std::to_string(number);
      }
      case element_type::ARRAY: {
        array list;
        if (value.get(list) || list.begin() == list.end()) return {};
        value = *list.begin();
        break;
      }
      case element_type::OBJECT: {
        bool found = false;
        for (std::string_view key : keys) {
          element inner;
          if (value[key].get(inner)) continue;
          value = inner;
          found = true;
          break;
        }
        if (!found) return {};
        break;
      }
      default: return {};
    }
  }
  return {};
}

std::string text_at(const object& node, std::string_view key, std::span<const std::string_view> keys = kNameKeys) {
  element value;
  return node[key].get(value) ? std::string() : text_of(value, keys);
}

LdType type_named(std::string_view name) {
  if (const auto slash = name.find_last_of("/#:"); slash != std::string_view::npos) name = name.substr(slash + 1);
  if (name == "DiscussionForumPosting" || name == "Question" || name == "SocialMediaPosting") return LdType::posting;
  if (name.ends_with("Article") || name == "BlogPosting" || name == "Report" || name == "LiveBlogPosting" || name == "Recipe" ||
      name == "HowTo" || name == "Review" || name == "CriticReview" || name == "Book" || name == "PodcastEpisode" || name == "VideoObject")
    return LdType::article;
  if (name == "CollectionPage" || name == "ItemList" || name == "SearchResultsPage" || name == "Blog" || name == "OfferCatalog")
    return LdType::listing;
  if (name == "WebPage" || name.ends_with("Page")) return LdType::web_page;
  if (name == "Product" || name == "ProductGroup" || name == "SoftwareApplication" || name == "Course") return LdType::product;
  if (name == "WebSite") return LdType::web_site;
  if (name == "Person") return LdType::person;
  if (name.ends_with("Organization") || name == "Corporation" || name.ends_with("Business") || name == "Brand") return LdType::organization;
  return LdType::other;
}

LdType type_of(const object& node) {
  element type;
  if (node["@type"].get(type) && node["type"].get(type)) return LdType::other;
  if (type.is_string()) return type_named(string_in(type));
  LdType best = LdType::other;
  array list;
  if (type.get(list)) return best;
  for (element one : list) {
    const LdType t = type_named(string_in(one));
    if (t == LdType::article || t == LdType::posting) return t;
    if (best == LdType::other) best = t;
  }
  return best;
}

std::optional<bool> boolean_at(const object& node, std::string_view key) {
  element value;
  if (node[key].get(value)) return std::nullopt;
  if (bool plain = false; !value.get(plain)) return plain;
  const std::string text = ascii_lower(string_in(value));
  if (text.find("false") != std::string::npos || text == "no") return false;
  if (text.find("true") != std::string::npos || text == "yes") return true;
  return std::nullopt;
}

class Reader {
 public:
  void read(std::string_view script) {
    simdjson::dom::parser parser(std::size_t{16} << 20);
    element root;
    const std::string_view text = trim(script);
    if (text.empty()) return;
    if (parser.parse(simdjson::padded_string(text)).get(root)) {
      if (parser.parse(simdjson::padded_string(repair_json(text))).get(root)) return;
    }
    walk(root);
  }

  std::vector<LdNode> finish() {
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      for (const std::string& id : refs_[i]) resolve_author(nodes_[i], id);
      if (nodes_[i].publisher.empty() && !publisher_refs_[i].empty())
        if (const auto at = names_.find(publisher_refs_[i]); at != names_.end()) nodes_[i].publisher = at->second.name;
    }
    return std::move(nodes_);
  }

 private:
  struct Open {
    element value;
    int depth;
  };

  void walk(element root) {
    std::vector<Open> open{{root, 0}};
    while (!open.empty() && nodes_.size() < kMaxNodes) {
      const Open next = open.back();
      open.pop_back();
      if (array list; !next.value.get(list)) {
        push_list(list, next.depth, open);
        continue;
      }
      object node;
      if (next.value.get(node)) continue;
      for (std::string_view key : {"mainEntity", "mainEntityOfPage", "author"}) {
        element inner;
        if (!node[key].get(inner) && (inner.is_object() || inner.is_array()) && next.depth < 3)
          open.push_back({inner, next.depth + (key == "author" ? 10 : 1)});
      }
      element graph;
      if (!node["@graph"].get(graph)) open.push_back({graph, next.depth});
      add(node, next.depth);
    }
  }

  static void push_list(const array& list, int depth, std::vector<Open>& open) {
    const std::size_t first = open.size();
    for (element one : list)
      if (open.size() - first < kMaxNodes) open.push_back({one, depth});
    std::reverse(open.begin() + static_cast<std::ptrdiff_t>(first), open.end());
  }

  void add(const object& source, int depth) {
    LdNode node;
    node.type = type_of(source);
    node.depth = depth;
    node.id = text_at(source, "@id");
    node.name = text_at(source, "name");
    if (!node.id.empty() && !node.name.empty() && (node.type == LdType::person || node.type == LdType::organization))
      names_.emplace(node.id, LdName{node.name, node.type == LdType::organization});
    if (depth >= 10) return;  // an author: known by reference only
    node.headline = text_at(source, "headline");
    node.description = text_at(source, "description");
    node.image = text_at(source, "image", kUrlKeys);
    if (node.image.empty()) node.image = text_at(source, "thumbnailUrl");
    node.language = text_at(source, "inLanguage");
    node.published = text_at(source, "datePublished");
    if (node.published.empty()) node.published = text_at(source, "uploadDate");
    node.modified = text_at(source, "dateModified");
    node.created = text_at(source, "dateCreated");
    node.url = text_at(source, "url", kUrlKeys);
    if (node.url.empty()) read_page_url(source, node);
    node.free = boolean_at(source, "isAccessibleForFree");
    for (std::string_view key : {"articleBody", "text"}) {
      element value;
      if (node.article_body_chars == 0 && !source[key].get(value)) node.article_body_chars = string_in(value).size();
    }
    refs_.emplace_back();
    publisher_refs_.emplace_back();
    for (std::string_view key : {"author", "creator"}) {
      element value;
      if (node.authors.empty() && refs_.back().empty() && !source[key].get(value)) read_authors(value, node);
    }
    read_publisher(source, node);
    nodes_.push_back(std::move(node));
  }

  static void read_page_url(const object& source, LdNode& node) {
    element page;
    if (source["mainEntityOfPage"].get(page)) return;
    if (page.is_string())
      node.url = string_in(page);
    else if (object inner; !page.get(inner))
      node.url = text_at(inner, "@id");
  }

  void read_publisher(const object& source, LdNode& node) {
    element value;
    if (source["publisher"].get(value)) return;
    object publisher;
    if (value.is_string()) {
      node.publisher = plain_text(string_in(value));
    } else if (!value.get(publisher)) {
      node.publisher = text_at(publisher, "name");
      publisher_refs_.back() = text_at(publisher, "@id");
      if (!publisher_refs_.back().empty() && !node.publisher.empty())
        names_.emplace(publisher_refs_.back(), LdName{node.publisher, true});
    }
  }

  void read_authors(element value, LdNode& node) {
    array list;
    if (value.get(list)) return read_author(value, node);
    for (element one : list)
      if (node.authors.size() < kMaxAuthors) read_author(one, node);
  }

  void read_author(const element& value, LdNode& node) {
    if (value.is_string()) {
      if (std::string name = plain_text(string_in(value)); !name.empty()) node.authors.push_back({std::move(name), false});
      return;
    }
    object author;
    if (value.get(author)) return;
    const bool organization = type_of(author) == LdType::organization;
    element names;
    array list;
    if (!author["name"].get(names) && !names.get(list)) {
      for (element one : list)
        if (node.authors.size() < kMaxAuthors && one.is_string()) node.authors.push_back({plain_text(string_in(one)), organization});
      return;
    }
    std::string name = text_at(author, "name");
    if (!name.empty())
      node.authors.push_back({std::move(name), organization});
    else if (std::string id = text_at(author, "@id"); !id.empty())
      refs_.back().push_back(std::move(id));
  }

  void resolve_author(LdNode& node, const std::string& id) const {
    if (const auto at = names_.find(id); at != names_.end()) node.authors.push_back(at->second);
  }

  std::vector<LdNode> nodes_;
  std::vector<std::vector<std::string>> refs_;      // authors by @id, one list a node
  std::vector<std::string> publisher_refs_;
  std::unordered_map<std::string, LdName, KeyedHash, std::equal_to<>> names_;   // persons and organizations by @id
};

}  // namespace

std::vector<LdNode> read_json_ld(const std::vector<std::string_view>& scripts) {
  Reader reader;
  for (std::string_view script : scripts) reader.read(script);
  return reader.finish();
}

}  // namespace marrow
