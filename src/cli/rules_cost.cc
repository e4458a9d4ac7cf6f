// marrow rules cost: how much of the time to clean pages goes into rules.

#include <fmt/format.h>

#include "batch/progress.h"
#include "batch/rules_cost.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "cli/page_options.h"
#include "cli/verbs.h"
#include "source/open.h"

namespace marrow::cli {
namespace {

class RulesCostVerb final : public Verb {
 public:
  VerbText text() const override {
    return {"rules cost",
            "Measure which share of the time to clean pages goes into matching rules",
            "Cleans each page and matches its rules several times on one thread, and prints the "
            "processor time of both a page, the share of the rules, and the time to load the "
            "rules once. Compare shares, and runs on a machine at rest: milliseconds depend on "
            "the machine.",
            {{"marrow rules cost pages/", "the rules that are built in, on a folder of saved pages"},
             {"marrow rules cost pages/ --rules my-sites/", "the same with rules of one's own"}}};
  }
  void options(Options& o) override {
    o.operands("PATH", paths_, true, "Files, folders, or - for standard input, as for clean.");
    o.number("--rounds", "N", rounds_, {1, 1000}, "How often each page is measured; the least time counts.");
    add_rule_options(o, page_);
    add_limit_options(o, page_);
  }

  int run(Context& context) override {
    RulesCostSettings settings;
    settings.options = clean_options(page_);
    settings.rounds = static_cast<int>(rounds_);
    settings.stop = &context.interrupt.stop();
    SourceSpec spec;
    spec.paths = paths_;
    spec.max_bytes = settings.options.budget.max_bytes;
    const Result<std::unique_ptr<Source>> source = open_source(spec);
    if (!source) return cannot(context, source.error());
    Progress progress(context.terminal, !context.common.no_progress && !context.common.quiet);
    progress.expect((*source)->expected());
    settings.on_page = [&](std::size_t bytes, bool read) { progress.page(bytes, read); };
    const Result<RulesCost> cost = measure_rules(**source, settings);
    if (!cost) return cannot(context, cost.error());
    for (const InputFailure& failure : cost->failures)
      context.log.error(failure.message, {{"page", failure.origin}});
    if (cost->interrupted) return kInterrupted;
    if (cost->pages == 0 && !cost->failures.empty()) return kSomeFailed;
    if (cost->pages == 0) return cannot(context, {ErrorKind::stop_run, "there is no page to measure"});
    const double pages = static_cast<double>(cost->pages);
    const int written = write_out(
        context.terminal,
        fmt::format("clean  {:.3f} ms a page, {} page{}\nmatch  {:.3f} ms a page, {:.1f} % of it\n"
                    "load   {:.1f} ms once\n",
                    cost->clean * 1e3 / pages, cost->pages, cost->pages == 1 ? "" : "s",
                    cost->match * 1e3 / pages, 100 * cost->match / cost->clean, cost->load * 1e3));
    return written == kAllDone && !cost->failures.empty() ? kSomeFailed : written;
  }

 private:
  static int cannot(Context& context, const Error& error) {
    context.log.fault(error.message);
    return kCannotRun;
  }

  std::vector<std::string> paths_;
  std::uint64_t rounds_ = 5;
  PageOptions page_;
};

}  // namespace

std::unique_ptr<Verb> rules_cost_verb() { return std::make_unique<RulesCostVerb>(); }

}  // namespace marrow::cli
