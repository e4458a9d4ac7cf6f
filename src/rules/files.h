// Rule files: names of folders -> the texts of the .toml files below them, sorted, with the number of the source each
// came from (0 = those that come with marrow, installed or built in; then the folders in order). Follows symbolic links, but no folder twice,
// and a link back to a folder above is an error; so is a file that is too large or cannot be read. Errors name it. A folder that holds most of the built-in files
// by name (marrow's own rules/, an edited copy of it) takes their place.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "rules/ruleset.h"

namespace marrow {

struct RuleFile {
  std::string path;  // as shown in messages
  std::string text;
  std::uint32_t source = 0;
  // As it was when the program was built and its tests vouched for it: its patterns are compiled when they are first
  // needed, its hit and miss cases are read by those alone who run them.
  bool shipped = false;
};

// The folder the shipped rules were installed to, "" where there is none: then those built into the program are read.
// The environment's MARROW_RULES_DIR names it, else it lies beside the program (PREFIX/share/marrow/rules for PREFIX/bin/marrow).
std::string installed_rules();

Result<std::vector<RuleFile>> read_rule_files(const RuleSources& sources);
std::string digest_of(const std::vector<RuleFile>& files);

}  // namespace marrow
