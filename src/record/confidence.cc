#include "record/confidence.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace marrow {
namespace {

struct Knot {
  float estimate, worth;
};
constexpr Knot kKnots[] = {
#include "record/confidence.inc"
};

constexpr bool rising() {
  for (std::size_t i = 1; i < std::size(kKnots); ++i)
    if (kKnots[i].estimate <= kKnots[i - 1].estimate || kKnots[i].worth <= kKnots[i - 1].worth) return false;
  return std::size(kKnots) >= 2 && kKnots[0].estimate == 0 && kKnots[std::size(kKnots) - 1].estimate == 1;
}
static_assert(rising(), "confidence.inc rises from 0 to 1: run scripts/calibrate");

}  // namespace

float calibrated(float estimate) {
  estimate = std::clamp(estimate, 0.0F, 1.0F);
  const Knot* above = std::find_if(std::begin(kKnots) + 1, std::end(kKnots) - 1, [=](const Knot& k) { return k.estimate >= estimate; });
  const Knot& below = above[-1];
  return below.worth + (above->worth - below.worth) * (estimate - below.estimate) / (above->estimate - below.estimate);
}

}  // namespace marrow
