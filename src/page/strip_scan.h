// Where things end in markup, as the HTML tokenizer sees it (HTML standard, 13.2.5). Each takes a
// position and the end of the input and gives the position behind the thing, or `end` where the input
// stops inside it (`*closed` false). No allocation; any thread.
#pragma once

#include <cstddef>
#include <string_view>

namespace marrow::strip_scan {

inline bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\f' || c == '\r'; }
inline bool is_letter(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }

inline std::string_view view(const char* begin, const char* end) { return {begin, static_cast<std::size_t>(end - begin)}; }

const char* find(const char* at, const char* end, char c);  // `end` if there is none
bool contains_word(std::string_view text, std::string_view lower);  // whatever the case of ASCII letters

// `at` stands behind "<!--"; gives the position behind "-->" or what else ends it ("--!>", "<!-->").
const char* comment_end(const char* at, const char* end, bool* closed);
// To behind the next `>`: doctypes and everything the standard calls a bogus comment.
const char* bogus_end(const char* at, const char* end, bool* closed);
// `at` stands behind "<![CDATA[".
const char* cdata_end(const char* at, const char* end, bool* closed);

// The '<' of the end tag that closes raw text (style, title, textarea …) begun at `at`.
const char* raw_end(const char* at, const char* end, const char* name, unsigned size, bool* closed);
// The same for script, whose "<!-- <script> … </script> -->" hides end tags.
const char* script_end(const char* at, const char* end, bool* closed);

// `at` stands behind the name of a tag; gives the position behind its '>'.
const char* tag_end(const char* at, const char* end, bool* self_closing, bool* closed);

// `at` stands behind an <svg> start tag. If all up to its end tag is plain svg (no HTML that would break
// out of it, no foreignObject), gives the '<' of that end tag, else nullptr.
const char* plain_svg_end(const char* at, const char* end);

}  // namespace marrow::strip_scan
