// Agenda: what is to be done with each page of a plan in this run. Takes a plan and the state, which it reads once from
// end to end (a million pages in a second or two), gives the page's number and what to do. One thread.
//
//   visit    it is due: ask for it
//   earlier  done in this round already, by a run that was cut short
//   not_due  it rarely changes, and was looked at lately (JobVisits)
//   reclean  not due, but rules or program have changed since, and its body is kept
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "batch/job.h"
#include "batch/plan.h"
#include "batch/state.h"

namespace marrow {

enum class Todo : std::uint8_t { visit, earlier, not_due, reclean };

struct Agenda {
  std::vector<PageId> pages;  // by position in the plan; 0 = never seen
  std::vector<Todo> todo;
  std::uint64_t visits = 0, earlier = 0, not_due = 0, recleans = 0;
};

struct AgendaSettings {
  std::string_view rules, program;  // in force now
  bool offline = false;             // nothing is due: only what is kept is cleaned again
  // Seconds that a page is left alone at most. One that is not due for longer was put off by a clock that was set back since, or
  // under other settings: it is due.
  std::int64_t most = std::numeric_limits<std::int64_t>::max();
};

Result<Agenda> make_agenda(const Plan& plan, State& state, const RunState& run, const AgendaSettings& settings);

// When a page is to be asked for again, seconds since 1970; 0 = in the next run. `changed_at`: when what it says was first so.
std::int64_t next_visit(const JobVisits& visits, std::int64_t now, std::int64_t changed_at);

}  // namespace marrow
