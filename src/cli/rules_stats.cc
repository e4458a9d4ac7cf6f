// marrow rules stats: which rules fire on these pages, and which never decide anything.

#include "batch/rules_stats.h"

#include "batch/progress.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "cli/page_options.h"
#include "cli/verbs.h"
#include "source/open.h"

namespace marrow::cli {
namespace {

class RulesStatsVerb final : public Verb {
 public:
  VerbText text() const override {
    return {"rules stats",
            "Count on a corpus how often each rule fires and decides",
            "Prints for each filter and each signal the pages it fired on, the blocks, links or "
            "containers it held for (taken alone), and how many of them it decided; then the "
            "rules that never fired, and the filters that fired and were always pre-empted by "
            "another. A corpus says little of rules for sites that are not in it.",
            {{"marrow rules stats pages/ --rules my-rules/", "over a folder of saved pages"}}};
  }
  void options(Options& o) override {
    o.operands("PATH", paths_, true, "Files, folders, or - for standard input, as for clean.");
    o.number("--threads", "N", threads_, {0, 1024}, "Threads at work; 0 is one a core.");
    add_rule_options(o, page_);
    add_limit_options(o, page_);
  }

  int run(Context& context) override {
    const CleanOptions options = clean_options(page_);
    const Result<RuleSet> rules = RuleSet::load({options.builtin_rules, options.rule_dirs});
    if (!rules) return cannot(context, rules.error());
    SourceSpec spec;
    spec.paths = paths_;
    spec.max_bytes = options.budget.max_bytes;
    const Result<std::unique_ptr<Source>> source = open_source(spec);
    if (!source) return cannot(context, source.error());
    const RulesStats stats = count(context, **source, *rules, options.budget);
    for (const InputFailure& failure : stats.failures)
      context.log.error(failure.message, {{"page", failure.origin}});
    if (stats.interrupted) return kInterrupted;
    if (stats.tally.pages() == 0 && !stats.failures.empty()) return kSomeFailed;
    if (stats.tally.pages() == 0)
      return cannot(context, {ErrorKind::stop_run, "there is no page to count on"});
    const int written = write_out(context.terminal, printable_lines(stats.tally.format()));
    return written == kAllDone && !stats.failures.empty() ? kSomeFailed : written;
  }

 private:
  static int cannot(Context& context, const Error& error) {
    context.log.fault(error.message);
    return kCannotRun;
  }

  RulesStats count(Context& context, Source& source, const RuleSet& rules,
                   const Budget& budget) const {
    Progress progress(context.terminal, !context.common.no_progress && !context.common.quiet);
    progress.expect(source.expected());
    return count_rules(
        source, rules,
        {.threads = static_cast<unsigned>(threads_),
         .budget = budget,
         .stop = &context.interrupt.stop(),
         .on_page = [&](std::size_t bytes, bool read) { progress.page(bytes, read); }});
  }

  std::vector<std::string> paths_;
  std::uint64_t threads_ = 0;
  PageOptions page_;
};

}  // namespace

std::unique_ptr<Verb> rules_stats_verb() { return std::make_unique<RulesStatsVerb>(); }

}  // namespace marrow::cli
