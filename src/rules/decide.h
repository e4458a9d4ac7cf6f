// Decide: which filter decides each block, line and link, which containers hold or lose the body, where metadata
// stands. Takes the columns that rules/columns.h filled. The second half of Matcher.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rules/compiled.h"
#include "rules/matches.h"
#include "rules/scope.h"

namespace marrow {

class Decide {
 public:
  explicit Decide(const CompiledRules& rules) : rules_(rules) {}
  // `without`: a filter taken as if it were not there, for those who ask "what if".
  void run(const Document& document, const ActiveScopes& scopes, Matches* matches, Id without = kNone);

  void begin();  // a new page, for those who ask the questions below by themselves

  // Does this filter, taken alone, hold for the block (or line) or link? For statistics.
  bool holds_for_block(Id filter, const Document& document, const Matches& matches, Id block);
  bool holds_for_link(Id filter, const Document& document, const Matches& matches, Id link);
  // The filters that apply to a page, by precedence.
  void applicable(const ActiveScopes& scopes, std::vector<Id>* filters) const;
  // The elements a container filter names, outermost only.
  void elements_of(Id filter, const Document& document, std::vector<Id>* elements);
  // Does a condition hold for a value (as it stands on a page)?
  bool value_test(const CompiledTest& test, std::string_view value);

 private:
  struct Subject {  // what the conditions of a filter are asked about
    Id block = kNone, link = kNone, element = kNone;
  };
  void containers(const Document& document, Matches* matches);
  void metadata(const Document& document, const ActiveScopes& scopes, Matches* matches);
  bool holds(const CompiledFilter& filter, const Document& document, const Matches& matches, const Subject& subject);
  bool all_hold(const CompiledConditions& conditions, std::uint8_t within, const Document& document, const Matches& matches, const Subject& subject);
  bool any_holds(const CompiledConditions& conditions, std::uint8_t within, const Document& document, const Matches& matches, const Subject& subject);
  bool number_holds(Number number, const Limits& limits, const Document& document, const Subject& subject) const;
  bool signal_holds(Id signal, std::uint8_t within, const Document& document, const Matches& matches, const Subject& subject) const;
  bool heading_holds(Id signal, const Document& document, const Matches& matches, const Subject& subject) const;
  bool test_holds(const CompiledTest& test, std::uint8_t within, const Document& document, const Subject& subject);
  bool element_test(const CompiledTest& test, const Document& document, Id element);

  const CompiledRules& rules_;
  std::vector<Id> filters_, elements_;
  std::string form_;
  std::uint32_t steps_ = 0;
};

}  // namespace marrow
