// Quarantine: a folder of pages that killed the cleaner. Takes the page and how it ended; keeps its bytes under a name made
// of its id and a hash of the bytes (the same page twice is one file), and beside them a .note with what is known of the page
// and the command that repeats it. Bounded: a run that goes wrong on every page must not fill the disk. Any thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>

#include "source/input.h"

namespace marrow {

class Quarantine {
 public:
  // Pages and bytes that one run keeps; further ones are only counted.
  static constexpr std::uint64_t kMaxPages = 1000;
  static constexpr std::uint64_t kMaxBytes = std::uint64_t{1} << 30;

  explicit Quarantine(std::string folder) : folder_(std::move(folder)) {}
  // Gives the command that repeats the page, "" where it was not kept.
  std::string keep(const Input& input, const std::string& how_it_ended);
  std::uint64_t seen() const { return seen_.load(std::memory_order_relaxed); }

 private:
  const std::string folder_;  // "" = keep nothing
  std::mutex mutex_;
  std::uint64_t pages_ = 0, bytes_ = 0;
  std::atomic<std::uint64_t> seen_{0};
};

}  // namespace marrow
