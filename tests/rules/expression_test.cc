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

}  // namespace
}  // namespace marrow
