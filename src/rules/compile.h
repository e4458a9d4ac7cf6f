// compile_rules: the texts of all rule files -> CompiledRules. Parses, joins signals of one name, numbers filters by
// precedence, compiles patterns. Gives every fault it finds, not the first only.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "rules/compiled.h"
#include "rules/files.h"

namespace marrow {

// The rules as written, in the order of their compiled numbers, for those who check them.
struct RuleTexts {
  std::vector<TomlFile> files;        // of those that parsed; SignalRule::file counts RuleFiles
  std::vector<std::size_t> file_of;   // RuleFile -> files
  std::vector<SignalRule> signals;    // by CompiledRules::signals
  std::vector<FilterRule> filters;    // by precedence
  std::vector<MetadataFileRule> metadata;
};

// nullptr where there are faults.
std::unique_ptr<CompiledRules> compile_rules(const std::vector<RuleFile>& files, std::vector<std::string>* faults,
                                             RuleTexts* texts = nullptr);

}  // namespace marrow
