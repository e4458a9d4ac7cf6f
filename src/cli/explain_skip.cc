// marrow explain-skip: why a run of a job does not fetch or clean a page, or will.

#include "batch/clock.h"
#include "batch/runner.h"
#include "batch/skip.h"
#include "cli/job_state.h"
#include "cli/output.h"
#include "cli/verbs.h"
#include "fetch/fetcher.h"

namespace marrow::cli {
namespace {

class ExplainSkip final : public Verb {
 public:
  VerbText text() const override {
    return {"explain-skip",
            "Say why a job passes over a page",
            "Prints what the job JOB remembers of URL, and what its next run will do with it and why: whether it is due, whether "
            "it would be asked for conditionally, by which rules its record was made. Asks no network.",
            {{"marrow explain-skip news.toml https://example.org/a", "why is this page not in the last output?"}}};
  }
  void options(Options& o) override {
    o.operand("JOB", job_, true, "The job file.");
    o.operand("URL", url_, true, "The page.");
  }
  int run(Context& context) override {
    auto opened = open_job_state(job_);
    if (!opened) return cannot(context, opened.error());
    const auto cleaner = Cleaner::create(opened->job.clean);
    if (!cleaner) return cannot(context, cleaner.error());
    const std::string program = program_key(opened->job);
    const auto says = explain_skip(opened->job, opened->state, url_, {cleaner->rules(), program, seconds_of(rfc3339_now())});
    if (!says) return cannot(context, says.error());
    std::string text;
    for (const std::string& line : *says) text += line + "\n";
    return write_out(context.terminal, printable_lines(text));
  }

 private:
  std::string job_, url_;
};

}  // namespace

std::unique_ptr<Verb> explain_skip_verb() { return std::make_unique<ExplainSkip>(); }

}  // namespace marrow::cli
