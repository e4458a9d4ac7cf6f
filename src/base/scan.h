// Looking through text by the vector: where the next byte of a set stands, how far plain ASCII goes, where words begin. What most
// bytes of most texts have in common is that nothing is to be done about them; these say so for 32 of them at once.
// AVX2 where the processor has it, byte by byte elsewhere: the same answers. No allocation; any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace marrow {

// A set of bytes; made once, as a constant.
class ByteSet {
 public:
  struct Range {
    unsigned first, last;
  };
  // The bytes of `ascii`, and those in the ranges.
  constexpr explicit ByteSet(std::string_view ascii, std::initializer_list<Range> ranges = {}) {
    for (const char c : ascii) add(static_cast<unsigned char>(c));
    for (const Range& range : ranges)
      for (unsigned c = range.first; c <= range.last; ++c) add(c);
  }
  constexpr bool has(char c) const { return table_[static_cast<unsigned char>(c)]; }
  // For each low half of a byte: which high halves make a member of the set, a bit each; below 0x80, and from there on.
  const std::array<std::uint8_t, 16>& low() const { return low_; }
  const std::array<std::uint8_t, 16>& high() const { return high_; }

 private:
  constexpr void add(unsigned c) {
    table_[c] = true;
    auto& half = c < 0x80 ? low_ : high_;
    half[c & 15] = static_cast<std::uint8_t>(half[c & 15] | 1U << (c >> 4 & 7));
  }
  std::array<bool, 256> table_{};
  std::array<std::uint8_t, 16> low_{}, high_{};
};

// The place of the first byte of the set from `at` on; text.size() where there is none.
std::size_t find_any(std::string_view text, std::size_t at, const ByteSet& set);

// How far from `at` on everything is printable ASCII with single spaces: the place of a control character, a byte beyond ASCII, or
// the second of two spaces.
std::size_t plain_end(std::string_view text, std::size_t at);

// Runs of ASCII letters, digits and '_'; whether there is nothing but ASCII. What `words` says holds where there is not.
struct AsciiWords {
  std::size_t words = 0;
  bool ascii = true;
};
AsciiWords count_ascii_words(std::string_view text);

// One bit for each of text[at .. at + 64): does a run of ASCII letters, digits and '_' begin there? None behind the end of the text.
std::uint64_t ascii_word_starts(std::string_view text, std::size_t at);

// Bytes that begin a character, which is all but 0x80 to 0xBF.
std::size_t count_leads(std::string_view text);

}  // namespace marrow
