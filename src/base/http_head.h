// Header blocks: "Name: value" lines up to an empty line, as HTTP messages and WARC records open with (RFC 9112 5,
// ISO 28500 4), and what a Content-Type says. Takes bytes, gives views into them; tolerates what is found in the
// wild (bare LF, spaces before the colon, folded lines, lines that are no field). Pure. Any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace marrow {

struct HeaderField {
  std::string_view name;   // as written
  std::string_view value;  // without the white space around it; a folded one with its line ends inside
};

struct HeaderFields {
  std::vector<HeaderField> fields;
  // The first of that name, case ignored; "" if there is none.
  std::string_view find(std::string_view name) const;
};

// Where the header block ends: behind its empty line. npos if there is none in these bytes. `from`: bytes already
// searched by an earlier call with fewer bytes.
std::size_t header_end(std::string_view bytes, std::size_t from = 0);
// Of a header block without its first line (the status line, "WARC/1.0").
HeaderFields parse_header_fields(std::string_view lines);

struct HttpHead {
  int status = 0;        // 100 to 999
  std::size_t size = 0;  // bytes up to and with the empty line: the body begins there
  HeaderFields fields;
};
// Of the response that begins the bytes; nothing if they begin with none, or its head does not end.
std::optional<HttpHead> parse_http_head(std::string_view response);

struct MediaType {
  std::string type;     // lower case, "text/html"; "" if the header is missing or broken
  std::string charset;  // lower case, "" if none
};
MediaType parse_content_type(std::string_view header);

}  // namespace marrow
