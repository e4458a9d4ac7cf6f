// Figures as people read them: thousands set apart, rates with as many digits as they deserve, times as
// clocks. Pure functions; any thread.
#pragma once

#include <cstdint>
#include <string>

namespace marrow {

std::string thousands(std::uint64_t n);       // 1,234,567
std::string rate_text(double per_second);     // 0.42, 7.3, 812, 12,400
std::string clock_text(double seconds);       // 0:07, 12:30, 3:05:09
std::string duration_text(double seconds);    // 0.42 s, 12.3 s, 4 min 07 s, 2 h 05 min
std::string bytes_text(std::uint64_t bytes);  // 812 B, 41.2 kB, 416 MB (powers of ten)

}  // namespace marrow
