#include "page/references.h"

#include "base/text.h"
#include "page/strip_scan.h"

namespace marrow {
namespace {

bool is_hex_mark(char c) { return (c | 0x20) == 'x'; }
bool is_digit_of(bool hex, char c) { return hex ? hex_value(c) >= 0 : is_digit_ascii(c); }

}  // namespace

std::uint32_t referenced(const char* at, const char* end) {
  const bool hex = at < end && is_hex_mark(*at);
  std::uint32_t number = 0;
  for (at += hex; at < end && number <= kLastCodePoint && is_digit_of(hex, *at); ++at)
    number = number * (hex ? 16 : 10) + static_cast<std::uint32_t>(hex_value(*at));
  return number;
}

void tame_references(char* begin, char* end) {
  for (const char* found = strip_scan::find(begin, end, '&'); found + 2 < end; found = strip_scan::find(found + 1, end, '&')) {
    if (found[1] != '#' || referenced(found + 2, end) <= kLastCodePoint) continue;
    char* at = begin + (found - begin) + 2;
    const bool hex = is_hex_mark(*at);
    for (at += hex; at < end && is_digit_of(hex, *at); ++at) *at = '0';
  }
}

}  // namespace marrow
