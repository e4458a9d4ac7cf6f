// publish: the records that a run has kept in the state -> the job's output, whole or not at all.
// In the order of the plan, then what is no longer in the plan. Doing it again (after a kill) gives
// the same bytes under the same name.
#pragma once

#include <string>

#include "batch/job.h"
#include "batch/plan.h"
#include "batch/state.h"

namespace marrow {

struct Published {
  std::string path;  // "" = nothing was to be written
  std::uint64_t records = 0;
};

// "DIR/records-000007.jsonl"
std::string output_path(const Job& job, std::int64_t run);
Result<Published> publish(const Job& job, const RunState& run, const Plan& plan, State& state);

}  // namespace marrow
