// marrow rules which: the rules that apply to pages of a host, in the order in which they decide.

#include <algorithm>

#include "base/url.h"
#include "cli/output.h"
#include "cli/page_options.h"
#include "cli/verbs.h"
#include "rules/which.h"

namespace marrow::cli {
namespace {

class RulesWhich final : public Verb {
 public:
  VerbText text() const override {
    return {"rules which",
            "Say which rules apply to a host, first the one that decides",
            "Prints a line for each filter and metadata rule that applies: its number, its id, "
            "what it decides, where it applies, its priority, its file:line and its reason. Of "
            "the filters that hold for a block or link, the one with the lowest number decides.",
            {{"marrow rules which example.com --rules my-rules/", "for all pages of a host"},
             {"marrow rules which https://example.com/news/ --language de",
              "for German pages of one part of it"}}};
  }
  void options(Options& o) override {
    o.operand("HOST", where_, true,
              "A host, or a URL where rules ask for the path as well (url_path).");
    o.text("--language", "LANG", language_,
           "Only rules for this language, as de or pt-BR. All unless given.");
    add_rule_options(o, page_);
  }

  int run(Context& context) override {
    const std::string url =
        resolve_url({}, where_.find("://") == std::string::npos ? "https://" + where_ : where_);
    if (url.empty()) return cannot(context, "'" + printable(where_) + "' is no host and no URL");
    if (!language_.empty() && !is_language())
      return cannot(context, "'" + printable(language_) + "' is no language, as de or pt-BR");
    const CleanOptions options = clean_options(page_);
    const Result<RuleSet> rules = RuleSet::load({options.builtin_rules, options.rule_dirs});
    if (!rules) return cannot(context, rules.error().message);
    const std::vector<AppliedRule> applied = which_rules(*rules, url, language_);
    if (applied.empty())
      context.log.warning("no filter and no metadata rule applies to " + printable(where_));
    return write_out(context.terminal, printable_lines(format_which(*rules, applied)));
  }

 private:
  static int cannot(Context& context, const std::string& message) {
    context.log.fault(message);
    return kCannotRun;
  }

  bool is_language() const {
    const std::string primary = language_.substr(0, language_.find_first_of("-_"));
    return (primary.size() == 2 || primary.size() == 3) &&
           std::all_of(primary.begin(), primary.end(),
                       [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
  }

  std::string where_, language_;
  PageOptions page_;
};

}  // namespace

std::unique_ptr<Verb> rules_which_verb() { return std::make_unique<RulesWhich>(); }

}  // namespace marrow::cli
