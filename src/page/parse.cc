#include "page/parse.h"

#include <gumbo.h>

#include <chrono>
#include <csetjmp>
#include <ctime>

namespace marrow {
namespace {

// Processor time of this thread: what a page may take does not depend on who else is at work on the machine, and so
// neither does what comes out of it.
struct Clock {
  using time_point = std::chrono::nanoseconds;
  static time_point now() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
  }
};

// Reading the clock costs some 200 ns, an allocation 3: ask for the time once in so many.
constexpr unsigned kAllocationsPerClock = 1024;

struct Guard {
  Arena* arena;
  Clock::time_point deadline;
  unsigned calls;
  std::jmp_buf out;
};

// Leaves Gumbo by a jump: only C frames lie between, and all their memory is the arena's.
void* allocate(void* userdata, std::size_t size) {
  Guard& guard = *static_cast<Guard*>(userdata);
  if (++guard.calls % kAllocationsPerClock == 0 && Clock::now() > guard.deadline) std::longjmp(guard.out, 1);
  void* at = guard.arena->allocate(size);
  if (at == nullptr) std::longjmp(guard.out, 1);
  return at;
}

void release(void*, void*) {}

}  // namespace

const GumboInternalOutput* parse_html(std::string_view html, Arena& arena, const Budget& budget) {
  Guard guard;
  guard.arena = &arena;
  guard.deadline = Clock::now() + std::chrono::milliseconds(budget.max_millis);
  guard.calls = 0;
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = allocate;
  options.deallocator = release;
  options.userdata = &guard;
  options.max_errors = 0;
  if (setjmp(guard.out) != 0) return nullptr;
  return gumbo_parse_with_options(&options, html.data(), html.size());
}

}  // namespace marrow
