// which_rules: what `marrow rules which HOST` says: the filters and metadata rules that apply to a page of a host, in the
// order in which they decide. Takes a rule set, gives plain values; prints nothing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/ruleset.h"

namespace marrow {

struct AppliedRule {
  bool metadata = false;
  Id rule = kNone;      // RuleSet::filter or metadata_rule
  std::string scope;    // "everywhere", "example.com", "*.example.com /news/", "language de"
};

// `where`: a host or a URL. `language` may be empty: rules of all languages are then listed.
std::vector<AppliedRule> which_rules(const RuleSet& rules, std::string_view where, std::string_view language = {});

// One line a rule: number, id, what it decides, scope, priority, file:line, reason.
std::string format_which(const RuleSet& rules, const std::vector<AppliedRule>& applied);

}  // namespace marrow
