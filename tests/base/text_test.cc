#include "base/text.h"

#include <gtest/gtest.h>

namespace marrow {
namespace {

TEST(NextCodePoint, InvalidBytesGiveOneReplacementEach) {
  const struct {
    const char* name;
    std::string bytes;
    std::u32string want;
  } cases[] = {
      {"ASCII", "ab", U"ab"},
      {"two to four bytes", "é€😀", U"é€😀"},
      {"lone continuation", "\x80", U"\uFFFD"},
      {"overlong slash", "\xC0\xAF", U"\uFFFD\uFFFD"},
      {"overlong three bytes", "\xE0\x80\xAF", U"\uFFFD\uFFFD\uFFFD"},
      {"surrogate", "\xED\xA0\x80", U"\uFFFD\uFFFD\uFFFD"},
      {"above U+10FFFF", "\xF4\x90\x80\x80", U"\uFFFD\uFFFD\uFFFD\uFFFD"},
      {"cut", "a\xE2\x82", U"a\uFFFD\uFFFD"},
      {"bad second byte", "\xE2x", U"\uFFFDx"},
  };
  for (const auto& c : cases) {
    std::u32string got;
    for (std::size_t at = 0; at < c.bytes.size();) got += next_code_point(c.bytes, at);
    EXPECT_EQ(got, c.want) << c.name;
  }
}

TEST(AppendUtf8, RoundTrips) {
  for (char32_t c : {char32_t{0}, U'a', U'\x7F', U'\x80', U'\u07FF', U'\u0800', U'\uFFFD', U'\U00010000', U'\U0010FFFF'}) {
    std::string text;
    append_utf8(text, c);
    std::size_t at = 0;
    EXPECT_EQ(next_code_point(text, at), c);
    EXPECT_EQ(at, text.size());
    EXPECT_TRUE(is_valid_utf8(text));
  }
}

TEST(IsValidUtf8, Rows) {
  for (const char* good : {"", "a", "é", "€", "😀", "\uFFFD", "a\uFFFDb"}) EXPECT_TRUE(is_valid_utf8(good)) << good;
  for (const char* bad : {"\x80", "\xC3", "a\xC3", "\xC0\x80", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\xFF"}) EXPECT_FALSE(is_valid_utf8(bad));
}

TEST(CountWords, AsPeopleCount) {
  EXPECT_EQ(count_words(""), 0U);
  EXPECT_EQ(count_words(" one  two\nthree. "), 3U);
  EXPECT_EQ(count_words("don't"), 2U);  // as the field's \w+ counts
  EXPECT_EQ(count_words("größer als"), 2U);
  EXPECT_EQ(count_words("これは日本語"), 3U);
  EXPECT_EQ(count_words("中"), 1U);
  EXPECT_EQ(count_words("iPhone 手机壳 x"), 4U);
  EXPECT_EQ(count_words("... -- !"), 0U);
}

TEST(Spaces, TrimAndCollapse) {
  EXPECT_EQ(trim(" \u00A0a b\u3000\n"), "a b");
  EXPECT_EQ(trim("\u200B"), "");
  EXPECT_EQ(trim(""), "");
  EXPECT_EQ(collapse_spaces("\t a \u00A0\u2003 b\n"), "a b");
  EXPECT_EQ(collapse_spaces("   "), "");
}

TEST(Case, FoldAndCompare) {
  EXPECT_EQ(fold_case("ÄÖÜ ΣΑΣ Ж"), "äöü σασ ж");
  EXPECT_EQ(ascii_lower("AZaz\xC3\x84"), "azaz\xC3\x84");
  EXPECT_TRUE(iequals_ascii("Content-Type", "content-tYPE"));
  EXPECT_FALSE(iequals_ascii("a", "ab"));
  EXPECT_FALSE(iequals_ascii("[", "{"));
}

TEST(ToNfc, WhatIsTakenForComposedIs) {
  const std::string accent = " \u0301";  // asks for a look at the whole text
  for (char32_t c = 0x80; c < 0x30000; ++c) {
    if (c >= 0xD800 && c < 0xE000) continue;
    for (const std::string before : {"a", "\uAC00"}) {
      std::string text = before;
      append_utf8(text, c);
      ASSERT_EQ(to_nfc(text) + accent, to_nfc(text + accent)) << std::hex << static_cast<std::uint32_t>(c);
    }
  }
}

TEST(ToNfc, ComposesAndLeavesTheRest) {
  EXPECT_EQ(to_nfc("cafe\u0301"), "café");
  EXPECT_EQ(to_nfc("café"), "café");
  EXPECT_EQ(to_nfc("plain"), "plain");
  EXPECT_EQ(to_nfc("\u1112\u1161\u11AB"), "한");
}

TEST(Classes, OfCodePoints) {
  EXPECT_TRUE(is_space(U'\u00A0') && is_space(U'\u3000') && is_space(U'\uFEFF') && !is_space(U'x'));
  EXPECT_TRUE(is_letter(U'ß') && is_letter(U'ж') && !is_letter(U'1') && !is_letter(U'@') && !is_letter(U'['));
  EXPECT_TRUE(is_digit(U'٣') && !is_digit(U'²'));
  EXPECT_TRUE(is_upper(U'Ä') && !is_upper(U'ä'));
  EXPECT_TRUE(is_terminal(U'。') && is_terminal(U'…') && !is_terminal(U','));
  EXPECT_TRUE(is_closing(U'”') && !is_closing(U'('));
}

TEST(Hash64, IsTheSameOnEveryMachine) {
  EXPECT_EQ(hash64("marrow"), hash64(std::string("marrow")));
  EXPECT_NE(hash64("a"), hash64("b"));
  EXPECT_NE(hash64(""), 0U);
}

}  // namespace
}  // namespace marrow
