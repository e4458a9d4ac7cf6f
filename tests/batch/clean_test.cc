#include "batch/clean.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <new>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "source/open.h"
#include "support/program.h"

namespace marrow {
namespace {

using test::read_file;
using test::TempDir;
using testing::ElementsAre;
using testing::HasSubstr;

// `pages` inputs; every tenth one is a failure.
class Numbers final : public Source {
 public:
  explicit Numbers(int pages) : pages_(pages) {}
  bool next(Item& item) override {
    if (at_ >= pages_ || stopped_) return false;
    const int at = at_;
    const std::string id = std::to_string(at);
    at_ = at + 1;
    if (at % 10 == 9) {
      item = InputFailure{id, id + " is bad"};
      return true;
    }
    if (!std::holds_alternative<Input>(item)) item = Input{};
    auto& input = std::get<Input>(item);
    input.id = id;
    input.origin = id;
    input.bytes.assign(static_cast<std::size_t>((at + 1) * 37 % 501 + 1), 'x');
    return true;
  }
  void stop() override { stopped_ = true; }
  int given() const { return at_; }

 private:
  int pages_;
  std::atomic<int> at_ = 0;  // asked for by the thread that writes, too
  std::atomic<bool> stopped_{false};
};

// Cleaning that takes a time of its own for each page, so that they end out of order.
CleanPage fake_cleaner() {
  return [](const Input& input) {
    std::this_thread::sleep_for(std::chrono::microseconds(input.bytes.size() * 7919 % 400));
    Record record;
    record.id = input.id;
    record.body = std::to_string(input.bytes.size());
    record.quality.words = 1;
    return record;
  };
}

// Writes to a string; may be slow, and may fail at a record.
class StringSink final : public Sink {
 public:
  explicit StringSink(int fails_at = -1, int slow_micros = 0)
      : Sink(Format::jsonl), fails_at_(fails_at), slow_micros_(slow_micros) {}
  Status write_rendered(const Record&, std::string_view rendered) override {
    if (records++ == fails_at_) return Error{ErrorKind::stop_run, "the disk is full"};
    std::this_thread::sleep_for(std::chrono::microseconds(slow_micros_));
    text += rendered;
    return Ok{};
  }
  Status finish() override {
    finished = true;
    return Ok{};
  }
  bool reader_gone() const override { return gone_at >= 0 && records >= gone_at; }
  std::uint64_t bytes() const override { return text.size(); }

  std::string text;
  int records = 0, gone_at = -1;
  bool finished = false;

 private:
  int fails_at_, slow_micros_;
};

class Seeing final : public CleanObserver {
 public:
  void on_record(const Record& record, std::size_t) override {
    order.push_back(record.id);
    if (then) then();
  }
  void on_failure(const InputFailure& failure) override { order.push_back("! " + failure.message); }
  std::vector<std::string> order;
  std::function<void()> then;
};

TEST(RunClean, TheSameBytesForAnyNumberOfThreadsAndInOrder) {
  std::string first;
  for (const unsigned threads : {1U, 2U, 8U}) {
    for (const std::size_t window : {std::size_t{1}, std::size_t{3}, std::size_t{0}}) {
      Numbers source(300);
      StringSink sink;
      Seeing seeing;
      const CleanRun run = run_clean(source, fake_cleaner, sink,
                                     {.threads = threads, .window_pages = window, .window_bytes = 5000}, seeing);
      EXPECT_FALSE(run.error);
      EXPECT_FALSE(run.summary.interrupted);
      EXPECT_TRUE(sink.finished);
      EXPECT_EQ(run.summary.pages, 270U);
      EXPECT_EQ(run.summary.failed, 30U);
      EXPECT_EQ(run.bytes_out, sink.text.size());
      ASSERT_EQ(seeing.order.size(), 300U);
      for (std::size_t i = 0; i < 300; ++i)
        EXPECT_EQ(seeing.order[i], i % 10 == 9 ? "! " + std::to_string(i) + " is bad" : std::to_string(i));
      if (first.empty()) first = sink.text;
      EXPECT_EQ(sink.text, first) << threads << " threads";
    }
  }
  EXPECT_EQ(std::count(first.begin(), first.end(), '\n'), 270);
}

TEST(RunClean, NothingIsARunToo) {
  Numbers source(0);
  StringSink sink;
  CleanObserver observer;
  const CleanRun run = run_clean(source, fake_cleaner, sink, {.threads = 4}, observer);
  EXPECT_EQ(run.summary.pages, 0U);
  EXPECT_FALSE(run.error);
  EXPECT_TRUE(sink.finished);
}

TEST(RunClean, ASlowSinkHoldsTheReaderBack) {
  Numbers source(60);
  StringSink sink(-1, 1000);
  Seeing seeing;
  int ahead = 0;
  seeing.then = [&] { ahead = std::max(ahead, source.given() - static_cast<int>(seeing.order.size())); };
  std::atomic<bool> dummy{false};
  const CleanRun run =
      run_clean(source, fake_cleaner, sink, {.threads = 2, .window_pages = 5, .stop = &dummy}, seeing);
  EXPECT_EQ(run.summary.pages, 54U);
  EXPECT_LE(ahead, 6);
}

TEST(RunClean, AnErrorOfTheSinkStopsTheRun) {
  Numbers source(100000);
  StringSink sink(20);
  Seeing seeing;
  const CleanRun run = run_clean(source, fake_cleaner, sink, {.threads = 3, .window_pages = 10}, seeing);
  ASSERT_TRUE(run.error);
  EXPECT_EQ(run.error->message, "the disk is full");
  EXPECT_EQ(run.error->kind, ErrorKind::stop_run);
  EXPECT_EQ(run.summary.pages, 20U);
  EXPECT_FALSE(sink.finished);
  EXPECT_LT(source.given(), 100);
}

TEST(RunClean, AReaderThatWentAwayEndsTheRunWithoutError) {
  Numbers source(100000);
  StringSink sink;
  sink.gone_at = 5;
  CleanObserver observer;
  const CleanRun run = run_clean(source, fake_cleaner, sink, {.threads = 2, .window_pages = 10}, observer);
  EXPECT_FALSE(run.error);
  EXPECT_TRUE(run.reader_gone);
  EXPECT_FALSE(run.summary.interrupted);
  EXPECT_LT(source.given(), 100);
}

TEST(RunClean, StopFinishesPagesInFlightAndTheSink) {
  Numbers source(100000);
  StringSink sink;
  Seeing seeing;
  std::atomic<bool> stop{false};
  seeing.then = [&] {
    if (seeing.order.size() >= 30) stop = true;
  };
  const CleanRun run = run_clean(source, fake_cleaner, sink, {.threads = 3, .window_pages = 8, .stop = &stop}, seeing);
  EXPECT_TRUE(run.summary.interrupted);
  EXPECT_FALSE(run.error);
  EXPECT_TRUE(sink.finished);
  EXPECT_EQ(static_cast<int>(run.summary.pages + run.summary.failed), source.given());
  EXPECT_LT(source.given(), 100);
}

TEST(RunClean, StopEndsAWaitForAPipe) {
  const TempDir dir;
  const std::string pipe = dir / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0644), 0);
  const int held = ::open(pipe.c_str(), O_RDWR);  // a writer that never writes
  auto source = open_source({.paths = {dir.write("a.html", "<p>a"), pipe}});
  StringSink sink;
  Seeing seeing;
  std::atomic<bool> stop{false};
  seeing.then = [&] { stop = true; };
  const CleanRun run = run_clean(**source, fake_cleaner, sink, {.threads = 1, .stop = &stop}, seeing);
  EXPECT_TRUE(run.summary.interrupted);
  EXPECT_THAT(seeing.order, ElementsAre("a"));
  ::close(held);
}

TEST(RunClean, AFaultInOnePageIsThatPagesFailure) {
  Numbers source(30);
  StringSink sink;
  Seeing seeing;
  const auto make = []() -> CleanPage {
    return [](const Input& input) -> Record {
      if (input.id == "3") throw std::bad_alloc();
      if (input.id == "5") throw std::runtime_error("a fault of ours");
      Record record;
      record.id = input.id;
      return record;
    };
  };
  const CleanRun run = run_clean(source, make, sink, {.threads = 2}, seeing);
  EXPECT_EQ(run.summary.pages, 25U);
  EXPECT_EQ(run.summary.failed, 5U);
  EXPECT_EQ(seeing.order[3], "! 3 cannot be cleaned: out of memory");
  EXPECT_EQ(seeing.order[5], "! 5 cannot be cleaned: a fault of ours");
}

TEST(RunClean, ACleanerWithoutMemoryToBeginSaysSoOfItsPages) {
  Numbers source(5);
  StringSink sink;
  Seeing seeing;
  const auto make = []() -> CleanPage { throw std::bad_alloc(); };
  const CleanRun run = run_clean(source, make, sink, {.threads = 2}, seeing);
  EXPECT_EQ(run.summary.failed, 5U);
  EXPECT_EQ(seeing.order[0], "! 0 cannot be cleaned: out of memory");
}

class Failing final : public Source {
 public:
  bool next(Item&) override { throw std::bad_alloc(); }
};

TEST(RunClean, NoMemoryToReadOnIsAnError) {
  Failing source;
  StringSink sink;
  CleanObserver observer;
  const CleanRun run = run_clean(source, fake_cleaner, sink, {.threads = 2}, observer);
  ASSERT_TRUE(run.error);
  EXPECT_THAT(run.error->message, HasSubstr("out of memory"));
  EXPECT_FALSE(sink.finished);
}

TEST(RunClean, AFullDiskLeavesTheOldFile) {
  const TempDir dir;
  dir.write("r.jsonl", "old\n");
  Numbers source(100);
  CleanObserver observer;
  {
    auto sink = open_sink({.out = "/dev/full"});
    const CleanRun run = run_clean(source, fake_cleaner, **sink, {.threads = 2}, observer);
    ASSERT_TRUE(run.error);
    EXPECT_EQ(run.error->message, "/dev/full cannot be written: No space left on device");
  }
  Numbers again(100);
  auto sink = open_sink({.out = dir / "r.jsonl"});
  const CleanRun run = run_clean(again, fake_cleaner, **sink, {.threads = 2}, observer);
  EXPECT_FALSE(run.error);
  EXPECT_EQ(run.bytes_out, read_file(dir / "r.jsonl").size());
  EXPECT_THAT(dir.names(), ElementsAre("r.jsonl"));
}

}  // namespace
}  // namespace marrow
