// The site memory of a job: kept by host in its state, read when a run begins, and added to when it ends, in the transaction
// that closes the run. In between it does not change, so that what becomes of a page does not depend on which came first, nor on
// whether the run was killed and gone on with. One thread.
#pragma once

#include "base/result.h"
#include "batch/state.h"
#include "memory/site_memory.h"

namespace marrow {

Result<SiteMemory> load_memory(State& state);
// Adds what the open run's pages tell of their sites (PageChange::summary).
Status learn_from_run(State& state);

}  // namespace marrow
