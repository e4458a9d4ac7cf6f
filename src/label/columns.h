// The two ways to run a row of features: collect the names of its columns once, or fill in its numbers. One
// function template computes a row and names it, so that names and numbers cannot drift apart.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace marrow {

struct FeatureInfo {
  std::string name;
  std::string note;  // unit and reason
};

struct Naming {
  std::vector<FeatureInfo>& columns;
  std::string prefix;
  void operator()(std::string_view name, std::string_view note, float) {
    columns.push_back({prefix + std::string(name), std::string(note)});
  }
  void group(std::string_view name) { prefix = name; }
  static constexpr bool naming = true;
};

struct Filling {
  float* at;
  void operator()(std::string_view, std::string_view, float value) { *at++ = value; }
  void group(std::string_view) {}
  static constexpr bool naming = false;
};

// Most of what goes through ln() are counts: their logarithms are worked out once, when the program starts.
std::array<float, 1024> logarithms();
inline const std::array<float, 1024> kLogarithms = logarithms();

inline float ln(float x) {
  x = std::max(0.0F, x);
  const auto whole = static_cast<std::size_t>(std::min(x, 1023.0F));
  return static_cast<float>(whole) == x ? kLogarithms[whole] : std::log1p(x);
}
inline float signed_ln(float x) { return x < 0 ? -ln(-x) : ln(x); }
inline float share(float part, float whole) { return whole > 0 ? part / whole : 0; }
inline float flag(bool b) { return b ? 1.0F : 0.0F; }
inline float sigmoid(float x) { return 1.0F / (1.0F + std::exp(-x)); }

}  // namespace marrow
