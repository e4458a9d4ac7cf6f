#include "batch/run.h"

#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include "batch/lock.h"
#include "batch/publish.h"
#include "batch/runner.h"
#include "sink/file.h"

namespace marrow {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

Status make_folder(const std::string& folder) {
  if (folder.empty()) return Ok{};
  std::error_code failed;
  fs::create_directories(folder, failed);
  if (failed)
    return Error{ErrorKind::stop_run, folder + ": cannot make the folder: " + failed.message()};
  // Found out before the first page and not after the last.
  if (access(folder.c_str(), W_OK | X_OK) != 0)
    return Error{ErrorKind::stop_run, folder + ": cannot be written to: " + std::strerror(errno)};
  return Ok{};
}

Status make_folders(const Job& job) {
  for (const std::string& folder :
       {job.output.dir, folder_of(job.state), folder_of(job.output.report)})
    if (Status status = make_folder(folder); !status) return status;
  return Ok{};
}

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
  Result<Plan> plan(Fetcher& fetcher);
  Status fetch_and_clean(State& state, const RunState& run, const Plan& plan, Fetcher& fetcher);
  Status finish(State& state, const RunState& run, const Plan& plan);
  bool stopped() const { return stop_ && stop_->load(std::memory_order_relaxed); }

  const Job& job_;
  const RunCleaner& cleaner_;
  RunObserver& observer_;
  const std::atomic<bool>* stop_;
  const Clock::time_point started_ = Clock::now();
  RunSummary summary_;
};

Result<Plan> JobRun::plan(Fetcher& fetcher) {
  auto plan = make_plan(job_.source, fetcher, [this] { return stopped(); });
  if (!plan) return plan;
  for (const std::string& problem : plan->problems)
    observer_.log(RunObserver::Level::warning, problem);
  summary_.urls = plan->pages.size();
  summary_.problems = plan->problems.size();
  return plan;
}

Status JobRun::fetch_and_clean(State& state, const RunState& run, const Plan& plan,
                               Fetcher& fetcher) {
  auto warc = WarcFile::open(job_, run, state);
  if (!warc) return warc.error();
  Runner runner({job_, cleaner_, observer_, state, fetcher, *warc, stop_, started_}, run, plan,
                summary_);
  if (Status status = runner.run(); !status) return status;
  if (Status status = warc->close(state); !status) return status;
  if (!warc->name().empty()) summary_.warc = job_.warc + "/" + warc->name();
  return Ok{};
}

Status JobRun::finish(State& state, const RunState& run, const Plan& plan) {
  const auto published = publish(job_, run, plan, state);
  if (!published) return published.error();
  summary_.output = published->path;
  summary_.written = published->records;
  summary_.report = job_.output.report;
  summary_.seconds = std::chrono::duration<double>(Clock::now() - started_).count();
  const std::string report = report_json(summary_);
  if (Status status = write_file(job_.output.report, report); !status) return status;
  const bool complete = summary_.not_reached == 0 && !summary_.interrupted;
  return state.end_run(run, complete, !job_.output.whole(), rfc3339_now(), report);
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
  auto fetcher = Fetcher::create(job_.fetch);
  if (!fetcher) return fetcher.error();
  summary_.rules = cleaner_.rules;
  const auto plan = this->plan(*fetcher);
  if (!plan) return plan.error();
  const auto run = state->begin_run(rfc3339_now());
  if (!run) return run.error();
  summary_.run = static_cast<std::uint64_t>(run->run);
  if (run->resumed)
    observer_.log(RunObserver::Level::info,
                  "going on with run " + std::to_string(run->run) + ", which was cut short");
  if (Status status = fetch_and_clean(*state, *run, *plan, *fetcher); !status)
    return status.error();
  if (Status status = finish(*state, *run, *plan); !status) return status.error();
  return std::move(summary_);
}

}  // namespace

int RunSummary::exit_code() const {
  if (locked) return 3;
  if (interrupted) return 130;
  return failed || problems ? 1 : 0;
}

Result<RunSummary> run_job(const Job& job, const RunCleaner& cleaner, RunObserver& observer,
                           const std::atomic<bool>* stop) {
  return JobRun(job, cleaner, observer, stop).run();
}

}  // namespace marrow
