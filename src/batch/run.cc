#include "batch/run.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "batch/folders.h"
#include "batch/hook.h"
#include "batch/lock.h"
#include "batch/metrics.h"
#include "batch/publish.h"
#include "batch/robots_in_state.h"
#include "batch/run_memory.h"
#include "batch/runner.h"
#include "fetch/crawl_scope.h"
#include "sink/file.h"

namespace marrow {
namespace {

using Clock = std::chrono::steady_clock;

Status write_file(const std::string& path, const std::string& bytes) {
  auto file = OutputFile::create(path);
  if (!file) return file.error();
  if (Status status = file->write(bytes); !status) return status;
  return file->commit();
}

class JobRun {
 public:
  JobRun(const Job& job, const RunCleaner& cleaner, RunObserver& observer,
         const std::atomic<bool>* stop)
      : job_(job), cleaner_(cleaner), observer_(observer), stop_(stop) {}

  Result<RunSummary> run();

 private:
  Status remember(State& state);
  Result<Plan> plan(Fetcher& fetcher);
  Status fetch_and_clean(State& state, const RunState& run, Plan& plan, Fetcher& fetcher);
  Status level(State& state, const RunState& run, const Plan& plan, Fetcher& fetcher, WarcFile& warc);
  Result<Plan> next_level(State& state, const CrawlScope& scope, const Plan& level, std::size_t most, Plan& plan) const;
  Result<Plan> kept_plan(State& state);
  Status judge(State& state, const RunState& run);
  Status hold(State& state, const RunState& run);
  Status finish(State& state, const RunState& run, const Plan& plan);
  Status write_report();
  Status close(State& state, const RunState& run, const std::string& report);
  bool stopped() const;

  const Job& job_;
  RunCleaner cleaner_;
  RunObserver& observer_;
  const std::atomic<bool>* stop_;
  const Clock::time_point started_ = Clock::now();
  SiteMemory memory_;  // as the run finds it: what it learns itself counts from the next run on
  Drift drift_;
  DriftSettings drift_settings_;
  RunSummary summary_;
};

bool JobRun::stopped() const {
  const auto limit = job_.limits.max_runtime;
  return (stop_ && stop_->load(std::memory_order_relaxed)) || (limit.count() > 0 && Clock::now() - started_ >= limit);
}

// Before there are threads: cleaners may be processes, which share what is read here.
Status JobRun::remember(State& state) {
  if (job_.memory) {
    auto memory = load_memory(state);
    if (!memory) return memory.error();
    memory_ = *std::move(memory);
  }
  return cleaner_.prepare ? cleaner_.prepare(memory_, cleaner_.make) : Status(Ok{});
}

Result<Plan> JobRun::plan(Fetcher& fetcher) {
  auto plan = make_plan(job_.source, fetcher, [this] { return stopped(); });
  if (!plan) return plan;
  for (const std::string& problem : plan->problems)
    observer_.log(RunObserver::Level::warning, problem);
  summary_.urls = plan->size();
  summary_.problems = plan->problems.size();
  return plan;
}

Status JobRun::level(State& state, const RunState& run, const Plan& plan, Fetcher& fetcher, WarcFile& warc) {
  const auto agenda = make_agenda(plan, state, run, {cleaner_.rules, program_key(job_), job_.offline, std::max(job_.visits.least, job_.visits.most).count()});
  if (!agenda) return agenda.error();
  return Runner({job_, cleaner_, observer_, state, fetcher, warc, memory_, stop_, started_}, run, plan, *agenda, summary_).run();
}

// Where the pages of a level lead, in their order: what is not in the plan yet is added to it, and is the next level.
Result<Plan> JobRun::next_level(State& state, const CrawlScope& scope, const Plan& level, std::size_t most, Plan& plan) const {
  Plan next;
  const std::size_t size = level.size();  // it may be the plan itself, which grows
  for (std::size_t at = 0; at < size && next.size() < most; ++at) {
    const auto links = state.fact(links_fact(level.url(at)));
    if (!links) return links.error();
    for (std::string_view rest = *links; !rest.empty() && next.size() < most;) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      std::string url(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
      if (scope.admit(url) && plan.add({}, url)) next.add({}, url);
    }
  }
  return next;
}

// The sources' pages; then, where the job crawls, level by level the pages they lead to. A level begins when the one
// before it is done, so that what is found, and in which order, does not depend on the network.
Status JobRun::fetch_and_clean(State& state, const RunState& run, Plan& plan, Fetcher& fetcher) {
  auto warc = WarcFile::open(job_, run, state);
  if (!warc) return warc.error();
  auto filter = UrlFilter::create(job_.source.include, job_.source.exclude);
  if (!filter) return filter.error();
  CrawlScope scope(*std::move(filter), job_.crawl.external);
  if (job_.crawl.depth > 0)
    for (std::size_t at = 0; at < plan.size(); ++at) scope.seed(plan.url(at));
  const std::size_t sources = plan.size();
  if (Status status = level(state, run, plan, fetcher, *warc); !status) return status;
  Plan last;
  for (int depth = 1; depth <= (job_.offline ? 0 : job_.crawl.depth) && summary_.not_reached == 0 && !stopped(); ++depth) {
    const std::size_t most = job_.crawl.max_pages - std::min<std::size_t>(plan.size() - sources, job_.crawl.max_pages);
    auto next = next_level(state, scope, depth == 1 ? plan : last, most, plan);
    if (!next) return next.error();
    if (next->empty()) break;
    summary_.urls += next->size();
    last = *std::move(next);
    if (Status status = level(state, run, last, fetcher, *warc); !status) return status;
  }
  if (Status status = warc->close(); !status) return status;
  if (!warc->name().empty()) summary_.warc = job_.warc + "/" + warc->name();
  return Ok{};
}

// Offline the sources are not asked: what was kept is what there is.
Result<Plan> JobRun::kept_plan(State& state) {
  Plan plan;
  plan.incomplete = true;  // what is not kept stays in a whole picture
  const auto add = [&](const PageGlance& page) { plan.add({}, page.url); };
  if (Status status = state.each_page({}, {}, add); !status) return status.error();
  summary_.urls = plan.size();
  return plan;
}

Status JobRun::judge(State& state, const RunState& run) {
  drift_settings_.runs = job_.alarms.runs;
  drift_settings_.rules = {cleaner_.rule_names.begin(), cleaner_.rule_names.end()};
  auto drift = judge_drift(state, run, drift_settings_);
  if (!drift) return drift.error();
  drift_ = *std::move(drift);
  summary_.alarms = drift_.alarms;
  summary_.fail_on_drift = job_.alarms.fail;
  for (const DriftAlarm& alarm : drift_.alarms)
    observer_.log(RunObserver::Level::warning, "drift: " + sentence_of(alarm));
  if (drift_.alarms.empty() || job_.output.by_run() || !job_.alarms.keep) return Ok{};
  return hold(state, run);
}

// Where new records would replace older ones, those of a host with an alarm do not: the pages are taken for as they were and
// come up again in the next run, until the rules fit or `marrow state accept` says that this is how the site is now.
Status JobRun::hold(State& state, const RunState& run) {
  std::vector<PageChange> held;
  const auto gather = [&](const PageChange& change) {
    for (const DriftAlarm& alarm : drift_.alarms)
      if (alarm.host == change.host && !change.was.empty()) held.push_back(change);
  };
  if (Status status = state.each_change(gather); !status) return status;
  if (Status status = state.begin(); !status) return status;
  for (const PageChange& change : held) {
    auto page = state.page(change.page);
    if (!page) return page.error();
    page->look = change.was;
    page->rules.clear();
    page->next_visit = 0;
    if (Status status = state.save(*page); !status) return status;
    if (Status status = state.drop_record(change.page, run.run); !status) return status;
  }
  summary_.held = held.size();
  return state.commit();
}

Status JobRun::finish(State& state, const RunState& run, const Plan& plan) {
  if (Status status = judge(state, run); !status) return status;
  const auto published = publish(job_, run, plan, state);
  if (!published) return published.error();
  if (!published->paths.empty()) summary_.output = published->paths.front();
  summary_.outputs = published->paths;
  summary_.manifest = published->manifest;
  summary_.written = published->records;
  summary_.report = job_.output.report;
  summary_.metrics = job_.metrics;
  summary_.ended = rfc3339_now();
  summary_.seconds = std::chrono::duration<double>(Clock::now() - started_).count();
  if (Status status = close(state, run, report_json(summary_)); !status) return status;
  return write_report();
}

// After the run is closed: a report speaks of what is done for good. One that a killed run could not write any more is in the
// state.
Status JobRun::write_report() {
  if (Status status = write_file(job_.output.report, report_json(summary_)); !status) return status;
  return job_.metrics.empty() ? Status(Ok{}) : write_file(job_.metrics, metrics_text(job_.name, summary_));
}

// All that the run leaves behind for the next one, or nothing of it.
Status JobRun::close(State& state, const RunState& run, const std::string& report) {
  const bool complete = summary_.not_reached == 0 && !summary_.interrupted && !job_.offline;
  if (Status status = state.begin(true); !status) return status;
  if (Status status = learn_from_run(state); !status) return status;
  if (Status status = keep_drift(state, drift_, drift_settings_); !status) return status;
  for (const auto& [host, totals] : summary_.by_host)
    if (Status status = state.add_to_host(host,
                                          {static_cast<std::int64_t>(totals.fetched + totals.unchanged),
                                           static_cast<std::int64_t>(totals.failed), static_cast<std::int64_t>(totals.bytes)},
                                          run.run);
        !status)
      return status;
  if (Status status = state.end_run(run, complete, !job_.output.whole(), summary_.ended, report); !status) return status;
  return state.commit();
}

Result<RunSummary> JobRun::run() {
  if (Status status = make_folders(job_); !status) return status.error();
  auto lock = RunLock::take(job_.state);
  if (!lock) return lock.error();
  if (!lock->held()) {
    summary_.locked = true;
    summary_.holder = lock->holder();
    return summary_;
  }
  auto state = State::open(job_.state);
  if (!state) return state.error();
  if (Status status = claim_folders(job_); !status) return status.error();
  if (Status status = remember(*state); !status) return status.error();
  auto fetcher = Fetcher::create(job_.fetch);
  if (!fetcher) return fetcher.error();
  RobotsInState robots(*state);
  fetcher->keep_robots_in(robots);
  summary_.rules = cleaner_.rules;
  auto plan = job_.offline ? kept_plan(*state) : this->plan(*fetcher);
  if (!plan) return plan.error();
  const auto run = state->begin_run(rfc3339_now());
  if (!run) return run.error();
  summary_.run = static_cast<std::uint64_t>(run->run);
  summary_.started = run->started;
  if (run->resumed)
    observer_.log(RunObserver::Level::info,
                  "going on with run " + std::to_string(run->run) + ", which was cut short");
  if (Status status = fetch_and_clean(*state, *run, *plan, *fetcher); !status)
    return status.error();
  if (Status status = finish(*state, *run, *plan); !status) return status.error();
  return std::move(summary_);
}

// The run is over and the lock given back: a hook may take its time, or run the job again.
void tell_hooks(const Job& job, const RunSummary& summary, RunObserver& observer) {
  Hook hook;
  hook.argument = summary.report;
  hook.patience = job.hooks.timeout;
  hook.variables = {{"MARROW_JOB", job.name},
                    {"MARROW_RUN", std::to_string(summary.run)},
                    {"MARROW_REPORT", summary.report},
                    {"MARROW_OUTPUT", summary.output},
                    {"MARROW_EXIT_CODE", std::to_string(summary.exit_code())},
                    {"MARROW_ALARMS", std::to_string(summary.alarms.size())}};
  const auto tell = [&](const std::vector<std::string>& command) {
    hook.command = command;
    if (Status status = run_hook(hook); !status) observer.log(RunObserver::Level::warning, status.error().message);
  };
  if (!summary.alarms.empty()) tell(job.hooks.on_alarm);
  tell(job.hooks.on_finish);
}

}  // namespace

Result<RunSummary> run_job(const Job& job, const RunCleaner& cleaner, RunObserver& observer,
                           const std::atomic<bool>* stop) {
  auto summary = JobRun(job, cleaner, observer, stop).run();
  if (summary && !summary->locked) tell_hooks(job, *summary, observer);
  return summary;
}

}  // namespace marrow
