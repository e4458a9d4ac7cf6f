// What the fuzz targets share: a check that ends the process, so that the fuzzer keeps the input. Each target is one file
// NAME_fuzz.cc with LLVMFuzzerTestOneInput; CMakeLists.txt says how they are built.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace marrow::fuzz {

inline void expect(bool holds, std::string_view what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %.*s\n", static_cast<int>(what.size()), what.data());
  std::abort();
}

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

// Takes bytes off the front, for what steers a call.
inline std::uint8_t take(std::string_view& text) {
  if (text.empty()) return 0;
  const auto first = static_cast<std::uint8_t>(text.front());
  text.remove_prefix(1);
  return first;
}

}  // namespace marrow::fuzz
