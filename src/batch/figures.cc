#include "batch/figures.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

namespace marrow {
namespace {

std::uint64_t whole(double value) {
  return value > 0 && value < 1e18 ? static_cast<std::uint64_t>(value + 0.5) : 0;
}

}  // namespace

std::string thousands(std::uint64_t n) {
  std::string digits = std::to_string(n);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, 1, ',');
  return digits;
}

std::string rate_text(double per_second) {
  if (per_second >= 99.5) return thousands(whole(per_second));
  if (per_second >= 9.95) return fmt::format("{:.0f}", per_second);
  return fmt::format("{:.{}f}", per_second > 0 ? per_second : 0.0, per_second >= 0.995 ? 1 : 2);
}

std::string clock_text(double seconds) {
  const std::uint64_t s = whole(seconds);
  if (s < 3600) return fmt::format("{}:{:02}", s / 60, s % 60);
  return fmt::format("{}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60);
}

std::string duration_text(double seconds) {
  if (seconds < 9.995) return fmt::format("{:.2f} s", seconds > 0 ? seconds : 0.0);
  if (seconds < 119.95) return fmt::format("{:.1f} s", seconds);
  const std::uint64_t s = whole(seconds);
  if (s < 2 * 3600) return fmt::format("{} min {:02} s", s / 60, s % 60);
  return fmt::format("{} h {:02} min", s / 3600, s / 60 % 60);
}

std::string bytes_text(std::uint64_t bytes) {
  if (bytes < 1000) return fmt::format("{} B", bytes);
  constexpr std::array<const char*, 4> kUnits{"kB", "MB", "GB", "TB"};
  double value = static_cast<double>(bytes) / 1e3;
  std::size_t unit = 0;
  while (value >= 999.5 && unit + 1 < kUnits.size()) value /= 1e3, ++unit;
  return fmt::format("{:.{}f} {}", value, value >= 99.95 ? 0 : 1, kUnits[unit]);
}

}  // namespace marrow
