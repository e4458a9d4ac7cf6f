#include "batch/figures.h"

#include <gtest/gtest.h>

namespace marrow {
namespace {

TEST(Figures, ThousandsAreSetApart) {
  EXPECT_EQ(thousands(0), "0");
  EXPECT_EQ(thousands(999), "999");
  EXPECT_EQ(thousands(1000), "1,000");
  EXPECT_EQ(thousands(123456), "123,456");
  EXPECT_EQ(thousands(1234567), "1,234,567");
  EXPECT_EQ(thousands(18446744073709551615ULL), "18,446,744,073,709,551,615");
}

TEST(Figures, RatesHaveAsManyDigitsAsTheyDeserve) {
  EXPECT_EQ(rate_text(-1), "0.00");
  EXPECT_EQ(rate_text(0.421), "0.42");
  EXPECT_EQ(rate_text(0.997), "1.0");
  EXPECT_EQ(rate_text(7.34), "7.3");
  EXPECT_EQ(rate_text(9.96), "10");
  EXPECT_EQ(rate_text(99.4), "99");
  EXPECT_EQ(rate_text(99.6), "100");
  EXPECT_EQ(rate_text(12400.2), "12,400");
}

TEST(Figures, TimesReadAsClocks) {
  EXPECT_EQ(clock_text(6.6), "0:07");
  EXPECT_EQ(clock_text(750), "12:30");
  EXPECT_EQ(clock_text(3599.7), "1:00:00");
  EXPECT_EQ(clock_text(11109), "3:05:09");
  EXPECT_EQ(clock_text(-3), "0:00");
}

TEST(Figures, DurationsChangeTheirUnitAsTheyGrow) {
  EXPECT_EQ(duration_text(0.4231), "0.42 s");
  EXPECT_EQ(duration_text(12.34), "12.3 s");
  EXPECT_EQ(duration_text(247), "4 min 07 s");
  EXPECT_EQ(duration_text(7500), "2 h 05 min");
}

TEST(Figures, BytesInPowersOfTen) {
  EXPECT_EQ(bytes_text(812), "812 B");
  EXPECT_EQ(bytes_text(41200), "41.2 kB");
  EXPECT_EQ(bytes_text(416250000), "416 MB");
  EXPECT_EQ(bytes_text(999999), "1.0 MB");
}

}  // namespace
}  // namespace marrow
