#include "rules/normal.h"

#include <algorithm>
#include <array>

#include "base/scan.h"
#include "base/text.h"
#include "base/url.h"

namespace marrow {
namespace {

bool is_lower_ascii(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper_ascii(char c) { return c >= 'A' && c <= 'Z'; }
char lower(char c) { return is_upper_ascii(c) ? static_cast<char>(c + 32) : c; }

// Does a token end before value[i]? camelCase: "postNav" before N, "HTMLBlock" before B.
bool is_hump(std::string_view value, std::size_t i) {
  if (!is_upper_ascii(value[i])) return false;
  if (is_lower_ascii(value[i - 1]) || is_digit_ascii(value[i - 1])) return true;
  return is_upper_ascii(value[i - 1]) && i + 1 < value.size() && is_lower_ascii(value[i + 1]);
}

// "sidebar2", "post123": digits that end a token are a token of their own; digits inside ("x1ad9f") are not:
// machine-made names would fall apart into words.
bool is_number_tail(std::string_view value, std::size_t i) {
  if (!is_digit_ascii(value[i]) || is_digit_ascii(value[i - 1])) return false;
  while (i < value.size() && is_digit_ascii(value[i])) ++i;
  return i == value.size() || (!is_lower_ascii(value[i]) && !is_upper_ascii(value[i]) &&
                               static_cast<unsigned char>(value[i]) < 0x80);
}

// Folded letters of the alphabets with case or accents: Latin to Hebrew, and Latin and Greek with several accents.
constexpr char32_t kLowEnd = 0x600, kHighBegin = 0x1E00, kHighEnd = 0x2000;

struct FoldTable {
  std::array<char32_t, kLowEnd> low;
  std::array<char32_t, kHighEnd - kHighBegin> high;
  FoldTable() {
    for (char32_t c = 0; c < kLowEnd; ++c) low[c] = base_letter(c);
    for (char32_t c = kHighBegin; c < kHighEnd; ++c) high[c - kHighBegin] = base_letter(c);
    for (char32_t c = 0x300; c < 0x370; ++c) low[c] = 0;    // combining accents
    for (char32_t c = 0x591; c < 0x5C8; ++c) low[c] = 0;    // Hebrew points
    low[0x130] = low[0x131] = 'i';                          // Turkish dotted and dotless i: one letter in capitals
    low[0x419] = low[0x439] = 0x439;                        // Cyrillic й is a letter of its own
    low[0x2BC] = '\'';
    low[0x5BE] = '-';
    low[0xAD] = 0;
  }
};

const FoldTable& fold_table() {
  static const FoldTable table;
  return table;
}

// 0 = left out.
char32_t fold(char32_t c, const FoldTable& table) {
  if (c < kLowEnd) return table.low[c];
  if (c >= kHighBegin && c < kHighEnd) return table.high[c - kHighBegin];
  if (c < 0x700) {
    if (c == 0x640 || (c >= 0x64B && c <= 0x65F) || c == 0x670) return 0;
    if (c == 0x622 || c == 0x623 || c == 0x625) return 0x627;
    if (c == 0x649 || c == 0x6CC) return 0x64A;
    if (c == 0x6A9) return 0x643;
    return c;
  }
  if (c >= 0x200B && c <= 0x200F) return 0;
  if (c >= 0x2010 && c <= 0x2015) return '-';
  if (c >= 0x2018 && c <= 0x201B) return '\'';
  if (c >= 0x201C && c <= 0x201F) return '"';
  if (c >= 0xFF01 && c <= 0xFF5E) return base_letter(c - 0xFEE0);
  if (c == 0xFEFF || c == 0x2060) return 0;
  return c;
}

}  // namespace

void token_form(std::string_view value, std::string& out) {
  out.clear();
  bool name_open = false;   // something of the current name is in `out`
  bool token_open = false;  // something of the current token is in `out`
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    if (is_blank_ascii(c)) {
      name_open = token_open = false;
      continue;
    }
    const bool word = is_lower_ascii(c) || is_upper_ascii(c) || is_digit_ascii(c) || static_cast<unsigned char>(c) >= 0x80;
    if (!word) {
      token_open = false;
      continue;
    }
    if (token_open && (is_hump(value, i) || is_number_tail(value, i))) token_open = false;
    if (!token_open && !out.empty()) out += name_open ? '-' : ' ';
    out += lower(c);
    name_open = token_open = true;
  }
}

void name_form(std::string_view value, std::string& out) {
  out.clear();
  bool open = false;
  for (const char c : value) {
    if (is_blank_ascii(c)) {
      open = false;
      continue;
    }
    if (!open && !out.empty()) out += ' ';
    out += lower(c);
    open = true;
  }
}

void type_form(std::string_view value, std::string& out) {
  name_form(value, out);
  std::size_t name = 0, to = 0;
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[to++] = out[i];
    if (out[i] == ' ') name = to;
    if ((out[i] == '/' || out[i] == '#') && i + 1 < out.size() && out[i + 1] != ' ') to = name;
  }
  out.resize(to);
}

void phrase_form(std::string_view text, std::string& out) {
  const FoldTable& table = fold_table();
  out.clear();
  bool space = false;
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte > ' ' && byte < 0x7F) {  // words with single spaces between them, at once
      if (space) out += ' ';
      const std::size_t begin = at;
      at = plain_end(text, at);
      space = text[at - 1] == ' ';
      const std::size_t size = out.size(), count = at - begin - (space ? 1 : 0);
      out.resize(size + count);
      std::transform(text.data() + begin, text.data() + begin + count, out.data() + size, lower);
      continue;
    }
    char32_t c = byte;
    if (byte < 0x80) {
      ++at;
      c = static_cast<unsigned char>(lower(text[at - 1]));
    } else {
      c = next_code_point(text, at);
      if (is_space(c)) {
        c = ' ';
      } else if (c == 0x2026) {
        out += "...";
        continue;
      } else {
        c = fold(c, table);
        if (c == 0) continue;
      }
    }
    if (c == ' ' || (c >= 9 && c <= 13)) {
      space = !out.empty();
      continue;
    }
    if (space) out += ' ';
    space = false;
    if (c < 0x80) {
      out += static_cast<char>(c);
    } else {
      append_utf8(out, c);
    }
  }
}

void path_form(std::string_view url, std::string& out) {
  out.clear();
  UrlParts parts;
  if (!split_url(url, &parts)) return;
  for (const char c : parts.path) out += lower(c);
  if (out.empty() || out.front() != '/') out.insert(out.begin(), '/');
  if (out.back() != '/') out += '/';
}

std::string_view host_form(std::string_view url) {
  UrlParts parts;
  return split_url(url, &parts) ? host_without_www(parts.host) : std::string_view();
}

}  // namespace marrow
