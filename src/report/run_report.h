// Run report: a RunData -> one HTML page for people: what came of the run, by host and by result, how long and how sure bodies are,
// what drifted, what was slow, what was flagged, and the pages, those that need a look first. Fetches nothing. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "report/run_data.h"

namespace marrow {

// The pages to look at first: failed ones last (there is nothing of them to see), empty and doubted ones before the rest, least
// confidence first. Indices into RunData::pages, `most` at the most; only those whose bytes were kept where `kept`.
std::vector<std::size_t> worth_a_look(const RunData& run, std::size_t most, bool kept);

std::string run_report(const RunData& run);

}  // namespace marrow
