// What a run did, as a text file for the node exporter of Prometheus (text format 0.0.4): metrics_text() of a finished run.
// One series a host for the hosts with most pages only, so that a crawl of many does not flood the server. Pure.
#pragma once

#include <string>

#include "batch/run.h"

namespace marrow {

inline constexpr std::size_t kHostsInMetrics = 100;

std::string metrics_text(const std::string& job, const RunSummary& summary);

}  // namespace marrow
