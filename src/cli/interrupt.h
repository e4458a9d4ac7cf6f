// Interrupt: Ctrl-C and SIGTERM as a flag that work may look at. The first signal sets stop():
// pages in flight are finished and written. The second ends the program at once, after on_abort
// (which removes temporary files) has run. Signals are blocked in all threads and taken by one
// thread of its own, so that no code ever runs in a signal handler. Make it before any other
// thread.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <thread>

namespace marrow::cli {

class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  const std::atomic<bool>& stop() const { return stop_; }
  bool stopped() const { return stop_; }
  // Called once, from the signal thread, right before the program ends at the second signal.
  // Replaces the one before; an empty function forgets it.
  void on_abort(std::function<void()> clean_up);

 private:
  void wait_for_signals();

  std::atomic<bool> stop_ = false;
  std::atomic<bool> over_ = false;
  std::mutex mutex_;
  std::function<void()> clean_up_;
  std::thread thread_;
};

}  // namespace marrow::cli
