// A visit of a page, and what the state knows of the page afterwards. Any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "batch/job.h"
#include "batch/state.h"
#include "fetch/fetcher.h"

namespace marrow {

// What came of it, and when to come again. `changed`: the page is not what it was.
void note_visit(PageState& page, const Response& response, bool changed, std::int64_t round, const JobVisits& visits);

// What the answer says of the body that came with it: validators, type, where it was found.
void note_answer(PageState& page, const Response& response);

// The answer that an earlier visit kept.
Response kept_response(const PageState& page, std::string_view url, std::string body);

}  // namespace marrow
