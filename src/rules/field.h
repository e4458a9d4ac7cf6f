// Fields: what of a page a pattern looks at. Three groups: an element's, a block's, a link's.
// Each field has a normal form (rules/normal.h) that patterns and word lists are matched on.
#pragma once

#include <cstdint>
#include <string_view>

namespace marrow {

enum class Field : std::uint8_t {
  // of an element
  cls,       // "class": tokens, lower case: "postNav related_list" -> "post-nav related-list"
  id,        // the same of the id attribute
  role,      // names in lower case
  itemprop,  // names in lower case
  itemtype,  // names in lower case, without the vocabulary's URL: "newsarticle"
  tag,       // "div"
  path,      // the element and its ancestors: a selector (rules/path.h)
  // of a block (or line)
  text,
  heading,  // text of the nearest heading before the block
  lang,     // the nearest lang attribute at or above the block, else the page's, lower case
  // of a link
  href,       // absolute URL, or as written where it leads to no page
  link_text,  // alt text of an image link
  host,       // of the URL, without "www."
  rel,        // names in lower case
  title,      // the title attribute
};
inline constexpr std::size_t kFields = 15;

enum class FieldGroup : std::uint8_t { element, block, link };

FieldGroup group_of(Field field);
// Free text, that phrases are searched in: text, heading, link_text, title.
bool is_text(Field field);
std::string_view name_of(Field field);  // as written in rule files
bool field_named(std::string_view name, Field* field);

}  // namespace marrow
