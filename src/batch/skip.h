// explain_skip: what a job knows of a URL, and what its next run would do with it and why. Takes a job, the rules and program in
// force, an open state; gives sentences. Asks no network: whether a sitemap names the page it does not know. One thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "batch/job.h"
#include "batch/state.h"

namespace marrow {

struct SkipFacts {
  std::string_view rules, program;  // in force
  std::int64_t now = 0;             // seconds since 1970
};

Result<std::vector<std::string>> explain_skip(const Job& job, State& state, std::string_view url, const SkipFacts& facts);

}  // namespace marrow
