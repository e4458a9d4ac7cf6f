// The state of a job, for verbs that look at it: reads the job file, opens its state. A state that is not there is an error, and
// is not made.
#pragma once

#include <string>

#include "batch/job.h"
#include "batch/lock.h"
#include "batch/state.h"
#include "cli/verb.h"

namespace marrow::cli {

struct JobState {
  Job job;
  State state;
  RunLock lock;  // held where it was asked for
};

enum class Access : unsigned char { look, change };  // to change it, no run may be at work

Result<JobState> open_job_state(const std::string& job_file, Access access = Access::look);
int cannot(Context& context, const Error& error);

}  // namespace marrow::cli
