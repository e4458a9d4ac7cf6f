// How many threads are started where somebody asks for `wanted` of them; 0 is one a core.
#pragma once

#include <algorithm>
#include <thread>

namespace marrow {

inline unsigned threads_for(unsigned wanted) {
  constexpr unsigned kMost = 1024;  // more threads than any machine has cores are a slip of the finger
  return std::clamp(wanted ? wanted : std::thread::hardware_concurrency(), 1U, kMost);
}

}  // namespace marrow
