// StageStats: how long each stage took over the pages of a run: sums, and the middle and the slowest of them from a
// histogram whose steps grow with the time (eight to the octave, so that quantiles are right within a tenth).
// Takes times from any thread, gives a table. Never keeps anything by page.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>

#include "base/stages.h"

namespace marrow {

class StageStats {
 public:
  void add(const StageTimes& page);                  // what one page took in the stages that clean it
  void add(Stage stage, std::uint64_t nanos);        // read and write, which other threads do
  // From now on pages' times go there and are not kept: in a worker process, whose parent keeps them (batch/isolate.h).
  // One thread, before the first page.
  void pass_to(StageTimes* times) { passed_to_ = times; }
  // One line a stage: seconds, share, mean, median, 99th percentile and slowest in milliseconds.
  std::string table() const;

 private:
  static constexpr std::size_t kSteps = 8;   // an octave
  static constexpr std::size_t kOctaves = 40;  // to 18 minutes
  struct Column {
    std::uint64_t count = 0, sum = 0, most = 0;
    std::array<std::uint64_t, kSteps * kOctaves> histogram{};
    void add(std::uint64_t nanos);
    double quantile(double share) const;  // nanoseconds
  };
  static std::size_t step_of(std::uint64_t nanos);

  StageTimes* passed_to_ = nullptr;
  mutable std::mutex mutex_;
  std::array<Column, kStages> columns_;
  Column clean_;  // all stages of a page but reading and writing
};

}  // namespace marrow
