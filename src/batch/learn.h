// learn: a Source of pages and a Cleaner -> the SiteMemory of those pages: the first of two passes over a batch. `threads`
// pull pages from the source in turn; the memory is the same for any number of them. Pages that cannot be read are
// left to the second pass to name. Neither prints nor exits.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>

#include "marrow.h"
#include "memory/site_memory.h"
#include "source/input.h"

namespace marrow {

struct LearnSettings {
  unsigned threads = 0;  // 0 = one a core
  const std::atomic<bool>* stop = nullptr;
  // Called on any thread, one call at a time, after each page: its bytes, and whether it could be read.
  std::function<void(std::size_t, bool)> on_page{};
};

struct Learned {
  SiteMemory memory;
  std::uint64_t pages = 0, without_url = 0;
  std::vector<InputFailure> failures;  // in input order
  bool interrupted = false;
};

Learned learn(Source& source, const Cleaner& cleaner, const LearnSettings& settings);

}  // namespace marrow
