// Proof that strip loses nothing but what it says: two pieces of markup give the same tree. The tree is
// written in a canonical form that leaves out what strip drops: comments, the insides of script,
// style, iframe and svg, attributes nobody reads, white space that does not count.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace marrow::test {

// One node a line, indented by depth. Walks without recursion.
// `*misread` says that the markup has what Gumbo 0.10 misreads and strip() mends, so that its tree is the better one:
//  - a repeated attribute without a value is glued to the next one's name (`<p a a b=1>` has attributes a and "ab");
//  - in svg and math an end tag with anything behind its name (`</title x>`, `</g >`) ends nothing, nor does any where "</>" stands
//    in front of it or of the tag that it would end;
//  - the digits of a reference overflow (`&#9999999999;`).
std::string canonical_tree(std::string_view html, bool* misread = nullptr);

// Where a tag stands in the markup.
struct TagPlace {
  std::size_t begin, end;
};
// The start tags of the HTML <noscript> elements in the tree of the markup, in order.
std::vector<TagPlace> noscripts_of(std::string_view html);

// "" if equal, else the first lines that differ with what stands before them.
std::string first_difference(std::string_view expected, std::string_view actual);

}  // namespace marrow::test
