#include "record/entities.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace marrow {
namespace {

constexpr std::pair<std::string_view, char32_t> kNamed[] = {
    {"amp", '&'},       {"quot", '"'},      {"apos", '\''},     {"lt", '<'},        {"gt", '>'},
    {"nbsp", ' '},      {"rsquo", 0x2019},  {"lsquo", 0x2018},  {"rdquo", 0x201D},  {"ldquo", 0x201C},
    {"ndash", 0x2013},  {"mdash", 0x2014},  {"hellip", 0x2026}, {"bdquo", 0x201E},  {"sbquo", 0x201A},
    {"laquo", 0xAB},    {"raquo", 0xBB},    {"copy", 0xA9},     {"reg", 0xAE},      {"trade", 0x2122},
    {"middot", 0xB7},   {"bull", 0x2022},   {"eacute", 0xE9},   {"egrave", 0xE8},   {"ecirc", 0xEA},
    {"agrave", 0xE0},   {"aacute", 0xE1},   {"acirc", 0xE2},    {"auml", 0xE4},     {"ouml", 0xF6},
    {"uuml", 0xFC},     {"Auml", 0xC4},     {"Ouml", 0xD6},     {"Uuml", 0xDC},     {"szlig", 0xDF},
    {"ccedil", 0xE7},   {"ntilde", 0xF1},   {"oacute", 0xF3},   {"iacute", 0xED},   {"uacute", 0xFA},
    {"atilde", 0xE3},   {"otilde", 0xF5},   {"aring", 0xE5},    {"oslash", 0xF8},   {"aelig", 0xE6},
    {"ocirc", 0xF4},    {"icirc", 0xEE},    {"pound", 0xA3},    {"euro", 0x20AC},   {"deg", 0xB0},
    {"frac12", 0xBD},   {"times", 0xD7},    {"shy", 0xAD},      {"zwj", 0x200D},    {"zwnj", 0x200C},
};

// The code point of the reference between & and ;, 0 if it is none.
char32_t referenced(std::string_view name) {
  if (name.size() < 2 || name[0] != '#') {
    for (const auto& [known, c] : kNamed)
      if (known == name) return c;
    return 0;
  }
  const bool hex = name[1] == 'x' || name[1] == 'X';
  name.remove_prefix(hex ? 2 : 1);
  if (name.empty() || name.size() > 7) return 0;
  char32_t value = 0;
  for (char c : name) {
    const char lower = static_cast<char>(c | 0x20);
    if (c >= '0' && c <= '9')
      value = value * (hex ? 16 : 10) + static_cast<char32_t>(c - '0');
    else if (hex && lower >= 'a' && lower <= 'f')
      value = value * 16 + static_cast<char32_t>(lower - 'a' + 10);
    else
      return 0;
  }
  const bool real = value >= 0x20 && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
  return real ? value : 0;
}

// Tags that begin or end a line.
bool makes_line(std::string_view tag) {
  if (tag.starts_with('/')) tag.remove_prefix(1);
  const std::string name = ascii_lower(tag.substr(0, std::min(tag.find_first_of(" \t\n\r/>"), tag.size())));
  constexpr std::string_view kLines[] = {"p",  "br", "li", "ul", "ol", "div", "h1", "h2", "h3", "h4",      "h5",
                                         "h6", "tr", "td", "dt", "dd", "pre", "hr", "table", "section", "blockquote"};
  return std::find(std::begin(kLines), std::end(kLines), name) != std::end(kLines);
}

// `line`: what stands for a tag that makes a line.
std::string without_tags(std::string_view text, char line) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool tag = text[i] == '<' && i + 1 < text.size() &&
                     (text[i + 1] == '/' || ((text[i + 1] | 0x20) >= 'a' && (text[i + 1] | 0x20) <= 'z'));
    const auto end = tag ? text.find('>', i) : std::string_view::npos;
    if (end == std::string_view::npos) {
      out += text[i];
      continue;
    }
    if (makes_line(text.substr(i + 1, end - i))) out += line;
    i = end;
  }
  return out;
}

}  // namespace

std::string decode_entities(std::string_view text) {
  constexpr std::size_t kLongest = 10;
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto end = text[i] == '&' ? text.substr(i, kLongest).find(';') : std::string_view::npos;
    const char32_t c = end == std::string_view::npos ? 0 : referenced(text.substr(i + 1, end - 1));
    if (!c) {
      out += text[i];
      continue;
    }
    append_utf8(out, c);
    i += end;
  }
  return out;
}

namespace {

std::string decoded(std::string_view text, char line) {
  std::string out(text);
  for (int pass = 0; pass < 2 && out.find('&') != std::string::npos; ++pass) out = decode_entities(out);
  return out.find('<') == std::string::npos ? out : without_tags(out, line);
}

}  // namespace

std::string plain_text(std::string_view text) { return to_nfc(collapse_spaces(decoded(text, ' '))); }

std::vector<std::string> plain_paragraphs(std::string_view text) {
  std::vector<std::string> out;
  const std::string lines = decoded(text, '\n');
  for (std::size_t at = 0; at < lines.size();) {
    const std::size_t end = std::min(lines.find_first_of("\n\r", at), lines.size());
    std::string line = to_nfc(collapse_spaces(std::string_view(lines).substr(at, end - at)));
    if (!line.empty()) out.push_back(std::move(line));
    at = end + 1;
  }
  return out;
}

}  // namespace marrow
