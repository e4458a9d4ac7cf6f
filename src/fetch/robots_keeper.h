// RobotsKeeper: where answers to robots.txt outlast a fetcher, so that a site is asked for its robots.txt once a day (RFC 9309, 2.4)
// and not once a run. Implemented by whoever remembers between runs; called on the thread that runs the fetcher, and must not block.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace marrow {

struct KeptRobots {
  int status = 0;
  std::string body;
  std::chrono::seconds age{0};
};

class RobotsKeeper {
 public:
  virtual ~RobotsKeeper() = default;
  // Of an origin ("https://example.org"). What is older than RobotsCache::kFresh counts for nothing.
  virtual std::optional<KeptRobots> kept(std::string_view origin) = 0;
  // Final answers only: none to a site that was silent or busy.
  virtual void keep(std::string_view origin, int status, std::string_view body) = 0;
};

}  // namespace marrow
