#include "batch/stage_stats.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace marrow {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;

std::string line_of(const StageStats& stats, std::string_view stage) {
  const std::string table = stats.table();
  const std::size_t at = table.find("  " + std::string(stage) + " ");
  return at == std::string::npos ? "" : table.substr(at, table.find('\n', at) - at);
}

TEST(StageStats, AddsUpAndTellsTheMiddleFromTheSlowest) {
  StageStats stats;
  for (int page = 1; page <= 100; ++page) {
    StageTimes times;
    times[Stage::parse] = page == 100 ? 64'000'000 : 2'000'000;
    times[Stage::rules] = 1'000'000;
    stats.add(times);
    stats.add(Stage::read, 500'000);
  }
  // 99 x 2 ms + 64 ms = 262 ms of 412; the histogram's step of 2 ms is told by its middle, 2.1.
  EXPECT_THAT(line_of(stats, "parse"), MatchesRegex(" +parse +0.26 +63.6 % +2.620 +2.0.. +2.0.. +64.000"));
  EXPECT_THAT(line_of(stats, "rules"), MatchesRegex(" +rules +0.10 +24.3 % +1.000 +(0.9..|1.000) +(0.9..|1.000) +1.000"));
  EXPECT_THAT(line_of(stats, "read"), HasSubstr(" 12.1 %"));
  EXPECT_THAT(line_of(stats, "clean"), MatchesRegex(" +clean +0.36 +87.9 % +3.620 .* +65.000"));
}

TEST(StageStats, OfNoPageIsAllNought) {
  const StageStats stats;
  EXPECT_THAT(line_of(stats, "parse"), MatchesRegex(" +parse +0.00 +0.0 % +0.000 +0.000 +0.000 +0.000"));
}

TEST(StageClock, GivesEachStageWhatPassedSinceTheLastLap) {
  StageTimes times;
  StageClock clock(&times);
  clock.lap(Stage::strip);
  clock.lap(Stage::parse);
  clock.lap(Stage::strip);
  EXPECT_GT(times[Stage::strip], 0U);
  EXPECT_EQ(times[Stage::rules], 0U);
  StageClock(nullptr).lap(Stage::strip);  // asks nobody for the time
}

}  // namespace
}  // namespace marrow
