#include "report/words.h"

#include <fmt/format.h>

#include <cmath>

namespace marrow {
namespace {

// Thresholds of the models that part 0 from the rest are as small as floats get.
constexpr float kZero = 1e-30F;

}  // namespace

std::string verdict_name(const Verdict& verdict) {
  std::string name(name_of(verdict.label));
  // "related related" says no more than "related".
  if (verdict.kind != RelatedKind::none && verdict.kind != RelatedKind::related) name += " " + std::string(name_of(verdict.kind));
  if (verdict.truncated) name += " cut";
  return name;
}

std::string place_of(const RulePlace& place) { return place.file + ":" + std::to_string(place.line); }

std::string decided_by(const RuleSet& rules, const Verdict& verdict) {
  if (verdict.by == Decider::filter && verdict.rule != kNone) {
    const Filter& filter = rules.filter(verdict.rule);
    return "rule " + filter.id + " (" + place_of(filter.place) + ")";
  }
  const std::string why = verdict.why.empty() ? "" : ": " + std::string(verdict.why);
  if (verdict.by == Decider::model) return fmt::format("model {:.2f}{}", verdict.score, why);
  return std::string(name_of(verdict.by)) + why;
}

std::string shown_value(const FeatureInfo& column, float value) {
  double shown = std::abs(value) < kZero ? 0 : double{value};
  if (column.note.starts_with("ln ") && value >= 0) shown = std::expm1(shown);
  if (column.note.starts_with("signed ln ")) shown = std::copysign(std::expm1(std::abs(shown)), shown);
  return fmt::format("{:.3g}", shown);
}

}  // namespace marrow
