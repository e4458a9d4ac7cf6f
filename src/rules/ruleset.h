// RuleSet: all rule files, compiled. Takes the names of folders (and the files built into the program), gives
// named signals and filters that Matcher (rules/matches.h) finds on pages. Add, compile, then const: one
// RuleSet is shared by all threads. Faults come as file:line:column with the line, a caret and a hint.
//
//   Result<RuleSet> rules = RuleSet::load({.builtin = true, .dirs = {"rules.d"}});
//   Matcher matcher(*rules);                       // one a thread
//   const Matches& matches = matcher.match(document);
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "page/document.h"
#include "rules/filter.h"

namespace marrow {

struct RuleSources {
  bool builtin = true;  // those that come with marrow, installed or built in; not read where one of `dirs` is a copy of them (rules/files.h)
  std::vector<std::string> dirs;  // folders or single .toml files, after the built-in rules, in order
};

struct CompiledRules;
struct PageTest;  // rules/rule.h

class RuleSet {
 public:
  static Result<RuleSet> load(const RuleSources& sources);
  RuleSet(RuleSet&&) noexcept;
  RuleSet& operator=(RuleSet&&) noexcept;
  ~RuleSet();

  // SHA-256 (hex) over paths and bytes of all rule files: the version a record was made with.
  std::string_view digest() const;

  // Signals: columns, numbered 0 to signal_count(). The numbers may change with the rule files, names do not.
  std::size_t signal_count() const;
  std::string_view signal_name(Id signal) const;
  Id find_signal(std::string_view name) const;  // kNone if there is none

  std::size_t filter_count() const;
  const Filter& filter(Id filter) const;
  std::size_t metadata_count() const;
  const MetadataRule& metadata_rule(Id rule) const;

  // Page tests ([[test]] tables) of the rule files; `file` counts into files().
  const std::vector<PageTest>& tests() const;
  const std::vector<std::string>& files() const;

  const CompiledRules& compiled() const { return *compiled_; }  // for the rules stage itself

 private:
  explicit RuleSet(std::unique_ptr<CompiledRules> compiled);
  std::unique_ptr<CompiledRules> compiled_;
};

}  // namespace marrow
