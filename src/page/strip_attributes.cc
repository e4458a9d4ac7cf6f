#include "page/strip_attributes.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "page/strip_scan.h"

namespace marrow {
namespace {

using namespace strip_names;
using namespace strip_scan;

// Styles that hide: the only ones anybody reads. With a character reference inside we cannot tell.
bool hides(std::string_view style) {
  if (style.find('&') != std::string_view::npos) return true;
  return (contains_word(style, "none") && contains_word(style, "display")) ||
         (contains_word(style, "hidden") && contains_word(style, "visibility"));
}

// Bytes that the parser may make something else of: references, line ends, and what may begin or be a code point that
// it replaces (controls, 0x7F to 0x9F, non-characters).
constexpr auto kDecoded = [] {
  std::array<bool, 256> decoded{};
  for (std::size_t c = 0; c < 256; ++c)
    decoded[c] = (c < 0x20 && c != '\t' && c != '\n') || c == '&' || c == 0x7F || c == 0xC2 || c == 0xEF || c >= 0xF0;
  return decoded;
}();

// Must the parser see a value to say what it is?
bool needs_decoding(std::string_view value) {
  return std::any_of(value.begin(), value.end(), [](char c) { return kDecoded[static_cast<unsigned char>(c)]; });
}

void put(char*& out, std::string_view text) {
  std::memcpy(out, text.data(), text.size());
  out += text.size();
}

}  // namespace

const char* AttributeStripper::strip(const char* at, const char* end, const Tag& tag, bool aside, char*& out, TagFacts& facts,
                                     bool* closed) {
  Written written{tag, facts, aside, out};
  *closed = false;
  while (true) {
    while (at < end && (is_blank(*at) || *at == '/')) {
      if (*at == '/' && at + 1 < end && at[1] == '>') facts.self_closing = true;
      ++at;
    }
    if (at >= end) return end;
    if (*at == '>') {
      *closed = true;
      out = written.out;
      return at + 1;
    }
    const char* const name = at++;
    while (at < end && !is_blank(*at) && *at != '/' && *at != '>' && *at != '=') ++at;
    const char* const name_stop = at;
    const char* value = at;
    while (value < end && is_blank(*value)) ++value;
    const char* value_stop = value;
    if (value < end && *value == '=') {
      ++value;
      while (value < end && is_blank(*value)) ++value;
      if (value == end) return end;
      value_stop = value;
      if (*value == '"' || *value == '\'') {
        value_stop = find(value + 1, end, *value);
        if (value_stop == end) return end;
        ++value_stop;
      } else {
        while (value_stop < end && !is_blank(*value_stop) && *value_stop != '>') ++value_stop;
      }
      at = value_stop;
    } else {
      value = value_stop = name_stop;
    }
    attribute(view(name, name_stop), view(value, value_stop), written);
  }
}

void AttributeStripper::attribute(std::string_view name, std::string_view raw, Written& written) {
  const Tag& tag = written.tag;
  TagFacts& facts = written.facts;
  const AttrFact fact = find_attr(name.data(), name.size());
  const Attr kind = fact.kind;
  const bool quoted = !raw.empty() && (raw[0] == '"' || raw[0] == '\'');
  const std::string_view value = quoted ? raw.substr(1, raw.size() - 2) : raw;
  bool keep = kind != Attr::drop;
  if (keep) {
    if ((written.seen >> fact.bit & 1) != 0) return;  // of equal names the first one counts
    written.seen |= std::uint64_t{1} << fact.bit;
    if (kind == Attr::style) keep = hides(value);
    if (kind == Attr::value) keep = tag.name == Name::li_;
    if (kind == Attr::encoding) facts.html_encoding = contains_word(value, "text/html") || contains_word(value, "application/xhtml+xml");
    if (kind == Attr::type && tag.name == Name::script_) facts.type = value;
  }
  // The parser compares formatting elements by all their attributes; <a> alone never stands there twice.
  if (tag.has(kFormatting) && tag.name != Name::a_) {
    keep = true;
    for (const char c : name) facts.hash = (facts.hash ^ static_cast<unsigned char>(c)) * 0x01000193U;
    for (const char c : value) facts.hash = (facts.hash ^ static_cast<unsigned char>(c)) * 0x01000193U;
    if (tag.name == Name::font_)
      facts.font_attribute |= (name.size() == 4 && (contains_word(name, "face") || contains_word(name, "size"))) ||
                              (name.size() == 5 && contains_word(name, "color"));
  }
  if (!keep) return;
  if (++written.count > limits_.max_attrs) {
    ++result_.attrs_cut;
    return;
  }
  if (written.aside) {
    // Whether an <input> is hidden decides where it may stand.
    const bool in_tag = needs_decoding(value) || (kind == Attr::type && tag.name == Name::input_);
    result_.aside_attrs.push_back({attr_name(fact), {}, in_tag});
    if (!in_tag) {
      const std::string_view kept = bounded(raw);
      result_.aside_attrs.back().value = quoted ? kept.substr(1, kept.size() - (kept.size() == raw.size() ? 2 : 1)) : kept;
      return;
    }
  }
  char*& out = written.out;
  *out++ = ' ';
  put(out, name);
  if (raw.empty()) return;
  *out++ = '=';
  const std::string_view kept = bounded(raw);
  put(out, kept);
  if (quoted && kept.size() < raw.size()) *out++ = raw[0];
}

// The part of a value, with the quote before it, that is not over the limit.
std::string_view AttributeStripper::bounded(std::string_view raw) {
  if (raw.size() <= limits_.max_value) return raw;
  std::size_t size = limits_.max_value;
  while (size > 1 && (raw[size] & 0xC0) == 0x80) --size;
  ++result_.attrs_cut;
  return raw.substr(0, size);
}

}  // namespace marrow
