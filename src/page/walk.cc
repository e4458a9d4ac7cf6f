#include "page/walk.h"

#include <gumbo.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "page/tag_facts.h"

namespace marrow {
namespace {

// Bytes of <title>; what is longer is no title, and later stages compare it with each heading.
constexpr std::size_t kMaxTitle = 4096;

// Gumbo's enum -> ours, by name: its numbers differ between versions.
const std::array<Tag, GUMBO_TAG_LAST + 1>& tag_table() {
  static const auto table = [] {
    std::array<Tag, GUMBO_TAG_LAST + 1> tags{};
    for (int i = 0; i < GUMBO_TAG_LAST; ++i)
      tags[static_cast<std::size_t>(i)] = tag_of(gumbo_normalized_tagname(static_cast<GumboTag>(i)));
    return tags;
  }();
  return table;
}

// Elements and templates share one member of Gumbo's union; nothing else may be read as an element.
const GumboElement* element_of(const GumboNode& node) {
  const bool element = node.type == GUMBO_NODE_ELEMENT || node.type == GUMBO_NODE_TEMPLATE;
  return element ? &node.v.element : nullptr;
}

const GumboNode& child_of(const GumboElement& element, unsigned i) {
  return *static_cast<const GumboNode*>(element.children.data[i]);
}

bool is_text(const GumboNode& node) {
  return node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_WHITESPACE || node.type == GUMBO_NODE_CDATA;
}

bool contains_ci(std::string_view hay, std::string_view needle) {
  const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; };
  return std::search(hay.begin(), hay.end(), needle.begin(), needle.end(), same) != hay.end();
}

bool hides(std::string_view style) {
  const std::size_t at = style.find(':');
  if (at == std::string_view::npos) return false;
  std::string packed;
  for (const char c : style)
    if (c != ' ') packed += c;
  return contains_ci(packed, "display:none") || contains_ci(packed, "visibility:hidden");
}

}  // namespace

std::uint32_t Ordinals::next(Id parent, std::size_t depth, Tag tag, std::string_view name) {
  // Tags we have no number for share some slots; two of them that meet in one begin to count anew.
  constexpr std::size_t kKnown = static_cast<std::size_t>(Tag::xmp_) + 1, kOthers = 16, kSlots = kKnown + kOthers;
  const bool other = tag == Tag::other;
  const auto hash = other ? static_cast<std::uint32_t>(hash64(name)) : 0U;
  const std::size_t slot = depth * kSlots + (other ? kKnown + hash % kOthers : static_cast<std::size_t>(tag));
  if (slots_.size() <= slot) slots_.resize((depth + 1) * kSlots);
  Slot& seen = slots_[slot];
  if (seen.parent != parent || seen.name != hash) seen = {parent, 0, hash};
  return ++seen.count;
}

struct Walker::Frame {
  const GumboElement* element;
  unsigned next_child;
  Id id;
  Id block_element;  // the block-level element whose text we are in
  bool block_level, pre, hidden, inline_open;
  Id link;
};

// One page's walk: what the functions below share.
struct Walker::Context {
  const StripOutput& stripped;
  Document& document;
  Arena& arena;
  BlockBuilder& builder;
  std::vector<Frame>& frames;
  Ordinals& ordinals;
  std::string& scratch;
  bool noscript;          // read it?
  bool passed_noscript;   // was there any?
  std::size_t next_aside = 0;  // tags come nearly in the order of the markup

  // The attributes that strip put aside for the tag this element was made of.
  const AsideTag* aside_of(const GumboElement& element) {
    const std::vector<AsideTag>& tags = stripped.aside;
    const char* const at = element.original_tag.data;
    const char* const html = stripped.html.data();
    if (tags.empty() || at == nullptr || element.original_tag.length == 0) return nullptr;
    const std::size_t offset = static_cast<std::size_t>(at - html);
    if (next_aside < tags.size() && tags[next_aside].offset == offset) return &tags[next_aside++];
    const auto found = std::lower_bound(tags.begin(), tags.end(), offset,
                                        [](const AsideTag& tag, std::size_t wanted) { return tag.offset < wanted; });
    next_aside = static_cast<std::size_t>(found - tags.begin());
    if (found == tags.end() || found->offset != offset) return nullptr;
    return &tags[next_aside++];
  }

  std::string_view name_of_tag(const GumboElement& element) {
    if (element.tag != GUMBO_TAG_UNKNOWN) return gumbo_normalized_tagname(element.tag);
    GumboStringPiece piece = element.original_tag;
    gumbo_tag_from_original_text(&piece);
    if (piece.data == nullptr) return {};
    return arena.copy(ascii_lower({piece.data, piece.length}));
  }

  // The text of an element that holds nothing but text (title, script).
  std::string_view raw_text(const GumboElement& element) {
    if (element.children.length != 1 || !is_text(child_of(element, 0))) return {};
    const std::string_view text = child_of(element, 0).v.text.text;
    const std::string_view whole = stripped.whole_text(text, scratch);
    return whole.data() == text.data() ? text : arena.copy(whole);
  }

  Id add_element(const GumboElement& element, Tag tag, std::string_view name, Id parent, bool hidden) {
    const Id id = static_cast<Id>(document.elements.size());
    Element e;
    e.parent = parent;
    e.tag = tag;
    e.name = name;
    e.depth = parent == kNone ? std::uint16_t{0}
                              : static_cast<std::uint16_t>(std::min(document.elements[parent].depth + 1, 65535));
    e.ordinal = ordinals.next(parent, e.depth, tag, name);
    e.first_attr = static_cast<Id>(document.attrs.size());
    e.hidden = hidden;
    const auto add = [&](std::string_view key, std::string_view value) {
      document.attrs.push_back({key, value});
      if (key == "class") e.cls = value;
      else if (key == "id") e.id = value;
      else if (key == "hidden" && value != "until-found") e.hidden = true;
      else if (key == "style" && hides(value)) e.hidden = true;
      else if (key == "aria-hidden" && value == "true") e.hidden = true;
    };
    if (const AsideTag* aside = aside_of(element)) {
      for (std::uint32_t i = aside->first_attr; i < aside->end_attr; ++i) {
        const AsideAttr& attribute = stripped.aside_attrs[i];
        if (!attribute.in_tag) {
          add(attribute.name, arena.copy(attribute.value));
        } else if (const GumboAttribute* decoded = gumbo_get_attribute(&element.attributes, attribute.name.data())) {
          add(attribute.name, decoded->value);
        }
      }
    } else {
      for (unsigned i = 0; i < element.attributes.length; ++i) {
        const auto& attribute = *static_cast<const GumboAttribute*>(element.attributes.data[i]);
        add(attribute.name, attribute.value);
      }
    }
    e.end_attr = static_cast<Id>(document.attrs.size());
    e.first_block = static_cast<Id>(document.blocks.size());
    e.first_link = static_cast<Id>(document.links.size());
    document.elements.push_back(e);
    return id;
  }

  void head_facts(const GumboElement& element, Tag tag, Id id) {
    if (tag == Tag::title_ && document.title.empty()) {
      const std::string_view whole = raw_text(element);
      document.title = trim(utf8_prefix(whole, kMaxTitle));
      document.over_budget |= whole.size() > kMaxTitle;
    }
    if (tag == Tag::html_ && document.lang.empty()) {
      document.lang = document.attr(id, "lang");
      if (document.lang.empty()) document.lang = document.attr(id, "xml:lang");
    }
    if (tag == Tag::base_ && document.base.empty()) document.base = trim(document.attr(id, "href"));
    if (tag == Tag::link_)
      document.head_links.push_back({document.attr(id, "rel"), trim(document.attr(id, "href")), document.attr(id, "type"),
                                     document.attr(id, "hreflang"), document.attr(id, "title")});
    if (tag == Tag::meta_) {
      const std::string_view content = document.attr(id, "content");
      for (const std::string_view key : {"name", "property", "itemprop", "http-equiv"}) {
        const std::string_view name = document.attr(id, key);
        if (!name.empty()) document.metas.push_back({arena.copy(ascii_lower(trim(name))), content});
      }
    }
  }

  Id add_link(Id element) {
    Link link;
    link.element = element;
    link.href = trim(document.attr(element, "href"));
    link.rel = document.attr(element, "rel");
    link.first_block = static_cast<Id>(document.blocks.size());
    document.links.push_back(link);
    return static_cast<Id>(document.links.size() - 1);
  }

  void add_image(Id element, Id link) {
    Image image;
    image.element = element;
    image.block = static_cast<Id>(document.blocks.size());
    image.at = builder.position();
    image.link = link;
    image.alt = trim(document.attr(element, "alt"));
    for (const std::string_view key : {"data-src", "data-lazy-src", "data-original", "src"}) {
      image.src = trim(document.attr(element, key));
      if (!image.src.empty() && !image.src.starts_with("data:")) break;
    }
    if (link != kNone && !image.alt.empty() && document.links[link].text.empty())
      document.links[link].text = image.alt;  // stands until text of its own is found
    if (link != kNone) document.links[link].image = true;
    document.images.push_back(image);
  }

  void enter(const GumboElement& element);
  void leave(const Frame& frame);
};

void Walker::Context::enter(const GumboElement& element) {
  const bool unknown = element.tag == GUMBO_TAG_UNKNOWN;
  std::string_view name = name_of_tag(element);
  const Tag tag = unknown ? tag_of(name) : tag_table()[static_cast<std::size_t>(element.tag)];
  const Frame* up = frames.empty() ? nullptr : &frames.back();
  const Id id = add_element(element, tag, name, up ? up->id : kNone, up && up->hidden);
  const bool hidden = document.elements[id].hidden;
  head_facts(element, tag, id);

  Frame frame{};
  frame.element = &element;
  frame.id = id;
  frame.hidden = hidden;
  frame.pre = tag == Tag::pre_ || tag == Tag::listing_ || tag == Tag::xmp_ || (up && up->pre);
  frame.link = up ? up->link : kNone;
  frame.block_element = up ? up->block_element : id;
  const bool fallback = tag == Tag::noscript_ && element.children.length > 1;
  passed_noscript |= fallback;
  const bool skip = (is_skipped(tag) && !(noscript && fallback)) || tag == Tag::head_ || element.tag_namespace == GUMBO_NAMESPACE_SVG ||
                    name == "annotation" || name == "annotation-xml";
  frame.block_level = up == nullptr || starts_block(tag, name);
  document.elements[id].block_level = frame.block_level;
  if (frame.block_level) {
    if (up) builder.flush(up->block_element, up->pre, up->hidden);
    frame.block_element = id;
  }
  if (tag == Tag::br_ && up) builder.line_break(up->block_element, up->pre, up->hidden);
  if (tag == Tag::img_) add_image(id, frame.link);
  if (tag == Tag::a_ && document.elements[id].end_attr > document.elements[id].first_attr) {
    if (!document.attr(id, "href").empty()) frame.link = add_link(id);
  }
  if (tag == Tag::time_) {
    Time time;
    time.datetime = trim(document.attr(id, "datetime"));
    time.element = id;
    time.block = static_cast<Id>(document.blocks.size());
    document.times.push_back(time);
  }
  if (skip) {
    // The head's own children are read (meta, link, title, JSON-LD); what else is skipped is not entered.
    if (tag == Tag::script_ && contains_ci(document.attr(id, "type"), "ld+json")) {
      const std::string_view json = raw_text(element);
      if (!json.empty()) document.json_ld.push_back(json);
    }
    if (tag != Tag::head_) {
      document.elements[id].end = id + 1;
      document.elements[id].end_block = document.elements[id].first_block;
      document.elements[id].end_link = document.elements[id].first_link;
      return;
    }
  }
  if (!frame.block_level) {
    const bool opens_link = frame.link != kNone && document.links[frame.link].element == id;
    builder.open_inline(id, opens_link ? frame.link : kNone);
    frame.inline_open = true;
  }
  frames.push_back(frame);
}

void Walker::Context::leave(const Frame& frame) {
  if (frame.inline_open) builder.close_inline(frame.id);
  if (frame.block_level) builder.flush(frame.id, frame.pre, frame.hidden);
  Element& e = document.elements[frame.id];
  e.end = static_cast<Id>(document.elements.size());
  e.end_block = static_cast<Id>(document.blocks.size());
  e.end_link = static_cast<Id>(document.links.size());
}

Walker::Walker(const Budget& budget) : budget_(budget) {}
Walker::~Walker() = default;

void Walker::walk(const GumboInternalNode* node, const StripOutput& stripped, Document& document, Arena& arena,
                  bool noscript) {
  builder_.start(document, arena);
  frames_.clear();
  ordinals_.start();
  Context context{stripped, document, arena, builder_, frames_, ordinals_, whole_text_, noscript, false};
  const GumboElement* root = node ? element_of(*node) : nullptr;
  if (root == nullptr) return;
  std::size_t text_left = budget_.max_text;
  const auto full = [&] {
    return document.elements.size() >= budget_.max_elements || document.attrs.size() >= budget_.max_attributes ||
           document.blocks.size() >= budget_.max_blocks || document.links.size() >= budget_.max_links || text_left == 0;
  };
  context.enter(*root);
  while (!frames_.empty()) {
    Frame& top = frames_.back();
    const bool stop = full();
    if (top.next_child == top.element->children.length || stop) {
      if (stop && top.next_child < top.element->children.length) document.over_budget = true;
      const Frame done = top;
      frames_.pop_back();
      context.leave(done);
      continue;
    }
    const GumboNode& child = child_of(*top.element, top.next_child++);
    if (is_text(child)) {
      const Tag tag = document.elements[top.id].tag;
      if (tag == Tag::head_ || tag == Tag::title_) continue;
      const std::string_view whole = stripped.whole_text(child.v.text.text, whole_text_);
      const std::string_view text = utf8_prefix(whole, text_left);
      text_left = text.size() == whole.size() ? text_left - text.size() : 0;
      document.over_budget |= text_left == 0;
      builder_.text(text, top.pre);
    } else if (const GumboElement* element = element_of(child)) {
      context.enter(*element);
    }
  }
  passed_noscript_ = context.passed_noscript;
}

}  // namespace marrow
