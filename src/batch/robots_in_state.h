// RobotsInState: keeps the answers to robots.txt in a job's state, by origin, for a day. The state must outlive it. What cannot be
// read or kept is asked for again, and is no fault of the run. One thread, that of the state.
#pragma once

#include "batch/state.h"
#include "fetch/robots_keeper.h"

namespace marrow {

class RobotsInState : public RobotsKeeper {
 public:
  explicit RobotsInState(State& state) : state_(state) {}
  std::optional<KeptRobots> kept(std::string_view origin) override;
  void keep(std::string_view origin, int status, std::string_view body) override;

 private:
  State& state_;
};

}  // namespace marrow
