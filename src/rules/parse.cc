#include "rules/parse.h"

#include <algorithm>

#include "base/suggest.h"
#include "base/text.h"
#include "rules/reader.h"

namespace marrow {
namespace {

// Words a text may have at most where a rule does not say: phrases at the start or inside of long texts are prose.
// Furniture ("Read also: <title>") rarely passes 16 words; notices ("we use cookies to …") rarely 60.
constexpr std::uint16_t kStartWords = 16;
constexpr std::uint16_t kAnywhereWords = 60;

constexpr std::array<std::string_view, 4> kPhraseKeys{"whole", "start", "end", "anywhere"};
constexpr std::array<std::string_view, kNumbers> kNumberNames{"words",    "chars",   "link_density",
                                                              "position", "repeats", "links"};
constexpr std::array<std::string_view, 6> kLabelNames{"body", "related", "teaser", "boilerplate", "inline_link", "navigation"};
constexpr std::array<std::string_view, 10> kKindNames{"none",    "prev",   "next",      "related",   "in_article",
                                                      "popular", "latest", "more_from", "sponsored", "item"};
constexpr std::array<std::string_view, 4> kOnNames{"block", "link", "line", "container"};
constexpr std::array<std::string_view, 9> kMetadataNames{"title", "author",   "published",   "modified", "site",
                                                         "language", "description", "image", "advertorial"};

// What stands on top of a file and holds for all its rules.
struct FileScope {
  std::string language;
  std::vector<Placed> sites;
  Placed url_path;
};

bool is_language(std::string_view text) {
  return text.size() >= 2 && text.size() <= 3 && std::all_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

void check_site(TableReader& reader, Placed& site) {
  site.text = ascii_lower(site.text);
  std::string_view host = site.text;
  if (host.starts_with("*.")) host.remove_prefix(2);
  const bool fits = !host.empty() && host.find_first_of("/: *?#@") == std::string_view::npos && host.front() != '.' && host.back() != '.';
  if (!fits)
    reader.fault(site.at, site.text.size() + 2, "'" + site.text + "' is no site",
                 "write a host: \"example.com\" (with or without www.) or \"*.example.com\" (its sub-domains only)");
  if (host.starts_with("www."))
    reader.fault(site.at, site.text.size() + 2, "a site is written without 'www.'",
                 "\"" + std::string(host.substr(4)) + "\" holds for both");
}

void read_scope(TableReader& reader, const FileScope& file, ScopeRule* scope) {
  reader.strings("site", &scope->sites);
  for (Placed& site : scope->sites) check_site(reader, site);
  if (scope->sites.empty()) scope->sites = file.sites;
  if (!reader.string("url_path", &scope->url_path)) scope->url_path = file.url_path;
}

void read_language(TableReader& reader, std::string* language) {
  Placed placed;
  if (!reader.string("language", &placed)) return;
  if (!is_language(placed.text))
    reader.fault(placed.at, placed.text.size() + 2, "'" + placed.text + "' is no language",
                 "write its primary subtag: \"en\", \"de\", \"zh\"");
  *language = placed.text;
}

void read_fields(TableReader& reader, SignalRule* rule) {
  std::vector<Placed> names;
  reader.strings("field", &names);
  for (const Placed& name : names) {
    Field field;
    if (field_named(name.text, &field)) {
      rule->fields.push_back(field);
      continue;
    }
    std::vector<std::string_view> known;
    for (std::size_t i = 0; i < kFields; ++i) known.push_back(name_of(static_cast<Field>(i)));
    reader.fault(name.at, name.text.size() + 2, "'" + name.text + "' is no field", did_you_mean(name.text, known));
  }
  // Phrases stand in blocks and in links alike; where nothing is said they are meant for both.
  if (names.empty()) rule->fields = {Field::text, Field::link_text};
}

void check_signal(TableReader& reader, const SignalRule& rule) {
  const bool phrases = std::any_of(rule.phrases.begin(), rule.phrases.end(), [](const auto& list) { return !list.empty(); });
  if (rule.pattern.text.empty() && rule.words.empty() && !phrases)
    reader.fault(reader.at(), reader.what().size(), "a signal needs a 'pattern', 'words', or phrases",
                 "phrases are lists named whole, start, end or anywhere");
  for (Field field : rule.fields) {
    const std::string name(name_of(field));
    if (phrases && !is_text(field))
      reader.fault(reader.at(), reader.what().size(), "phrases are for texts; field '" + name + "' takes 'words' or a 'pattern'");
    if (!rule.words.empty() && is_text(field))
      reader.fault(rule.words[0].at, 1, "'words' are for names and tokens; field '" + name + "' takes phrases",
                   "phrases are lists named whole, start, end or anywhere");
    if (field == Field::path && (!rule.words.empty() || rule.fields.size() > 1))
      reader.fault(reader.at(), reader.what().size(), "field 'path' takes a selector as 'pattern' and stands alone");
  }
}

void read_signal(TableReader reader, Id file, const FileScope& defaults, FileRules* rules) {
  SignalRule rule;
  rule.file = file;
  rule.at = reader.at();
  reader.text("name", &rule.name, true);
  read_fields(reader, &rule);
  reader.string("pattern", &rule.pattern);
  reader.string("unless", &rule.unless);
  reader.strings("words", &rule.words);
  for (std::size_t i = 0; i < kPhraseKeys.size(); ++i) reader.strings(kPhraseKeys[i], &rule.phrases[i]);
  reader.boolean("raw", &rule.raw);
  std::int64_t max_words = 0;
  if (reader.integer("max_words", 1, 10000, &max_words)) rule.max_words = static_cast<std::uint16_t>(max_words);
  read_scope(reader, defaults, &rule.scope);
  bool only = false;
  reader.boolean("only_in_language", &only);
  if (only && defaults.language.empty())
    reader.fault(reader.at(), reader.what().size(), "'only_in_language' needs a 'language' on top of the file");
  if (only) rule.scope.language = defaults.language;
  reader.strings("hit", &rule.hit);
  reader.strings("miss", &rule.miss);
  std::string why;
  reader.text("why", &why);
  reader.finish();
  check_signal(reader, rule);
  rules->signals.push_back(std::move(rule));
}

bool read_limits(TableReader& reader, const TomlMember& member, Limits* limits) {
  limits->at = member.at;
  limits->max = 1e18;
  if (member.value.is_number()) {
    limits->min = limits->max = member.value.real;
    return true;
  }
  if (member.value.type != TomlValue::Type::table) {
    reader.type_fault(member, "a number or { min = …, max = … }");
    return false;
  }
  TableReader inner(reader.toml(), member.value, member.at, "'" + member.key + "'", reader.faults());
  for (const auto& [key, target] : {std::pair{"min", &limits->min}, std::pair{"max", &limits->max}}) {
    const TomlMember* bound = inner.member(key);
    if (!bound) continue;
    if (bound->value.is_number()) *target = bound->value.real;
    else inner.type_fault(*bound, "a number");
  }
  inner.finish();
  if (limits->min > limits->max) reader.fault(member.at, member.key.size(), "'min' is greater than 'max': nothing fits");
  return true;
}

void read_conditions(TableReader& outer, std::string_view key, Conditions* out) {
  const TomlMember* table = outer.member(key);
  if (!table) return;
  if (table->value.type != TomlValue::Type::table) return outer.type_fault(*table, "a table { field = … }");
  TableReader reader(outer.toml(), table->value, table->at, "'" + std::string(key) + "'", outer.faults());
  for (std::size_t i = 0; i < kFields; ++i) {
    const auto field = static_cast<Field>(i);
    const TomlMember* member = reader.member(name_of(field));
    if (!member) continue;
    FieldTest test;
    test.field = field;
    if (member->value.type == TomlValue::Type::array) reader.strings(name_of(field), &test.words);
    else if (!reader.string(name_of(field), &test.pattern)) continue;
    if (field == Field::path && !test.words.empty()) reader.type_fault(*member, "a selector");
    out->fields.push_back(std::move(test));
  }
  reader.strings("signals", &out->signals);
  reader.strings("heading_signals", &out->heading_signals);
  for (std::size_t i = 0; i < kNumbers; ++i) {
    const TomlMember* member = reader.member(kNumberNames[i]);
    Limits limits;
    if (member && read_limits(reader, *member, &limits)) out->numbers.push_back({static_cast<Number>(i), limits});
  }
  reader.finish();
}

void check_filter(TableReader& reader, const FilterRule& rule) {
  const bool container = rule.filter.on == FilterOn::container;
  if (container && rule.paths.empty())
    reader.fault(reader.at(), reader.what().size(), "a container filter needs 'path'");
  if (!container && !rule.paths.empty())
    reader.fault(rule.paths[0].at, 1, "'path' here is for containers",
                 "write where = { path = … }, or on = \"container\"");
  if (!container && rule.where.empty())
    reader.fault(reader.at(), reader.what().size(), "a filter needs conditions", "write where = { field = 'pattern' }");
  const bool related = rule.filter.label == FilterLabel::related;
  if (rule.filter.kind != FilterKind::none && !related)
    reader.fault(reader.at(), reader.what().size(), "'kind' goes with label = \"related\" only");
  const bool link_label = rule.filter.label == FilterLabel::inline_link || rule.filter.label == FilterLabel::navigation;
  if (link_label && rule.filter.on != FilterOn::link)
    reader.fault(reader.at(), reader.what().size(), "this label is for links only", "write on = \"link\"");
}

void read_filter(TableReader reader, Id file, const FileScope& defaults, FileRules* rules) {
  FilterRule rule;
  rule.file = file;
  rule.at = reader.at();
  rule.filter.place = {reader.toml().path(), reader.at().line};
  reader.text("id", &rule.filter.id, true);
  reader.text("why", &rule.filter.why);
  if (const int on = reader.choice("on", kOnNames); on >= 0) rule.filter.on = static_cast<FilterOn>(on);
  if (const int label = reader.choice("label", kLabelNames, true); label >= 0) rule.filter.label = static_cast<FilterLabel>(label);
  if (const int kind = reader.choice("kind", kKindNames); kind >= 0) rule.filter.kind = static_cast<FilterKind>(kind);
  std::int64_t number = 0;
  if (reader.integer("priority", -1000, 1000, &number)) rule.filter.priority = static_cast<std::int32_t>(number);
  if (reader.integer("within", 0, 64, &number)) rule.within = static_cast<std::uint8_t>(number);
  read_scope(reader, defaults, &rule.scope);
  read_language(reader, &rule.scope.language);
  reader.strings("path", &rule.paths);
  read_conditions(reader, "where", &rule.where);
  read_conditions(reader, "unless", &rule.unless);
  reader.strings("hit", &rule.hit);
  reader.strings("miss", &rule.miss);
  reader.finish();
  check_filter(reader, rule);
  rules->filters.push_back(std::move(rule));
}

void read_metadata(TableReader reader, Id file, const FileScope& defaults, FileRules* rules) {
  MetadataFileRule rule;
  rule.file = file;
  rule.at = reader.at();
  rule.rule.place = {reader.toml().path(), reader.at().line};
  reader.text("id", &rule.rule.id, true);
  reader.text("why", &rule.rule.why);
  if (const int field = reader.choice("field", kMetadataNames, true); field >= 0) rule.rule.field = static_cast<MetadataField>(field);
  std::int64_t priority = 0;
  if (reader.integer("priority", -1000, 1000, &priority)) rule.rule.priority = static_cast<std::int32_t>(priority);
  reader.string("path", &rule.path, true);
  reader.text("attribute", &rule.attribute);
  reader.string("pattern", &rule.pattern);
  read_scope(reader, defaults, &rule.scope);
  read_language(reader, &rule.scope.language);
  reader.finish();
  rules->metadata.push_back(std::move(rule));
}

// What a test expects. An empty text is in every body: such a test could not fail.
void read_expected(TableReader& reader, std::string_view key, std::vector<Placed>* out) {
  reader.strings(key, out);
  for (const Placed& one : *out)
    if (trim(one.text).empty()) reader.fault(one.at, one.text.size() + 2, "an empty text tests nothing");
}

void read_test(TableReader reader, Id file, const FileScope&, FileRules* rules) {
  PageTest test;
  test.file = file;
  test.at = reader.at();
  reader.string("page", &test.page, true);
  reader.text("url", &test.url);
  read_expected(reader, "body_contains", &test.body_contains);
  read_expected(reader, "body_lacks", &test.body_lacks);
  read_expected(reader, "related_has", &test.related_has);
  read_expected(reader, "teaser_has", &test.teaser_has);
  Placed title;
  if (reader.string("title_is", &title)) test.title_is = std::move(title);
  std::string why;
  reader.text("why", &why);
  const bool expects = test.title_is || !(test.body_contains.empty() && test.body_lacks.empty() &&
                                          test.related_has.empty() && test.teaser_has.empty());
  if (!expects) reader.fault(test.at, 1, "the test expects nothing", "body_contains = [\"…\"]");
  reader.finish();
  rules->tests.push_back(std::move(test));
}

using ReadRule = void (*)(TableReader, Id, const FileScope&, FileRules*);

void read_all(TableReader& top, std::string_view key, Id file, const FileScope& defaults, ReadRule read, FileRules* rules) {
  const TomlMember* list = top.member(key);
  if (!list) return;
  const std::string what = "[[" + std::string(key) + "]]";
  const bool tables = list->value.type == TomlValue::Type::array &&
                      std::all_of(list->value.items.begin(), list->value.items.end(), [](const TomlValue& item) { return item.type == TomlValue::Type::table; });
  if (!tables) return top.fault(list->at, key.size(), "'" + std::string(key) + "' must be written " + what);
  for (const TomlValue& item : list->value.items) read(TableReader(top.toml(), item, item.at, what, top.faults()), file, defaults, rules);
}

}  // namespace

std::string_view name_of(Number number) { return kNumberNames[static_cast<std::size_t>(number)]; }

bool Conditions::empty() const {
  return fields.empty() && signals.empty() && heading_signals.empty() && numbers.empty();
}

std::uint16_t default_max_words(PhraseAt at) {
  switch (at) {
    case PhraseAt::start: return kStartWords;
    case PhraseAt::anywhere: return kAnywhereWords;
    case PhraseAt::whole:
    case PhraseAt::end: break;
  }
  return 0;
}

void parse_rules(const TomlFile& toml, Id file, FileRules* rules, std::vector<std::string>* faults) {
  TableReader top(toml, toml.root(), {1, 1}, "the file", faults);
  FileScope defaults;
  read_language(top, &defaults.language);
  std::string name;
  top.text("name", &name);
  top.strings("site", &defaults.sites);
  for (Placed& site : defaults.sites) check_site(top, site);
  top.string("url_path", &defaults.url_path);
  top.strings("disable", &rules->disable);
  read_all(top, "signal", file, defaults, read_signal, rules);
  read_all(top, "filter", file, defaults, read_filter, rules);
  read_all(top, "metadata", file, defaults, read_metadata, rules);
  read_all(top, "test", file, defaults, read_test, rules);
  top.finish();
}

}  // namespace marrow
