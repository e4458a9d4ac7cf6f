#include "batch/log.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <regex>
#include <thread>
#include <vector>

#include "support/program.h"

namespace marrow {
namespace {

// A Terminal that writes to a file, and what was written.
class LogTest : public ::testing::Test {
 protected:
  LogTest()
      : fd_(::open((dir_ / "err").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600)), terminal_(fd_) {}
  ~LogTest() override { ::close(fd_); }
  std::string written() const { return test::read_file(dir_ / "err"); }
  Log open(const LogOptions& options) {
    Result<Log> log = Log::open(options, terminal_);
    EXPECT_TRUE(log) << (log ? "" : log.error().message);
    return std::move(*log);
  }

  test::TempDir dir_;
  int fd_;
  Terminal terminal_;
};

TEST_F(LogTest, TextNamesTheProgramAndTheLevel) {
  Log log = open({});
  log.error("a.html: empty file");
  log.warning("b.html: cut");
  log.info("not shown");
  EXPECT_EQ(written(), "marrow: error: a.html: empty file\nmarrow: warning: b.html: cut\n");
}

TEST_F(LogTest, LevelsOpenOneByOne) {
  for (auto [level, lines] : {std::pair{LogLevel::error, 1},
                              {LogLevel::warning, 2},
                              {LogLevel::info, 3},
                              {LogLevel::debug, 4}}) {
    ASSERT_EQ(::ftruncate(fd_, 0), 0);
    ::lseek(fd_, 0, SEEK_SET);
    Log log = open({.level = level});
    log.debug("d");
    log.info("i");
    log.warning("w");
    log.error("e");
    const std::string text = written();
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), lines);
    EXPECT_TRUE(log.enabled(LogLevel::error));
    EXPECT_EQ(log.enabled(LogLevel::debug), level == LogLevel::debug);
  }
}

TEST_F(LogTest, NamesFromOutsideCannotForgeLinesOrMoveTheCursor) {
  Log log = open({});
  log.warning("a\nmarrow: error: b\x1b[2J\x7f\xc2\x9b.html");
  EXPECT_EQ(written(), "marrow: warning: a\\nmarrow: error: b\\x1b[2J\\x7f\\x9b.html\n");
}

TEST_F(LogTest, FaultsHaveLinesThatCannotPassForMessages) {
  Log log = open({});
  log.fault("r.toml:3:5: no such field\n  clas = 1\n  ^\nmarrow: error: forged\x1b");
  EXPECT_EQ(written(),
            "marrow: error: r.toml:3:5: no such field\n    clas = 1\n    ^\n  marrow: error: "
            "forged\\x1b\n");
}

TEST_F(LogTest, JsonLinesHoldTheFields) {
  Log log = open({.format = LogFormat::json});
  log.warning("say \"a\\b\"\n\x01", {{"page", "x\xff.html"}, {"code", "7"}});
  const std::string line = written();
  const std::regex form(
      R"re(\{"time":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z","level":"warning",)re"
      R"re("message":"say \\"a\\\\b\\"\\u000a\\u0001","page":"x\xEF\xBF\xBD\.html","code":"7"\}\n)re");
  EXPECT_TRUE(std::regex_match(line, form)) << line;
}

TEST_F(LogTest, TheFileGetsInfoToo) {
  Log log = open({.file = dir_ / "log.txt"});
  log.info("page done");
  log.debug("not here");
  EXPECT_EQ(written(), "");
  EXPECT_TRUE(std::regex_match(test::read_file(dir_ / "log.txt"),
                               std::regex(R"(\S+T\S+Z info page done\n)")));
}

TEST_F(LogTest, TheFileRotatesAndOldOnesGo) {
  Log log = open({.file = dir_ / "log.txt", .max_file_bytes = 1000, .max_files = 2});
  for (int i = 0; i < 100; ++i) log.info(std::string(70, 'x'));
  EXPECT_EQ(dir_.names(), (std::vector<std::string>{"err", "log.1.txt", "log.2.txt", "log.txt"}));
  EXPECT_LE(test::read_file(dir_ / "log.1.txt").size(), 1000U);
}

TEST_F(LogTest, AFileThatCannotBeOpenedIsNamed) {
  Result<Log> log = Log::open({.file = dir_ / "err/log.txt"}, terminal_);
  ASSERT_FALSE(log);
  EXPECT_EQ(log.error().message,
            (dir_ / "err/log.txt") + ": cannot write the log file: Not a directory");
  EXPECT_EQ(log.error().kind, ErrorKind::stop_run);
}

TEST_F(LogTest, AFullDiskIsSaidOnceAndStopsNothing) {
  Log log = open({.file = "/dev/full"});
  log.info("one");
  log.info("two");
  log.error("three");
  const std::string text = written();
  EXPECT_EQ(text.find("the log file cannot be written"),
            text.rfind("the log file cannot be written"));
  EXPECT_NE(text.find("the log file cannot be written"), std::string::npos);
  EXPECT_NE(text.find("marrow: error: three\n"), std::string::npos);
}

TEST_F(LogTest, LinesOfManyThreadsStayWhole) {
  Log log = open({});
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&log] {
      for (int i = 0; i < 200; ++i) log.warning("0123456789");
    });
  for (std::thread& t : threads) t.join();
  std::string expected;
  for (int i = 0; i < 800; ++i) expected += "marrow: warning: 0123456789\n";
  EXPECT_EQ(written(), expected);
}

}  // namespace
}  // namespace marrow
