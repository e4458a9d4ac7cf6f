#include "support/document_builder.h"

#include <cassert>

#include "base/text.h"
#include "base/url.h"

namespace marrow::testing {
namespace {

Tag tag_from(std::string_view name) {
  constexpr std::string_view kNames[] = {
      "",
#define MARROW_TAG(tag) #tag,
#include "page/tags.inc"
#undef MARROW_TAG
  };
  for (std::size_t i = 1; i < std::size(kNames); ++i)
    if (kNames[i] == name) return static_cast<Tag>(i);
  return Tag::other;
}

}  // namespace

DocumentBuilder::DocumentBuilder(std::string_view url) {
  doc_.url = doc_.base = keep(url);
  open("html");
  open("body");
}

std::string_view DocumentBuilder::keep(std::string_view text) { return strings_.emplace_back(text); }

Id DocumentBuilder::add_element(std::string_view tag, const Attrs& attrs, bool block_level) {
  Element e;
  e.parent = open_.empty() ? kNone : open_.back();
  e.name = keep(tag);
  e.tag = tag_from(tag);
  e.block_level = block_level;
  e.depth = static_cast<std::uint16_t>(open_.size());
  for (const Element& other : doc_.elements)
    if (other.parent == e.parent && other.name == e.name) ++e.ordinal;
  e.first_attr = static_cast<Id>(doc_.attrs.size());
  for (const auto& [name, value] : attrs) {
    doc_.attrs.push_back({keep(name), keep(value)});
    if (name == "class") e.cls = doc_.attrs.back().value;
    if (name == "id") e.id = doc_.attrs.back().value;
  }
  e.end_attr = static_cast<Id>(doc_.attrs.size());
  e.first_block = e.end_block = static_cast<Id>(doc_.blocks.size());
  e.first_link = e.end_link = static_cast<Id>(doc_.links.size());
  const Id id = static_cast<Id>(doc_.elements.size());
  e.end = id + 1;
  doc_.elements.push_back(e);
  return id;
}

Id DocumentBuilder::open(std::string_view tag, const Attrs& attrs) {
  const Id id = add_element(tag, attrs, true);
  open_.push_back(id);
  return id;
}

void DocumentBuilder::close() {
  assert(!open_.empty());
  Element& e = doc_.elements[open_.back()];
  e.end = static_cast<Id>(doc_.elements.size());
  e.end_block = static_cast<Id>(doc_.blocks.size());
  e.end_link = static_cast<Id>(doc_.links.size());
  open_.pop_back();
}

Id DocumentBuilder::block(std::string_view text) {
  Block b;
  b.text = keep(text);
  b.element = open_.back();
  b.tag = doc_.elements[b.element].tag;
  b.first_span = b.end_span = static_cast<Id>(doc_.spans.size());
  b.words = static_cast<std::uint32_t>(count_words(text));
  b.chars = static_cast<std::uint32_t>(count_code_points(text));
  b.words_before = doc_.words;
  b.heading = heading_;
  if (b.tag >= Tag::h1_ && b.tag <= Tag::h6_)
    b.heading_level = static_cast<std::uint8_t>(static_cast<int>(b.tag) - static_cast<int>(Tag::h1_) + 1);
  for (Id e : open_) b.pre = b.pre || doc_.elements[e].tag == Tag::pre_;
  const Id id = static_cast<Id>(doc_.blocks.size());
  if (b.heading_level) heading_ = id;
  doc_.words += b.words;
  doc_.blocks.push_back(b);
  return id;
}

Id DocumentBuilder::span(std::string_view tag, std::string_view part, const Attrs& attrs) {
  Block& b = doc_.blocks.back();
  const auto at = b.text.find(part);
  assert(at != std::string_view::npos);
  Span s;
  s.element = add_element(tag, attrs, false);
  s.begin = static_cast<std::uint32_t>(at);
  s.end = static_cast<std::uint32_t>(at + part.size());
  if (tag == "a") {
    s.link = static_cast<Id>(doc_.links.size());
    doc_.elements[s.element].end_link = s.link + 1;
    Link link;
    link.element = s.element;
    link.first_block = static_cast<Id>(doc_.blocks.size() - 1);
    link.end_block = link.first_block + 1;
    link.text = b.text.substr(at, part.size());
    link.href = doc_.attr(s.element, "href");
    link.rel = doc_.attr(s.element, "rel");
    link.url = keep(resolve_url(doc_.base, link.href));
    b.link_chars += static_cast<std::uint32_t>(count_code_points(part));
    b.link_words += static_cast<std::uint32_t>(count_words(part));
    doc_.links.push_back(link);
  }
  const Id id = s.link != kNone ? s.link : s.element;
  doc_.spans.push_back(s);
  b.end_span = static_cast<Id>(doc_.spans.size());
  return id;
}

Id DocumentBuilder::element(std::string_view tag, std::string_view text, const Attrs& attrs) {
  open(tag, attrs);
  const Id id = block(text);
  close();
  return id;
}

Id DocumentBuilder::image(std::string_view src, std::string_view alt) {
  Image image;
  image.element = add_element("img", {}, false);
  image.block = static_cast<Id>(doc_.blocks.size());
  image.src = keep(resolve_url(doc_.base, src));
  image.alt = keep(alt);
  doc_.images.push_back(image);
  return static_cast<Id>(doc_.images.size() - 1);
}

void DocumentBuilder::meta(std::string_view name, std::string_view content) {
  doc_.metas.push_back({keep(name), keep(content)});
}

void DocumentBuilder::json_ld(std::string_view text) { doc_.json_ld.push_back(keep(text)); }

const Document& DocumentBuilder::finish() {
  while (!open_.empty()) close();
  return doc_;
}

Labels DocumentBuilder::labels(Label blocks) const {
  Labels out;
  out.confidence = 0.9F;
  out.blocks.resize(doc_.blocks.size());
  out.links.resize(doc_.links.size());
  for (Verdict& v : out.blocks) v.label = blocks;
  for (Verdict& v : out.links) v.label = Label::inline_link;
  return out;
}

}  // namespace marrow::testing
