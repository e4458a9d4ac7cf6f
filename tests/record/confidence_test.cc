#include "record/confidence.h"

#include <gtest/gtest.h>

namespace marrow {
namespace {

TEST(Confidence, RisesFromNoughtToOne) {
  EXPECT_EQ(calibrated(0), 0);
  EXPECT_EQ(calibrated(1), 1);
  EXPECT_EQ(calibrated(-3), 0);
  EXPECT_EQ(calibrated(7), 1);
  float last = -1;
  for (int i = 0; i <= 1000; ++i) {
    const float now = calibrated(static_cast<float>(i) / 1000.0F);
    EXPECT_GT(now, last) << i;
    EXPECT_LE(now, 1);
    last = now;
  }
}

}  // namespace
}  // namespace marrow
