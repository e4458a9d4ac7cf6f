// Points in time as the state keeps them: seconds since 1970, and the RFC 3339 text that records show. Pure; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace marrow {

// "2026-11-23T04:40:00Z" -> seconds; 0 where it is no such text.
std::int64_t seconds_of(std::string_view rfc3339);
std::string rfc3339_of(std::int64_t seconds);

}  // namespace marrow
