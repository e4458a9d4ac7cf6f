// RuleFaults: what is wrong in rule files, each fault as file:line:column with line, caret and hint; and the patterns and selectors of
// rules, which are compiled or become a fault. One thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/expression.h"
#include "rules/files.h"
#include "rules/path.h"
#include "rules/rule.h"

namespace marrow {

class RuleFaults {
 public:
  // Both outlive it. `file` below counts `files`.
  RuleFaults(const std::vector<RuleFile>& files, std::vector<std::string>* faults) : files_(files), faults_(faults) {}

  bool empty() const { return faults_->empty(); }
  std::vector<std::string>* all() { return faults_; }
  void add(std::string fault) { faults_->push_back(std::move(fault)); }
  // `length` in code points: what the carets underline.
  void at(Id file, TomlAt at, std::size_t length, std::string_view message, std::string_view hint = {});
  void refused(Id file, const Placed& pattern, const std::string& reason);
  void matches_empty(Id file, const Placed& pattern);

  // Nothing where there is no pattern, or a fault.
  std::optional<Expression> expression(Id file, const Placed& pattern, Field field, bool raw);
  std::optional<Path> path(Id file, const Placed& selector);

 private:
  const std::vector<RuleFile>& files_;
  std::vector<std::string>* faults_;
};

}  // namespace marrow
