// RunLock: one run of a job at a time. An advisory lock (flock) on FILE.lock, which the system
// gives back however the holder ends, so that no stale lock is ever left. Not on the state file
// itself: SQLite's own locks there would be lost when a second descriptor of it is closed.
#pragma once

#include <string>

#include "base/result.h"

namespace marrow {

class RunLock {
 public:
  RunLock() = default;
  RunLock(RunLock&& other) noexcept;
  RunLock& operator=(RunLock&& other) noexcept;
  ~RunLock();

  // held() is false where another process has it; holder() then says which ("process 4711 on host
  // since …").
  static Result<RunLock> take(const std::string& state_path);
  bool held() const { return fd_ >= 0; }
  const std::string& holder() const { return holder_; }

 private:
  int fd_ = -1;
  std::string holder_;
};

}  // namespace marrow
