// publish: the records that a run has kept in the state -> the job's output: one file, several (JobOutput::segment), or a folder
// with one file a page; each whole or not at all. In the order of the plan, then what is no longer in the plan. Last comes the
// manifest: whoever waits for it sees all of the run. Doing it again (after a kill) gives the same bytes under the same names.
#pragma once

#include <string>
#include <vector>

#include "batch/job.h"
#include "batch/plan.h"
#include "batch/state.h"

namespace marrow {

struct Published {
  std::vector<std::string> paths;  // empty = nothing was to be written
  std::string manifest;            // "" = none
  std::uint64_t records = 0;
};

// "DIR/records-000007.jsonl"; with a part "DIR/records-000007-0001.jsonl".
std::string output_path(const Job& job, std::int64_t run, unsigned part = 0);
std::string manifest_path(const Job& job, std::int64_t run);
// Of a page in a folder, without the suffix: made of its URL alone (and of the id that its source gave it), so that a page
// keeps its file whatever else is written.
std::string file_name(std::string_view id, std::string_view url);
Result<Published> publish(const Job& job, const RunState& run, const Plan& plan, State& state);

}  // namespace marrow
