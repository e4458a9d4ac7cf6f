#include "batch/progress.h"

#include <gtest/gtest.h>

namespace marrow {
namespace {

ProgressFigures half_way() {
  ProgressFigures f;
  f.done = 2000;
  f.expected = 4000;
  f.bytes = 556'000'000;
  f.seconds = 2.5;
  f.pages_per_second = 800;
  f.failed = 3;
  return f;
}

TEST(ProgressLine, SaysAllWhereThereIsRoom) {
  EXPECT_EQ(progress_line(half_way(), 120, false),
            "[============>           ]  2,000/4,000 pages  50%  800 pages/s  222 MB/s  3 failed  "
            "ETA 0:03");
}

TEST(ProgressLine, LeavesOutTheLeastImportantFirst) {
  EXPECT_EQ(progress_line(half_way(), 80, false),
            "2,000/4,000 pages  50%  800 pages/s  3 failed  ETA 0:03");
  EXPECT_EQ(progress_line(half_way(), 40, false), "2,000/4,000 pages  50%  3 failed");
}

TEST(ProgressLine, NeverWrapsWhateverTheWidth) {
  for (unsigned columns = 1; columns < 130; ++columns)
    EXPECT_LT(progress_line(half_way(), columns, false).size(), columns) << columns;
}

TEST(ProgressLine, KnowsNoShareWhereTheNumberOfPagesIsNotKnown) {
  ProgressFigures f = half_way();
  f.expected = 0;
  EXPECT_EQ(progress_line(f, 120, false), "2,000 pages  800 pages/s  222 MB/s  3 failed");
}

TEST(ProgressLine, MorePagesThanExpectedPromiseNothing) {
  ProgressFigures f = half_way();
  f.done = 4100;
  f.failed = 0;
  EXPECT_EQ(progress_line(f, 120, false), "4,100 pages  800 pages/s  222 MB/s");
}

TEST(ProgressLine, TheEndIsAFullBar) {
  ProgressFigures f = half_way();
  f.done = f.expected;
  f.failed = 0;
  EXPECT_EQ(progress_line(f, 120, false),
            "[========================]  4,000/4,000 pages 100%  800 pages/s  222 MB/s");
}

TEST(ProgressLine, FirstMomentHasNoRate) {
  EXPECT_EQ(progress_line({}, 80, false), "0 pages  0.00 pages/s");
}

}  // namespace
}  // namespace marrow
