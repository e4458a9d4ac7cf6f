// SelfDescription: what a page says of itself, gathered once and read by title, author and dates. Views into the
// Document (its lifetime) or into the JSON-LD nodes (owned here). Gathers, never judges. Any thread.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "label/verdict.h"
#include "page/document.h"
#include "record/json_ld.h"

namespace marrow {

// An element with an itemprop (microdata) or property (RDFa) and the value it carries.
struct Property {
  std::string_view name;  // lower case, without prefix ("schema:author" -> "author")
  std::string value;      // content or datetime attribute, else its text
  Id element = kNone;
};

struct SelfDescription {
  const Document* doc = nullptr;
  std::vector<LdNode> nodes;
  const LdNode* main = nullptr;      // the node that describes this page's item, or nullptr
  const LdNode* web_page = nullptr;  // the node of the page around it
  std::vector<Property> properties;
  PageKind kind = PageKind::article;
  bool item = true;                  // an article or a thread: pages of other kinds have no author and no day
  bool forum = false;
  Id headline = kNone;               // the block of the page's h1 (the one that agrees with the title)
  std::string title;                 // decided
  std::string author;                // decided
  std::string site;
  std::string language;              // as html lang says, for month names
  std::string type;                  // og:type

  // The first meta of these names that has content, names in the order of trust.
  std::string_view meta(std::initializer_list<std::string_view> names) const;
};

SelfDescription gather_self_description(const Document& doc, PageKind kind);

// The text inside an element, blocks joined by ' '; at most `limit` bytes are looked at.
std::string text_inside(const Document& doc, Id element, std::size_t limit = 400);

// The words of a class or id attribute: "entry-meta postAuthor" holds entry, meta, post, author.
bool has_token(std::string_view class_or_id, std::string_view token);

}  // namespace marrow
