// How many threads are started where somebody asks for `wanted` of them.
#pragma once

#include <algorithm>

namespace marrow {

// More threads than any machine has cores are a slip of the finger.
inline constexpr unsigned kMostThreads = 1024;
inline unsigned bounded_threads(unsigned wanted) { return std::clamp(wanted, 1U, kMostThreads); }

}  // namespace marrow
