// Texts put aside: one character of the markup stands for a stretch of plain text, since the parser takes every character of a
// text through its states and asks nothing of it but whether it is white space. Half the bytes that strip() leaves are text.
// The characters are those of plane 16, which is for private use: number n is U+100000 + n. A page that has such a character
// itself, or might be given one by a numeric reference, is stripped without. Internal to src/page.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "page/strip.h"

namespace marrow {

class TextsAside {
 public:
  // Shorter stretches stay: one character of four bytes costs the parser what four of one byte do.
  static constexpr std::size_t kMinBytes = 6;
  // Two code points at the plane's end are non-characters.
  static constexpr std::size_t kMaxTexts = 0xFFF0;
  static constexpr std::size_t kMarkBytes = 4;
  static constexpr std::uint32_t kFirstMark = 0x100000;
  static constexpr char kMarkLead = '\xF4';  // the first byte of all characters of plane 16, and of no others

  // `on`: false where the page has characters of plane 16.
  TextsAside(StripOutput& out, bool on) : out_(out), on_(on) {}
  bool on() const { return on_; }

  // Does the tokenizer give these bytes back as they are, wherever in a text they stand? Of whole characters without blanks.
  static bool is_plain(const char* begin, const char* end) {
    std::uint8_t kinds = 0;
    for (const char* at = begin; at < end; ++at) kinds |= kKinds[static_cast<unsigned char>(*at)];
    return (kinds & kNever) == 0 && ((kinds & kAsk) == 0 || is_plain_slowly(begin, end));
  }
  // Puts a stretch aside, writes its mark to `to` (which may be `begin`) and gives the position behind it; nullptr, and nothing
  // written, where the stretch is to stay.
  char* put(const char* begin, const char* end, char* to);
  // The markup has what the parser may make a mark of: a reference so high, or a text that nobody sees before.
  void distrust() { forged_ |= on_; }
  bool forged() const { return forged_; }

 private:
  static constexpr std::uint8_t kNever = 1, kAsk = 2;
  // The parser replaces controls, NUL and non-characters, and reads references.
  static constexpr auto kKinds = [] {
    std::array<std::uint8_t, 256> kinds{};
    for (std::size_t c = 0; c < 256; ++c) {
      if (c < 0x20 || c == '&' || c == 0x7F || c >= 0xF0) kinds[c] = kNever;
      if (c == 0xC2 || c == 0xEF) kinds[c] = kAsk;
    }
    return kinds;
  }();
  static bool is_plain_slowly(const char* begin, const char* end);

  StripOutput& out_;
  bool on_;
  bool forged_ = false;
};

}  // namespace marrow
