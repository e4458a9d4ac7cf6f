// Progress: what a run at a terminal shows while it works: pages done, rates, failures, time left.
// Takes counts from any thread (two atomic additions a page), draws from its own timer thread at
// most ten times a second into the Terminal's status line, and erases the line at its end. Shows
// nothing in the first half second, nothing where the terminal is not interactive or `wanted` is
// false.
//
//   Progress progress(terminal, wanted);
//   progress.expect(1497);              // where the number of pages is known
//   progress.page(bytes, ok);           // after each page
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>

#include "batch/terminal.h"

namespace marrow {

struct ProgressFigures {
  std::uint64_t done = 0, failed = 0, bytes = 0;
  std::uint64_t expected = 0;   // 0 = not known
  double seconds = 0;           // since the start
  double pages_per_second = 0;  // of late
};

// The line for these figures, shorter than `columns`: parts that do not fit are left out, least
// important first. Pure, for tests.
std::string progress_line(const ProgressFigures& figures, unsigned columns, bool colours);

class Progress {
 public:
  Progress(Terminal& terminal, bool wanted);
  ~Progress() { finish(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void expect(std::uint64_t pages) { expected_ = pages; }
  void page(std::size_t bytes, bool ok) {
    done_.fetch_add(1, std::memory_order_relaxed);
    bytes_.fetch_add(bytes, std::memory_order_relaxed);
    if (!ok) failed_.fetch_add(1, std::memory_order_relaxed);
  }
  // For work that counts for itself.
  void set(std::uint64_t done, std::uint64_t failed, std::uint64_t bytes, std::uint64_t expected) {
    done_ = done;
    failed_ = failed;
    bytes_ = bytes;
    expected_ = expected;
  }
  void finish();  // erases the line; no more is drawn

 private:
  void draw_until_stopped();
  ProgressFigures figures() const;

  Terminal& terminal_;
  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::atomic<std::uint64_t> done_ = 0, failed_ = 0, bytes_ = 0, expected_ = 0;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stop_ = false;
  std::thread timer_;
};

}  // namespace marrow
