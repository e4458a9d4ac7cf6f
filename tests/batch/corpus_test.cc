// All pages of the development set through the whole pipeline: one record a page, in order, valid, conserved, the same
// bytes for any number of threads. Skips where the set is not beside the checkout.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include "batch/clean.h"
#include "record/json.h"
#include "source/open.h"
#include "support/conservation.h"
#include "support/program.h"
#include "support/schema_check.h"

namespace marrow {
namespace {

constexpr const char* kPages = MARROW_SHARED_DIR "/eval/wcxb-dev/html";
constexpr std::size_t kPageCount = 1497;

class Corpus : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(kPages)) GTEST_SKIP() << kPages << " is not there";
  }
};

class Ids final : public CleanObserver {
 public:
  void on_record(const Record& record, std::size_t) override { ids.push_back(record.id); }
  void on_failure(const InputFailure& failure) override { ADD_FAILURE() << failure.message; }
  std::vector<std::string> ids;
};

std::string cleaned(const Cleaner& cleaner, unsigned threads, const std::string& out, std::vector<std::string>& ids) {
  auto source = open_source({.paths = {kPages}});
  auto sink = open_sink({.out = out});
  EXPECT_TRUE(source && sink);
  Ids seen;
  const CleanRun run = run_clean(**source, cleaner, **sink, {.threads = threads}, seen);
  EXPECT_FALSE(run.error) << run.error->message;
  ids = seen.ids;
  return test::read_file(out);
}

TEST_F(Corpus, SameBytesInOrderForAnyNumberOfThreads) {
  auto cleaner = Cleaner::create({});
  ASSERT_TRUE(cleaner) << cleaner.error().message;
  const test::TempDir dir;
  std::vector<std::string> ids, others;
  const std::string one = cleaned(*cleaner, 1, dir / "one.jsonl", ids);
  const std::string eight = cleaned(*cleaner, 8, dir / "eight.jsonl", others);
  EXPECT_EQ(ids.size(), kPageCount);
  EXPECT_TRUE(std::is_sorted(ids.begin(), ids.end()));
  EXPECT_EQ(ids, others);
  EXPECT_TRUE(one == eight) << "other bytes with 8 threads";  // too long to print
}

TEST_F(Corpus, EveryRecordIsValidAndEveryPageConserved) {
  auto cleaner = Cleaner::create({});
  ASSERT_TRUE(cleaner) << cleaner.error().message;
  Workspace workspace(*cleaner);
  auto source = open_source({.paths = {kPages}});
  Source::Item item;
  std::size_t pages = 0;
  while ((*source)->next(item)) {
    ASSERT_TRUE(std::holds_alternative<Input>(item)) << std::get<InputFailure>(item).message;
    const Record record = cleaner->clean(std::get<Input>(item), workspace);
    std::string line;
    append_json(record, line);
    EXPECT_EQ(testing::record_fault(line), "") << record.id;
    const Seen seen = cleaner->seen(workspace);
    EXPECT_EQ(test::check_conservation(seen.document, seen.labels), "") << record.id;
    ++pages;
  }
  EXPECT_EQ(pages, kPageCount);
}

}  // namespace
}  // namespace marrow
