// Pattern: one regular expression (RE2 syntax, UTF-8, linear time in the text). The door to RE2 for lists of
// URL patterns and for what rules need of a single expression; sets of them are in rules/pattern_set.h.
// Const once compiled: shared by threads. Never logs.
//
//   Result<Pattern> p = Pattern::compile("/(tag|topic)/");
//   if (p->matches(url)) …
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace marrow {

class Pattern {
 public:
  struct Range {
    std::size_t begin = 0, end = 0;
  };
  // Memory of one compiled expression and its automata; larger ones are refused as "too large".
  static constexpr std::size_t kMaxBytes = std::size_t{1} << 20;

  // The error's message is the reason alone ("missing ): (abc"); the caller knows the place.
  static Result<Pattern> compile(std::string_view expression);
  ~Pattern();
  Pattern(Pattern&&) noexcept;
  Pattern& operator=(Pattern&&) noexcept;

  bool matches(std::string_view text) const;  // anywhere in the text
  // The first match at or behind `from`: where its group stands (0 = the whole match). False if there is none.
  bool find(std::string_view text, std::size_t from, Range* range, int group = 0) const;
  // The text of group 1 (of the whole match where there is no group), "" if there is no match.
  std::string_view capture(std::string_view text) const;
  std::size_t program_size() const;  // instructions: what the expression costs in memory

 private:
  struct State;
  explicit Pattern(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace marrow
