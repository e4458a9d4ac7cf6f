// Hooks: a command of the job's owner, run when a run has ended. Takes the words of the command and what it is told by its
// environment; waits for it, at most so long. Its standard output and error are the program's standard error. Signals that the
// program blocks are not blocked for it. Neither prints nor exits. Not while other threads change the environment.
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace marrow {

struct Hook {
  std::vector<std::string> command;                            // empty = none; one word is given to /bin/sh
  std::vector<std::pair<std::string, std::string>> variables;  // added to the environment
  std::string argument;                                        // the last one: the report's path ("$1" of a shell line)
  std::chrono::seconds patience{60};                           // then it is killed, with its children
};

// An error (skip_page) where it cannot be started, fails, or is killed.
Status run_hook(const Hook& hook);

}  // namespace marrow
