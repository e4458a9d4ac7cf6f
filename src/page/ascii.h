// Reading text a byte at a time where it is ASCII, as most of it is: next_code_point() without the call, and words and characters
// counted in one pass over a table. Same results as base/text.h. Any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/scan.h"
#include "base/text.h"

namespace marrow {

inline char32_t next_char(std::string_view text, std::size_t& at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x80) {
    ++at;
    return byte;
  }
  return next_code_point(text, at);
}

struct TextSize {
  std::uint32_t words = 0, chars = 0;
};

// count_words() and count_code_points() at once.
inline TextSize size_of(std::string_view text) {
  const AsciiWords counted = count_ascii_words(text);
  if (counted.ascii) return {static_cast<std::uint32_t>(counted.words), static_cast<std::uint32_t>(text.size())};
  return {static_cast<std::uint32_t>(count_words(text)), static_cast<std::uint32_t>(count_code_points(text))};
}

}  // namespace marrow
