// marrow run: a job, once: fetch what is new or may have changed, clean it, write it, remember it.

#include "batch/run.h"

#include <fmt/format.h>

#include "batch/figures.h"
#include "batch/progress.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "cli/verbs.h"

namespace marrow::cli {
namespace {

constexpr std::size_t kReasonsShown = 8;

class Observer final : public RunObserver {
 public:
  Observer(Log& log, Progress& progress) : log_(log), progress_(progress) {}
  void progress(const RunProgress& now) override {
    progress_.set(now.done, now.failed, now.bytes, now.total);
  }
  void log(Level level, const std::string& message) override {
    log_.write(static_cast<LogLevel>(level), message);
  }

 private:
  Log& log_;
  Progress& progress_;
};

std::string row(std::string_view name, const std::string& text, bool colours) {
  return "  " + in_colour(fmt::format("{:<10}", name), Colour::dim, colours) + text + "\n";
}

std::string summary_of(const RunSummary& s, bool colours) {
  std::string out = in_colour(fmt::format("run {}: {} written", s.run, thousands(s.written)),
                              Colour::bold, colours);
  if (s.failed) out += ", " + in_colour(thousands(s.failed) + " failed", Colour::red, colours);
  out += fmt::format(" of {} URLs in {}\n", thousands(s.urls), duration_text(s.seconds));
  if (s.interrupted)
    out += in_colour("interrupted: the next run goes on from here\n", Colour::yellow, colours);
  out += row("fetched", fmt::format("{} ({})", thousands(s.fetched), bytes_text(s.bytes)), colours);
  out += row("unchanged", thousands(s.unchanged), colours);
  out +=
      row("cleaned",
          fmt::format("{} in {} of a core", thousands(s.cleaned), duration_text(s.clean_seconds)),
          colours);
  if (s.not_due) out += row("not due", thousands(s.not_due), colours);
  if (s.held) out += row("held", thousands(s.held) + " records of hosts with an alarm: the older ones stay", colours);
  if (s.not_reached) out += row("left", thousands(s.not_reached) + " for the next run", colours);
  std::string reasons;
  std::size_t shown = 0;
  for (const auto& [reason, pages] : s.reasons)
    if (shown++ < kReasonsShown)
      reasons += (reasons.empty() ? "" : "  ") + thousands(pages) + " " + printable(reason);
  if (!reasons.empty()) out += row("failed", in_colour(reasons, Colour::red, colours), colours);
  for (const DriftAlarm& alarm : s.alarms)
    out += row("drift", in_colour(printable(sentence_of(alarm)), Colour::yellow, colours), colours);
  for (const std::string* path : {&s.output, &s.report, &s.warc})
    if (!path->empty())
      out += row(path == &s.output   ? "written"
                 : path == &s.report ? "report"
                                     : "kept",
                 printable(*path), colours);
  return out;
}

class Run final : public Verb {
 public:
  VerbText text() const override {
    return {"run",
            "Run a job: fetch, clean, write, remember",
            "JOB is a TOML file that names sources, politeness, rules, outputs and limits. Pages "
            "that have "
            "not changed since the last run are asked for conditionally and not cleaned again; those that "
            "rarely change are asked for less often. Where rules or program have changed, what was kept is "
            "cleaned again without the network. One run of "
            "a job at a time: a second one ends at once with 3. A run that is killed goes on where "
            "it was "
            "when the job is run again.",
            {{"marrow run --check news.toml", "look whether a job file is sound"},
             {"marrow run news.toml", "run it"}}};
  }
  void options(Options& o) override {
    o.operand("JOB", job_, true, "The job file.");
    o.flag("--no-isolate", no_isolate_,
           "Clean pages in this process, not in processes of their own (as isolate = false in the job's [limits]).");
    o.flag("--offline", offline_,
           "Fetch nothing: only clean again what the job has kept ([fetch] warc) where rules or program have changed.");
    o.flag("--fail-on-drift", fail_on_drift_,
           "End with 4 where a site seems to have changed under its rules (as fail = true in the job's [alarms]).");
    o.flag("--check", check_, "Only read the job file and its rules; fetch and write nothing.");
  }

  int run(Context& context) override {
    Result<Job> job = read_job(job_);
    if (!job) return cannot(context, job.error());
    if (check_) return check(context, *job);
    if (no_isolate_) job->limits.isolate = false;
    if (fail_on_drift_) job->alarms.fail = true;
    job->offline = offline_;
    if (offline_ && job->warc.empty())
      return cannot(context, {ErrorKind::stop_run, job_ + ": --offline needs pages that were kept: [fetch] warc"});
    Result<RunSummary> summary = go(context, *job);
    if (!summary) return cannot(context, summary.error());
    if (summary->locked) {
      context.log.error(job_ + ": another run of this job is at work" +
                        (summary->holder.empty() ? "" : " (" + summary->holder + ")"));
      return kLocked;
    }
    if (!context.common.quiet && context.common.log.format == LogFormat::text)
      context.terminal.write(summary_of(*summary, context.terminal.colours()));
    return summary->exit_code();
  }

 private:
  static int cannot(Context& context, const Error& error) {
    context.log.fault(error.message);
    return kCannotRun;
  }

  int check(Context& context, const Job& job) const {
    Result<Cleaner> cleaner = Cleaner::create(job.clean);
    if (!cleaner) return cannot(context, cleaner.error());
    return write_out(context.terminal, job_ + ": the job is sound\n");
  }

  static Result<RunSummary> go(Context& context, const Job& job) {
    Progress progress(context.terminal, !context.common.no_progress && !context.common.quiet);
    Observer observer(context.log, progress);
    return run_job(job, observer, &context.interrupt.stop());
  }

  std::string job_;
  bool check_ = false;
  bool no_isolate_ = false;
  bool offline_ = false;
  bool fail_on_drift_ = false;
};

}  // namespace

std::unique_ptr<Verb> run_verb() { return std::make_unique<Run>(); }

}  // namespace marrow::cli
