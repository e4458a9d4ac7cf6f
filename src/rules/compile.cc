#include "rules/compile.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/suggest.h"
#include "base/text.h"
#include "rules/gather.h"
#include "rules/normal.h"
#include "rules/rule_faults.h"

namespace marrow {
namespace {

// Columns a rule set may have: each costs a bit for every element, block and link of a page.
constexpr std::size_t kMaxColumns = 1024;

class Compiler {
 public:
  Compiler(const std::vector<RuleFile>& files, std::vector<std::string>* faults, RuleTexts* texts)
      : files_(files), faults_(files, faults), texts_(texts) {}

  std::unique_ptr<CompiledRules> run() {
    out_->digest = digest_of(files_);
    for (const RuleFile& file : files_) out_->files.push_back(file.path);
    parsed_ = gather_rules(files_, texts_ != nullptr, faults_);
    signals();
    filters();
    metadata();
    finish();
    return faults_.empty() ? std::move(out_) : nullptr;
  }

 private:
  Id scope_of(Id file, const ScopeRule& rule) {
    if (rule.everywhere()) return kNone;
    std::string key = rule.language + '\n' + rule.url_path.text;
    for (const Placed& site : rule.sites) key += '\n' + site.text;
    const auto [place, added] = scope_ids_.try_emplace(key, static_cast<Id>(out_->scopes.size()));
    if (!added) return place->second;
    Scope scope;
    scope.language = rule.language;
    for (const Placed& site : rule.sites) {
      if (site.text.starts_with("*.")) scope.domains.push_back(site.text.substr(2));
      else scope.hosts.push_back(site.text);
    }
    scope.url_path = faults_.expression(file, rule.url_path, Field::text, false);
    std::set<std::string> keys(scope.hosts.begin(), scope.hosts.end());
    keys.insert(scope.domains.begin(), scope.domains.end());
    for (const std::string& host : keys) out_->site_scopes[host].push_back(place->second);
    if (keys.empty()) out_->siteless.push_back(place->second);
    out_->scopes.push_back(std::move(scope));
    return place->second;
  }

  void signals() {
    out_->words.reserve(kFields);
    for (std::size_t i = 0; i < kFields; ++i) out_->words.emplace_back(word_style(static_cast<Field>(i)));
    for (std::size_t i = 0; i < parsed_.size(); ++i)
      for (const SignalRule& rule : parsed_[i].rules.signals) signal(static_cast<Id>(i), rule);
    for (WordTable& table : out_->words) table.seal();
    seal(out_->texts);
    for (FieldPatterns& patterns : out_->patterns) seal(patterns);
  }

  void seal(FieldPatterns& patterns) {
    for (PatternSet* set : {&patterns.any_length, &patterns.short_texts})
      if (Status status = set->compile(); !status) return faults_.add("rules: " + status.error().message);
    const auto shipped = [&](Id rule) { return files_[patterns_[rule].first].shipped; };
    if (!std::all_of(patterns.short_rules.begin(), patterns.short_rules.end(), shipped)) refuse_empty(patterns.short_texts, patterns.short_rules);
  }

  Id column_of(const SignalRule& rule) {
    const auto [place, added] = out_->columns.try_emplace(rule.name, static_cast<Id>(out_->names.size()));
    if (added) out_->names.push_back(rule.name);
    if (added && out_->names.size() == kMaxColumns + 1)
      faults_.at(rule.file, rule.at, 1, "more than " + std::to_string(kMaxColumns) + " signals");
    return place->second;
  }

  void signal(Id file, const SignalRule& rule) {
    const Id id = static_cast<Id>(out_->signals.size());
    if (texts_) texts_->signals.push_back(rule);
    patterns_.push_back({file, rule.pattern});
    CompiledSignal compiled;
    compiled.column = column_of(rule);
    compiled.scope = scope_of(file, rule.scope);
    compiled.max_words = rule.max_words;
    if (!rule.fields.empty()) compiled.unless = faults_.expression(file, rule.unless, rule.fields[0], rule.raw);
    std::uint16_t fields = 0;
    for (Field field : rule.fields) fields = static_cast<std::uint16_t>(fields | 1U << static_cast<unsigned>(field));
    compiled.fields = fields;
    out_->signals.push_back(std::move(compiled));
    const auto first_text = std::find_if(rule.fields.begin(), rule.fields.end(), is_text);
    for (const Field& field : rule.fields)
      if (!is_text(field) || rule.raw || &field == &*first_text) signal_field(file, rule, id, field);
    for (std::size_t at = 0; at < rule.phrases.size(); ++at)
      for (const Placed& phrase : rule.phrases[at]) signal_phrase(file, rule, id, static_cast<PhraseAt>(at), phrase, fields);
  }

  void signal_field(Id file, const SignalRule& rule, Id id, Field field) {
    if (field == Field::path) {
      if (std::optional<Path> parsed = faults_.path(file, rule.pattern)) out_->paths.push_back({*std::move(parsed), id});
      return;
    }
    FieldPatterns& patterns = out_->patterns[static_cast<std::size_t>(field)];
    if (rule.raw) return signal_raw(file, rule, id, field, &patterns);
    if (!rule.pattern.text.empty()) signal_pattern(file, rule, id, field, is_text(field) ? &out_->texts : &patterns);
    for (const Placed& word : rule.words) {
      std::string form;
      if (field == Field::host || field == Field::tag) form = ascii_lower(word.text);
      else if (field == Field::href) form = ascii_lower(word.text);
      else normal_form(field, false, word.text, form);
      if (form.empty()) faults_.at(file, word.at, word.text.size() + 2, "nothing is left of this word once signs are dropped");
      else out_->words[static_cast<std::size_t>(field)].add(std::move(form), id);
    }
  }

  void signal_pattern(Id file, const SignalRule& rule, Id id, Field field, FieldPatterns* patterns) {
    Result<Expression::Source> source = Expression::translate(rule.pattern.text, field, false);
    if (!source) return faults_.refused(file, rule.pattern, source.error().message);
    const bool is_short = rule.max_words != 0 && rule.max_words <= kShortText;
    if (!files_[file].shipped) {
      // A set would take what is too large for one expression, and know none of RE2's words for it.
      if (const Result<Expression> whole = Expression::compile(rule.pattern.text, field, false); !whole)
        return faults_.refused(file, rule.pattern, whole.error().message);
    }
    std::string reason;
    const bool shipped = files_[file].shipped;  // tested as they are
    if (shipped) {
      patterns->short_texts.add_sound(*source);
    } else if (!patterns->short_texts.add(*source, &reason)) {
      // RE2's words about the pattern as its author wrote it say more.
      Result<Expression> whole = Expression::compile(rule.pattern.text, field, false);
      return faults_.refused(file, rule.pattern, whole ? reason : whole.error().message);
    }
    patterns->short_rules.push_back(id);
    // Values that are no texts have no length: one set is enough.
    if (is_short || !is_text(field)) return;
    if (shipped) patterns->any_length.add_sound(*std::move(source));
    else patterns->any_length.add(*std::move(source), &reason);
    patterns->any_rules.push_back(id);
  }

  // Patterns that match the empty text would hold everywhere: one question to each set finds them.
  void refuse_empty(const PatternSet& set, const std::vector<Id>& rules) {
    PatternSet::Scratch scratch;
    set.match("", scratch);
    for (int i : scratch.found) {
      const auto& [file, pattern] = patterns_[rules[static_cast<std::size_t>(i)]];
      faults_.matches_empty(file, pattern);
    }
  }

  // Words of a raw rule are substrings of the value as written.
  void signal_raw(Id file, const SignalRule& rule, Id id, Field field, FieldPatterns* patterns) {
    std::vector<Placed> sources;
    if (!rule.pattern.text.empty()) sources.push_back(rule.pattern);
    for (const Placed& word : rule.words) sources.push_back({escaped(word.text), word.at});
    for (const Placed& source : sources) {
      std::optional<Expression> compiled = faults_.expression(file, source, field, true);
      if (!compiled) continue;
      patterns->raw.push_back(*std::move(compiled));
      patterns->raw_rules.push_back(id);
    }
  }

  static std::string escaped(std::string_view literal) {
    std::string out;
    for (const char c : literal) {
      const bool plain = static_cast<unsigned char>(c) >= 0x80 || c == '_' || (c >= '0' && c <= '9') ||
                         (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!plain) out += '\\';
      out += c;
    }
    return out;
  }

  void signal_phrase(Id file, const SignalRule& rule, Id id, PhraseAt at, const Placed& phrase, std::uint16_t fields) {
    Phrase entry;
    entry.rule = id;
    entry.at = at;
    entry.fields = fields;
    entry.max_words = rule.max_words != 0 ? rule.max_words : default_max_words(at);
    phrase_form(phrase.text, form_);
    if (!out_->phrases.add(form_, entry))
      faults_.at(file, phrase.at, phrase.text.size() + 2, "nothing is left of this phrase once signs are dropped");
  }

  Id named_signal(Id file, const Placed& name) {
    const auto found = out_->columns.find(name.text);
    if (found != out_->columns.end()) return found->second;
    const std::vector<std::string_view> known(out_->names.begin(), out_->names.end());
    faults_.at(file, name.at, name.text.size() + 2, "there is no signal '" + name.text + "'", did_you_mean(name.text, known));
    return kNone;
  }

  CompiledConditions conditions(Id file, const Conditions& rule) {
    CompiledConditions out;
    out.empty = rule.empty();
    out.numbers = rule.numbers;
    for (const Placed& name : rule.signals) out.signals.push_back(named_signal(file, name));
    for (const Placed& name : rule.heading_signals) out.heading_signals.push_back(named_signal(file, name));
    for (const FieldTest& test : rule.fields) {
      CompiledTest compiled;
      compiled.field = test.field;
      if (test.field == Field::path) compiled.path = faults_.path(file, test.pattern);
      else compiled.pattern = faults_.expression(file, test.pattern, test.field, false);
      for (const Placed& word : test.words) {
        std::string form;
        if (group_of(test.field) == FieldGroup::element) normal_form(test.field, false, word.text, form);
        else phrase_form(word.text, form);
        compiled.words.push_back(std::move(form));
      }
      out.tests.push_back(std::move(compiled));
    }
    return out;
  }

  // The documented order, as a key that sorts ascending (rules/README.md, "Which rule decides").
  struct Rank {
    std::int32_t priority;
    int site, url_path, language;
    std::int64_t source;
    Id file;
    std::uint32_t line;
    bool operator<(const Rank& o) const {
      return std::tie(priority, site, url_path, language, source, file, line) <
             std::tie(o.priority, o.site, o.url_path, o.language, o.source, o.file, o.line);
    }
  };

  Rank rank(std::int32_t priority, const ScopeRule& scope, Id file, TomlAt at) const {
    int site = 0;
    for (const Placed& one : scope.sites) {
      const int labels = static_cast<int>(std::count(one.text.begin(), one.text.end(), '.'));
      site = std::max(site, one.text.starts_with("*.") ? 2 * labels : 2 * (labels + 1) + 1);
    }
    return {-priority, -site, scope.url_path.text.empty() ? 0 : -1, scope.language.empty() ? 0 : -1,
            -static_cast<std::int64_t>(parsed_[file].source), file, at.line};
  }

  template <typename Rule>
  std::vector<Rule*> ranked(std::vector<Rule> FileRules::* list, std::int32_t (*priority)(const Rule&)) {
    std::vector<std::pair<Rank, Rule*>> order;
    for (GatheredRules& file : parsed_)
      for (Rule& rule : file.rules.*list) order.push_back({rank(priority(rule), rule.scope, rule.file, rule.at), &rule});
    std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<Rule*> out;
    out.reserve(order.size());
    for (const auto& entry : order) out.push_back(entry.second);
    return out;
  }

  void filters() {
    const auto order = ranked<FilterRule>(&FileRules::filters, [](const FilterRule& r) { return r.filter.priority; });
    out_->filters.reserve(order.size());
    out_->filter_facts.reserve(order.size());
    for (FilterRule* rule : order) {
      CompiledFilter compiled;
      compiled.on = rule->filter.on;
      compiled.label = rule->filter.label;
      compiled.scope = scope_of(rule->file, rule->scope);
      compiled.within = rule->within;
      compiled.where = conditions(rule->file, rule->where);
      compiled.unless = conditions(rule->file, rule->unless);
      for (const Placed& selector : rule->paths)
        if (std::optional<Path> parsed = faults_.path(rule->file, selector)) compiled.path.add(*std::move(parsed));
      place(compiled.scope, static_cast<Id>(out_->filters.size()), &out_->general_filters, &out_->scope_filters);
      out_->filters.push_back(std::move(compiled));
      if (texts_) texts_->filters.push_back(*rule);
      out_->filter_facts.push_back(std::move(rule->filter));
      *rule = {};  // its memory is the next one's: there may be fifty thousand
    }
  }

  void metadata() {
    const auto order = ranked<MetadataFileRule>(&FileRules::metadata, [](const MetadataFileRule& r) { return r.rule.priority; });
    for (MetadataFileRule* rule : order) {
      CompiledMetadata compiled;
      compiled.field = rule->rule.field;
      compiled.scope = scope_of(rule->file, rule->scope);
      if (std::optional<Path> parsed = faults_.path(rule->file, rule->path)) compiled.path = *std::move(parsed);
      compiled.attribute = ascii_lower(rule->attribute);
      compiled.pattern = faults_.expression(rule->file, rule->pattern, Field::text, false);
      place(compiled.scope, static_cast<Id>(out_->metadata.size()), &out_->general_metadata, &out_->scope_metadata);
      out_->metadata.push_back(std::move(compiled));
      out_->metadata_facts.push_back(rule->rule);
      if (texts_) texts_->metadata.push_back(*rule);
    }
  }

  static void place(Id scope, Id rule, std::vector<Id>* general, std::vector<std::vector<Id>>* scoped) {
    if (scope == kNone) return general->push_back(rule);
    if (scoped->size() <= scope) scoped->resize(scope + 1);
    (*scoped)[scope].push_back(rule);
  }

  void finish() {
    out_->scope_filters.resize(out_->scopes.size());
    out_->scope_metadata.resize(out_->scopes.size());
    for (GatheredRules& file : parsed_)
      for (PageTest& test : file.rules.tests) out_->tests.push_back(std::move(test));
    if (!texts_) return;
    for (GatheredRules& file : parsed_) {
      texts_->file_of.push_back(texts_->files.size());
      if (file.toml) texts_->files.push_back(*std::move(file.toml));
    }
  }

  const std::vector<RuleFile>& files_;
  RuleFaults faults_;
  RuleTexts* texts_;
  std::vector<GatheredRules> parsed_;
  std::map<std::string, Id> scope_ids_;
  std::vector<std::pair<Id, Placed>> patterns_;  // by CompiledRules::signals
  std::string form_;
  std::unique_ptr<CompiledRules> out_ = std::make_unique<CompiledRules>();
};

}  // namespace

std::unique_ptr<CompiledRules> compile_rules(const std::vector<RuleFile>& files, std::vector<std::string>* faults,
                                             RuleTexts* texts) {
  return Compiler(files, faults, texts).run();
}

}  // namespace marrow
