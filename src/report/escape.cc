#include "report/escape.h"

#include "base/text.h"

namespace marrow {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

// What stands for a character; nullptr: itself.
const char* entity_of(char32_t c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    case '\r':
      return "\n";
    default:
      return nullptr;
  }
}

bool is_control(char32_t c) { return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7F && c < 0xA0); }

bool is_noncharacter(char32_t c) { return (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE; }

}  // namespace

void append_escaped(std::string_view text, std::string& out) {
  out.reserve(out.size() + text.size());
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    if (const char* entity = entity_of(c)) {
      out += entity;
    } else {
      append_utf8(out, is_control(c) || is_noncharacter(c) ? kReplacement : c);
    }
  }
}

std::string escaped(std::string_view text) {
  std::string out;
  append_escaped(text, out);
  return out;
}

void append_script_json(std::string_view json, std::string& out) {
  out.reserve(out.size() + json.size());
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (c == '<') {
      out += "\\u003c";
    } else if (c == '>') {
      out += "\\u003e";
    } else if (c == '&') {
      out += "\\u0026";
    } else if (json.substr(i).starts_with("\xE2\x80\xA8") || json.substr(i).starts_with("\xE2\x80\xA9")) {
      out += json[i + 2] == '\xA8' ? "\\u2028" : "\\u2029";
      i += 2;
    } else {
      out += c;
    }
  }
}

bool is_safe_link(std::string_view url) { return url.starts_with("https://") || url.starts_with("http://"); }

void append_link(std::string_view url, std::string_view text, std::string& out) {
  const bool safe = is_safe_link(url);
  if (safe) {
    out += "<a rel=\"noopener noreferrer nofollow\" target=\"_blank\" href=\"";
    append_escaped(url, out);
    out += "\">";
  }
  append_escaped(text.empty() ? url : text, out);
  if (safe) out += "</a>";
}

}  // namespace marrow
