#include "batch/clock.h"

#include <ctime>

namespace marrow {

std::int64_t seconds_of(std::string_view rfc3339) {
  std::tm parts{};
  const std::string text(rfc3339);
  const char* end = ::strptime(text.c_str(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return end && *end == '\0' ? static_cast<std::int64_t>(::timegm(&parts)) : 0;
}

std::string rfc3339_of(std::int64_t seconds) {
  const std::time_t time = seconds;
  std::tm parts{};
  if (!::gmtime_r(&time, &parts)) return {};
  char text[32];
  return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

}  // namespace marrow
