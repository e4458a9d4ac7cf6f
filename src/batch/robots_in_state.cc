#include "batch/robots_in_state.h"

#include <utility>

#include "batch/clock.h"
#include "fetch/fetcher.h"

namespace marrow {

std::optional<KeptRobots> RobotsInState::kept(std::string_view origin) {
  auto known = state_.robots(origin);
  if (!known || !*known) return std::nullopt;
  const std::int64_t age = seconds_of(rfc3339_now()) - (*known)->asked_at;
  if (age < 0) return std::nullopt;  // a clock that was set back
  return KeptRobots{(*known)->status, std::move((*known)->body), std::chrono::seconds{age}};
}

void RobotsInState::keep(std::string_view origin, int status, std::string_view body) {
  (void)state_.save_robots(origin, {status, std::string(body), seconds_of(rfc3339_now())});
}

}  // namespace marrow
