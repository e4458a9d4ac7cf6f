// Words: how verdicts, deciders and columns are named to people, the same in text and in HTML. Pure; any thread.
#pragma once

#include <string>

#include "label/explain.h"
#include "label/verdict.h"
#include "rules/ruleset.h"

namespace marrow {

std::string verdict_name(const Verdict& verdict);  // "related next", "teaser cut"
std::string place_of(const RulePlace& place);      // "mine.toml:3"
// "rule mine.keeper (mine.toml:3)", "model 0.98: reads like …", "pass: …"
std::string decided_by(const RuleSet& rules, const Verdict& verdict);
// A column's value as people count: columns that are logarithms of counts are shown as the counts.
std::string shown_value(const FeatureInfo& column, float value);

}  // namespace marrow
