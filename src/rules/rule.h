// What rule files say, as plain values: signals, filters, metadata rules, page tests. Made by parse_rules
// (rules/parse.h), read by the compiler (rules/ruleset.cc) and by check. Places are kept for messages.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/toml.h"
#include "page/document.h"
#include "rules/field.h"
#include "rules/filter.h"
#include "rules/phrases.h"

namespace marrow {

// A string of a rule file and where it stands.
struct Placed {
  std::string text;
  TomlAt at;
};

// Where a rule applies. Empty = everywhere.
struct ScopeRule {
  std::string language;       // primary subtag of the page's language: "de"; also holds where the page says none
  std::vector<Placed> sites;  // "example.com" (and www.), "*.example.com" (its sub-domains only)
  Placed url_path;            // pattern over the URL's path
  bool everywhere() const { return language.empty() && sites.empty() && url_path.text.empty(); }
};

struct SignalRule {
  std::string name;
  TomlAt at;
  Id file = 0;
  std::vector<Field> fields;
  Placed pattern, unless;
  std::vector<Placed> words;
  std::array<std::vector<Placed>, 4> phrases;  // by PhraseAt
  bool raw = false;
  std::uint16_t max_words = 0;  // 0 = any
  ScopeRule scope;
  std::vector<Placed> hit, miss;
};

struct Limits {
  double min = 0, max = 0;
  TomlAt at;
};

// One condition over a field: a pattern, or a list of words.
struct FieldTest {
  Field field = Field::text;
  Placed pattern;
  std::vector<Placed> words;
};

enum class Number : std::uint8_t { words, chars, link_density, position, repeats, links };
inline constexpr std::size_t kNumbers = 6;
struct NumberTest {
  Number number = Number::words;
  Limits limits;
};
std::string_view name_of(Number number);
// Words a text may have at most for a phrase at this place, where the rule does not say; 0 = any.
std::uint16_t default_max_words(PhraseAt at);

// The conditions of `where` (all must hold) or `unless` (none may hold).
struct Conditions {
  std::vector<FieldTest> fields;
  std::vector<Placed> signals, heading_signals;
  std::vector<NumberTest> numbers;  // each at most once
  bool empty() const;
};

struct FilterRule {
  Filter filter;
  TomlAt at;
  Id file = 0;
  ScopeRule scope;
  std::vector<Placed> paths;  // of containers
  std::uint8_t within = 4;    // ancestors that class, id … of a block or link may stand on
  Conditions where, unless;
  std::vector<Placed> hit, miss;  // over the text condition, or the class condition where there is no text
};

struct MetadataFileRule {
  MetadataRule rule;
  TomlAt at;
  Id file = 0;
  ScopeRule scope;
  Placed path, pattern;
  std::string attribute;
};

// A page snapshot beside a site's rules and what must come out (batch/rules_test.h runs it).
struct PageTest {
  Placed page;  // path, relative to the rule file's folder
  std::string url;
  TomlAt at;
  Id file = 0;
  std::vector<Placed> body_contains, body_lacks, related_has, teaser_has;
  std::optional<Placed> title_is;
};

struct FileRules {
  std::vector<SignalRule> signals;
  std::vector<FilterRule> filters;
  std::vector<MetadataFileRule> metadata;
  std::vector<PageTest> tests;
  std::vector<Placed> disable;  // ids of filters or names of signals of earlier files
};

}  // namespace marrow
