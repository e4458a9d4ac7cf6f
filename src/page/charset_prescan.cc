#include "page/charset_prescan.h"

#include <algorithm>

#include "base/text.h"
#include "page/decode.h"

namespace marrow {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r'; }
bool is_letter_char(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && is_blank(text[at])) ++at;
  return at;
}

struct Attribute {
  std::string_view name, value;
};

// "Get an attribute": false at the tag's end, where `at` stands on '>' or behind the text.
bool next_attribute(std::string_view text, std::size_t& at, Attribute* attribute) {
  while (at < text.size() && (is_blank(text[at]) || text[at] == '/')) ++at;
  if (at >= text.size() || text[at] == '>') return false;
  const std::size_t begin = at++;
  while (at < text.size() && !is_blank(text[at]) && text[at] != '=' && text[at] != '/' && text[at] != '>') ++at;
  attribute->name = text.substr(begin, at - begin);
  attribute->value = {};
  const std::size_t equals = skip_blanks(text, at);
  if (equals >= text.size() || text[equals] != '=') return true;
  at = skip_blanks(text, equals + 1);
  if (at >= text.size() || text[at] == '>') return true;
  const char quote = text[at];
  if (quote == '"' || quote == '\'') {
    const std::size_t end = std::min(text.find(quote, at + 1), text.size());
    attribute->value = text.substr(at + 1, end - at - 1);
    at = std::min(end + 1, text.size());
    return true;
  }
  const std::size_t value = at;
  while (at < text.size() && !is_blank(text[at]) && text[at] != '>') ++at;
  attribute->value = text.substr(value, at - value);
  return true;
}

// What a <meta> whose attributes begin at `at` declares.
const Charset* charset_of_meta(std::string_view text, std::size_t& at) {
  bool pragma = false, has_http_equiv = false, has_content = false, has_charset = false;
  const Charset* by_charset = nullptr;
  const Charset* by_content = nullptr;
  for (Attribute attribute; next_attribute(text, at, &attribute);) {
    if (iequals_ascii(attribute.name, "http-equiv") && !has_http_equiv) {
      has_http_equiv = true;
      pragma = iequals_ascii(attribute.value, "content-type");
    } else if (iequals_ascii(attribute.name, "content") && !has_content) {
      has_content = true;
      by_content = find_charset(charset_of_content_type(attribute.value));
    } else if (iequals_ascii(attribute.name, "charset") && !has_charset) {
      has_charset = true;
      by_charset = find_charset(attribute.value);
    }
  }
  if (has_charset) return by_charset;
  return pragma ? by_content : nullptr;
}

const Charset* as_declared(const Charset* charset) {
  if (charset->name.starts_with("utf-16")) return find_charset("utf-8");
  if (charset->name == "x-user-defined") return find_charset("windows-1252");
  return charset;
}

bool is_meta(std::string_view tag) {
  return tag.size() > 5 && iequals_ascii(tag.substr(1, 4), "meta") && (is_blank(tag[5]) || tag[5] == '/');
}

}  // namespace

const Charset* prescan_meta(std::string_view bytes, std::size_t limit) {
  const std::string_view text = bytes.substr(0, limit);
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at)) {
    const std::string_view tag = text.substr(at);
    if (tag.starts_with("<!--")) {
      at = text.find("-->", at + 2);
      if (at == std::string_view::npos) return nullptr;
      continue;
    }
    if (is_meta(tag)) {
      at += 5;
      if (const Charset* charset = charset_of_meta(text, at)) return as_declared(charset);
      continue;
    }
    const bool end_tag = tag.size() > 2 && tag[1] == '/';
    if (tag.size() > 1 && is_letter_char(tag[end_tag ? 2 : 1])) {
      at += 2;
      while (at < text.size() && !is_blank(text[at]) && text[at] != '>') ++at;
      for (Attribute ignored; next_attribute(text, at, &ignored);) {
      }
      continue;
    }
    const bool bogus = tag.size() > 1 && (tag[1] == '!' || tag[1] == '/' || tag[1] == '?');
    at = bogus ? text.find('>', at) : at + 1;
  }
  return nullptr;
}

const Charset* prescan_xml(std::string_view bytes) {
  constexpr std::size_t kMaxDeclaration = 1024;  // bytes; as far as the standard looks for it
  if (!bytes.starts_with("<?xml")) return nullptr;
  const std::string_view text = bytes.substr(0, std::min(bytes.find('>'), kMaxDeclaration));
  std::size_t at = text.find("encoding");
  if (at == std::string_view::npos) return nullptr;
  at = skip_blanks(text, at + 8);
  if (at >= text.size() || text[at] != '=') return nullptr;
  at = skip_blanks(text, at + 1);
  if (at >= text.size() || (text[at] != '"' && text[at] != '\'')) return nullptr;
  const std::size_t end = text.find(text[at], at + 1);
  if (end == std::string_view::npos) return nullptr;
  const Charset* charset = find_charset(text.substr(at + 1, end - at - 1));
  return charset ? as_declared(charset) : nullptr;
}

}  // namespace marrow
