#include "rules/expression.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace marrow {
namespace {


// \w and \W under (?i) are what they are without it: what lets them be compiled without folding.
TEST(Expression, WordsAreClosedUnderFolding) {
  const Expression plain = *Expression::compile("^[\\pL\\pM\\p{Nd}_]$", Field::text);
  const Expression folded = *Expression::compile("(?i)^[\\pL\\pM\\p{Nd}_]$", Field::text);
  const Expression word = *Expression::compile("(?i)^\\w$", Field::text);
  const Expression no_word = *Expression::compile("(?i)^\\W$", Field::text);
  std::size_t words = 0;
  for (char32_t c = 1; c < 0x110000; ++c) {
    if (c == '\n' || (c >= 0xD800 && c < 0xE000)) continue;
    std::string text;
    append_utf8(text, c);
    const bool expected = plain.matches(text);
    words += expected;
    ASSERT_EQ(folded.matches(text), expected) << std::hex << std::uint32_t{c};
    ASSERT_EQ(word.matches(text), expected) << std::hex << std::uint32_t{c};
    ASSERT_EQ(no_word.matches(text), !expected) << std::hex << std::uint32_t{c};
  }
  EXPECT_GT(words, 100000U);
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

}  // namespace
}  // namespace marrow
