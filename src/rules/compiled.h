// CompiledRules: what RuleSet holds, for the rules stage only (matcher, check, stats). Const once made.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "rules/expression.h"
#include "rules/path.h"
#include "rules/pattern_set.h"
#include "rules/phrases.h"
#include "rules/rule.h"
#include "rules/words.h"

namespace marrow {

struct Scope {
  std::string language;
  std::vector<std::string> hosts;    // the host itself
  std::vector<std::string> domains;  // sub-domains only
  std::optional<Expression> url_path;
};

// One [[signal]] table. Several may give one column.
struct CompiledSignal {
  Id column = kNone;
  Id scope = kNone;
  std::uint16_t max_words = 0;  // of patterns over texts
  std::uint16_t fields = 0;     // a bit for each Field it looks at
  std::optional<Expression> unless;
};

struct PathSignal {
  Path path;
  Id rule = kNone;
};

// Patterns over one field, or over all fields that are texts. Of texts: all of them for short ones, and those that look at
// texts of any length for the others. A text is searched once either way. Values that are no texts are all short.
struct FieldPatterns {
  PatternSet any_length, short_texts;
  std::vector<Id> any_rules, short_rules;  // CompiledRules::signals of each expression
  std::vector<Expression> raw;             // run on the value as written (raw = true)
  std::vector<Id> raw_rules;
};

struct CompiledTest {
  Field field = Field::text;
  std::optional<Expression> pattern;
  std::vector<std::string> words;  // normal form
  std::optional<Path> path;
};

struct CompiledConditions {
  std::vector<CompiledTest> tests;
  std::vector<Id> signals, heading_signals;
  std::vector<NumberTest> numbers;
  bool empty = true;
};

struct CompiledFilter {
  FilterOn on = FilterOn::block;
  FilterLabel label = FilterLabel::boilerplate;
  Id scope = kNone;
  std::uint8_t within = 4;
  Path path;  // of a container: all its selectors
  CompiledConditions where, unless;
};

struct CompiledMetadata {
  MetadataField field = MetadataField::title;
  Id scope = kNone;
  Path path;
  std::string attribute;
  std::optional<Expression> pattern;
};

struct CompiledRules {
  std::string digest;

  std::vector<std::string> names;  // of columns
  std::unordered_map<std::string, Id> columns;
  std::vector<CompiledSignal> signals;

  // The same text is often a block's, a link's and a heading: patterns over texts stand in one set, whatever their
  // fields (CompiledSignal::fields), so that it is searched once. Raw patterns stand by their field.
  FieldPatterns texts;
  std::array<FieldPatterns, kFields> patterns;
  std::vector<WordTable> words;  // by Field
  PhraseTable phrases;
  std::vector<PathSignal> paths;

  std::vector<Scope> scopes;
  std::vector<Id> siteless;                                     // scopes without a site
  std::unordered_map<std::string, std::vector<Id>> site_scopes;  // by host or domain

  // By precedence.
  std::vector<Filter> filter_facts;
  std::vector<CompiledFilter> filters;
  std::vector<MetadataRule> metadata_facts;
  std::vector<CompiledMetadata> metadata;
  std::vector<Id> general_filters, general_metadata;                    // no scope
  std::vector<std::vector<Id>> scope_filters, scope_metadata;  // by scope

  std::vector<PageTest> tests;
  std::vector<std::string> files;  // paths, by PageTest::file
};

// Words of a text up to which it is searched with FieldPatterns::short_texts.
inline constexpr std::uint32_t kShortText = 40;

WordTable::Style word_style(Field field);
// The field's normal form of a value; `text` fields are left as they are.
void normal_form(Field field, bool raw, std::string_view value, std::string& out);

}  // namespace marrow
