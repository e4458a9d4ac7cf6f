// marrow rules check: are these rule files sound, and do they do what their authors meant?

#include "batch/figures.h"
#include "cli/output.h"
#include "cli/verbs.h"
#include "rules/check.h"

namespace marrow::cli {
namespace {

class RulesCheckVerb final : public Verb {
 public:
  VerbText text() const override {
    return {
        "rules check",
        "Compile rules and run their cases",
        "Compiles the rule files, runs the hit and miss cases that each rule carries, and looks "
        "for "
        "rules that cannot do what their author meant. Faults are printed as file:line:column, "
        "with "
        "the line and a caret. Ends with 2 where there is a fault; warnings change nothing.",
        {{"marrow rules check my-rules/",
          "check rules of your own, together with the built-in ones"},
         {"marrow rules check rules/", "check the rules in marrow's source, as edited"}}};
  }
  void options(Options& o) override {
    o.operands("DIR", sources_.dirs, false,
               "Folders or single .toml files, read after the built-in rules. None: only those. A "
               "folder that holds the files of the built-in rules takes their place.");
    o.flag("--no-builtin-rules", alone_, "Leave out the rules built into the program.");
  }

  int run(Context& context) override {
    sources_.builtin = !alone_;
    const RulesCheck check = check_rules(sources_);
    std::string out;
    for (const std::string& fault : check.faults) out += message("error", fault);
    for (const std::string& warning : check.warnings) out += message("warning", warning);
    if (!context.common.quiet) out += summary(check);
    const int written = write_out(context.terminal, out);
    return written == kAllDone && !check.faults.empty() ? kCannotRun : written;
  }

 private:
  static std::string message(std::string_view level, std::string_view text) {
    return std::string(level) + ": " + printable_lines(text);
  }

  static std::string summary(const RulesCheck& check) {
    auto count = [](std::size_t n, const std::string& one) {
      return thousands(n) + " " + one + (n == 1 ? "" : "s");
    };
    return count(check.files, "file") + ": " + count(check.signals, "signal") + ", " +
           count(check.filters, "filter") + ", " + count(check.metadata, "metadata rule") + ", " +
           count(check.cases, "case") + "; " + count(check.faults.size(), "fault") + ", " +
           count(check.warnings.size(), "warning") + "\n";
  }

  RuleSources sources_;
  bool alone_ = false;
};

}  // namespace

std::unique_ptr<Verb> rules_check_verb() { return std::make_unique<RulesCheckVerb>(); }

}  // namespace marrow::cli
