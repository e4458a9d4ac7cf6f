// When to try again, and when to give up. Takes what a server or the network said, gives a waiting
// time. Pure: no clock, no random device; the jitter comes from a seed and the request's number, so
// that a run can be repeated exactly. Sources: RFC 9110 10.2.3 (Retry-After), 5.6.7 (HTTP-date),
// RFC 6585 (429).
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "fetch/options.h"

namespace marrow {

// The three forms of an HTTP date (IMF-fixdate, RFC 850, asctime) -> seconds since 1970.
std::optional<std::int64_t> parse_http_date(std::string_view text);

// Retry-After as seconds or date -> how long from `now` (seconds since 1970). A date in the past is
// zero.
std::optional<Millis> parse_retry_after(std::string_view value, std::int64_t now);

// Statuses that may pass: 408, 425, 429, 500, 502, 503, 504 and the 52x of proxies.
bool may_pass(int status);

// Waiting time before try number `attempt` + 1 (attempt 1 = the first has failed): base *
// 2^(attempt-1), capped, of which a random half (from seed and request) is kept: between 50 and 100
// %.
Millis backoff(const FetchOptions& options, int attempt, std::uint64_t request);

}  // namespace marrow
