#include "batch/isolate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "batch/page_wire.h"
#include "record/json.h"
#include "support/program.h"

namespace marrow {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Input page(const std::string& id, const std::string& bytes = "<p>Some words of a page.</p>") {
  Input input;
  input.id = id;
  input.url = "https://tidewater.localhost/" + id;
  input.bytes = bytes;
  input.charset = "utf-8";
  input.origin = "pages/" + id;
  return input;
}

// Cleans by saying what came; dies on the pages whose id asks for it.
Record echo(const Input& input) {
  if (input.id == "segv") {
    ::signal(SIGSEGV, SIG_DFL);
    ::raise(SIGSEGV);
  }
  if (input.id == "exit") ::_exit(3);
  if (input.id == "throw") throw std::runtime_error("no such page");
  if (input.id == "spin")
    for (volatile bool forever = true; forever;) {
    }
  Record record;
  record.id = input.id;
  record.url = input.url;
  record.body = input.bytes;
  record.charset = input.charset;
  record.site = std::to_string(::getpid());
  return record;
}

std::unique_ptr<Isolation> isolate(const IsolationOptions& options = {}) {
  auto isolation = Isolation::start([]() -> CleanPage { return echo; }, options);
  EXPECT_TRUE(isolation);
  return std::move(*isolation);
}

std::string crash_of(const CleanPage& clean, const Input& input) {
  try {
    clean(input);
  } catch (const PageCrash& crash) {
    EXPECT_THAT(crash.record.quality.flags, ElementsAre("crash", "empty"));
    EXPECT_EQ(crash.record.id, input.id);
    EXPECT_EQ(crash.record.url, input.url);
    return crash.what();
  }
  return "no crash";
}

TEST(Isolation, AnotherProcessCleans) {
  const auto isolation = isolate();
  const CleanPage clean = isolation->make()();
  const Record first = clean(page("a")), second = clean(page("b"));
  EXPECT_EQ(first.body, "<p>Some words of a page.</p>");
  EXPECT_EQ(first.site, second.site) << "one process for one thread's pages";
  EXPECT_NE(first.site, std::to_string(::getpid()));
}

TEST(Isolation, LargePagesPassBothWays) {
  const auto isolation = isolate();
  const std::string bytes(std::size_t{30} << 20, 'x');
  EXPECT_EQ(isolation->make()()(page("large", bytes)).body, bytes);
}

TEST(Isolation, ADeadWorkerCostsItsPageOnly) {
  const auto isolation = isolate();
  const CleanPage clean = isolation->make()();
  EXPECT_EQ(clean(page("a")).id, "a");
  EXPECT_THAT(crash_of(clean, page("segv")), HasSubstr("died of SIGSEGV"));
  EXPECT_EQ(clean(page("b")).id, "b");
  EXPECT_THAT(crash_of(clean, page("exit")), HasSubstr("ended with code 3"));
  EXPECT_EQ(clean(page("c")).id, "c");
  EXPECT_EQ(isolation->crashes(), 2U);
}

TEST(Isolation, TooMuchTimeEndsTheWorker) {
  const auto isolation = isolate({.quarantine = "", .max_seconds = 1});
  const CleanPage clean = isolation->make()();
  EXPECT_THAT(crash_of(clean, page("spin")), HasSubstr("took too much time"));
  EXPECT_EQ(clean(page("after")).id, "after");
}

TEST(Isolation, AFaultThatIsToldIsNoCrash) {
  const auto isolation = isolate();
  const CleanPage clean = isolation->make()();
  try {
    clean(page("throw"));
    FAIL() << "nothing thrown";
  } catch (const std::exception& fault) {
    EXPECT_STREQ(fault.what(), "no such page");
  }
  EXPECT_EQ(isolation->crashes(), 0U);
}

TEST(Isolation, QuarantineKeepsThePageAndHowToRepeatIt) {
  const test::TempDir folder;
  const auto isolation = isolate({.quarantine = folder / "bad's"});
  const CleanPage clean = isolation->make()();
  const std::string message = crash_of(clean, page("segv", "bytes \x01 of it"));
  crash_of(clean, page("segv", "bytes \x01 of it"));  // the same again: one file
  std::string kept, note;
  EXPECT_THAT(message, HasSubstr("marrow clean '" + (folder / "bad'\\''s/segv")));
  for (const auto& entry : std::filesystem::directory_iterator(folder / "bad's"))
    (entry.path().extension() == ".note" ? note : kept) = entry.path().string();
  EXPECT_EQ(test::read_file(kept), "bytes \x01 of it");
  EXPECT_THAT(test::read_file(note), HasSubstr("died of SIGSEGV"));
  EXPECT_THAT(test::read_file(note), HasSubstr("repeat   marrow clean "));
}

TEST(Isolation, ManyThreads) {
  const auto isolation = isolate();
  const MakeCleanPage make = isolation->make();
  std::vector<std::thread> threads;
  std::vector<int> good(4, 0);
  for (std::size_t t = 0; t < good.size(); ++t)
    threads.emplace_back([&make, &mine = good[t], t] {
      const CleanPage clean = make();
      for (int i = 0; i < 20; ++i) {
        const std::string id = i % 7 == 3 ? "exit" : std::to_string(t * 100 + static_cast<std::size_t>(i));
        try {
          mine += clean(page(id)).id == id;
        } catch (const PageCrash&) {
          mine += id == "exit";
        }
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(good, ElementsAre(20, 20, 20, 20));
}

TEST(Isolation, TwoAtATimeAndTheFirstEndsFirst) {
  auto first = isolate();
  const auto second = isolate();
  EXPECT_EQ(first->make()()(page("a")).id, "a");
  EXPECT_EQ(second->make()()(page("b")).id, "b");
  first.reset();
  EXPECT_EQ(second->make()()(page("c")).id, "c");
}

TEST(Isolation, WhatTheStagesTookComesBack) {
  StageStats stats;
  const MakeCleanPage timed = [&stats]() -> CleanPage {
    return [&stats](const Input& input) {
      StageTimes times;
      times[Stage::parse] = 3'000'000'000;
      stats.add(times);
      return echo(input);
    };
  };
  IsolationOptions options;
  options.stats = &stats;
  const auto isolation = Isolation::start(timed, options);
  ASSERT_TRUE(isolation);
  const CleanPage clean = (*isolation)->make()();
  clean(page("a"));
  clean(page("b"));
  crash_of(clean, page("segv"));
  EXPECT_THAT(stats.table(), HasSubstr("  parse        6.00"));
}

TEST(PageWire, RecordsComeBackAsTheyWent) {
  Record record;
  record.id = "x";
  record.body = std::string("with\0zero", 9);
  record.status = 404;
  record.kind = PageKind::forum;
  record.related = {{"https://a.localhost/", "A", RelatedKind::next}, {"", "B", RelatedKind::item}};
  record.teasers = {{"cut …", "https://b.localhost/", true, "b"}};
  record.quality = {0.5F, 7, {"empty", "soft_404"}, {"rule"}};
  record.rules = "digest";
  std::string bytes, one, two;
  pack_record(record, bytes);
  Record back;
  ASSERT_TRUE(unpack_record(bytes, back));
  append_json(record, one);
  append_json(back, two);
  EXPECT_EQ(one, two);
  // Whatever is cut off, or changed in one byte, is refused or read as some record: never out of bounds.
  for (std::size_t size = 0; size < bytes.size(); ++size) EXPECT_FALSE(unpack_record(std::string_view(bytes).substr(0, size), back));
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    std::string changed = bytes;
    changed[at] = static_cast<char>(changed[at] ^ 0x80);
    if (unpack_record(changed, back)) {
      EXPECT_LE(back.kind, PageKind::service);
    }
  }
}

}  // namespace
}  // namespace marrow
