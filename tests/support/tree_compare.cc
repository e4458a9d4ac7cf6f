#include "support/tree_compare.h"

#include <gumbo.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <vector>

#include "base/arena.h"

namespace marrow::test {
namespace {

constexpr std::array<std::string_view, 49> kKept = {
    "about",    "alt",       "aria-hidden", "aria-label", "charset",       "cite",      "class",
    "colspan",  "content",   "data-href",   "data-lang",  "data-language", "data-lazy-src",
    "data-nosnippet", "data-original", "data-src", "data-title", "data-url", "datetime", "dir",
    "height",   "hidden",    "href",        "hreflang",   "http-equiv",    "id",        "itemid",
    "itemprop", "itemref",   "itemscope",   "itemtype",   "label",         "lang",      "name",
    "open",     "property",  "rel",         "resource",   "reversed",      "role",      "rowspan",
    "src",      "start",     "title",       "type",       "typeof",        "vocab",     "width",
    "xml:lang",
};

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

bool hides(const std::string& style) {
  const std::string s = lower(style);
  auto has = [&](const char* word) { return s.find(word) != std::string::npos; };
  return (has("display") && has("none")) || (has("visibility") && has("hidden"));
}

const GumboElement& element(const GumboNode& node) { return node.v.element; }

constexpr std::string_view kNothing = "</>";

// The start tag as written. To Gumbo 0.10 "</>", which stands for nothing, belongs to the tag behind it.
GumboStringPiece start_tag(const GumboNode& node) {
  std::string_view text(element(node).original_tag.data, element(node).original_tag.length);
  while (text.starts_with(kNothing)) text.remove_prefix(kNothing.size());
  return {text.data(), text.size()};
}

std::string name_of(const GumboNode& node) {
  if (element(node).tag != GUMBO_TAG_UNKNOWN) return gumbo_normalized_tagname(element(node).tag);
  GumboStringPiece piece = start_tag(node);
  gumbo_tag_from_original_text(&piece);
  return lower({piece.data, piece.length});
}

bool is_any(const std::string& name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool keeps(const std::string& tag, const std::string& name, const std::string& value) {
  if (name == "style") return hides(value);
  if (name == "value") return tag == "li";
  return std::find(kKept.begin(), kKept.end(), name) != kKept.end();
}

std::string escape(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n' || c == '\r') {
      out.append(c == '\n' ? "\\n" : "\\r");
    } else {
      out += c;
    }
  }
  return out;
}

std::string collapse(std::string_view text) {
  std::string out;
  bool blank = false;
  for (const char c : text) {
    if (is_blank(c)) {
      if (!blank) out += ' ';
      blank = true;
    } else {
      out += c;
      blank = false;
    }
  }
  return out;
}

class Writer {
 public:
  void open(const GumboNode& node, std::size_t depth) {
    flush(depth);
    const std::string name = name_of(node);
    static const char* const kSpaces[] = {"", "svg ", "math "};
    line(depth).append("<").append(kSpaces[element(node).tag_namespace]).append(name);
    const GumboVector& attributes = element(node).attributes;
    for (unsigned i = 0; i < attributes.length; ++i) {
      const auto& attribute = *static_cast<const GumboAttribute*>(attributes.data[i]);
      const std::string attr = lower({attribute.original_name.data, attribute.original_name.length});
      if (keeps(name, attr, attribute.value)) 
        out_.append(" ").append(attr).append("=\"").append(escape(attribute.value)).append("\"");
    }
  }
  void text(const char* text) { text_ += text; }
  void flush(std::size_t depth) {
    const bool blank = std::all_of(text_.begin(), text_.end(), is_blank);
    if (!blank || (pre_ > 0 && !text_.empty())) line(depth).append(1, '"').append(pre_ > 0 ? escape(text_) : collapse(text_)).append(1, '"');
    text_.clear();
  }
  std::string& line(std::size_t depth) {
    out_ += '\n';
    out_.append(std::min(depth, std::size_t{1000}), ' ');
    return out_;
  }
  std::string take() { return std::move(out_); }
  int pre_ = 0;

 private:
  std::string out_, text_;
};

bool is_pre(const std::string& name) { return is_any(name, {"pre", "textarea", "listing", "plaintext", "xmp"}); }
bool is_html(const GumboNode& node) { return element(node).tag_namespace == GUMBO_NAMESPACE_HTML; }

bool drops_content(const GumboNode& node) {
  if (!is_html(node)) return element(node).tag == GUMBO_TAG_SVG && element(node).tag_namespace == GUMBO_NAMESPACE_SVG;
  return is_any(name_of(node), {"script", "style", "iframe"});
}

struct Step {
  const GumboNode* node;
  unsigned child;
};

// Does the tag, as written, repeat an attribute name at a place that has no value?
bool repeats_bare_attribute(std::string_view tag) {
  std::vector<std::string> names;
  std::size_t at = std::min(tag.find_first_of(" \t\n\f\r/>"), tag.size());
  while (true) {
    at = std::min(tag.find_first_not_of(" \t\n\f\r/", at), tag.size());
    if (at == tag.size() || tag[at] == '>') return false;
    const std::size_t end = std::min(tag.find_first_of(" \t\n\f\r/>=", at + 1), tag.size());
    const std::string name = lower(tag.substr(at, end - at));
    at = std::min(tag.find_first_not_of(" \t\n\f\r", end), tag.size());
    const bool bare = at == tag.size() || tag[at] != '=';
    if (bare && std::find(names.begin(), names.end(), name) != names.end()) return true;
    names.push_back(name);
    if (bare) continue;
    at = std::min(tag.find_first_not_of(" \t\n\f\r", at + 1), tag.size());
    if (at == tag.size()) return false;
    if (tag[at] == '"' || tag[at] == '\'') {
      at = std::min(tag.find(tag[at], at + 1), tag.size() - 1) + 1;
    } else if (tag[at] != '>') {
      at = std::min(tag.find_first_of(" \t\n\f\r>", at), tag.size());
    }
  }
}

// The tags of these that come late give the first one their attributes and leave no node behind.
bool merges_repeated_attribute(std::string_view html) {
  for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at + 1)) {
    const std::string name = lower(html.substr(at + 1, 4));
    if ((name == "html" || name == "body") && repeats_bare_attribute(html.substr(at))) return true;
  }
  return false;
}

// The names of end tags that have something behind their name, in lower case.
std::vector<std::string> burdened_end_tags(std::string_view html) {
  std::vector<std::string> names;
  for (std::size_t at = html.find("</"); at != std::string_view::npos; at = html.find("</", at + 2)) {
    const std::size_t end = std::min(html.find_first_of(" \t\n\f\r/>", at + 2), html.size());
    if (end < html.size() && html[end] != '>') names.push_back(lower(html.substr(at + 2, end - at - 2)));
  }
  return names;
}

bool has_overflowing_reference(std::string_view html) {
  constexpr std::size_t kMostDigits = 7;  // of a code point, and one more may be beyond the last
  for (std::size_t at = html.find("&#"); at != std::string_view::npos; at = html.find("&#", at + 2)) {
    const std::size_t begin = at + 2 < html.size() && lower(html.substr(at + 2, 1)) == "x" ? at + 3 : at + 2;
    if (std::min(html.find_first_not_of("0123456789abcdefABCDEF", begin), html.size()) - begin > kMostDigits) return true;
  }
  return false;
}

// Does svg or math hold an element of one of these names, or any where "</>" is written, also where the tree leaves
// it out? There Gumbo compares tags as written, and "</>" is written in front of the next one.
bool holds_foreign(const GumboNode& document, std::string_view html) {
  const std::vector<std::string> names = burdened_end_tags(html);
  const bool any = html.find(kNothing) != std::string_view::npos;
  std::vector<const GumboNode*> open{&document};
  while ((any || !names.empty()) && !open.empty()) {
    const GumboNode& node = *open.back();
    open.pop_back();
    const bool root = node.type == GUMBO_NODE_DOCUMENT;
    if (!root && node.type != GUMBO_NODE_ELEMENT && node.type != GUMBO_NODE_TEMPLATE) continue;
    if (!root && !is_html(node) && (any || std::find(names.begin(), names.end(), name_of(node)) != names.end())) return true;
    const GumboVector& children = root ? node.v.document.children : element(node).children;
    for (unsigned i = 0; i < children.length; ++i) open.push_back(static_cast<const GumboNode*>(children.data[i]));
  }
  return false;
}

std::string write(const GumboNode& document, std::string_view html, bool& misread) {
  misread = misread || holds_foreign(document, html);
  Writer writer;
  writer.line(0) += "quirks " + std::to_string(document.v.document.doc_type_quirks_mode);
  std::vector<Step> path{{&document, 0}};
  while (!path.empty()) {
    Step& step = path.back();
    const GumboNode& node = *step.node;
    const bool root = node.type == GUMBO_NODE_DOCUMENT;
    const GumboVector& children = root ? node.v.document.children : element(node).children;
    if (step.child == children.length || (!root && drops_content(node))) {
      writer.flush(path.size());
      if (!root && is_html(node) && is_pre(name_of(node))) --writer.pre_;
      path.pop_back();
      continue;
    }
    const GumboNode& child = *static_cast<const GumboNode*>(children.data[step.child++]);
    if (child.type == GUMBO_NODE_ELEMENT || child.type == GUMBO_NODE_TEMPLATE) {
      writer.open(child, path.size());
      const GumboStringPiece tag = start_tag(child);
      misread = misread || repeats_bare_attribute({tag.data, tag.length});
      if (is_html(child) && is_pre(name_of(child))) ++writer.pre_;
      path.push_back({&child, 0});
    } else if (child.type != GUMBO_NODE_COMMENT && child.type != GUMBO_NODE_DOCUMENT) {
      writer.text(child.v.text.text);
    }
  }
  return writer.take();
}

void* allocate(void* arena, std::size_t size) {
  void* at = static_cast<Arena*>(arena)->allocate(size);
  if (!at) std::abort();
  return at;
}
void release(void*, void*) {}

std::string line_at(std::string_view text, std::size_t at) {
  const std::size_t begin = text.rfind('\n', at == 0 ? 0 : at - 1);
  const std::size_t end = text.find('\n', at);
  const std::size_t from = begin == std::string_view::npos ? 0 : begin + 1;
  return std::string(text.substr(from, std::min(end, text.size()) - from).substr(0, 300));
}

}  // namespace

namespace {

// Calls `see` with the document.
template <typename See>
void parse(std::string_view html, const See& see) {
  Arena arena(std::size_t{4} << 30);
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;  // each error copies the stack of open elements: gigabytes on hostile input
  options.allocator = allocate;
  options.deallocator = release;
  options.userdata = &arena;
  const GumboOutput* output = gumbo_parse_with_options(&options, html.data(), html.size());
  see(*output->document);
}

}  // namespace

std::string canonical_tree(std::string_view html, bool* misread) {
  bool any = misread && (merges_repeated_attribute(html) || has_overflowing_reference(html));
  std::string tree;
  parse(html, [&](const GumboNode& document) { tree = write(document, html, any); });
  if (misread) *misread = any;
  return tree;
}

std::vector<TagPlace> noscripts_of(std::string_view html) {
  std::vector<TagPlace> places;
  parse(html, [&](const GumboNode& document) {
    std::vector<const GumboNode*> open{&document};
    while (!open.empty()) {
      const GumboNode& node = *open.back();
      open.pop_back();
      const bool root = node.type == GUMBO_NODE_DOCUMENT;
      if (!root && node.type != GUMBO_NODE_ELEMENT && node.type != GUMBO_NODE_TEMPLATE) continue;
      if (!root && element(node).tag == GUMBO_TAG_NOSCRIPT && is_html(node) && element(node).original_tag.length > 0) {
        const auto begin = static_cast<std::size_t>(element(node).original_tag.data - html.data());
        places.push_back({begin, begin + element(node).original_tag.length});
      }
      const GumboVector& children = root ? node.v.document.children : element(node).children;
      for (unsigned i = 0; i < children.length; ++i) open.push_back(static_cast<const GumboNode*>(children.data[i]));
    }
  });
  std::sort(places.begin(), places.end(), [](const TagPlace& a, const TagPlace& b) { return a.begin < b.begin; });
  return places;
}

std::string first_difference(std::string_view expected, std::string_view actual) {
  const auto [e, a] = std::mismatch(expected.begin(), expected.end(), actual.begin(), actual.end());
  if (e == expected.end() && a == actual.end()) return {};
  const auto at = static_cast<std::size_t>(e - expected.begin());
  std::size_t begin = at;
  for (int lines = 0; begin > 0 && lines < 6; --begin) lines += expected[begin] == '\n';
  return "after\n" + std::string(expected.substr(begin, std::min(at - begin, std::size_t{1500}))) + "\nexpected: " +
         line_at(expected, at) + "\nactual:   " + line_at(actual, std::min(at, actual.size()));
}

}  // namespace marrow::test
