#include "sink/sink.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "support/packed.h"
#include "support/program.h"

namespace marrow {
namespace {

using test::read_file;
using test::TempDir;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Record record(const std::string& id, const std::string& body) {
  Record made;
  made.id = id;
  made.body = body;
  return made;
}

std::unique_ptr<Sink> must_open(const SinkSpec& spec) {
  auto sink = open_sink(spec);
  EXPECT_TRUE(sink) << (sink ? "" : sink.error().message);
  return sink ? std::move(*sink) : nullptr;
}

bool good(const Status& status) {
  EXPECT_TRUE(status) << (status ? "" : status.error().message);
  return static_cast<bool>(status);
}

std::string line(const Record& one) {
  std::string out;
  render(one, Format::jsonl, out);
  return out;
}

TEST(Sink, JsonlPlainAndPacked) {
  const TempDir dir;
  std::string expected;
  for (int i = 0; i < 1000; ++i) expected += line(record(std::to_string(i), "Some words."));
  for (const char* name : {"r.jsonl", "r.jsonl.gz", "r.jsonl.zst"}) {
    auto sink = must_open({.out = dir / name});
    for (int i = 0; i < 1000; ++i) good(sink->write(record(std::to_string(i), "Some words.")));
    EXPECT_EQ(read_file(dir / name), "") << "visible before it is whole";
    good(sink->finish());
    const std::string bytes = read_file(dir / name);
    EXPECT_EQ(sink->bytes(), bytes.size());
    const std::string_view suffix = std::string_view(name).substr(7);
    EXPECT_EQ(suffix.empty() ? bytes : suffix == ".gz" ? test::gunzip(bytes) : test::unzstd(bytes), expected);
  }
  EXPECT_THAT(dir.names(), ElementsAre("r.jsonl", "r.jsonl.gz", "r.jsonl.zst"));
}

TEST(Sink, TextOfOneIsTheTextOfManyHasHeads) {
  const TempDir dir;
  auto one = must_open({.out = dir / "one.txt", .format = Format::text});
  good(one->write(record("a", "One.")));
  good(one->finish());
  EXPECT_EQ(read_file(dir / "one.txt"), "One.\n");

  auto many = must_open({.out = dir / "many.txt", .format = Format::text});
  good(many->write(record("a", "One.")));
  good(many->write(record("b\n\x1b[31m", "")));
  good(many->write(record("c", "Three.\n\nFour.")));
  good(many->finish());
  EXPECT_EQ(read_file(dir / "many.txt"), "==> a <==\nOne.\n\n==> b [31m <==\n\n==> c <==\nThree.\n\nFour.\n");

  auto none = must_open({.out = dir / "none.txt", .format = Format::text});
  good(none->finish());
  EXPECT_EQ(read_file(dir / "none.txt"), "");
}

TEST(Sink, WithoutFinishTheOldFileStays) {
  const TempDir dir;
  dir.write("r.jsonl", "old\n");
  good(must_open({.out = dir / "r.jsonl"})->write(record("a", "x")));
  EXPECT_EQ(read_file(dir / "r.jsonl"), "old\n");
  EXPECT_THAT(dir.names(), ElementsAre("r.jsonl"));
  auto sink = must_open({.out = dir / "r.jsonl"});
  good(sink->write(record("a", "x")));
  good(sink->finish());
  EXPECT_EQ(read_file(dir / "r.jsonl"), line(record("a", "x")));
}

TEST(Sink, ModeAndLinksOfTheOldFileStay) {
  const TempDir dir;
  const std::string target = dir.write("target.jsonl", "old\n");
  ASSERT_EQ(::chmod(target.c_str(), 0640), 0);
  ASSERT_EQ(::symlink("target.jsonl", (dir / "link.jsonl").c_str()), 0);
  auto sink = must_open({.out = dir / "link.jsonl"});
  good(sink->write(record("a", "x")));
  good(sink->finish());
  struct stat info {};
  ASSERT_EQ(::lstat((dir / "link.jsonl").c_str(), &info), 0);
  EXPECT_TRUE(S_ISLNK(info.st_mode));
  ASSERT_EQ(::stat(target.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0640U);
  EXPECT_EQ(read_file(target), line(record("a", "x")));
}

TEST(Sink, OutputsThatCannotBeAreToldAtOnce) {
  const TempDir dir;
  dir.write("file", "");
  struct Row {
    std::string out, message;
  };
  for (const Row& row : {Row{dir / "no/r.jsonl", "no/r.jsonl cannot be created: No such file or directory"},
                         Row{dir / "file/r.jsonl", "file/r.jsonl cannot be created: Not a directory"},
                         Row{dir / "no/such/", "no/such/ cannot be created: No such file or directory"},
                         Row{dir / "file/", "file/ cannot be"},
                         Row{dir / std::string(300, 'x'), "cannot be created: File name too long"}}) {
    auto sink = open_sink({.out = row.out});
    ASSERT_FALSE(sink) << row.out;
    EXPECT_EQ(sink.error().kind, ErrorKind::stop_run);
    EXPECT_THAT(sink.error().message, HasSubstr(row.message));
  }
  EXPECT_THAT(dir.names(), ElementsAre("file"));
}

// Ends in the status that a write, or at the latest finish(), gives.
Status write_much(Sink& sink, std::size_t records) {
  for (std::size_t i = 0; i < records; ++i)
    if (Status status = sink.write(record(std::to_string(i), std::string(1000, 'x'))); !status) return status;
  return sink.finish();
}

TEST(Sink, FullDeviceIsToldWithItsName) {
  auto sink = must_open({.out = "/dev/full"});
  const Status status = write_much(*sink, 10);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().kind, ErrorKind::stop_run);
  EXPECT_EQ(status.error().message, "/dev/full cannot be written: No space left on device");
  struct stat info {};
  ASSERT_EQ(::stat("/dev/full", &info), 0);
  EXPECT_TRUE(S_ISCHR(info.st_mode));
}

// Ignores SIGXFSZ and bounds the size of files while it lives.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    old_handler_ = ::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &old_);
    const rlimit bounded{bytes, old_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &bounded);
  }
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &old_);
    ::signal(SIGXFSZ, old_handler_);
  }

 private:
  rlimit old_{};
  sighandler_t old_handler_;
};

TEST(Sink, AFileThatMayNotGrowLeavesNothingHalf) {
  const TempDir dir;
  dir.write("r.jsonl", "old\n");
  {
    const FileSizeLimit limit(300000);
    for (const char* name : {"r.jsonl", "new.jsonl"}) {
      auto sink = must_open({.out = dir / name});
      const Status status = write_much(*sink, 1000);
      ASSERT_FALSE(status);
      EXPECT_THAT(status.error().message, HasSubstr(std::string(name) + " cannot be written: File too large"));
    }
  }
  EXPECT_THAT(dir.names(), ElementsAre("r.jsonl"));
  EXPECT_EQ(read_file(dir / "r.jsonl"), "old\n");
}

TEST(Sink, AFullDiskLeavesNothingHalf) {
  const TempDir dir;
  if (::mount("marrow-test", dir.path().c_str(), "tmpfs", 0, "size=256k") != 0)
    GTEST_SKIP() << "a small file system can only be mounted by root";
  for (const Format format : {Format::jsonl, Format::text}) {
    const bool folder = format == Format::text;
    auto sink = must_open({.out = folder ? dir / "out/" : dir / "r.jsonl", .format = format});
    const Status status = write_much(*sink, 1000);
    EXPECT_FALSE(status);
    if (!status) {
      EXPECT_THAT(status.error().message, HasSubstr(": No space left on device"));
      EXPECT_THAT(status.error().message, HasSubstr(dir.path()));
    }
    sink.reset();
    EXPECT_THAT(dir.names(), folder ? testing::Matcher<std::vector<std::string>>(ElementsAre("out")) : IsEmpty());
  }
  EXPECT_EQ(::umount(dir.path().c_str()), 0);
}

TEST(Sink, AReaderThatGoesAwayEndsItQuietly) {
  const TempDir dir;
  const std::string pipe = dir / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0644), 0);
  const auto handler = ::signal(SIGPIPE, SIG_IGN);
  const int reader = ::open(pipe.c_str(), O_RDONLY | O_NONBLOCK);
  auto sink = must_open({.out = pipe});
  EXPECT_FALSE(sink->reader_gone());
  ::close(reader);
  good(write_much(*sink, 1000));
  EXPECT_TRUE(sink->reader_gone());
  ::signal(SIGPIPE, handler);
}

std::vector<std::string> names_in(const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  return names;
}

TEST(FolderSink, OneFileARecord) {
  const TempDir dir;
  auto sink = must_open({.out = dir / "out/", .format = Format::text});
  good(sink->write(record("a", "One.")));
  good(sink->write(record("../../b", "Two.")));
  good(sink->write(record("a", "Three.")));
  good(sink->write(record("", "Four.")));
  good(sink->finish());
  const std::string out = dir / "out/";
  EXPECT_EQ(read_file(out + "a.txt"), "One.\n");
  EXPECT_EQ(names_in(out).size(), 4U);
  EXPECT_THAT(dir.names(), ElementsAre("out"));
  auto again = must_open({.out = dir / "out", .format = Format::markdown});  // it exists now
  good(again->write(record("a", "One.")));
  good(again->finish());
  EXPECT_EQ(read_file(out + "a.md"), "One.\n");
}

TEST(FolderSink, NamesDoNotDependOnTheOrder) {
  const TempDir dir;
  for (const bool turned : {false, true}) {
    auto sink = must_open({.out = dir / (turned ? "b/" : "a/"), .format = Format::jsonl});
    for (int i = 0; i < 600; ++i)  // more than one sync's worth
      good(sink->write(record("p/" + std::to_string(turned ? 599 - i : i), "x")));
    good(sink->finish());
  }
  EXPECT_EQ(names_in(dir / "a").size(), 600U);
  EXPECT_EQ(names_in(dir / "a"), names_in(dir / "b"));
}

TEST(FolderSink, WithoutFinishNoTemporaryStays) {
  const TempDir dir;
  good(must_open({.out = dir / "out/", .format = Format::text})->write(record("a", "x")));
  EXPECT_EQ(::rmdir((dir / "out").c_str()), 0) << "the folder is not empty";
}

}  // namespace
}  // namespace marrow
