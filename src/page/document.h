// Document: a parsed page as flat arrays, everything the later stages know of it. No tree nodes.
// Made by PageReader (page/page.h); const from there on: no stage annotates it.
//
// Lifetimes: every string_view points into the PageReader's arena and dies at the reader's next page.
// Ids are indexes into the arrays; kNone = there is none. All arrays are in document order.
// Text is valid UTF-8, NFC, Unicode spaces folded to ' '; a '\n' inside a block is a <br> (or, in
// `pre` blocks, a line end: their bytes are kept exactly).
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace marrow {

using Id = std::uint32_t;
inline constexpr Id kNone = 0xffffffffU;

// Our own numbers: Gumbo's enum differs between its versions. `other` = a name not listed here.
enum class Tag : std::uint8_t {
  other,
#define MARROW_TAG(name) name##_,
#include "page/tags.inc"
#undef MARROW_TAG
};
std::string_view tag_name(Tag tag);
Tag tag_of(std::string_view lower_case_name);

struct Attr {
  std::string_view name, value;  // name in lower case; value decoded
};

struct Element {
  Id parent = kNone;                   // kNone for <html>
  Id end = 0;                          // the subtree is the elements [own id, end)
  Id first_attr = 0, end_attr = 0;     // Document::attrs
  Id first_block = 0, end_block = 0;   // blocks whose text lies inside the subtree
  Id first_link = 0, end_link = 0;     // links that open inside the subtree (itself included)
  std::string_view name;               // lower-case tag name, also of tags unknown to us
  std::string_view cls, id;            // the class and id attributes as written
  std::uint32_t ordinal = 1;           // 1-based among siblings of the same name
  std::uint16_t depth = 0;             // <html> is 0
  Tag tag = Tag::other;
  bool block_level = false;            // starts a new block (div, p, li, td, button, a > div …)
  bool hidden = false;                 // itself or an ancestor: hidden, display:none, aria-hidden, template
};

// A stretch of a block's text that stands inside one inline element (a, b, em, code, span, time …).
// Spans of one block are sorted by begin, outer before inner.
struct Span {
  std::uint32_t begin = 0, end = 0;  // bytes of Block::text
  Id element = kNone;
  Id link = kNone;  // set where the element is a link
};

// A run of inline content under one block-level element: the unit that gets a verdict.
struct Block {
  std::string_view text;             // never empty
  Id element = kNone;                // the innermost block-level element around it
  Id first_span = 0, end_span = 0;   // Document::spans
  Id heading = kNone;                // the nearest h1..h6 block (or block that acts as one) before it
  std::uint32_t words = 0;           // base/text.h count_words
  std::uint32_t chars = 0;           // code points
  std::uint32_t link_chars = 0;      // code points inside links
  std::uint32_t link_words = 0;
  std::uint32_t words_before = 0;    // words of all visible blocks before it
  std::uint32_t repeats = 0;         // further blocks of the page with the same text, case and digits folded
  Tag tag = Tag::other;              // of `element`
  std::uint8_t heading_level = 0;    // 1..6 inside h1..h6, else 0
  bool pre = false;                  // white space kept
  bool hidden = false;

  double link_density() const { return chars ? double(link_chars) / chars : 0.0; }
};

// One <a href> (or <area>) element. It may cover no text (an image link), part of one block, or several blocks.
struct Link {
  Id element = kNone;
  Id first_block = 0, end_block = 0;  // blocks that hold its text; empty range = no text, and
                                      // first_block is then where it stands in the order of blocks
  std::string_view href;              // as written
  std::string_view url;               // absolute, "" if it leads to no page (mailto:, javascript:)
  std::string_view text;              // its text, blocks joined by ' '; for image links the alt text
  std::string_view rel;
  bool image = false;                 // holds an image and no text of its own
  bool same_page = false;             // leads to the page itself (#fragment or own URL)
  bool same_host = false;
};

struct Image {
  Id element = kNone;
  Id block = 0;             // the block it stands in or before
  std::uint32_t at = 0;     // byte in that block's text, 0 if before it
  Id link = kNone;
  std::string_view src;     // absolute URL; lazy-loading attributes looked through
  std::string_view alt;
};

// What <head> and the markup say of the page: read by metadata, not by labels.
struct Meta {
  std::string_view name, content;  // <meta name|property|itemprop|http-equiv>, name in lower case
};
struct HeadLink {
  std::string_view rel, href, type, hreflang, title;
};
struct Time {
  std::string_view datetime, text;  // <time>
  Id element = kNone;
  Id block = kNone;
};

enum class ContentType : std::uint8_t { html, text };

struct Document {
  ContentType type = ContentType::html;
  std::string_view url;       // the input's url, else canonical or og:url, else <base>
  std::string_view base;      // what relative links are resolved against
  std::string_view title;     // <title>
  std::string_view lang;      // <html lang>
  std::string_view charset;   // name of the encoding the bytes were read as
  std::string_view charset_source;  // bom, http, meta, utf-8, detected, fallback

  std::vector<Element> elements;
  std::vector<Attr> attrs;
  std::vector<Block> blocks;
  std::vector<Span> spans;
  std::vector<Link> links;
  std::vector<Image> images;
  std::vector<Meta> metas;
  std::vector<HeadLink> head_links;
  std::vector<Time> times;
  std::vector<std::string_view> json_ld;  // contents of <script type="application/ld+json">

  std::uint32_t words = 0;       // of all blocks
  bool over_budget = false;      // cut: not all of the page is here
  bool truncated_input = false;  // the bytes end inside a tag, script or comment
  bool scripted = false;         // script takes most of the bytes and little text stands beside it

  std::string_view attr(Id element, std::string_view name) const {
    const Element& e = elements[element];
    for (Id i = e.first_attr; i < e.end_attr; ++i)
      if (attrs[i].name == name) return attrs[i].value;
    return {};
  }
  // Is `inner` inside (or the same as) `outer`?
  bool inside(Id inner, Id outer) const {
    return inner != kNone && inner >= outer && inner < elements[outer].end;
  }
  // The link that covers the whole text of a block, or kNone.
  Id whole_link(const Block& block) const;
  void clear();  // keeps capacity
};

}  // namespace marrow
