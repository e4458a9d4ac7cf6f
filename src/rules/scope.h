// ActiveScopes: which scopes of a rule set hold for a page. Takes the page's URL and language, answers by scope
// number. Costs a look-up a host label, however many sites have rules. One a thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rules/compiled.h"

namespace marrow {

class ActiveScopes {
 public:
  void set(const CompiledRules& rules, std::string_view url, std::string_view language);
  void set_all(const CompiledRules& rules);  // every scope holds: for hit and miss cases
  bool holds(Id scope) const { return scope == kNone || stamps_[scope] == stamp_; }
  const std::vector<Id>& list() const { return list_; }  // ascending

 private:
  void consider(const CompiledRules& rules, Id scope, bool by_host, std::string_view path, std::string_view language);
  std::vector<std::uint32_t> stamps_;
  std::uint32_t stamp_ = 0;
  std::vector<Id> list_;
  std::string host_;
};

// "de-AT" -> "de", "ZH_hans" -> "zh", "" where it is no language.
std::string_view primary_language(std::string_view tag);

}  // namespace marrow
