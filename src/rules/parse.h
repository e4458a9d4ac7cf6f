// parse_rules: one rule file -> FileRules. Takes the tree of a TOML file, gives its rules and every fault in it (unknown
// keys with "did you mean", wrong types, missing parts), each as file:line:column with line, caret and hint.
// Does not look at other files: what needs them (duplicate ids, unknown signals) is the compiler's.
#pragma once

#include <string>
#include <vector>

#include "base/toml.h"
#include "rules/rule.h"

namespace marrow {

void parse_rules(const TomlFile& toml, Id file, FileRules* rules, std::vector<std::string>* faults);

}  // namespace marrow
