// PatternSet: many expressions over one field, searched in one pass (RE2::Set). Takes expressions, gives the
// numbers of those that match a text. A set that RE2 cannot compile or run within its memory is not "no match":
// compile() then fails, and at run time the expressions are tried one by one and counted.
// Single expressions are compiled when one is first needed (a word boundary to look at, a fallback): most never are,
// and a program that cleans one page should not wait for them. So are the sets of what ships with the program.
// Add, compile, then const: shared by threads; each thread brings its own scratch.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "rules/expression.h"

namespace marrow {

class PatternSet {
 public:
  struct Scratch {
    std::vector<int> found;
    std::uint32_t fallbacks = 0;
  };
  // RE2's memory for program and automaton of one set. 200 guarded patterns need more than the default 8 MiB.
  static constexpr std::int64_t kMaxBytes = std::int64_t{64} << 20;

  explicit PatternSet(std::int64_t max_bytes = kMaxBytes);
  ~PatternSet();
  PatternSet(PatternSet&&) noexcept;
  PatternSet& operator=(PatternSet&&) noexcept;

  // False where RE2 refuses the pattern; *reason says why. Numbers count up from 0.
  bool add(Expression::Source source, std::string* reason);
  // The same of a pattern that is known to be sound: nothing is looked at until the set is.
  void add_sound(Expression::Source source);
  // Of a set whose patterns are all known to be sound, when it is first needed; of others now.
  Status compile();
  bool empty() const;
  std::size_t size() const;
  const Expression& expression(std::size_t number) const;

  // The numbers of the expressions that match, in scratch.found, ascending.
  void match(std::string_view form, Scratch& scratch) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace marrow
