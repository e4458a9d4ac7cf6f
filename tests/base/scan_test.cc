#include "base/scan.h"

#include <gtest/gtest.h>

#include <bit>
#include <random>
#include <string>

namespace marrow {
namespace {

bool is_word(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

// Texts of every length around that of a vector, of bytes that matter; each looked at from every place.
template <typename Look>
void each_text(const Look& look) {
  std::mt19937 random(7);
  const std::string some = std::string("aZ09_ .,:-|\n\t\r\x7F\xC2\xA6\xE2\x80\xEF\xBF") + '\0';
  for (std::size_t size = 0; size < 200; ++size) {
    std::string text(size, 'a');
    const unsigned rare = size % 3 == 0 ? 40 : size % 3 == 1 ? 4 : 1;  // one byte in so many is not a letter
    for (char& c : text)
      if (random() % rare == 0) c = some[random() % some.size()];
    for (std::size_t at = 0; at <= size; ++at) look(text, at);
  }
}

TEST(FindAny, TellsWhatALookAtEachByteTells) {
  static constexpr ByteSet kSets[] = {ByteSet("."), ByteSet("\n\v\f\r\xC2\xE2"), ByteSet("\"\\", {{0, 0x1F}}), ByteSet("", {{0x80, 0xFF}}), ByteSet("")};
  for (const ByteSet& set : kSets)
    each_text([&](const std::string& text, std::size_t at) {
      std::size_t want = at;
      while (want < text.size() && !set.has(text[want])) ++want;
      ASSERT_EQ(find_any(text, at, set), want) << text.size() << " from " << at;
    });
}

TEST(ByteSet, HoldsEachByteByItself) {
  for (unsigned byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(byte);
    const ByteSet set(std::string_view(&c, 1));
    for (unsigned other = 0; other < 256; ++other) {
      const std::string text(40, static_cast<char>(other));
      ASSERT_EQ(find_any(text, 0, set), other == byte ? 0U : 40U) << byte << " " << other;
    }
  }
}

TEST(PlainEnd, StopsAtControlsWideBytesAndSecondSpaces) {
  each_text([](const std::string& text, std::size_t at) {
    std::size_t want = at;
    while (want < text.size() && text[want] >= 0x20 && text[want] < 0x7F && !(text[want] == ' ' && want > 0 && text[want - 1] == ' ')) ++want;
    ASSERT_EQ(plain_end(text, at), want) << text.size() << " from " << at;
  });
}

TEST(AsciiWords, AreCountedAndFoundAlike) {
  each_text([](const std::string& text, std::size_t at) {
    std::size_t words = 0;
    bool ascii = true;
    std::uint64_t starts = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const bool begins = is_word(text[i]) && (i == 0 || !is_word(text[i - 1]));
      words += begins;
      ascii &= static_cast<unsigned char>(text[i]) < 0x80;
      if (begins && i >= at && i < at + 64) starts |= std::uint64_t{1} << (i - at);
    }
    ASSERT_EQ(ascii_word_starts(text, at), starts) << text.size() << " from " << at;
    if (at > 0) return;
    const AsciiWords counted = count_ascii_words(text);
    ASSERT_EQ(counted.words, words) << text.size();
    ASSERT_EQ(counted.ascii, ascii) << text.size();
  });
}

TEST(CountLeads, LeavesContinuationsOut) {
  each_text([](const std::string& text, std::size_t) {
    std::size_t want = 0;
    for (const char c : text) want += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    ASSERT_EQ(count_leads(text), want);
  });
}

}  // namespace
}  // namespace marrow
