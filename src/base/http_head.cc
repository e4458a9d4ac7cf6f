#include "base/http_head.h"

#include <algorithm>

#include "base/text.h"

namespace marrow {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }

std::string_view strip_blanks(std::string_view text) {
  while (!text.empty() && (is_blank(text.front()) || text.front() == '\r' || text.front() == '\n')) text.remove_prefix(1);
  while (!text.empty() && (is_blank(text.back()) || text.back() == '\r' || text.back() == '\n')) text.remove_suffix(1);
  return text;
}

std::string_view unquoted(std::string_view value) {
  value = trim(value);
  if (value.size() >= 2 && value.front() == value.back() && (value[0] == '"' || value[0] == '\''))
    value = value.substr(1, value.size() - 2);
  return value;
}

// "HTTP/1.1 200 OK", "HTTP/2 200"; 0 if it is none.
int status_of_line(std::string_view line) {
  if (line.size() < 5 || !iequals_ascii(line.substr(0, 5), "HTTP/")) return 0;
  std::size_t at = line.find(' ');
  at = line.find_first_not_of(' ', at);
  if (at == std::string_view::npos || line.size() - at < 3) return 0;
  const std::string_view digits = line.substr(at, 3);
  if (!std::all_of(digits.begin(), digits.end(), is_digit_ascii)) return 0;
  if (line.size() > at + 3 && is_digit_ascii(line[at + 3])) return 0;
  const int status = (digits[0] - '0') * 100 + (digits[1] - '0') * 10 + (digits[2] - '0');
  return status >= 100 ? status : 0;
}

}  // namespace

std::string_view HeaderFields::find(std::string_view name) const {
  for (const HeaderField& field : fields)
    if (iequals_ascii(field.name, name)) return field.value;
  return {};
}

std::size_t header_end(std::string_view bytes, std::size_t from) {
  // The empty line may straddle the border of what was searched before.
  from = from > 3 ? from - 3 : 0;
  for (std::size_t at = bytes.find('\n', from); at != std::string_view::npos; at = bytes.find('\n', at + 1)) {
    if (at + 1 < bytes.size() && bytes[at + 1] == '\n') return at + 2;
    if (at + 2 < bytes.size() && bytes[at + 1] == '\r' && bytes[at + 2] == '\n') return at + 3;
  }
  return std::string_view::npos;
}

HeaderFields parse_header_fields(std::string_view lines) {
  HeaderFields out;
  std::size_t at = 0;
  while (at < lines.size()) {
    std::size_t end = std::min(lines.find('\n', at), lines.size());
    // A line that begins with a blank goes on with the one before (obsolete in HTTP, lawful in WARC).
    while (end + 1 < lines.size() && is_blank(lines[end + 1])) end = std::min(lines.find('\n', end + 1), lines.size());
    const std::string_view line = lines.substr(at, end - at);
    at = end + 1;
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string_view name = strip_blanks(line.substr(0, colon));
    if (!name.empty()) out.fields.push_back({name, strip_blanks(line.substr(colon + 1))});
  }
  return out;
}

std::optional<HttpHead> parse_http_head(std::string_view response) {
  const std::size_t line_end = response.find('\n');
  if (line_end == std::string_view::npos) return std::nullopt;
  HttpHead head;
  head.status = status_of_line(response.substr(0, line_end));
  head.size = header_end(response);
  if (head.status == 0 || head.size == std::string_view::npos) return std::nullopt;
  head.fields = parse_header_fields(response.substr(line_end + 1, head.size - line_end - 1));
  return head;
}

MediaType parse_content_type(std::string_view header) {
  MediaType out;
  const std::size_t semicolon = header.find(';');
  const std::string_view type = trim(header.substr(0, semicolon));
  if (type.find('/') != std::string_view::npos && type.find(' ') == std::string_view::npos)
    out.type = ascii_lower(type);
  while (semicolon != std::string_view::npos && !header.empty()) {
    const std::size_t next = header.find(';');
    const std::string_view parameter = trim(header.substr(0, next));
    const std::size_t equals = parameter.find('=');
    if (out.charset.empty() && equals != std::string_view::npos &&
        iequals_ascii(trim(parameter.substr(0, equals)), "charset"))
      out.charset = ascii_lower(unquoted(parameter.substr(equals + 1)));
    if (next == std::string_view::npos) break;
    header.remove_prefix(next + 1);
  }
  return out;
}

}  // namespace marrow
