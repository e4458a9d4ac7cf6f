// The two processes behind an Isolation, as functions that never return: the nursery, which forks workers, and the worker,
// which cleans pages. Private to batch/isolate.cc.
#pragma once

#include "batch/isolate.h"

namespace marrow {

// Requests to the nursery: kSpawn with a socket -> the worker's pid; a pid -> how it ended, as waitpid() tells it.
inline constexpr std::int64_t kSpawn = 0;
// What one message of a page may hold at most, either way.
inline constexpr std::size_t kMaxMessage = std::size_t{4} << 30;

[[noreturn]] void run_nursery(const Socket& control, const MakeCleanPage& make, const IsolationOptions& options);

}  // namespace marrow
