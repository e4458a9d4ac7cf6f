// run_clean: a Source, cleaners and a Sink -> a finished run. One thread reads and decompresses, `threads` clean and
// render, the caller's writes, in input order: the same bytes for any number of threads. Failed inputs are told
// and the others go on. Neither prints nor exits.
//
//   CleanRun run = run_clean(**source, *cleaner, **sink, {.stop = &interrupted}, observer);
//   if (run.error) …             // the output could not be written; the sink must be destroyed unfinished
//   run.summary.failed, …
//
// The sink is finished here unless there is an error. When `stop` is set (from a signal handler, say) the pages in
// flight are cleaned and written, the sink is finished, and summary.interrupted is set.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "base/result.h"
#include "batch/page_extras.h"
#include "batch/stage_stats.h"
#include "batch/summary.h"
#include "marrow.h"
#include "sink/sink.h"
#include "source/input.h"

namespace marrow {

struct CleanSettings {
  unsigned threads = 0;  // cleaners; 0 = one a core
  // Pages and bytes of input in flight: enough that one slow page (Budget::max_millis, some hundred mean pages)
  // does not idle the other cleaners, little beside what a cleaner itself needs. 0 = 64 a cleaner.
  std::size_t window_pages = 0;
  std::size_t window_bytes = std::size_t{64} << 20;
  const std::atomic<bool>* stop = nullptr;
  StageStats* stats = nullptr;  // where asked for, what each stage took
};

// Called on the caller's thread, in input order.
class CleanObserver {
 public:
  virtual ~CleanObserver() = default;
  virtual void on_record(const Record&, std::size_t /*input_bytes*/) {}
  virtual void on_failure(const InputFailure&) {}
};

struct CleanRun {
  Summary summary;             // `outputs` is left to the caller
  std::uint64_t bytes_out = 0;
  bool reader_gone = false;    // of standard output: the run ended early, and that is no error
  std::optional<Error> error;  // the sink's, or no memory to read on: what was written is not whole
};

using MakeCleanPage = std::function<CleanPage()>;

CleanRun run_clean(Source& source, const MakeCleanPage& make, Sink& sink, const CleanSettings& settings,
                   CleanObserver& observer);

// In this process, with a workspace for each thread. The cleaner (and `stats`) must outlive what this gives.
MakeCleanPage cleaner_of_thread(const Cleaner& cleaner, StageStats* stats = nullptr);

inline CleanRun run_clean(Source& source, const Cleaner& cleaner, Sink& sink, const CleanSettings& settings,
                          CleanObserver& observer) {
  return run_clean(source, cleaner_of_thread(cleaner, settings.stats), sink, settings, observer);
}

}  // namespace marrow
