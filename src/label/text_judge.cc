#include "label/text_judge.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

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

constexpr std::size_t kRowsAtOnce = 64;  // as the trees take them (label/forest.h)

// A paragraph of so many words that ends whole, bears no mark of a leak and is body by hand is body: 994 in a thousand such units of the
// training texts are. The model is not asked of it: most bytes of most texts stand in such paragraphs.
constexpr std::uint32_t kPlainWords = 60;
constexpr float kPlainParagraph[TextJudge::kRoles] = {-0.001F, -9.0F, -8.0F, -9.0F};  // log probabilities

bool is_plain_paragraph(const std::vector<TextUnit>& units, std::size_t i, const TextReading& by_hand) {
  const TextUnit& u = units[i];
  if (u.words < kPlainWords || by_hand.role != TextRole::body) return false;
  if (u.ending != Ending::stop && u.ending != Ending::question && u.ending != Ending::exclamation) return false;
  if (u.read_more != kNone || u.glued || u.points != 0 || u.marker != 0 || u.twins != 0) return false;
  return i + 1 == units.size() || (units[i + 1].phrases & kPhraseReadMore) == 0;
}

}  // namespace

std::span<const float> TextJudge::rows(const std::vector<TextUnit>& units) {
  features_.prepare(units, hand_.scores(), by_hand_);
  asked_.resize(units.size());
  std::iota(asked_.begin(), asked_.end(), 0U);
  return features_.rows(asked_);
}

// Log probabilities of all units. The model is asked of a few rows at a time, so that they stay in the nearest caches, and a text of a million
// lines takes no more memory than one of a hundred.
void TextJudge::ask(const std::vector<TextUnit>& units) {
  features_.prepare(units, hand_.scores(), by_hand_);
  raw_.resize(units.size() * kRoles);
  for (std::size_t i = 0; i < units.size();) {
    asked_.clear();
    for (; i < units.size() && asked_.size() < kRowsAtOnce; ++i) {
      if (!is_plain_paragraph(units, i, by_hand_[i])) asked_.push_back(static_cast<std::uint32_t>(i));
      else std::copy_n(kPlainParagraph, kRoles, raw_.begin() + static_cast<std::ptrdiff_t>(i * kRoles));
    }
    model_->score(features_.rows(asked_), features_.columns().size(), some_);
    for (std::size_t k = 0; k < asked_.size(); ++k) {
      const float* const from = some_.data() + k * kRoles;
      float* const row = raw_.data() + asked_[k] * kRoles;
      const float top = *std::max_element(from, from + kRoles);
      float sum = 0;
      for (std::size_t r = 0; r < kRoles; ++r) sum += std::exp(from[r] - top);
      for (std::size_t r = 0; r < kRoles; ++r) row[r] = from[r] - top - std::log(sum);
    }
  }
}

const std::vector<TextReading>& TextJudge::read(const std::vector<TextUnit>& units) {
  by_hand_ = hand_.decode(units);
  if (!model_ || units.empty()) return by_hand_;
  ask(units);
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
