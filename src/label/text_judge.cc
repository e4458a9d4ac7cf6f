#include "label/text_judge.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace marrow {
namespace {

// Costs, in log odds, of one role following another (from, to: body, title, teaser, other). Set by hand on generated texts: the model sees
// three neighbours on each side, so little is left to say. Re-run: scripts/training/texts.py.
constexpr float kFollow[TextJudge::kRoles][TextJudge::kRoles] = {
    {0.0F, 0.3F, 0.3F, 0.2F},
    {0.3F, 0.0F, 0.0F, 0.1F},
    {0.3F, 0.0F, 0.0F, 0.1F},
    {0.2F, 0.1F, 0.2F, 0.0F},
};

}  // namespace

std::span<const float> TextJudge::rows(const std::vector<TextUnit>& units) { return features_.compute(units, hand_.scores(), by_hand_); }

const std::vector<TextReading>& TextJudge::read(const std::vector<TextUnit>& units) {
  by_hand_ = hand_.decode(units);
  if (!model_ || units.empty()) return by_hand_;
  model_->score(rows(units), features_.columns().size(), raw_);
  // Raw scores -> log probabilities.
  for (std::size_t i = 0; i < units.size(); ++i) {
    float* const row = raw_.data() + i * kRoles;
    const float top = *std::max_element(row, row + kRoles);
    float sum = 0;
    for (std::size_t r = 0; r < kRoles; ++r) sum += std::exp(row[r] - top);
    for (std::size_t r = 0; r < kRoles; ++r) row[r] -= top + std::log(sum);
  }
  decode(units.size());
  find_parts();
  return readings_;
}

void TextJudge::decode(std::size_t count) {
  readings_.resize(count);
  sure_.resize(count);
  from_.resize(count);
  std::array<float, kRoles> best{}, next{};
  std::copy_n(raw_.data(), kRoles, best.begin());
  for (std::size_t i = 1; i < count; ++i) {
    for (std::size_t to = 0; to < kRoles; ++to) {
      float top = std::numeric_limits<float>::lowest();
      for (std::size_t from = 0; from < kRoles; ++from)
        if (const float points = best[from] - kFollow[from][to]; points > top) {
          top = points;
          from_[i][to] = static_cast<std::int8_t>(from);
        }
      next[to] = top + raw_[i * kRoles + to];
    }
    best = next;
  }
  auto role = static_cast<std::size_t>(std::max_element(best.begin(), best.end()) - best.begin());
  for (std::size_t i = count; i-- > 0;) {
    readings_[i].role = static_cast<TextRole>(role);
    sure_[i] = std::exp(raw_[i * kRoles + role]);
    if (i > 0) role = static_cast<std::size_t>(from_[i][role]);
  }
}

void TextJudge::find_parts() {
  std::size_t first = readings_.size(), last = 0;
  for (std::size_t i = 0; i < readings_.size(); ++i)
    if (readings_[i].role == TextRole::body) {
      first = std::min(first, i);
      last = i;
    }
  for (std::size_t i = 0; i < readings_.size(); ++i)
    readings_[i].part = i < first && first < readings_.size() ? TextPart::before : i > last || first == readings_.size() ? TextPart::behind : TextPart::inside;
}

}  // namespace marrow
