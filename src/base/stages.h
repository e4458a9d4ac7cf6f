// Where the time of a page goes: the stages by name, and a clock that is read where one of them ends. Costs a test of a
// pointer a stage where nobody asked. A StageTimes belongs to one thread and one page at a time.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace marrow {

// In the order in which a page goes through them. `read` holds decompression, `write` rendering.
enum class Stage : std::uint8_t { read, decode, strip, parse, blocks, rules, features, model, label, record, write };
inline constexpr std::size_t kStages = 11;

constexpr std::string_view name_of(Stage stage) {
  constexpr std::array<std::string_view, kStages> names = {"read",     "decode", "strip", "parse",  "blocks", "rules",
                                                           "features", "model",  "label", "record", "write"};
  return names[static_cast<std::size_t>(stage)];
}

struct StageTimes {
  std::array<std::uint64_t, kStages> nanos{};
  std::uint64_t& operator[](Stage stage) { return nanos[static_cast<std::size_t>(stage)]; }
  std::uint64_t operator[](Stage stage) const { return nanos[static_cast<std::size_t>(stage)]; }
};

class StageClock {
 public:
  explicit StageClock(StageTimes* times) : times_(times) {
    if (times_) last_ = Clock::now();
  }
  // What passed since the last lap was this stage's.
  void lap(Stage stage) {
    if (!times_) return;
    const Clock::time_point now = Clock::now();
    (*times_)[stage] += static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::nanoseconds>(now - last_).count());
    last_ = now;
  }

 private:
  using Clock = std::chrono::steady_clock;
  StageTimes* times_;
  Clock::time_point last_;
};

}  // namespace marrow
