// The tag and attribute names that strip() knows, found in any case by one hash look-up. Constant; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace marrow::strip_names {

// What the tree builder's rules say of a tag (HTML standard, sections 13.2.4 and 13.2.6), in bits.
enum Fact : std::uint32_t {
  kVoid = 1 << 0,          // never has content
  kRaw = 1 << 1,           // its content is text up to its end tag
  kDropContent = 1 << 2,   // raw content that we leave out
  kSpecial = 1 << 3,
  kFormatting = 1 << 4,    // goes on the list of active formatting elements
  kScope = 1 << 5,         // "has an element in scope" stops here
  kClosesP = 1 << 6,       // its start tag ends an open <p>
  kBlockEnd = 1 << 7,      // its end tag pops to it if it is in scope
  kImplied = 1 << 8,       // its end tag may be implied by another's
  kTablePart = 1 << 9,     // caption, colgroup, tbody, td, tfoot, th, thead, tr
  kBreakout = 1 << 10,     // ends foreign content (svg, math)
  kHeading = 1 << 11,
  kPre = 1 << 12,          // white space inside counts
  kMarker = 1 << 13,       // its end clears the formatting elements inside
};

enum class Name : std::uint8_t {
  other,
  annotation_xml_,
#define MARROW_STRIP_TAG(name, facts) name##_,
#include "page/strip_tags.inc"
#undef MARROW_STRIP_TAG
};

// A tag as we met it: `hash` tells names apart that have no number of their own.
struct Tag {
  Name name = Name::other;
  std::uint32_t facts = 0;
  std::uint32_t hash = 0;
  bool has(std::uint32_t fact) const { return (facts & fact) != 0; }
};

Tag find_tag(const char* name, std::size_t size);

enum class Attr : std::uint8_t { drop, keep, style, value, type, encoding };

struct AttrFact {
  Attr kind = Attr::drop;
  std::uint8_t bit = 0;  // its number among the names we know, below 64
};

AttrFact find_attr(const char* name, std::size_t size);
std::string_view attr_name(AttrFact fact);  // in lower case; of a name we know

}  // namespace marrow::strip_names
