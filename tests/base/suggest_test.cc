#include "base/suggest.h"

#include <gtest/gtest.h>

#include <array>

namespace marrow {
namespace {

constexpr std::array<std::string_view, 4> kKeys{"pattern", "field", "words", "where"};

TEST(Suggest, DistanceCountsInsertDeleteReplaceAndSwap) {
  EXPECT_EQ(edit_distance("", ""), 0U);
  EXPECT_EQ(edit_distance("abc", ""), 3U);
  EXPECT_EQ(edit_distance("patern", "pattern"), 1U);
  EXPECT_EQ(edit_distance("pattenr", "pattern"), 1U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
}

TEST(Suggest, FindsTheNearestAndDoesNotGuessFar) {
  EXPECT_EQ(suggest("patern", kKeys), "pattern");
  EXPECT_EQ(suggest("FIELD", kKeys), "field");
  EXPECT_EQ(suggest("were", kKeys), "where");
  EXPECT_EQ(suggest("zzzz", kKeys), "");
  EXPECT_EQ(suggest("", kKeys), "");
  EXPECT_EQ(suggest(std::string(100000, 'p'), kKeys), "");
}

TEST(Suggest, WritesTheQuestion) {
  EXPECT_EQ(did_you_mean("feild", kKeys), "did you mean 'field'?");
  EXPECT_EQ(did_you_mean("colour", kKeys), "");
}

}  // namespace
}  // namespace marrow
