// Isolation: each cleaning thread's pages are cleaned in a process of its own, so that a page that kills the cleaner
// (a fault in a parser, memory, time) costs one page and not the run.
//
//   auto isolation = Isolation::start(cleaner_of_one_thread, {.quarantine = "out/quarantine"});
//   run_clean(source, (*isolation)->make(), …);
//
// start() forks a nursery, a process of one thread that holds what was compiled (rules, models; shared, copied only when
// written to) and forks a worker whenever one is wanted. Call it before other threads hold locks: early, from the main
// thread. A worker that dies is replaced; its page is thrown as PageCrash and kept in the quarantine folder with a line that
// repeats it. All of them end with this object, or with this process, however it ends.
// make() and what it gives: any thread; they must not outlive the Isolation.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>

#include "base/result.h"
#include "batch/clean.h"
#include "batch/process_socket.h"
#include "batch/quarantine.h"

namespace marrow {

struct IsolationOptions {
  std::string quarantine;  // folder for the pages that killed a worker, made when the first one comes; "" = not kept
  // Of one page, beyond which its worker is killed: the budget's own limits are met long before, by counts and clocks.
  std::uint64_t max_seconds = 0;  // of processor time; 0 = no limit
  std::size_t max_memory = 0;     // above what a worker starts with; 0 = no limit
  StageStats* stats = nullptr;    // those that the cleaners add to, where they do: workers send their pages' times back
};

// What a page of this budget must never come near.
IsolationOptions isolation_options(const Budget& budget, std::string quarantine);

// A page whose worker died. The record says so: flags "crash" and "empty", nothing else known.
class PageCrash : public std::runtime_error {
 public:
  PageCrash(Record page, const std::string& message) : std::runtime_error(message), record(std::move(page)) {}
  Record record;
};

class Isolation {
 public:
  static Result<std::unique_ptr<Isolation>> start(const MakeCleanPage& make, const IsolationOptions& options);
  ~Isolation();
  Isolation(const Isolation&) = delete;
  Isolation& operator=(const Isolation&) = delete;

  MakeCleanPage make();
  std::uint64_t crashes() const { return quarantine_.seen(); }

 private:
  class Worker;
  Isolation(Socket nursery, pid_t pid, const IsolationOptions& options);
  // A new worker's process, -1 without one; `socket` becomes our end.
  pid_t spawn(Socket& socket);
  int status_of(pid_t worker);  // as waitpid() gives it, after it ended or was killed here

  const IsolationOptions options_;
  std::mutex mutex_;  // of the talk with the nursery
  Socket nursery_;
  const pid_t nursery_pid_;
  Quarantine quarantine_;
};

}  // namespace marrow
