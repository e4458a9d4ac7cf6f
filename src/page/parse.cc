#include "page/parse.h"

#include <gumbo.h>

#include <csetjmp>
#include <cstdint>
#include <ctime>

namespace marrow {
namespace {

// Asking for the thread's time costs some 200 ns, an allocation 3: ask once in so many.
constexpr unsigned kAllocationsPerClock = 4096;

std::uint64_t thread_nanoseconds() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000U + static_cast<std::uint64_t>(now.tv_nsec);
}

struct Guard {
  Arena* arena;
  std::uint64_t deadline;
  unsigned calls;
  // Gumbo's first allocation is the GumboOutput that it fills as it goes: what there is of the tree when it is left early.
  // An insertion is the last thing that is done to a node, and after its allocation, so that the tree can be read at any.
  const GumboOutput* output;
  std::jmp_buf out;
};

// Leaves Gumbo by a jump: only C frames lie between, and all their memory is the arena's.
void* allocate(void* userdata, std::size_t size) {
  Guard& guard = *static_cast<Guard*>(userdata);
  if (++guard.calls % kAllocationsPerClock == 0 && thread_nanoseconds() > guard.deadline) std::longjmp(guard.out, 1);
  void* at = guard.arena->allocate(size);
  if (at == nullptr) std::longjmp(guard.out, 1);
  if (guard.output == nullptr) {
    *static_cast<GumboOutput*>(at) = GumboOutput{};  // in case it is left before it is filled
    guard.output = static_cast<const GumboOutput*>(at);
  }
  return at;
}

void release(void*, void*) {}

bool run(Guard& guard, const GumboOptions& options, std::string_view html) {
  if (setjmp(guard.out) != 0) return false;
  gumbo_parse_with_options(&options, html.data(), html.size());
  return true;
}

const GumboNode* root_of(const GumboOutput& output) {
  if (output.root != nullptr) return output.root;
  if (output.document == nullptr) return nullptr;
  const GumboVector& children = output.document->v.document.children;
  for (unsigned i = 0; i < children.length; ++i) {
    const auto* child = static_cast<const GumboNode*>(children.data[i]);
    if (child->type == GUMBO_NODE_ELEMENT) return child;
  }
  return nullptr;
}

}  // namespace

Parsed parse_html(std::string_view html, Arena& arena, const Budget& budget) {
  Guard guard;
  guard.arena = &arena;
  guard.deadline = thread_nanoseconds() + std::uint64_t{budget.max_millis} * 1'000'000U;
  guard.calls = 0;
  guard.output = nullptr;
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = allocate;
  options.deallocator = release;
  options.userdata = &guard;
  options.max_errors = 0;
  arena.set_budget(budget.max_memory / 3);
  Parsed parsed;
  parsed.whole = run(guard, options, html);
  arena.set_budget(budget.max_memory);
  if (guard.output != nullptr) parsed.root = root_of(*guard.output);
  return parsed;
}

}  // namespace marrow
