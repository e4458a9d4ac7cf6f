#include "rules/check.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "rules/columns.h"
#include "rules/compile.h"
#include "rules/decide.h"
#include "rules/files.h"
#include "rules/normal.h"

namespace marrow {
namespace {

// Instructions of one expression from which its automaton is likely to be flushed again and again (a guarded
// class like [^\pL\pN] takes 2,700; the largest shipped pattern under 1,500).
constexpr std::size_t kLargeProgram = 5000;

class Checker {
 public:
  Checker(const CompiledRules& rules, const RuleTexts& texts, RulesCheck* out)
      : rules_(rules), texts_(texts), out_(out), columns_(rules), decide_(rules) {
    scopes_.set_all(rules);
  }

  void run() {
    for (std::size_t i = 0; i < texts_.signals.size(); ++i) signal(static_cast<Id>(i), texts_.signals[i]);
    for (std::size_t i = 0; i < texts_.filters.size(); ++i) filter(static_cast<Id>(i), texts_.filters[i]);
    for (std::size_t i = 0; i < texts_.metadata.size(); ++i) selector(texts_.metadata[i].file, texts_.metadata[i].path);
    shadowed();
    large_programs();
  }

 private:
  const TomlFile& toml(Id file) const { return texts_.files[texts_.file_of[file]]; }

  void fault(Id file, TomlAt at, std::size_t length, const std::string& message, std::string_view hint = {}) {
    out_->faults.push_back(toml(file).fault(at, length, message, hint));
  }
  void warning(Id file, TomlAt at, std::size_t length, const std::string& message, std::string_view hint = {}) {
    out_->warnings.push_back(toml(file).fault(at, length, message, hint));
  }

  void signal(Id id, const SignalRule& rule) {
    if (rule.fields.size() == 1 && rule.fields[0] == Field::path) return selector(rule.file, rule.pattern);
    if (rule.hit.empty() || rule.miss.empty())
      fault(rule.file, rule.at, 1, "signal '" + rule.name + "' needs at least one 'hit' and one 'miss' case");
    for (const Placed& text : rule.hit) signal_case(id, rule, text, true);
    for (const Placed& text : rule.miss) signal_case(id, rule, text, false);
    twice(rule);
  }

  // A hit must fire this very table; a miss must fire no table of the same name.
  void signal_case(Id id, const SignalRule& rule, const Placed& text, bool hit) {
    ++out_->cases;
    fired_.clear();
    row_.assign((rules_.names.size() + 63) / 64, 0);
    columns_.row_of(rule.fields[0], text.text, scopes_, row_.data(), &fired_);
    const std::string shown = "'" + text.text + "'";
    if (hit) {
      if (std::find(fired_.begin(), fired_.end(), id) == fired_.end())
        fault(rule.file, text.at, count_code_points(text.text) + 2, "signal '" + rule.name + "' misses its hit case " + shown);
      return;
    }
    for (Id other : fired_) {
      if (rules_.signals[other].column != rules_.signals[id].column) continue;
      const SignalRule& by = texts_.signals[other];
      const std::string where = toml(by.file).path() + ":" + std::to_string(by.at.line);
      fault(rule.file, text.at, count_code_points(text.text) + 2, "signal '" + rule.name + "' hits its miss case " + shown,
            other == id ? std::string_view() : std::string_view("it is the signal's part at " + where));
      return;
    }
  }

  void twice(const SignalRule& rule) {
    std::set<std::string> seen;
    std::string form;
    for (const Placed& word : rule.words) {
      normal_form(rule.fields[0], false, word.text, form);
      if (!seen.insert(form).second) warning(rule.file, word.at, word.text.size() + 2, "'" + word.text + "' stands twice in this list");
    }
    for (const auto& list : rule.phrases) {
      seen.clear();
      for (const Placed& phrase : list) {
        phrase_form(phrase.text, form);
        if (!seen.insert(form).second)
          warning(rule.file, phrase.at, count_code_points(phrase.text) + 2, "'" + phrase.text + "' stands twice in this list");
      }
    }
  }

  void selector(Id file, const Placed& text) {
    Path path;
    Path::Fault reason;
    if (Path::parse(text.text, &path, &reason) && path.positional_only())
      fault(file, text.at, count_code_points(text.text) + 2, "only positions tell this element apart: the next redesign breaks the rule",
            "name a class, an id or an attribute");
  }

  void filter(Id id, const FilterRule& rule) {
    for (const Placed& path : rule.paths) selector(rule.file, path);
    for (const FieldTest& test : rule.where.fields)
      if (test.field == Field::path) selector(rule.file, test.pattern);
    if (rule.filter.why.empty()) warning(rule.file, rule.at, 1, "filter '" + rule.filter.id + "' gives no reason", "why = \"…\"");
    const CompiledTest* test = case_test(rules_.filters[id]);
    if ((!rule.hit.empty() || !rule.miss.empty()) && !test)
      return fault(rule.file, rule.at, 1, "filter '" + rule.filter.id + "' has cases, but no condition over a field to run them on");
    for (const Placed& text : rule.hit) filter_case(*test, rule, text, true);
    for (const Placed& text : rule.miss) filter_case(*test, rule, text, false);
  }

  // Cases are run on the first of these conditions that the filter has.
  static const CompiledTest* case_test(const CompiledFilter& filter) {
    for (Field field : {Field::text, Field::link_text, Field::heading, Field::href, Field::cls, Field::id, Field::host})
      for (const CompiledTest& test : filter.where.tests)
        if (test.field == field) return &test;
    return nullptr;
  }

  void filter_case(const CompiledTest& test, const FilterRule& rule, const Placed& text, bool hit) {
    ++out_->cases;
    if (decide_.value_test(test, text.text) == hit) return;
    fault(rule.file, text.at, count_code_points(text.text) + 2,
          "filter '" + rule.filter.id + "' " + (hit ? "misses its hit case '" : "hits its miss case '") + text.text + "'");
  }

  // All conditions of a filter, each as one string: a filter with fewer of them, standing before, always wins.
  static std::set<std::string> demands(const FilterRule& rule) {
    std::set<std::string> out;
    auto add = [&](const std::string& prefix, const Conditions& c) {
      for (const FieldTest& test : c.fields) {
        std::string one = prefix + std::string(name_of(test.field)) + "~" + test.pattern.text;
        for (const Placed& word : test.words) one += "|" + word.text;
        out.insert(one);
      }
      for (const Placed& name : c.signals) out.insert(prefix + "signal " + name.text);
      for (const Placed& name : c.heading_signals) out.insert(prefix + "heading " + name.text);
      for (const NumberTest& test : c.numbers)
        out.insert(prefix + std::string(name_of(test.number)) + " " + std::to_string(test.limits.min) + " " + std::to_string(test.limits.max));
    };
    add("", rule.where);
    add("unless ", rule.unless);
    std::string paths;
    for (const Placed& path : rule.paths) paths += path.text + ",";
    if (!paths.empty()) out.insert("path " + paths);
    return out;
  }

  void shadowed() {
    // Filters of no or the same scope, earlier in precedence, of the same kind of subject.
    std::map<Id, std::vector<Id>> by_scope;
    std::vector<std::set<std::string>> all;
    for (std::size_t i = 0; i < texts_.filters.size(); ++i) {
      all.push_back(demands(texts_.filters[i]));
      by_scope[rules_.filters[i].scope].push_back(static_cast<Id>(i));
    }
    for (std::size_t i = 0; i < all.size(); ++i) {
      for (Id scope : {rules_.filters[i].scope, kNone}) {
        if (shadow_in(by_scope[scope], static_cast<Id>(i), all) || scope == kNone) break;
      }
    }
  }

  bool shadow_in(const std::vector<Id>& others, Id filter, const std::vector<std::set<std::string>>& all) {
    const FilterRule& rule = texts_.filters[filter];
    for (Id other : others) {
      if (other >= filter) return false;
      const FilterRule& before = texts_.filters[other];
      if (before.filter.on != rule.filter.on || before.within != rule.within) continue;
      if (!std::includes(all[filter].begin(), all[filter].end(), all[other].begin(), all[other].end())) continue;
      fault(rule.file, rule.at, 1, "filter '" + rule.filter.id + "' never decides: '" + before.filter.id + "' holds wherever it does and comes first",
            before.filter.place.file + ":" + std::to_string(before.filter.place.line));
      return true;
    }
    return false;
  }

  void large_programs() {
    large_programs(rules_.texts);
    for (const FieldPatterns& patterns : rules_.patterns) large_programs(patterns);
  }

  void large_programs(const FieldPatterns& patterns) {
    for (std::size_t i = 0; i < patterns.short_texts.size(); ++i) {
      const std::size_t size = patterns.short_texts.expression(i).program_size();
      const SignalRule& rule = texts_.signals[patterns.short_rules[i]];
      if (size > kLargeProgram)
        warning(rule.file, rule.pattern.at, count_code_points(rule.pattern.text) + 2,
                "the pattern compiles to " + std::to_string(size) + " instructions: slow and large");
    }
  }

  const CompiledRules& rules_;
  const RuleTexts& texts_;
  RulesCheck* out_;
  Columns columns_;
  Decide decide_;
  ActiveScopes scopes_;
  std::vector<Id> fired_;
  std::vector<std::uint64_t> row_;
};

}  // namespace

RulesCheck check_rules(const RuleSources& sources) {
  RulesCheck out;
  Result<std::vector<RuleFile>> files = read_rule_files(sources);
  if (!files) {
    out.faults.push_back(files.error().message);
    return out;
  }
  out.files = files->size();
  RuleTexts texts;
  const std::unique_ptr<CompiledRules> rules = compile_rules(*files, &out.faults, &texts);
  out.signals = texts.signals.size();
  out.filters = texts.filters.size();
  out.metadata = texts.metadata.size();
  if (rules) Checker(*rules, texts, &out).run();
  return out;
}

}  // namespace marrow
