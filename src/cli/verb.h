// Verb: one thing the program does, `marrow clean`, `marrow rules check`. A verb describes itself,
// binds its members to options and runs; one file a verb, listed in main.cc.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "batch/log.h"
#include "batch/terminal.h"
#include "cli/options.h"

namespace marrow::cli {

class Interrupt;

// Exit codes, the same for every verb.
inline constexpr int kAllDone = 0;
inline constexpr int kSomeFailed = 1;
inline constexpr int kCannotRun = 2;  // usage, job or rule error, output that cannot be written
inline constexpr int kLocked = 3;
inline constexpr int kDrift = 4;
inline constexpr int kInterrupted = 130;

struct Example {
  std::string command, says;
};

struct VerbText {
  std::string name;     // "clean", "rules check"
  std::string summary;  // one line, no full stop
  std::string details;  // paragraphs, split by an empty line
  std::vector<Example> examples;
};

// What every verb accepts.
struct CommonOptions {
  int verbose = 0;
  bool quiet = false;
  bool no_progress = false;
  LogOptions log;
  std::uint64_t log_megabytes = 10;
  std::uint64_t log_keep = 5;
};

// What a running verb has at hand.
struct Context {
  const CommonOptions& common;
  Terminal& terminal;
  Log& log;
  Interrupt& interrupt;
};

class Verb {
 public:
  virtual ~Verb() = default;
  virtual VerbText text() const = 0;
  virtual void options(Options& options) = 0;
  virtual int run(Context& context) = 0;  // gives the exit code
};

}  // namespace marrow::cli
