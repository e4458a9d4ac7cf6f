// The folders of a job: made where they are missing, found out to be writable before the first page and not after the last, and
// claimed, so that two jobs never write over each other's files. A claim is a small file in the folder that holds the path of the
// job's state; one whose state is gone counts for nothing. Takes a job under its lock; touches nothing else. One thread.
#pragma once

#include <string>

#include "base/result.h"
#include "batch/job.h"

namespace marrow {

// Of the output, the state, the report and the metrics.
Status make_folders(const Job& job);
// The output's, and that of the kept pages for the names that this job gives there.
Status claim_folders(const Job& job);

}  // namespace marrow
