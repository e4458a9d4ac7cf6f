#include "rules/reference.h"

#include "base/text.h"
#include "rules/compiled.h"
#include "rules/normal.h"
#include "rules/scope.h"

namespace marrow {
namespace {

class Reference {
 public:
  Reference(const CompiledRules& rules, const Document& document) : rules_(rules) {
    scopes_.set(rules, document.url, document.lang);
  }

  // Columns that patterns of this field set for the value, one expression at a time.
  void patterns(Field field, std::string_view value, std::uint32_t words, std::vector<bool>* row) {
    const FieldPatterns& patterns = rules_.patterns[static_cast<std::size_t>(field)];
    std::string form;
    normal_form(field, false, value, form);
    for (std::size_t i = 0; i < patterns.short_texts.size(); ++i) {
      const Id rule = patterns.short_rules[i];
      const std::uint16_t limit = rules_.signals[rule].max_words;
      if ((limit == 0 || words <= limit) && patterns.short_texts.expression(i).matches(form)) set(rule, form, row);
    }
  }

  void words(Field field, std::string_view value, std::vector<bool>* row) {
    std::string form;
    normal_form(field, false, value, form);
    rules_.words[static_cast<std::size_t>(field)].scan(form, [&](Id rule) { set(rule, form, row); });
  }

  void phrases(Field field, std::string_view value, std::uint32_t words, std::vector<bool>* row) {
    std::string form;
    phrase_form(value, form);
    const auto mask = static_cast<std::uint16_t>(1U << static_cast<unsigned>(field));
    rules_.phrases.scan(form, words, false, [&](const Phrase& phrase) {
      if ((phrase.fields & mask) != 0) set(phrase.rule, value, row);
    });
  }

 private:
  void set(Id rule, std::string_view form, std::vector<bool>* row) {
    const CompiledSignal& signal = rules_.signals[rule];
    if (scopes_.holds(signal.scope) && !(signal.unless && signal.unless->matches(form))) (*row)[signal.column] = true;
  }
  const CompiledRules& rules_;
  ActiveScopes scopes_;
};

}  // namespace

std::vector<std::string> differences(const RuleSet& rules, const Document& document, const Matches& matches,
                                     std::size_t limit) {
  std::vector<std::string> out;
  Reference reference(rules.compiled(), document);
  auto compare = [&](const char* what, std::size_t number, std::string_view text, const std::vector<bool>& row, auto has) {
    for (Id signal = 0; signal < rules.signal_count() && out.size() < limit; ++signal) {
      if (has(static_cast<Id>(number), signal) == row[signal]) continue;
      out.push_back(std::string(what) + " " + std::to_string(number) + " '" + std::string(text.substr(0, 80)) + "': " +
                    std::string(rules.signal_name(signal)) + (row[signal] ? " 0, alone 1" : " 1, alone 0"));
    }
  };
  for (std::size_t b = 0; b < document.blocks.size(); ++b) {
    const Block& block = document.blocks[b];
    std::vector<bool> row(rules.signal_count());
    reference.patterns(Field::text, block.text, block.words, &row);
    reference.phrases(Field::text, block.text, block.words, &row);
    compare("block", b, block.text, row, [&](Id i, Id s) { return matches.block_has(i, s); });
  }
  for (std::size_t e = 0; e < document.elements.size(); ++e) {
    const Element& element = document.elements[e];
    if (element.first_attr < element.end_attr) continue;  // role, itemprop and itemtype are not asked here
    std::vector<bool> row(rules.signal_count());
    for (const auto& [field, value] : {std::pair{Field::cls, element.cls}, std::pair{Field::id, element.id}}) {
      if (value.empty()) continue;
      reference.patterns(field, value, 0, &row);
      reference.words(field, value, &row);
    }
    compare("element", e, element.cls, row, [&](Id i, Id s) { return matches.element_has(i, s); });
  }
  return out;
}

}  // namespace marrow
