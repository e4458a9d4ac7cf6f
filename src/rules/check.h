// check_rules: what `marrow rules check` says. Takes rule sources, compiles them, runs every hit and miss case, and looks
// for rules that cannot do what their author meant. Gives messages for people; no pages are read.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "rules/ruleset.h"

namespace marrow {

struct RulesCheck {
  std::vector<std::string> faults;    // the set cannot be used, or says other than its cases
  std::vector<std::string> warnings;  // it can, but something is odd
  std::size_t files = 0, signals = 0, filters = 0, metadata = 0, cases = 0;
};

RulesCheck check_rules(const RuleSources& sources);

}  // namespace marrow
