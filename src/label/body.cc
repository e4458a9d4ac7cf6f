#include "label/body.h"

#include <algorithm>

namespace marrow {
namespace {

// Cuts outside these bounds trust the calibration of the model too far on strange pages.
constexpr float kLowestCut = 0.2F, kHighestCut = 0.6F;
constexpr float kNoBodyCut = 0.5F;  // for pages without words

}  // namespace

float best_cut(const PageFacts& facts, std::span<const float> body) {
  std::vector<std::pair<float, float>> order;  // p, words
  order.reserve(body.size());
  double all = 0;
  for (Id b = 0; b < body.size(); ++b) {
    const float w = facts.block(b).words;
    order.emplace_back(body[b], w);
    all += double{body[b]} * w;
  }
  std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  double mass = 0, words = 0, best = -1;
  float cut = kNoBodyCut;
  for (const auto& [p, w] : order) {
    mass += double{p} * w;
    words += w;
    const double f1 = words + all > 0 ? 2 * mass / (words + all) : 0;
    if (f1 > best) {
      best = f1;
      cut = p;
    }
  }
  return std::clamp(cut, kLowestCut, kHighestCut);
}

float expected_f1(const PageFacts& facts, std::span<const float> body, float cut) {
  double all = 0, mass = 0, words = 0;
  for (Id b = 0; b < body.size(); ++b) {
    const double w = facts.block(b).words;
    all += body[b] * w;
    if (body[b] < cut) continue;
    mass += body[b] * w;
    words += w;
  }
  return words + all > 0 ? static_cast<float>(2 * mass / (words + all)) : 0;
}

}  // namespace marrow
