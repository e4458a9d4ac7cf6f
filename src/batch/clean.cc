#include "batch/clean.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <new>
#include <system_error>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include "base/threads.h"
#include "batch/isolate.h"
#include "batch/window.h"

namespace marrow {
namespace {

constexpr std::size_t kPagesACleaner = 64;
// Bytes of input in flight for each cleaner, as many as 45 mean pages: a cleaner alone needs no more to be fed (and 64 MB of large pages that wait
// for it are most of what a run holds).
constexpr std::size_t kBytesACleaner = std::size_t{12} << 20;
// How often the writer looks whether it should stop while it waits for a page.
constexpr std::chrono::milliseconds kPatience{50};

// One stage of one page on the thread that does it, told to the stats, if there are any.
class Timed {
 public:
  Timed(StageStats* stats, Stage stage) : stats_(stats), stage_(stage), clock_(stats ? &times_ : nullptr) {}
  void done() {
    clock_.lap(stage_);
    if (stats_) stats_->add(stage_, times_[stage_]);
  }

 private:
  StageStats* stats_;
  Stage stage_;
  StageTimes times_;
  StageClock clock_;
};

struct Run {
  Run(Source& the_source, Sink& the_sink, const CleanSettings& settings, unsigned cleaners)
      : source(the_source),
        sink(the_sink),
        stop(settings.stop),
        stats(settings.stats),
        window(settings.window_pages ? settings.window_pages : cleaners * kPagesACleaner,
               std::min(settings.window_bytes, cleaners * kBytesACleaner)) {}

  void read();
  void clean(const MakeCleanPage& make);
  void write(CleanObserver& observer, CleanRun& result);
  Status write_page(PageSlot& slot, CleanObserver& observer, CleanRun& result);
  void stop_reading();
  void abort();

  Source& source;
  Sink& sink;
  const std::atomic<bool>* stop;
  StageStats* stats;
  PageWindow window;
  std::atomic<bool> out_of_memory{false};  // while reading
};

void Run::read() {
  try {
    while (PageSlot* slot = window.to_fill()) {
      Timed timed(stats, Stage::read);
      if (!source.next(slot->item)) break;
      timed.done();
      window.filled(slot);
    }
  } catch (const std::bad_alloc&) {
    out_of_memory = true;
  }
  window.end_of_input();
}

void clean_slot(const CleanPage& clean, const Sink& sink, StageStats* stats, PageSlot& slot) {
  const Input* input = std::get_if<Input>(&slot.item);
  if (!input) return;
  try {
    slot.record = clean(*input);
    Timed timed(stats, Stage::write);
    sink.render(slot.record, slot.rendered);
    timed.done();
  } catch (const PageCrash& crash) {  // the record says so too, so that no page is lost
    slot.record = crash.record;
    slot.problem = crash.what();
    sink.render(slot.record, slot.rendered);
  } catch (const std::exception& fault) {
    const bool memory = dynamic_cast<const std::bad_alloc*>(&fault) != nullptr;
    slot.problem = input->origin + " cannot be cleaned: " + (memory ? "out of memory" : fault.what());
  }
}

// Without the memory to begin, a cleaner says so of each page that it takes; the others go on.
CleanPage make_or_refuse(const MakeCleanPage& make) {
  try {
    return make();
  } catch (const std::bad_alloc&) {
    return [](const Input&) -> Record { throw std::bad_alloc(); };
  }
}

void Run::clean(const MakeCleanPage& make) {
  const CleanPage clean = make_or_refuse(make);
  while (PageSlot* slot = window.to_clean()) {
    clean_slot(clean, sink, stats, *slot);
    window.cleaned(slot);
  }
}

Status Run::write_page(PageSlot& slot, CleanObserver& observer, CleanRun& result) {
  if (const auto* failure = std::get_if<InputFailure>(&slot.item)) {
    result.summary.fail(failure->origin, failure->message);
    observer.on_failure(*failure);
    return Ok{};
  }
  const Input& input = std::get<Input>(slot.item);
  if (!slot.problem.empty()) {
    result.summary.fail(input.origin, slot.problem);
    observer.on_failure({input.origin, slot.problem});
    if (slot.rendered.empty()) return Ok{};
    return sink.write_rendered(slot.record, slot.rendered);
  }
  if (Status written = sink.write_rendered(slot.record, slot.rendered); !written) return written;
  result.summary.add(slot.record, input.bytes.size());
  observer.on_record(slot.record, input.bytes.size());
  return Ok{};
}

void Run::stop_reading() {
  window.stop();
  source.stop();
}

void Run::abort() {
  window.abort();
  source.stop();
}

void Run::write(CleanObserver& observer, CleanRun& result) {
  while (!window.finished()) {
    if (!result.summary.interrupted && stop && stop->load(std::memory_order_relaxed)) {
      result.summary.interrupted = true;
      stop_reading();
    }
    PageSlot* slot = window.to_write(kPatience);
    if (!slot) continue;
    const Status status = write_page(*slot, observer, result);
    window.written(slot);
    result.reader_gone = sink.reader_gone();
    if (!status) result.error = status.error();
    if (!status || result.reader_gone) return abort();
  }
  if (out_of_memory) {
    result.error = Error{ErrorKind::stop_run, "out of memory while reading the inputs"};
  } else if (Status status = sink.finish(); !status) {
    result.error = status.error();
  }
  result.reader_gone = sink.reader_gone();
}

}  // namespace

CleanRun run_clean(Source& source, const MakeCleanPage& make, Sink& sink, const CleanSettings& settings,
                   CleanObserver& observer) {
  const auto start = std::chrono::steady_clock::now();
  const unsigned cleaners = threads_for(settings.threads);
  CleanRun result;
  {
    Run run(source, sink, settings, cleaners);
    std::vector<std::jthread> threads;  // joined before `run` ends
    try {
      for (unsigned i = 0; i < cleaners; ++i) threads.emplace_back([&] { run.clean(make); });
      threads.emplace_back([&] { run.read(); });
      run.write(observer, result);
    } catch (const std::system_error& fault) {
      run.abort();
      result.error = Error{ErrorKind::stop_run, std::string("no thread can be started: ") + fault.what()};
    }
  }
  result.bytes_out = sink.bytes();
  result.summary.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return result;
}

}  // namespace marrow
