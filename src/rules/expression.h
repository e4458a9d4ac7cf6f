// Expression: a rule's regular expression, read as rule files mean it (rules/README.md) and run by RE2.
// RE2 knows ASCII only in \b, \w and \d. Here \w and \d mean letters and digits of every script, and a \b at
// either end of the pattern is a word boundary of every script: RE2 finds the places, the letters beside them are
// looked at afterwards. On class and id a pattern matches whole tokens. Const once compiled: shared by threads.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/pattern.h"
#include "base/result.h"
#include "rules/field.h"

namespace marrow {

class Expression {
 public:
  // What an expression becomes for RE2. Fails with the reason alone, no place.
  struct Source {
    std::string pattern;  // group 1 is the rule's pattern itself
    std::string rough;    // a pattern of few states that matches all that `pattern` matches, and more: to search many at once
    bool word_begin = false, word_end = false;
    // Does `rough` say all? The letters beside a \b are looked at by the expression alone.
    bool is_sure() const { return rough == pattern && !word_begin && !word_end; }
    std::string token;  // not empty: a plain token of a class or id is all it asks for, RE2 is not needed
  };
  // `raw`: class and id as written, substrings count.
  static Result<Source> translate(std::string_view pattern, Field field, bool raw);
  static Result<Expression> compile(std::string_view pattern, Field field, bool raw = false);
  static Result<Expression> compile(Source source);

  // `form`: the field's normal form.
  bool matches(std::string_view form) const;
  // Where the text matched, "" if it did not. Group of the rule's own, if it has one.
  std::string_view capture(std::string_view form) const;
  const Source& source() const { return source_; }
  std::size_t program_size() const { return pattern_ ? pattern_->program_size() : 0; }

 private:
  Expression(Source source, std::optional<Pattern> pattern) : source_(std::move(source)), pattern_(std::move(pattern)) {}
  Source source_;
  std::optional<Pattern> pattern_;  // none where a token is all
};

}  // namespace marrow
