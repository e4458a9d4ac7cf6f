// Reference: the slow way to the columns of Matches. Every [[signal]] table is asked about every value of a page by
// itself, from the rule as written: single RE2 expressions, phrases looked for one by one, word lists token by token; no
// sets, no trie, no tables, no memo of the engine's. The Matcher must agree with it on every page.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "base/url.h"
#include "rules/compile.h"
#include "rules/normal.h"
#include "rules/scope.h"

namespace marrow {

class Reference {
 public:
  explicit Reference(const RuleSources& sources) {
    Result<std::vector<RuleFile>> files = read_rule_files(sources);
    if (!files) return;
    std::vector<std::string> faults;
    compiled_ = compile_rules(*files, &faults, &texts_);
    if (!compiled_) return;
    for (const SignalRule& rule : texts_.signals) {
      Table table{&rule, {}, {}, {}, {}};
      const Field field = rule.fields.empty() ? Field::text : rule.fields[0];
      if (!rule.unless.text.empty()) table.unless = *Expression::compile(rule.unless.text, field, rule.raw);
      for (const Field f : rule.fields)
        if (f != Field::path && !rule.pattern.text.empty()) table.patterns.emplace_back(f, *Expression::compile(rule.pattern.text, f, rule.raw));
      for (const Field f : rule.fields)
        for (const Placed& word : rule.words) table.words.emplace_back(f, wanted_word(f, word.text));
      for (const auto& list : rule.phrases) {
        table.phrases.emplace_back();
        for (const Placed& phrase : list) {
          std::string form;
          phrase_form(phrase.text, form);
          std::string core = phrase_core(form, static_cast<PhraseAt>(table.phrases.size() - 1));
          const std::uint64_t letters = letters_of(core);
          table.phrases.back().push_back({std::move(core), letters});
        }
      }
      tables_.push_back(std::move(table));
    }
  }
  bool ready() const { return compiled_ != nullptr; }

  // Where Matches says other than this; at most `limit` lines such as "block 3 'Read more': phrase.read_more 1, alone 0".
  std::vector<std::string> differences(const Document& d, const Matches& matches, std::size_t limit) {
    scopes_.set(*compiled_, d.url, d.lang);
    std::vector<std::string> out;
    const auto compare = [&](const char* what, std::size_t number, std::string_view shown, auto has) {
      for (Id signal = 0; signal < compiled_->names.size() && out.size() < limit; ++signal)
        if (has(static_cast<Id>(number), signal) != row_[signal])
          out.push_back(std::string(what) + " " + std::to_string(number) + " '" + std::string(shown.substr(0, 80)) + "': " + compiled_->names[signal] +
                        (row_[signal] ? " 0, alone 1" : " 1, alone 0"));
    };
    for (Id e = 0; e < d.elements.size(); ++e) {
      const Element& element = d.elements[e];
      row_.assign(compiled_->names.size(), false);
      ask(Field::cls, element.cls);
      ask(Field::id, element.id);
      ask(Field::tag, element.name);
      for (const Field f : {Field::role, Field::itemprop, Field::itemtype}) ask(f, d.attr(e, name_of(f)));
      paths(d, e);
      compare("element", e, element.cls, [&](Id i, Id s) { return matches.element_has(i, s); });
    }
    for (Id b = 0; b < d.blocks.size(); ++b) {
      const Block& block = d.blocks[b];
      row_.assign(compiled_->names.size(), false);
      ask(Field::text, block.text);
      if (block.heading != kNone) ask(Field::heading, d.blocks[block.heading].text);
      std::string_view lang = d.lang;
      for (Id up = block.element; up != kNone; up = d.elements[up].parent)
        if (!d.attr(up, "lang").empty()) {
          lang = d.attr(up, "lang");
          break;
        }
      ask(Field::lang, lang);
      if (block.words != count_words(block.text)) out.push_back("block " + std::to_string(b) + ": its words are counted wrong");
      compare("block", b, block.text, [&](Id i, Id s) { return matches.block_has(i, s); });
    }
    for (Id l = 0; l < d.links.size(); ++l) {
      const Link& link = d.links[l];
      row_.assign(compiled_->names.size(), false);
      ask(Field::href, link.url.empty() ? link.href : link.url);
      ask(Field::link_text, link.text);
      UrlParts parts;
      if (split_url(link.url, &parts)) ask(Field::host, host_without_www(parts.host));
      ask(Field::rel, link.rel);
      if (link.element != kNone) ask(Field::title, d.attr(link.element, "title"));
      compare("link", l, link.text, [&](Id i, Id s) { return matches.link_has(i, s); });
    }
    return out;
  }
  std::size_t asked() const { return cache_.size(); }  // distinct values so far
  std::size_t fired() const { return fired_.size(); }  // distinct [[signal]] tables that ever held

 private:
  struct Table {
    const SignalRule* rule;
    std::optional<Expression> unless;
    std::vector<std::pair<Field, Expression>> patterns;
    std::vector<std::pair<Field, std::vector<std::string>>> words;  // as wanted_word() has them
    std::vector<std::vector<std::pair<std::string, std::uint64_t>>> phrases;  // by PhraseAt, each with its letters_of()
  };
  // A value in the forms it is compared in, made once for all tables.
  struct Value {
    Field field;
    std::string text, form;
    std::vector<std::vector<std::string>> names;  // what words are looked for in: each a row of tokens
    std::size_t words = 0;
    std::string read;  // what phrases are looked for in
    std::uint64_t letters = 0;  // of it
    bool cut = false;  // the end of a longer text
  };

  // The bytes of a text as a set, some sharing a place: what has not all of a phrase's need not be searched for it.
  static std::uint64_t letters_of(std::string_view text) {
    std::uint64_t out = 0;
    for (const char c : text) out |= std::uint64_t{1} << (static_cast<unsigned char>(c) % 64);
    return out;
  }

  static Value value_of(Field field, std::string_view text) {
    Value value{field, std::string(text), {}, {}, is_text(field) ? count_words(text) : 0, {}, 0, false};
    normal_form(field, false, text, value.form);
    if (field == Field::cls || field == Field::id) {
      for (const std::string& name : split(value.form, " ")) value.names.push_back(split(name, "-"));
    } else if (field == Field::href) {
      value.names.emplace_back();
      path_form(value.form, value.names.back().emplace_back());
    } else {
      value.names.push_back(split(value.form, " "));
    }
    // Of a long text only the end is read, from a space on.
    value.cut = value.words > 100 && text.size() > 160;
    if (value.cut) {
      std::size_t at = text.size() - 160;
      while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
      const std::size_t space = text.find(' ', at);
      text = text.substr(space == std::string_view::npos ? at : space + 1);
    }
    phrase_form(text, value.read);
    value.letters = letters_of(value.read);
    return value;
  }

  // The tables that hold for a value, whatever the scope; remembered, for sites repeat themselves.
  void ask(Field field, std::string_view value) {
    if (value.empty()) return;
    const auto [place, fresh] = cache_.try_emplace({field, std::string(value)});
    if (fresh) {
      const Value made = value_of(field, value);
      for (Id t = 0; t < tables_.size(); ++t)
        if (holds(tables_[t], made)) place->second.push_back(t);
    }
    for (const Id t : place->second) {
      if (!scopes_.holds(compiled_->signals[t].scope)) continue;
      row_[compiled_->columns.at(tables_[t].rule->name)] = true;
      fired_[t] = true;
    }
  }

  void paths(const Document& d, Id element) {
    for (const PathSignal& signal : compiled_->paths) {
      std::uint32_t steps = 4'000'000;
      if (scopes_.holds(compiled_->signals[signal.rule].scope) && signal.path.matches(d, element, steps))
        row_[compiled_->signals[signal.rule].column] = true;
    }
  }

  static bool holds(const Table& table, const Value& value) {
    const SignalRule& rule = *table.rule;
    if (std::find(rule.fields.begin(), rule.fields.end(), value.field) == rule.fields.end()) return false;
    const std::string& form = rule.raw ? value.text : value.form;
    if (table.unless && table.unless->matches(form)) return false;
    for (const auto& [of, pattern] : table.patterns)
      if (of == value.field && (rule.max_words == 0 || value.words <= rule.max_words) && pattern.matches(form)) return true;
    if (rule.raw) {
      for (const Placed& word : rule.words)
        if (value.text.find(word.text) != std::string::npos) return true;
    } else {
      for (const auto& [of, word] : table.words)
        if (of == value.field && word_in(value, word)) return true;
    }
    if (!is_text(value.field)) return false;
    for (std::size_t at = 0; at < table.phrases.size(); ++at)
      for (const auto& [phrase, letters] : table.phrases[at])
        if ((letters & ~value.letters) == 0 && value.read.find(phrase) != std::string::npos && phrase_in(static_cast<PhraseAt>(at), phrase, value, rule.max_words)) return true;
    return false;
  }

  // --- word lists

  static std::vector<std::string> split(std::string_view text, std::string_view breaks) {
    std::vector<std::string> out;
    std::string part;
    for (const char c : text) {
      if (breaks.find(c) == std::string_view::npos) {
        part += c;
      } else if (!part.empty()) {
        out.push_back(std::move(part));
        part.clear();
      }
    }
    if (!part.empty()) out.push_back(part);
    return out;
  }

  static bool sequence_in(const std::vector<std::string>& whole, const std::vector<std::string>& part, bool qualified) {
    static constexpr std::string_view kAbsent =
        " align border float has hide margin mb mt no not padding pad pb pt position with without ";
    for (std::size_t at = 0; at + part.size() <= whole.size(); ++at) {
      if (!std::equal(part.begin(), part.end(), whole.begin() + static_cast<std::ptrdiff_t>(at))) continue;
      if (!qualified || at == 0 || kAbsent.find(" " + whole[at - 1] + " ") == std::string_view::npos) return true;
    }
    return false;
  }

  // A word of a rule as it is looked for: tokens; of a path and of a host itself.
  static std::vector<std::string> wanted_word(Field field, const std::string& word) {
    if (field == Field::href) return {"/" + ascii_lower(word) + "/"};
    if (field == Field::host) return {ascii_lower(word)};
    std::string form;
    normal_form(field, false, word, form);
    return split(form, field == Field::cls || field == Field::id ? "-" : " ");
  }

  static bool word_in(const Value& value, const std::vector<std::string>& wanted) {
    if (value.field == Field::href) return value.names[0][0].find(wanted[0]) != std::string::npos;
    if (value.field == Field::host) return value.form == wanted[0] || value.form.ends_with("." + wanted[0]);
    const bool qualified = value.field == Field::cls || value.field == Field::id;
    return std::any_of(value.names.begin(), value.names.end(), [&](const auto& name) { return sequence_in(name, wanted, qualified); });
  }

  // --- phrases

  enum class Kind { other, word, spaceless };
  static Kind kind(char32_t c) {
    if (c == 0x30FB) return Kind::other;
    if (is_spaceless(c)) return Kind::spaceless;
    return is_word(c) || c == '_' ? Kind::word : Kind::other;
  }
  static std::u32string points(std::string_view text) {
    std::u32string out;
    for (std::size_t at = 0; at < text.size();) out += next_code_point(text, at);
    return out;
  }
  static std::pair<std::size_t, std::size_t> frame(const std::u32string& text) {
    std::size_t begin = 0, end = text.size();
    while (begin < end && kind(text[begin]) == Kind::other) ++begin;
    while (end > begin && kind(text[end - 1]) == Kind::other) --end;
    return {begin, end};
  }
  static bool boundary(const std::u32string& text, std::size_t at) {
    return at == 0 || at >= text.size() || kind(text[at]) != Kind::word || kind(text[at - 1]) != Kind::word;
  }

  static bool phrase_in(PhraseAt where, const std::string& phrase, const Value& value, std::uint16_t limit) {
    const std::uint16_t most = limit != 0 ? limit : default_max_words(where);
    if (most != 0 && value.words > most) return false;
    if (value.cut && (where == PhraseAt::whole || where == PhraseAt::start)) return false;
    const std::u32string text = points(value.read), wanted = points(phrase);
    const auto [begin, end] = frame(text);
    const std::u32string tail = text.substr(end);
    const bool sentence = tail == U"." || tail == U"?" || tail == U"\u3002" || tail == U"\u0964" || tail == U"\u06D4" || tail == U".\"" ||
                          tail == U"?\"" || tail == U".'" || tail == U"?'" || tail == U".)";
    for (std::size_t at = text.find(wanted); at != std::u32string::npos; at = text.find(wanted, at + 1)) {
      const std::size_t stop = at + wanted.size();
      if (at < begin || at >= end || !boundary(text, at) || !boundary(text, stop)) continue;
      if (where == PhraseAt::anywhere || (where == PhraseAt::whole && at == begin && stop == end) || (where == PhraseAt::start && at == begin) ||
          (where == PhraseAt::end && stop == end && !sentence))
        return true;
    }
    return false;
  }

  // A phrase without its outer signs; those at the end of a `start` phrase count.
  static std::string phrase_core(const std::string& phrase, PhraseAt where) {
    const std::u32string text = points(phrase);
    const auto [begin, end] = frame(text);
    std::string out;
    for (std::size_t i = begin; i < (where == PhraseAt::start ? text.size() : end); ++i) append_utf8(out, text[i]);
    return out;
  }

  RuleTexts texts_;
  std::unique_ptr<CompiledRules> compiled_;
  std::vector<Table> tables_;
  ActiveScopes scopes_;
  std::map<std::pair<Field, std::string>, std::vector<Id>> cache_;
  std::map<Id, bool> fired_;
  std::vector<bool> row_;
};

}  // namespace marrow
