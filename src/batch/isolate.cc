#include "batch/isolate.h"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <utility>

#include "batch/isolate_worker.h"
#include "batch/page_wire.h"

namespace marrow {
namespace {

// A worker that uses no time and does not answer (it waits for a lock for ever) is killed after so many times the
// processor time it may take: a machine may be that busy.
constexpr std::uint64_t kPatience = 60;

// The parse alone may take the whole of a page's time, and the other stages as much again; seconds are the kernel's unit.
constexpr std::uint64_t kTimeFactor = 4;
constexpr std::uint64_t kMinSeconds = 4;
// Beside the arena a page takes its bytes some four times and the models' columns.
constexpr std::size_t kMemoryFactor = 3;

std::string way_of(int status) {
  if (WIFSIGNALED(status)) {
    const int signal = WTERMSIG(status);
    if (signal == SIGXCPU) return "took too much time";
    const char* name = ::sigabbrev_np(signal);
    return std::string("died of ") + (name ? std::string("SIG") + name : "signal " + std::to_string(signal));
  }
  if (WIFEXITED(status)) return "ended with code " + std::to_string(WEXITSTATUS(status));
  return "was lost";
}

Record crash_record(const Input& input) {
  Record record;
  record.id = input.id;
  record.url = input.url;
  record.fetched_at = input.fetched_at;
  record.status = input.status;
  record.quality.flags = {"crash", "empty"};
  return record;
}

}  // namespace

IsolationOptions isolation_options(const Budget& budget, std::string quarantine) {
  IsolationOptions options;
  options.quarantine = std::move(quarantine);
  options.max_seconds = std::max(kMinSeconds, kTimeFactor * budget.max_millis / 1000);
  options.max_memory = kMemoryFactor * budget.max_memory;
  return options;
}

// One thread's worker process; started with its first page and again after it died.
class Isolation::Worker {
 public:
  explicit Worker(Isolation& isolation) : isolation_(isolation) {}
  ~Worker() { end(); }
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  Record clean(const Input& input, PageExtras* extras) {
    if (!socket_.is_open()) pid_ = isolation_.spawn(socket_);
    if (pid_ < 0) throw std::runtime_error("no process can be started");
    head_.clear();
    pack_input(input, head_, extras != nullptr);
    if (!socket_.send(head_, input.bytes) || !answered()) crashed(input);
    if (head_.empty()) throw std::runtime_error(body_);
    Record record;
    StageTimes times;
    if (!unpack_record(head_, record, extras)) crashed(input);
    if (isolation_.options_.stats && unpack_times(body_, times)) isolation_.options_.stats->add(times);
    return record;
  }

 private:
  bool answered() {
    const std::chrono::seconds patience(kPatience * isolation_.options_.max_seconds);
    if (patience.count() > 0 && !socket_.readable(patience)) {
      ::kill(pid_, SIGKILL);  // nobody has waited for it: the number is still its own
      return false;
    }
    return socket_.receive(head_, body_, kMaxMessage);
  }

  [[noreturn]] void crashed(const Input& input) {
    const std::string how = way_of(end());
    const std::string repeat = isolation_.quarantine_.keep(input, how);
    throw PageCrash(crash_record(input), input.origin + ": the process that cleaned it " + how +
                                             (repeat.empty() ? "" : "; to repeat it: " + repeat));
  }

  // Ends the process where it has not ended by itself; gives how.
  int end() {
    if (!socket_.is_open()) return 0;
    socket_.close();
    return isolation_.status_of(std::exchange(pid_, -1));
  }

  Isolation& isolation_;
  Socket socket_;
  pid_t pid_ = -1;
  std::string head_, body_;
};

Result<std::unique_ptr<Isolation>> Isolation::start(const MakeCleanPage& make, const IsolationOptions& options) {
  Socket ours, theirs;
  if (!Socket::pair(ours, theirs))
    return Error{ErrorKind::stop_run, std::string("pages cannot be isolated: no socket: ") + std::strerror(errno)};
  const pid_t pid = ::fork();
  if (pid < 0) return Error{ErrorKind::stop_run, std::string("pages cannot be isolated: no process: ") + std::strerror(errno)};
  if (pid == 0) {
    ours.close();
    run_nursery(theirs, make, options);
  }
  return std::unique_ptr<Isolation>(new Isolation(std::move(ours), pid, options));
}

Isolation::Isolation(Socket nursery, pid_t pid, const IsolationOptions& options)
    : options_(options), nursery_(std::move(nursery)), nursery_pid_(pid), quarantine_(options.quarantine) {}

Isolation::~Isolation() {
  nursery_.close();
  while (::waitpid(nursery_pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

pid_t Isolation::spawn(Socket& socket) {
  Socket ours, theirs;
  if (!Socket::pair(ours, theirs)) return -1;
  const std::lock_guard lock(mutex_);
  std::int64_t worker = -1;
  if (!nursery_.send_number(kSpawn, theirs.fd()) || !nursery_.receive_number(worker) || worker < 0) return -1;
  socket = std::move(ours);
  return static_cast<pid_t>(worker);
}

// The worker has closed its socket (it is dead or dying), or we have, and it must not go on for long.
int Isolation::status_of(pid_t worker) {
  const std::lock_guard lock(mutex_);
  std::int64_t status = -1;
  if (!nursery_.send_number(worker) || !nursery_.receive_number(status)) return -1;
  return static_cast<int>(status);
}

MakeCleanPage Isolation::make() {
  return [this]() -> CleanPage {
    // A std::function must be copyable, a Worker is not.
    return [worker = std::make_shared<Worker>(*this)](const Input& input, PageExtras* extras) {
      return worker->clean(input, extras);
    };
  };
}

}  // namespace marrow
