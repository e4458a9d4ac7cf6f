#include "page/references.h"

#include <algorithm>

#include "base/text.h"
#include "page/strip_scan.h"

namespace marrow {

std::uint32_t tame_references(char* begin, char* end) {
  constexpr std::uint32_t kLastCodePoint = 0x10FFFF;
  std::uint32_t highest = 0;
  for (const char* found = strip_scan::find(begin, end, '&'); found + 2 < end; found = strip_scan::find(found + 1, end, '&')) {
    if (found[1] != '#') continue;
    char* const digits = begin + (found - begin) + ((found[2] | 0x20) == 'x' ? 3 : 2);
    const bool hex = digits[-1] != '#';
    std::uint32_t number = 0;
    char* at = digits;
    for (; at < end && (hex ? hex_value(*at) >= 0 : is_digit_ascii(*at)); ++at)
      number = std::min(number * (hex ? 16 : 10) + static_cast<std::uint32_t>(hex_value(*at)), kLastCodePoint + 1);
    if (number > kLastCodePoint) std::fill(digits, at, '0');
    else highest = std::max(highest, number);
  }
  return highest;
}

}  // namespace marrow
