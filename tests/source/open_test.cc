#include "source/open.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <chrono>
#include <cstring>
#include <filesystem>
#include <thread>
#include <variant>

#include "support/packed.h"
#include "support/program.h"

namespace marrow {
namespace {

using test::gzip;
using test::TempDir;
using test::zstd;
using testing::ElementsAre;
using testing::HasSubstr;

// One line an item: "id=bytes" or "! message", paths under `dir` cut to their names in it.
std::vector<std::string> read(const SourceSpec& spec, const TempDir& dir) {
  std::vector<std::string> lines;
  auto source = open_source(spec);
  if (!source) return {"? " + source.error().message};
  Source::Item item;
  while ((*source)->next(item)) {
    std::string line;
    if (const auto* input = std::get_if<Input>(&item)) {
      line = input->id + (input->content == Input::Content::html ? "=" : "~") + input->bytes;
    } else {
      line = "! " + std::get<InputFailure>(item).message;
    }
    const std::string prefix = dir.path() + "/";
    for (std::size_t at; (at = line.find(prefix)) != std::string::npos;) line.erase(at, prefix.size());
    lines.push_back(line);
  }
  return lines;
}

std::vector<std::string> read(const TempDir& dir, std::string_view name) {
  return read(SourceSpec{.paths = {dir / name}}, dir);
}

TEST(OpenSource, ArgumentsInTheirOrder) {
  const TempDir dir;
  const SourceSpec spec{.paths = {dir.write("b.html", "<p>B"), dir.write("a.txt", "A"), dir / "b.html"}};
  EXPECT_THAT(read(spec, dir), ElementsAre("b=<p>B", "a~A", "b=<p>B"));
}

TEST(OpenSource, NoPathsIsAUsageError) {
  auto none = open_source({});
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().kind, ErrorKind::stop_run);
  EXPECT_THAT(none.error().message, HasSubstr("no input is given"));
  auto twice = open_source({.paths = {"-", "-"}});
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().message, "standard input (-) is given twice");
}

TEST(OpenSource, CompressedFiles) {
  const TempDir dir;
  const SourceSpec spec{.paths = {
                            dir.write("one.html.gz", gzip("<p>one")),
                            dir.write("two.html.gz", gzip("<p>") + gzip("two")),
                            dir.write("three.html.zst", zstd("<p>three")),
                            dir.write("four.html.zst", zstd("<p>") + zstd("four")),
                            dir.write("named_plain.html", gzip("<p>five")),
                            dir.write("padded.html.gz", gzip("<p>six") + std::string(512, '\0')),
                        }};
  EXPECT_THAT(read(spec, dir), ElementsAre("one=<p>one", "two=<p>two", "three=<p>three", "four=<p>four",
                                           "named_plain=<p>five", "padded=<p>six"));
}

TEST(OpenSource, ManySmallMembers) {
  const TempDir dir;
  std::string packed, plain = "<p>";
  packed = gzip("<p>");
  for (int i = 0; i < 3000; ++i) {
    packed += gzip("word ");
    plain += "word ";
  }
  dir.write("a.html.gz", packed);
  EXPECT_THAT(read(dir, "a.html.gz"), ElementsAre("a=" + plain));
}

TEST(OpenSource, BrokenCompressionNamesTheFile) {
  const TempDir dir;
  std::string text;
  for (int i = 0; i < 20000; ++i) text += std::to_string(i * 7919);
  std::string cut = gzip(text), flipped = cut, zcut = zstd(text), zflipped = zcut;
  cut.resize(cut.size() / 2);
  flipped[flipped.size() / 2] ^= 0x55;
  zcut.resize(zcut.size() / 2);
  zflipped[4] |= 8;  // a bit that is reserved
  std::string bad_sum = gzip("<p>short");
  bad_sum[bad_sum.size() - 6] ^= 1;
  const SourceSpec spec{.paths = {
                            dir.write("cut.html.gz", cut), dir.write("flipped.html.gz", flipped),
                            dir.write("zcut.html.zst", zcut), dir.write("zflipped.html.zst", zflipped),
                            dir.write("sum.html.gz", bad_sum), dir.write("plain.html.gz", "<p>plain"),
                            dir.write("tail.html.gz", gzip("<p>x") + "garbage"),
                            dir.write("head.html.gz", "\x1f\x8b"), dir.write("good.html", "<p>good"),
                        }};
  EXPECT_THAT(read(spec, dir),
              ElementsAre("! cut.html.gz ends in the middle of its gzip data (cut short)",
                          HasSubstr("! flipped.html.gz is broken gzip: "),
                          "! zcut.html.zst ends in the middle of its zstd data (cut short)",
                          HasSubstr("! zflipped.html.zst is broken zstd: "),
                          "! sum.html.gz is broken gzip: wrong checksum or length",
                          "! plain.html.gz is not gzip although its name says so",
                          "! tail.html.gz is broken gzip: no member begins behind its last",
                          "! head.html.gz ends in the middle of its gzip data (cut short)",
                          "good=<p>good"));
}

TEST(OpenSource, WhatIsNoPageIsNamed) {
  const TempDir dir;
  const SourceSpec spec{.paths = {
                            dir.write("empty.html", ""), dir.write("empty.html.gz", gzip("")),
                            dir.write("zero.html.gz", ""), dir / "missing.html",
                            dir.write("report.html", "%PDF-1.4 ..."),
                            dir.write("noise.txt", std::string(99, '\x01')),
                            dir.write("inner.html.gz", gzip("\x89PNG\r\n....")),
                            dir.write("good.txt", "good"),
                        }};
  EXPECT_THAT(read(spec, dir),
              ElementsAre("! empty.html is empty", "! empty.html.gz is empty", "! zero.html.gz is empty",
                          "! missing.html does not exist",
                          "! report.html is no page: it looks like a PDF document",
                          "! noise.txt is no page: it looks like binary data",
                          "! inner.html.gz is no page: it looks like a PNG image", "good~good"));
}

// Root may read everything.
class AsNobody {
 public:
  AsNobody() : user_(::geteuid()) {
    if (user_ == 0) {
      EXPECT_EQ(::seteuid(65534), 0);
    }
  }
  ~AsNobody() { EXPECT_EQ(::seteuid(user_), 0); }

 private:
  uid_t user_;
};

TEST(OpenSource, UnreadableFilesAndFolders) {
  const TempDir dir;
  ASSERT_EQ(::chmod(dir.path().c_str(), 0755), 0);
  ::mkdir((dir / "in").c_str(), 0755);
  ::mkdir((dir / "in/shut").c_str(), 0);
  ASSERT_EQ(::chmod(dir.write("in/closed.html", "<p>x").c_str(), 0), 0);
  dir.write("in/open.html", "<p>x");
  const AsNobody nobody;
  EXPECT_THAT(read(dir, "in"), ElementsAre("! in/closed.html cannot be opened: Permission denied", "open=<p>x",
                                           "! in/shut cannot be opened: Permission denied"));
  EXPECT_THAT(read(dir, "in/shut"), ElementsAre("! in/shut/ cannot be opened: Permission denied"));
  ::chmod((dir / "in/shut").c_str(), 0755);  // so that it can be removed
}

TEST(OpenSource, NamesThatSayNothingAreSniffed) {
  const TempDir dir;
  const SourceSpec spec{.paths = {dir.write("page.php", "<p>x"), dir.write("notes", "x"),
                                  dir.write("dump", "{\"id\":\"j\",\"text\":\"x\"}\n")}};
  EXPECT_THAT(read(spec, dir), ElementsAre("page.php=<p>x", "notes~x", "j~x"));
}

TEST(OpenSource, PagesOverTheBoundAreCutAByteBehindIt) {
  const TempDir dir;
  const std::string plain(100, 'x');
  const SourceSpec spec{.paths = {dir.write("plain.txt", plain), dir.write("packed.txt.gz", gzip(plain)),
                                  dir.write("fits.txt", "0123456789")},
                        .max_bytes = 10};
  EXPECT_THAT(read(spec, dir), ElementsAre("plain~" + plain, "packed~" + plain, "fits~0123456789"));
  // Beyond what is looked at anyway.
  const std::string large(10000, 'x');
  const SourceSpec larger{.paths = {dir.write("large.txt", large)}, .max_bytes = 5000};
  EXPECT_THAT(read(larger, dir), ElementsAre("large~" + large.substr(0, 5001)));
}

TEST(OpenSource, ADecompressionBombIsRefusedWithinItsBound) {
  const TempDir dir;
  const SourceSpec spec{
      .paths = {dir.write("bomb.html.gz", gzip(std::string(30 << 20, ' '))), dir.write("a.txt", "a")},
      .max_bytes = 1 << 20};
  EXPECT_THAT(read(spec, dir),
              ElementsAre(testing::MatchesRegex("! bomb.html.gz is a decompression bomb: its first "
                                                "[0-9]+ bytes become more than 1048576"),
                          "a~a"));
}

TEST(OpenSource, FoldersAreWalkedInByteOrder) {
  const TempDir dir;
  for (const char* sub : {"in", "in/b", "in/a", "in/.hidden", "in/empty"}) ::mkdir((dir / sub).c_str(), 0755);
  dir.write("in/z.html", "<p>z");
  dir.write("in/B.html", "<p>B");
  dir.write("in/b/2.txt", "2");
  dir.write("in/a/1.html.gz", gzip("<p>1"));
  dir.write("in/a/style.css", "css");
  dir.write("in/.x.html", "<p>x");
  dir.write("in/.hidden/y.html", "<p>y");
  dir.write("in/c.jsonl", "{\"id\":\"j\",\"html\":\"<p>j\"}\n");
  EXPECT_THAT(read(dir, "in"), ElementsAre("B=<p>B", "1=<p>1", "2~2", "j=<p>j", "z=<p>z"));
  EXPECT_THAT(read(dir, "in/"), ElementsAre("B=<p>B", "1=<p>1", "2~2", "j=<p>j", "z=<p>z"));
  EXPECT_THAT(read(dir, "in/empty"), ElementsAre(HasSubstr("! in/empty/ holds no page")));
}

TEST(OpenSource, EqualNamesInOneFolderGetTheirPaths) {
  const TempDir dir;
  for (const char* sub : {"in", "in/a", "in/b"}) ::mkdir((dir / sub).c_str(), 0755);
  dir.write("in/a/index.html", "<p>1");
  dir.write("in/b/index.html.gz", gzip("<p>2"));
  dir.write("in/b/other.html", "<p>3");
  dir.write("in/same.html", "<p>4");
  dir.write("in/same.txt", "5");
  EXPECT_THAT(read(dir, "in"),
              ElementsAre("a/index=<p>1", "b/index=<p>2", "other=<p>3", "same.html=<p>4", "same.txt~5"));
  // Two arguments do not know of each other.
  const SourceSpec spec{.paths = {dir / "in/a", dir / "in/b"}};
  EXPECT_THAT(read(spec, dir), ElementsAre("index=<p>1", "index=<p>2", "other=<p>3"));
}

TEST(OpenSource, LoopsOfLinksAndSpecialFilesEndTheWalkNowhere) {
  const TempDir dir;
  ::mkdir((dir / "in").c_str(), 0755);
  ::mkdir((dir / "in/sub").c_str(), 0755);
  dir.write("in/sub/a.html", "<p>a");
  ASSERT_EQ(::symlink("..", (dir / "in/sub/up").c_str()), 0);
  ASSERT_EQ(::symlink("self.html", (dir / "in/self.html").c_str()), 0);
  ASSERT_EQ(::symlink("nowhere", (dir / "in/gone.html").c_str()), 0);
  ASSERT_EQ(::symlink("sub/a.html", (dir / "in/link.html").c_str()), 0);
  ASSERT_EQ(::mkfifo((dir / "in/fifo.html").c_str(), 0644), 0);
  ASSERT_EQ(::mkfifo((dir / "in/fifo").c_str(), 0644), 0);
  EXPECT_THAT(read(dir, "in"),
              ElementsAre("! in/fifo.html is a FIFO, left out",
                          "! in/gone.html cannot be opened: No such file or directory", "link=<p>a",
                          "! in/self.html cannot be opened: Too many levels of symbolic links", "a=<p>a",
                          "! in/sub/up leads back to in/ (a loop of folders), left out"));
}

TEST(OpenSource, NamesWithLineEnds) {
  const TempDir dir;
  ::mkdir((dir / "in").c_str(), 0755);
  dir.write("in/a\nb.html", "<p>x");
  EXPECT_THAT(read(dir, "in"), ElementsAre("a\nb=<p>x"));
}

TEST(OpenSource, DeepFoldersDoNotRecurse) {
  const TempDir dir;
  std::string path = dir / "in";
  ::mkdir(path.c_str(), 0755);
  for (int i = 0; i < 300; ++i) {
    path += "/d";
    ASSERT_EQ(::mkdir(path.c_str(), 0755), 0);
  }
  EXPECT_THAT(read(dir, "in"), ElementsAre(HasSubstr("lies more than 256 folders deep, left out")));
}

TEST(OpenSource, ExpectedCountsFilesWhereEachIsOnePage) {
  const TempDir dir;
  ::mkdir((dir / "in").c_str(), 0755);
  dir.write("in/a.html", "<p>a");
  dir.write("in/b.html", "<p>b");
  dir.write("c.jsonl", "");
  EXPECT_EQ((*open_source({.paths = {dir / "in", dir / "in/a.html"}}))->expected(), 3U);
  EXPECT_EQ((*open_source({.paths = {dir / "in", dir / "c.jsonl"}}))->expected(), 0U);
  EXPECT_EQ((*open_source({.paths = {"-"}}))->expected(), 0U);
}

// A FIFO given by name is read as standard input is.
TEST(OpenSource, PipesAreSniffedAndRead) {
  const TempDir dir;
  struct Row {
    std::string bytes, seen;
  };
  for (const Row& row : {Row{"<p>x", "pipe=<p>x"}, Row{"words", "pipe~words"},
                         Row{"{\"id\":\"1\",\"text\":\"x\"}\n", "1~x"}, Row{gzip("<p>z"), "pipe=<p>z"},
                         Row{"", "! pipe is empty"}}) {
    ASSERT_EQ(::mkfifo((dir / "pipe").c_str(), 0644), 0);
    std::jthread writer([&] {
      const int fd = ::open((dir / "pipe").c_str(), O_WRONLY);
      for (const char& c : row.bytes) EXPECT_EQ(::write(fd, &c, 1), 1);  // in the smallest pieces
      ::close(fd);
    });
    EXPECT_THAT(read(dir, "pipe"), ElementsAre(row.seen));
    writer.join();
    ::unlink((dir / "pipe").c_str());
  }
}

TEST(OpenSource, StopEndsAWaitForAPipe) {
  for (const bool written_to : {true, false}) {  // a writer that never writes, and none at all
    const TempDir dir;
    const std::string pipe = dir / "pipe";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0644), 0);
    const int held = written_to ? ::open(pipe.c_str(), O_RDWR) : -1;
    ASSERT_EQ(held >= 0, written_to);
    auto source = open_source({.paths = {pipe, dir.write("a.html", "<p>a")}});
    std::jthread stopper([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
      (*source)->stop();
    });
    Source::Item item;
    EXPECT_FALSE((*source)->next(item));
    EXPECT_FALSE((*source)->next(item));
    if (written_to) ::close(held);
  }
}

TEST(OpenSource, MemoryOfThePageBeforeIsUsedAgain) {
  const TempDir dir;
  const std::string large(100000, 'x');
  auto source = open_source({.paths = {dir.write("a.txt", large), dir.write("b.txt", "b")}});
  Source::Item item;
  ASSERT_TRUE((*source)->next(item));
  const char* memory = std::get<Input>(item).bytes.data();
  ASSERT_TRUE((*source)->next(item));
  EXPECT_EQ(std::get<Input>(item).bytes, "b");
  EXPECT_EQ(std::get<Input>(item).bytes.data(), memory);
}

}  // namespace
}  // namespace marrow
