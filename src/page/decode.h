// Bytes of a page -> valid UTF-8. Takes the bytes and the charset of the HTTP header, gives text, the
// encoding's name (WHATWG Encoding Standard, lower case) and where it was learned from. Never fails;
// what cannot be read becomes U+FFFD, NUL bytes are dropped. Order: byte order mark, HTTP, <meta> or
// <?xml?> (declared), validity as UTF-8 of the whole, a statistical guess, windows-1252.
// `text` points into `bytes` where they are UTF-8 already (the fast path), else into `scratch`;
// `charset` and `source` are static. Any thread.
#pragma once

#include <string>
#include <string_view>

namespace marrow {

struct Decoded {
  std::string_view text;
  std::string_view charset;  // "utf-8", "windows-1252", "gb18030" …
  std::string_view source;   // bom, http, meta, utf-8, detected, fallback
};

enum class Markup : bool { no, yes };  // is <meta charset> to be looked for?

Decoded decode(std::string_view bytes, std::string_view http_charset, std::string& scratch,
               Markup markup = Markup::yes);

// The charset parameter of a Content-Type value ("text/html; charset=utf-8"), or "".
std::string_view charset_of_content_type(std::string_view content_type);

}  // namespace marrow
