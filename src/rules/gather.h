// gather_rules: the texts of all rule files -> the rules of each that count. A later source replaces filters and metadata rules of the
// same id, and switches off what it disables. Faults of all files are added, not of the first only.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/toml.h"
#include "rules/rule_faults.h"

namespace marrow {

struct GatheredRules {
  std::optional<TomlFile> toml;  // if it is kept: a tree takes ten times the memory of the file
  FileRules rules;
  std::uint32_t source = 0;
};

// By `files`; of one that does not parse, nothing.
std::vector<GatheredRules> gather_rules(const std::vector<RuleFile>& files, bool keep_trees, RuleFaults& faults);

}  // namespace marrow
