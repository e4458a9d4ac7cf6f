// Text of metadata made plain: character references decoded (sites escape twice), tags dropped, spaces
// collapsed. Any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace marrow {

// &amp; &#8217; &#x27; &rsquo; … -> characters; what is no known reference stays as it is.
std::string decode_entities(std::string_view text);
// decode_entities twice, tags like <i> dropped, collapse_spaces, NFC.
std::string plain_text(std::string_view text);
// The same of a longer text that may be HTML: a paragraph a line, line-making tags (p, br, li, div, h2 …) and line ends
// part them. None of them is empty.
std::vector<std::string> plain_paragraphs(std::string_view text);

}  // namespace marrow
