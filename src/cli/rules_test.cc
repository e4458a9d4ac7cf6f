// marrow rules test: do the rules of sites still do on saved pages what their authors meant?

#include "batch/rules_test.h"

#include "batch/figures.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "cli/verbs.h"

namespace marrow::cli {
namespace {

class RulesTestVerb final : public Verb {
 public:
  VerbText text() const override {
    return {"rules test",
            "Run the page tests of rule files, offline",
            "Cleans the saved page that each [[test]] table names, with all rules in force, and "
            "compares the record with what the test expects. What is not as expected is printed "
            "as file:line, with where the text was found instead and who decided it. Ends with 1 "
            "where a test fails, with 2 where the rules are at fault or there is no test.",
            {{"marrow rules test my-rules/", "run the tests of rules of your own"},
             {"marrow rules test my-rules/example.com.toml", "those of one site"}}};
  }
  void options(Options& o) override {
    o.operands("DIR", clean_.rule_dirs, true,
               "Folders or single .toml files, read after the built-in rules.");
    o.flag("--no-builtin-rules", alone_, "Leave out the rules built into the program.");
  }

  int run(Context& context) override {
    clean_.builtin_rules = !alone_;
    const Result<RulesTestRun> run = test_rules(clean_, &context.interrupt.stop());
    if (!run) {
      context.log.fault(run.error().message);
      return kCannotRun;
    }
    std::string out;
    for (const RulesTestFailure& failure : run->failures) out += message(failure);
    if (!context.common.quiet) out += summary(*run);
    if (const int written = write_out(context.terminal, out); written != kAllDone) return written;
    if (run->interrupted) return kInterrupted;
    return run->failures.empty() ? kAllDone : kSomeFailed;
  }

 private:
  // Pages may hold anything; what is shown of them must not steer a terminal.
  static std::string message(const RulesTestFailure& failure) {
    return printable(failure.file) + ":" + std::to_string(failure.line) + ": " +
           printable(failure.page) + "\n  expected  " + printable(failure.expected) +
           "\n  found     " + printable(failure.found) + "\n";
  }

  static std::string summary(const RulesTestRun& run) {
    auto count = [](std::size_t n, const std::string& one) {
      return thousands(n) + " " + one + (n == 1 ? "" : "s");
    };
    return count(run.tests, "test") + ", " + count(run.expectations, "expectation") + ": " +
           count(run.failures.size(), "failure") + "\n";
  }

  CleanOptions clean_;
  bool alone_ = false;
};

}  // namespace

std::unique_ptr<Verb> rules_test_verb() { return std::make_unique<RulesTestVerb>(); }

}  // namespace marrow::cli
