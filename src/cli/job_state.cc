#include "cli/job_state.h"

#include <unistd.h>

#include <utility>

namespace marrow::cli {

Result<JobState> open_job_state(const std::string& job_file, Access access) {
  auto job = read_job(job_file);
  if (!job) return job.error();
  if (::access(job->state.c_str(), F_OK) != 0)
    return Error{ErrorKind::stop_run, job->state + " does not exist: the job has not been run yet"};
  RunLock lock;
  if (access == Access::change) {
    auto taken = RunLock::take(job->state);
    if (!taken) return taken.error();
    if (!taken->held())
      return Error{ErrorKind::retry, job_file + ": a run of this job is at work (" + taken->holder() + ")"};
    lock = *std::move(taken);
  }
  auto state = State::open(job->state);
  if (!state) return state.error();
  return JobState{*std::move(job), *std::move(state), std::move(lock)};
}

int cannot(Context& context, const Error& error) {
  context.log.fault(error.message);
  return error.kind == ErrorKind::retry ? kLocked : kCannotRun;
}

}  // namespace marrow::cli
