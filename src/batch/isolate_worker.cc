#include "batch/isolate_worker.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <new>

#include "batch/page_wire.h"

namespace marrow {
namespace {

// Sanitizers map terabytes of shadow: no limit on the address space can hold with them.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kLimitMemory = false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
constexpr bool kLimitMemory = false;
#else
constexpr bool kLimitMemory = true;
#endif
#else
constexpr bool kLimitMemory = true;
#endif

void write_text(const char* path, const char* text) {
  const int fd = ::open(path, O_WRONLY | O_CLOEXEC);
  if (fd < 0) return;
  [[maybe_unused]] const ssize_t written = ::write(fd, text, std::strlen(text));
  ::close(fd);
}

// Bytes of address space in use now; 0 if that cannot be told.
std::size_t address_space() {
  std::FILE* file = std::fopen("/proc/self/statm", "re");
  if (!file) return 0;
  unsigned long pages = 0;
  const bool read = std::fscanf(file, "%lu", &pages) == 1;
  std::fclose(file);
  return read ? pages * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)) : 0;
}

void limit_memory(std::size_t more) {
  const std::size_t now = address_space();
  if (!kLimitMemory || more == 0 || now == 0) return;
  const rlimit limit{now + more, now + more};
  ::setrlimit(RLIMIT_AS, &limit);
}

// So many seconds from here on: behind them the kernel sends SIGXCPU, which ends the worker.
void limit_time(std::uint64_t seconds) {
  rusage used{};
  rlimit limit{};
  if (seconds == 0 || ::getrusage(RUSAGE_SELF, &used) != 0 || ::getrlimit(RLIMIT_CPU, &limit) != 0) return;
  limit.rlim_cur = static_cast<rlim_t>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + 1 + seconds;
  ::setrlimit(RLIMIT_CPU, &limit);
}

// Only in the program that the tests are given (tests/CMakeLists.txt): MARROW_TEST_CRASH="HOW:ID" makes a worker die on the
// page of that id.
#ifdef MARROW_CRASH_ON_REQUEST
void die_on_request(const std::string& id) {
  const char* wish = std::getenv("MARROW_TEST_CRASH");
  const char* colon = wish ? std::strchr(wish, ':') : nullptr;
  if (!colon || id != colon + 1) return;
  const std::string how(wish, colon);
  if (how == "abort") std::abort();
  if (how == "exit") ::_exit(7);
  if (how == "kill") ::raise(SIGKILL);
  if (how == "segv") {
    std::signal(SIGSEGV, SIG_DFL);  // sanitizers have a handler of their own
    ::raise(SIGSEGV);
  }
  if (how == "memory") throw std::bad_alloc();
  volatile bool forever = how == "spin";
  while (forever) {
  }
}
#else
void die_on_request(const std::string&) {}
#endif

// A stop is the parent's to order; it closes the socket when it is time.
void ignore_stops() {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) std::signal(signal, SIG_IGN);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

void clean_pages(const Socket& parent, const MakeCleanPage& make, const IsolationOptions& options) {
  StageTimes times;
  if (options.stats) options.stats->pass_to(&times);
  const CleanPage clean = make();
  limit_memory(options.max_memory);
  std::string head, body;
  Input input;
  PageExtras extras;
  bool with_extras = false;
  while (parent.receive(head, input.bytes, kMaxMessage)) {
    if (!unpack_input(head, input, &with_extras)) return;
    limit_time(options.max_seconds);
    die_on_request(input.id);
    head.clear();
    body.clear();
    try {
      PageExtras* const wanted = with_extras ? &extras : nullptr;
      const Record record = clean(input, wanted);
      pack_record(record, head, wanted);
      if (options.stats) pack_times(times, body);
    } catch (const std::exception& fault) {
      head.clear();
      body = fault.what();
    }
    if (!parent.send(head, body)) return;
  }
}

[[noreturn]] void run_worker(const Socket& parent, const MakeCleanPage& make, const IsolationOptions& options) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // with the nursery
  const rlimit no_core{0, 0};          // the page is kept, and repeats it
  ::setrlimit(RLIMIT_CORE, &no_core);
  write_text("/proc/self/oom_score_adj", "1000");  // when memory runs out, a worker goes first
  try {
    clean_pages(parent, make, options);
  } catch (const std::exception&) {
    ::_exit(1);
  }
  ::_exit(0);
}

int status_of(pid_t worker) {
  int status = 0;
  pid_t ended = 0;
  do ended = ::waitpid(worker, &status, 0);
  while (ended < 0 && errno == EINTR);
  return ended == worker ? status : -1;
}

}  // namespace

void run_nursery(const Socket& control, const MakeCleanPage& make, const IsolationOptions& options) {
  ignore_stops();
  const int null = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  if (null >= 0) {  // the run's pipes are not ours to keep open; messages of a dying worker may pass
    ::dup2(null, STDIN_FILENO);
    ::dup2(null, STDOUT_FILENO);
    ::close(null);
  }
  // Nor are its files, locks and the sockets of other isolations.
  constexpr int kControl = 3;
  if (control.fd() != kControl) ::dup2(control.fd(), kControl);
  ::close_range(kControl + 1, ~0U, 0);
  const Socket parent(kControl);
  for (std::int64_t request = 0;;) {
    Socket socket;
    if (!parent.receive_number(request, &socket)) break;  // the run has ended
    if (request != kSpawn) {
      parent.send_number(status_of(static_cast<pid_t>(request)));
      continue;
    }
    const pid_t worker = ::fork();
    if (worker == 0) run_worker(socket, make, options);
    parent.send_number(worker);
  }
  ::_exit(0);  // and with it, the workers
}

}  // namespace marrow
