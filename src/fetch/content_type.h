// What a response's Content-Type says, and whether its first bytes bear it out: servers call PDFs
// HTML and HTML text. Takes header values and bytes; pure. Source: RFC 9110 8.3, WHATWG MIME
// sniffing (the signatures).
#pragma once

#include <string>
#include <string_view>

#include "base/http_head.h"

namespace marrow {

// What a request is ready to take.
enum class Accept : unsigned char {
  page,  // HTML, XHTML, plain text; what has no type but looks like text
  feed,  // also XML, gzip and JSON: sitemaps, feeds
  any,   // robots.txt
};

// Why a body of this type that begins like this is not wanted: "application/pdf", "image (PNG)"; ""
// = take it. `head`: the first bytes that came, up to 512 are looked at.
std::string refused_content(Accept accept, const MediaType& type, std::string_view head);

}  // namespace marrow
