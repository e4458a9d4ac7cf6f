// Columns: fills the bit rows of Matches: which signals hold for each element, block and link. Takes compiled
// rules, a document and its active scopes. The first half of Matcher; filters (rules/decide.h) are the second.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rules/compiled.h"
#include "rules/matches.h"
#include "rules/memo.h"
#include "rules/scope.h"

namespace marrow {

class Columns {
 public:
  explicit Columns(const CompiledRules& rules) : rules_(rules) {}
  void fill(const Document& document, const ActiveScopes& scopes, Matches* matches);

  // Signals of one value, as a row, and the [[signal]] tables that gave them: what hit and miss cases are run on.
  void row_of(Field field, std::string_view value, const ActiveScopes& scopes, std::uint64_t* row,
              std::vector<Id>* fired);

 private:
  void elements(const Document& document, Matches* matches);
  void attributes(const Document& document, const Element& element, std::uint64_t* row);
  void blocks(const Document& document, Matches* matches);
  void links(const Document& document, Matches* matches);
  void path_signals(const Document& document, Matches* matches);

  // ORs into `row` what holds for a value; through the memo where values repeat.
  void add(Field field, std::string_view value, std::uint64_t* row);
  void add_memo(Field field, std::string_view value, std::uint64_t* row);
  void add_url(std::string_view url, std::uint64_t* row);  // href and host
  void add_raw(Field field, std::string_view value, std::uint64_t* row);
  bool may_set(Id rule, std::string_view form) const;
  void set(Id rule, std::string_view form, std::uint64_t* row);
  void join(const std::uint64_t* from, std::uint64_t* row) const;

  // A text is looked at once for all fields it may be of: kTextFields rows, in the order of text_number().
  static constexpr std::size_t kTextFields = 4;
  static std::size_t text_number(Field field);
  void add_text(std::string_view text, std::uint32_t words, std::uint64_t* rows);
  void add_text_memo(Field field, std::string_view text, std::uint32_t words, std::uint64_t* row);
  void set_text(Id rule, std::string_view text, std::uint16_t fields, std::uint64_t* rows);
  std::uint64_t* remembered(std::string_view key, std::uint8_t kind, std::size_t rows, bool* fresh);
  bool has_rules(Field field) const;

  const CompiledRules& rules_;
  const ActiveScopes* scopes_ = nullptr;
  Memo memo_;
  std::vector<std::uint64_t> memo_rows_, text_rows_, host_row_;
  PatternSet::Scratch scratch_;
  std::string form_, phrase_;
  std::size_t stride_ = 1;
  std::vector<Id>* fired_ = nullptr;
  Field fired_field_ = Field::text;
};

}  // namespace marrow
