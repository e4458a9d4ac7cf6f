#include "base/url_host.h"

#include <arpa/inet.h>
#include <unicode/uidna.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <memory>

#include "base/text.h"

namespace marrow {
namespace {

// The longest host worth looking at: DNS allows 253 bytes; percent escapes and UTF-8 take up to nine
// times as much. Keeps ICU's work bounded.
constexpr std::size_t kMaxHost = 2400;

std::string percent_decode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
    const int low = high >= 0 ? hex_value(text[i + 2]) : -1;
    if (low < 0) {
      out += text[i];
      continue;
    }
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return out;
}

// "Forbidden domain code points" of the standard.
bool is_forbidden(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte <= 0x20 || byte == 0x7F || std::string_view("#/:<>?@[\\]^|%").find(c) != std::string_view::npos;
}

// Unicode -> punycode. What the standard lets pass (hyphens anywhere, long or empty labels) passes.
bool append_punycode(std::string_view host, std::string& out) {
  struct Close {
    void operator()(UIDNA* idna) const { uidna_close(idna); }
  };
  constexpr std::uint32_t kOptions =
      UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ | UIDNA_NONTRANSITIONAL_TO_ASCII;
  constexpr std::uint32_t kLetPass =
      UIDNA_ERROR_EMPTY_LABEL | UIDNA_ERROR_LABEL_TOO_LONG | UIDNA_ERROR_DOMAIN_NAME_TOO_LONG |
      UIDNA_ERROR_LEADING_HYPHEN | UIDNA_ERROR_TRAILING_HYPHEN | UIDNA_ERROR_HYPHEN_3_4;
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UIDNA, Close> idna(uidna_openUTS46(kOptions, &error));
  if (U_FAILURE(error)) return false;
  std::array<char, kMaxHost * 4> ascii;
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  const std::int32_t size =
      uidna_nameToASCII_UTF8(idna.get(), host.data(), static_cast<std::int32_t>(host.size()),
                             ascii.data(), static_cast<std::int32_t>(ascii.size()), &info, &error);
  if (U_FAILURE(error) || size <= 0 || (info.errors & ~kLetPass) != 0) return false;
  out.assign(ascii.data(), static_cast<std::size_t>(size));
  return true;
}

// One number of an IPv4 address: decimal, 0octal or 0xhex. False if it is none.
bool parse_number(std::string_view text, std::uint64_t* value) {
  if (text.empty()) return false;
  unsigned base = 10;
  if (text.size() > 1 && text[0] == '0') {
    const bool hex = (text[1] | 0x20) == 'x';
    base = hex ? 16 : 8;
    text.remove_prefix(hex ? 2 : 1);
  }
  *value = 0;
  for (const char c : text) {
    const int digit = hex_value(c);
    if (digit < 0 || static_cast<unsigned>(digit) >= base) return false;
    if (*value < (std::uint64_t{1} << 40)) *value = *value * base + static_cast<unsigned>(digit);
  }
  return true;
}

// A host whose last label is a number is an IPv4 address or nothing.
bool ends_in_number(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  const std::string_view last = host.substr(host.rfind('.') + 1);
  if (last.empty()) return false;
  bool digits = true;
  for (const char c : last) digits = digits && is_digit_ascii(c);
  std::uint64_t ignored = 0;
  return digits || (last.size() > 1 && last[0] == '0' && (last[1] | 0x20) == 'x' && parse_number(last, &ignored));
}

bool append_ipv4(std::string_view host, std::string& out) {
  if (host.ends_with('.')) host.remove_suffix(1);
  std::array<std::uint64_t, 4> parts{};
  std::size_t count = 0;
  for (std::size_t begin = 0; begin <= host.size();) {
    std::size_t end = host.find('.', begin);
    if (end == std::string_view::npos) end = host.size();
    if (count == 4 || !parse_number(host.substr(begin, end - begin), &parts[count++])) return false;
    begin = end + 1;
  }
  std::uint64_t address = parts[count - 1];
  if (address >= std::uint64_t{1} << (8 * (5 - count))) return false;
  for (std::size_t i = 0; i + 1 < count; ++i) {
    if (parts[i] > 255) return false;
    address |= parts[i] << (8 * (3 - i));
  }
  for (int shift = 24; shift >= 0; shift -= 8) {
    out += std::to_string(address >> shift & 255);
    if (shift > 0) out += '.';
  }
  return true;
}

bool append_ipv6(std::string_view host, std::string& out) {
  std::array<unsigned char, 16> bytes{};
  if (host.size() > 45 || inet_pton(AF_INET6, std::string(host).c_str(), bytes.data()) != 1) return false;
  std::array<unsigned, 8> pieces{};
  for (std::size_t i = 0; i < 8; ++i) pieces[i] = bytes[2 * i] * 256U + bytes[2 * i + 1];
  std::size_t gap = 8, gap_size = 1;  // the first longest run of two or more zeros
  for (std::size_t i = 0; i < 8;) {
    std::size_t end = i;
    while (end < 8 && pieces[end] == 0) ++end;
    if (end - i > gap_size) gap = i, gap_size = end - i;
    i = end + 1;
  }
  out += '[';
  for (std::size_t i = 0; i < 8; ++i) {
    if (i == gap) {
      out += i == 0 ? "::" : ":";
      i += gap_size - 1;
      continue;
    }
    char text[8];
    std::snprintf(text, sizeof text, "%x", pieces[i]);
    out += text;
    if (i < 7) out += ':';
  }
  out += ']';
  return true;
}

bool append_name(std::string_view written, std::string& out) {
  std::string name = percent_decode(written);
  bool ascii = true;
  for (const char c : name) ascii = ascii && static_cast<unsigned char>(c) < 0x80;
  name = ascii ? ascii_lower(name) : name;
  if (!ascii || name.find("xn--") != std::string::npos) {
    if (!is_valid_utf8(name)) return false;
    std::string punycode;
    if (!append_punycode(name, punycode)) return false;
    name = std::move(punycode);
  }
  for (const char c : name)
    if (is_forbidden(c)) return false;
  if (name.empty() || name == ".") return false;
  if (ends_in_number(name)) return append_ipv4(name, out);
  out += name;
  return true;
}

}  // namespace

bool append_host(std::string_view host, std::string& out) {
  if (host.empty() || host.size() > kMaxHost) return false;
  const std::size_t size = out.size();
  const bool bracketed = host.front() == '[';
  if (bracketed && host.back() != ']') return false;
  const bool good = bracketed ? append_ipv6(host.substr(1, host.size() - 2), out) : append_name(host, out);
  if (!good) out.resize(size);
  return good;
}

bool is_plain_host(std::string_view host) {
  if (host.empty() || host.size() > kMaxHost || host.front() == '.') return false;
  for (const char c : host)
    if (!((c >= 'a' && c <= 'z') || is_digit_ascii(c) || c == '-' || c == '.' || c == '_')) return false;
  const char last = host.back();
  return last >= 'a' && last <= 'z' && !ends_in_number(host) && host.find("xn--") == std::string_view::npos;
}

}  // namespace marrow
