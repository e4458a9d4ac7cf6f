#include "rules/expression.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace marrow {
namespace {


// \w under (?i) is what it is without it: what lets it be compiled without folding. \W is never one of its own.
TEST(Expression, WordsAreClosedUnderFolding) {
  const Expression plain = *Expression::compile("^[\\pL\\pM\\p{Nd}_]$", Field::text);
  const Expression folded = *Expression::compile("(?i)^[\\pL\\pM\\p{Nd}_]$", Field::text);
  const Expression word = *Expression::compile("(?i)^\\w$", Field::text);
  const Expression no_word = *Expression::compile("(?i)^\\W$", Field::text);
  std::size_t words = 0, no_words = 0;
  for (char32_t c = 1; c < 0x110000; ++c) {
    if (c == '\n' || (c >= 0xD800 && c < 0xE000)) continue;
    std::string text;
    append_utf8(text, c);
    const bool expected = plain.matches(text);
    words += expected;
    ASSERT_EQ(folded.matches(text), expected) << std::hex << std::uint32_t{c};
    ASSERT_EQ(word.matches(text), expected) << std::hex << std::uint32_t{c};
    ASSERT_FALSE(expected && no_word.matches(text)) << std::hex << std::uint32_t{c};
    no_words += no_word.matches(text);
  }
  EXPECT_GT(words, 100000U);
  EXPECT_GT(no_words, 10000U);
}

// A plain token is looked for without RE2; grouped it is RE2's: both say the same.
TEST(Expression, PlainTokensAreWhatPatternsOfThemAre) {
  const Expression token = *Expression::compile("\\bteaser_2\\b", Field::cls), pattern = *Expression::compile("(?:teaser_2)", Field::cls);
  EXPECT_EQ(token.program_size(), 0U);
  EXPECT_GT(pattern.program_size(), 0U);
  for (const char* form : {"", "teaser_2", "teaser_2 a", "a teaser_2", "a-teaser_2-b", "my_teaser_2", "teaser_20", "teaser_20 teaser_2", "steaser_2", "teaser", "Teaser_2", "a\nteaser_2"}) {
    EXPECT_EQ(token.matches(form), pattern.matches(form)) << form;
    EXPECT_EQ(token.capture(form), pattern.matches(form) ? "teaser_2" : "") << form;
  }
  EXPECT_GT(Expression::compile("teaser", Field::text)->program_size(), 0U);
  EXPECT_GT(Expression::compile("teaser", Field::cls, true)->program_size(), 0U);
  EXPECT_GT(Expression::compile("(?i)teaser", Field::id)->program_size(), 0U);
}

TEST(Expression, SignsOfAllScriptsAreNoWords) {
  const Expression no_word = *Expression::compile("^\\W$", Field::text);
  const std::string signs =
      "!\"#$%&'()*+,-./:;<=>?@[\\]^`{|}~\t\n \u00a0¡§©«°·»¿×÷‐–—‘’“”„†•…‹›⁄€₹₿№™←→⇒∞≤⌚⏱①■▶★☎✓❤➜⟵⬆、。〈〉《》「」【】〜〰・"
      "֊՛՞־׀׃״،؛؟٪٫٬٭۔܀।॥॰෴฿๏๚༄༒၊။჻፡።។៕᠁᠂！（）：，？［］｛｝｡｢｣￥📅🕒🔥🧀\u200b\u200f\u2028\ue001\uf10b\ufeff\u3000";
  for (std::size_t at = 0; at < signs.size();) {
    const std::size_t from = at;
    next_code_point(signs, at);
    EXPECT_TRUE(no_word.matches(signs.substr(from, at - from))) << signs.substr(from, at - from);
  }
}

}  // namespace
}  // namespace marrow
