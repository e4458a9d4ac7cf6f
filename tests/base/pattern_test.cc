#include "base/pattern.h"

#include <gtest/gtest.h>

namespace marrow {
namespace {

TEST(Pattern, MatchesAnywhere) {
  const Result<Pattern> p = Pattern::compile("/(tag|topic)/");
  ASSERT_TRUE(p);
  EXPECT_TRUE(p->matches("https://example.org/tag/a"));
  EXPECT_FALSE(p->matches("https://example.org/tags/a"));
}

TEST(Pattern, FindsFromAPlace) {
  const Result<Pattern> p = Pattern::compile("an");
  ASSERT_TRUE(p);
  Pattern::Range range;
  ASSERT_TRUE(p->find("banana", 2, &range));
  EXPECT_EQ(range.begin, 3U);
  EXPECT_EQ(range.end, 5U);
  EXPECT_FALSE(p->find("banana", 5, &range));
  EXPECT_FALSE(p->find("banana", 7, &range));
}

TEST(Pattern, CapturesGroupOneOrTheWhole) {
  EXPECT_EQ(Pattern::compile("by (\\w+)")->capture("written by Ada"), "Ada");
  EXPECT_EQ(Pattern::compile("by \\w+")->capture("written by Ada"), "by Ada");
  EXPECT_EQ(Pattern::compile("by (\\w+)")->capture("nobody"), "");
}

TEST(Pattern, RefusesWhatDoesNotCompileAndWhatIsTooLarge) {
  EXPECT_EQ(Pattern::compile("(abc").error().message, "missing ): (abc");
  EXPECT_EQ(Pattern::compile("a{1001}").error().message, "invalid repetition size: {1001}");
  EXPECT_FALSE(Pattern::compile("((\\pL{30}){30}){1}"));
}

}  // namespace
}  // namespace marrow
