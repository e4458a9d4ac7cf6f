#include "base/keyed_hash.h"

#include <random>

namespace marrow {
namespace {

std::uint64_t draw(std::random_device& device) { return std::uint64_t{device()} << 32 | device(); }

HashKeys draw_keys() {
  std::random_device device;
  const std::uint64_t start = draw(device);
  return {start, draw(device) | 1};
}

}  // namespace

const HashKeys kHashKeys = draw_keys();

}  // namespace marrow
