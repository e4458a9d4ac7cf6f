// marrow clean, the program as it is run: what it says of bad input, what it leaves behind, how it
// ends.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <regex>
#include <sstream>
#include <thread>

#include "cli/program.h"
#include "support/schema_check.h"

namespace marrow {
namespace {

using test::marrow;
using test::Ran;
using test::TempDir;

std::string page(const std::string& title) {
  return "<!doctype html><html lang=en><title>" + title + "</title><body><article><h1>" + title +
         "</h1><p>The lighthouse keeper counted the ships that passed on the night of the storm, "
         "and he "
         "wrote their names into the book that lay on the table by the lamp.</p><p>In the morning, "
         "when "
         "the wind had dropped, he found that one of the names had not been there "
         "before.</p></article>"
         "</body></html>";
}

std::string gzip(const std::string& bytes) {
  z_stream z{};
  deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&z, bytes.size()), '\0');
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  z.avail_in = static_cast<uInt>(bytes.size());
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = static_cast<uInt>(out.size());
  deflate(&z, Z_FINISH);
  out.resize(z.total_out);
  deflateEnd(&z);
  return out;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::vector<std::string> ids_of(const std::string& records) {
  std::vector<std::string> ids;
  for (const std::string& line : lines_of(records)) {
    std::smatch found;
    EXPECT_TRUE(std::regex_search(line, found, std::regex(R"re("id":"([^"]*)")re"))) << line;
    ids.push_back(found[1]);
  }
  return ids;
}

class CleanTest : public ::testing::Test {
 protected:
  Ran clean(std::vector<std::string> arguments, test::RunOptions options = {}) const {
    arguments.insert(arguments.begin(), "clean");
    if (options.directory.empty()) options.directory = dir_.path();
    return marrow(arguments, options);
  }
  TempDir dir_;
};

// ---- What comes out

TEST_F(CleanTest, RecordsInTheOrderOfTheArgumentsAndValid) {
  dir_.write("in/b.html", page("Second"));
  dir_.write("in/a.html.gz", gzip(page("First")));
  dir_.write("z.txt",
             "A plain text.\n\nWith two paragraphs in it, the second longer than the first.\n");
  dir_.write("l.jsonl", "{\"id\":\"one\",\"html\":\"<p>x\"}\n{\"id\":\"two\",\"text\":\"y\"}\n");
  const Ran ran = clean({"-q", "z.txt", "in", "l.jsonl"});
  EXPECT_EQ(ran.exit, 0);
  EXPECT_EQ(ran.err, "");
  EXPECT_EQ(ids_of(ran.out), (std::vector<std::string>{"z", "a", "b", "one", "two"}));
  for (const std::string& line : lines_of(ran.out)) EXPECT_EQ(testing::record_fault(line), "");
}

TEST_F(CleanTest, SameBytesForAnyNumberOfThreads) {
  for (int i = 0; i < 200; ++i)
    dir_.write("in/" + std::to_string(i) + ".html", page("Page " + std::to_string(i)));
  const Ran one = clean({"-q", "--threads", "1", "in"});
  const Ran eight = clean({"-q", "--threads", "8", "in"});
  EXPECT_EQ(one.exit, 0);
  EXPECT_EQ(lines_of(one.out).size(), 200U);
  EXPECT_EQ(one.out, eight.out);
}

TEST_F(CleanTest, StandardInputIsAPageToo) {
  const Ran ran = clean({"-q", "-"}, {.in = page("From a pipe")});
  EXPECT_EQ(ids_of(ran.out), std::vector<std::string>{"stdin"});
  EXPECT_NE(ran.out.find("lighthouse keeper"), std::string::npos);
}

TEST_F(CleanTest, TextAndMarkdownAreBodiesOnly) {
  dir_.write("a.html", page("Title"));
  const Ran text = clean({"-q", "a.html", "--format", "text"});
  EXPECT_TRUE(text.out.starts_with("The lighthouse keeper counted")) << text.out;
  EXPECT_EQ(text.out.find('{'), std::string::npos);
  const Ran markdown = clean({"-q", "a.html", "--format=markdown"});
  EXPECT_NE(markdown.out.find("# Title\n"), std::string::npos) << markdown.out;
}

// What is left of a pager where its markup was thrown away.
TEST_F(CleanTest, PagersOfPlainTextsAreLinksInAnyForm) {
  const std::string article =
      "The harbour of Lunares opens its gates again\n"
      "The harbour of Lunares reopened on Monday after eight months of works. The mayor said that the works had cost less than "
      "expected and that fishing boats may moor from today.\n"
      "The fishermen had asked for years that the north quay be made stronger. \"Every winter we lost a week of work,\" says Julio "
      "Mena, who has been in the trade for thirty years.\n";
  for (const std::string pager : {"Previous article: Garvel school wins choir prize\nNext article: Storm closes the coast road\n",
                                  "Previous article Garvel school wins choir prize\nNext article Storm closes the coast road\n",
                                  "Previous article\nGarvel school wins choir prize\nNext article\nStorm closes the coast road\n",
                                  "<<: Garvel school wins choir prize\n>>: Storm closes the coast road\n"}) {
    dir_.write("a.txt", article + pager);
    const Ran ran = clean({"-q", "a.txt"});
    EXPECT_NE(ran.out.find(R"("kind":"prev")"), std::string::npos) << ran.out;
    EXPECT_NE(ran.out.find(R"("kind":"next")"), std::string::npos) << ran.out;
    const std::string body = ran.out.substr(ran.out.find("\"body\""), ran.out.find("\"related\"") - ran.out.find("\"body\""));
    EXPECT_EQ(body.find("Garvel"), std::string::npos) << body;
    EXPECT_NE(body.find("thirty years."), std::string::npos) << body;
  }
}

TEST_F(CleanTest, SummaryTellsWhatCameOfIt) {
  dir_.write("in/a.html", page("One"));
  dir_.write("in/b.html", page("Two"));
  dir_.write("in/c.html", "");
  const Ran ran = clean({"in", "-o", "out.jsonl"});
  EXPECT_EQ(ran.exit, 1);
  EXPECT_EQ(ran.out, "");
  const std::regex form(
      "marrow: error: in/c\\.html is empty\n"
      "2 pages, 1 failed in \\d+\\.\\d\\d s  \\([\\d.,]+ pages/s, [\\d.,]+ MB/s\\)\n"
      "  kinds     [^\n]+\n"
      "  body      \\d+ words\n"
      "  related   0 links\n"
      "  teasers   0\n"
      "(  flags     [^\n]+\n)?"
      "  failed    in/c\\.html is empty\n"
      "  written   out\\.jsonl\n");
  EXPECT_TRUE(std::regex_match(ran.err, form)) << ran.err;
}

TEST_F(CleanTest, NoEscapeSequencesAwayFromATerminal) {
  dir_.write("a.html", page("One"));
  const Ran ran =
      clean({"a.html", "missing.html", "-o", "out.jsonl"}, {.env = {"TERM=xterm-256color"}});
  EXPECT_EQ(ran.err.find('\x1b'), std::string::npos);
  EXPECT_EQ(ran.err.find('\r'), std::string::npos);
}

// ---- Bad input: named, and the other pages done

struct Bad {
  const char* name;
  std::vector<std::string> arguments;  // beside good.html
  const char* says;
};

void PrintTo(const Bad& bad, std::ostream* out) { *out << bad.name; }

class BadInput : public CleanTest, public ::testing::WithParamInterface<Bad> {
 protected:
  BadInput() {
    dir_.write("good.html", page("Good"));
    dir_.write("last.html", page("Last"));
    dir_.write("empty.html", "");
    dir_.write("picture.html",
               std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16) + std::string(600, '\0'));
    dir_.write("cut.html.gz", gzip(page("Cut")).substr(0, 200));
    std::string damaged = gzip(page("Damaged"));
    damaged[damaged.size() - 5] ^= 0x55;
    dir_.write("damaged.html.gz", damaged);
    dir_.write(
        "lines.jsonl",
        "{\"id\":\"one\",\"text\":\"fine\"}\n{\"id\":\"two\",\"text\":\n[1]\n{\"id\":\"four\"}\n");
    dir_.write("nothing/readme.xyz", "");
    dir_.write("secret.html", page("Secret"));
    ::chmod((dir_ / "secret.html").c_str(), 0);
  }
};

TEST_P(BadInput, IsNamedAndTheOthersAreDone) {
  std::vector<std::string> arguments{"-q", "good.html"};
  arguments.insert(arguments.end(), GetParam().arguments.begin(), GetParam().arguments.end());
  arguments.insert(arguments.end(), {"last.html", "-o", "out.jsonl"});
  const Ran ran = clean(arguments);
  EXPECT_EQ(ran.err, GetParam().says);
  EXPECT_EQ(ran.exit, 1);
  const std::vector<std::string> ids = ids_of(test::read_file(dir_ / "out.jsonl"));
  ASSERT_GE(ids.size(), 2U);
  EXPECT_EQ(ids.front(), "good");
  EXPECT_EQ(ids.back(), "last");
}

INSTANTIATE_TEST_SUITE_P(
    Clean, BadInput,
    ::testing::Values(
        Bad{"missing", {"missing.html"}, "marrow: error: missing.html does not exist\n"},
        Bad{"empty", {"empty.html"}, "marrow: error: empty.html is empty\n"},
        Bad{"binary",
            {"picture.html"},
            "marrow: error: picture.html is no page: it looks like a PNG image\n"},
        Bad{"gzip_cut_off",
            {"cut.html.gz"},
            "marrow: error: cut.html.gz ends in the middle of its gzip data (cut short)\n"},
        Bad{"gzip_damaged",
            {"damaged.html.gz"},
            "marrow: error: damaged.html.gz is broken gzip: wrong checksum or length\n"},
        Bad{"lines",
            {"lines.jsonl"},
            "marrow: error: lines.jsonl:2: not JSON: The JSON document has an improper structure: "
            "missing or "
            "superfluous commas, braces, missing keys, etc.\n"
            "marrow: error: lines.jsonl:3: not a JSON object\n"
            "marrow: error: lines.jsonl:4: has neither \"html\" nor \"text\"\n"},
        Bad{"control_characters_in_a_name",
            {"a\nmarrow: error: b\x1b[2J"},
            "marrow: error: a\\nmarrow: error: b\\x1b[2J does not exist\n"},
        Bad{"folder_without_pages",
            {"nothing"},
            "marrow: error: nothing/ holds no page (.html, .htm, .xhtml, .txt, .jsonl, or these as "
            ".gz or .zst)\n"}),
    [](const auto& param) { return param.param.name; });

TEST_F(CleanTest, UnreadableFilesAreNamed) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may read everything";
  ::chmod(dir_.write("secret.html", page("Secret")).c_str(), 0);
  const Ran ran = clean({"-q", "secret.html"});
  EXPECT_EQ(ran.err, "marrow: error: secret.html cannot be opened: Permission denied\n");
  EXPECT_EQ(ran.exit, 1);
}

TEST_F(CleanTest, AFileDroppedWhileRootIsNamedToo) {
  // For root, whom no permission stops: a folder link that leads nowhere.
  ::symlink("/nonexistent/page.html", (dir_ / "link.html").c_str());
  const Ran ran = clean({"-q", "link.html"});
  EXPECT_EQ(ran.err, "marrow: error: link.html does not exist\n");
}

// ---- What cannot be done at all: exit 2, nothing written

struct Refused {
  const char* name;
  std::vector<std::string> arguments;
  const char* says;
};

void PrintTo(const Refused& refused, std::ostream* out) { *out << refused.name; }

class Refusals : public CleanTest, public ::testing::WithParamInterface<Refused> {};

TEST_P(Refusals, AreSaidBeforeAnythingIsWritten) {
  dir_.write("a.html", page("A"));
  dir_.write("out.jsonl", "old\n");
  dir_.write("broken/rule.toml", "[[filter]\nid = 1\n");
  const std::vector<std::string> before = dir_.names();
  const Ran ran = clean(GetParam().arguments);
  EXPECT_EQ(ran.err, GetParam().says);
  EXPECT_EQ(ran.exit, 2);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(dir_.names(), before);
  EXPECT_EQ(test::read_file(dir_ / "out.jsonl"), "old\n");
}

INSTANTIATE_TEST_SUITE_P(
    Clean, Refusals,
    ::testing::Values(
        Refused{"no_path",
                {},
                "marrow: error: clean: no PATH given (- is standard input); 'marrow clean --help' "
                "says more\n"},
        Refused{"option_mistyped",
                {"a.html", "--thread", "4"},
                "marrow: error: clean: unknown option '--thread'; did you mean '--threads'?\n"
                "Try 'marrow clean --help'.\n"},
        Refused{"threads_not_a_number",
                {"a.html", "--threads", "-1"},
                "marrow: error: clean: --threads: '-1' is not a whole number from 0 to 1024\n"
                "Try 'marrow clean --help'.\n"},
        Refused{"format_unknown",
                {"a.html", "--format", "csv"},
                "marrow: error: clean: --format: 'csv' is not jsonl, text or markdown\n"
                "Try 'marrow clean --help'.\n"},
        Refused{"seconds_not_a_number",
                {"a.html", "--max-time", "nan"},
                "marrow: error: clean: --max-time: 'nan' is not a number from 0.001 to 3600\n"
                "Try 'marrow clean --help'.\n"},
        Refused{"stdin_twice", {"-", "-"}, "marrow: error: standard input (-) is given twice\n"},
        Refused{"output_in_no_folder",
                {"a.html", "-o", "no/such/out.jsonl"},
                "marrow: error: no/such/out.jsonl cannot be created: No such file or directory\n"},
        Refused{"output_below_a_file",
                {"a.html", "-o", "a.html/out.jsonl"},
                "marrow: error: a.html/out.jsonl cannot be created: Not a directory\n"},
        Refused{"rules_missing",
                {"a.html", "--rules", "no-rules"},
                "marrow: error: no-rules: cannot be read: No such file or directory\n"},
        Refused{"rules_broken",
                {"a.html", "--rules", "broken", "-o", "out.jsonl"},
                "marrow: error: broken/rule.toml:1:10: Error while parsing table header: expected "
                "']', saw "
                "'\\n'\n    1 | [[filter]\n      |          ^\n"}),
    [](const auto& param) { return param.param.name; });

TEST_F(CleanTest, AFullDiskIsNamedAndEndsTheRun) {
  for (int i = 0; i < 300; ++i) dir_.write("in/" + std::to_string(i) + ".html", page("x"));
  const Ran by_name = clean({"-q", "in", "-o", "/dev/full"});
  EXPECT_EQ(by_name.err, "marrow: error: /dev/full cannot be written: No space left on device\n");
  EXPECT_EQ(by_name.exit, 2);
  const Ran by_stdout = clean({"-q", "in"}, {.out_to = "/dev/full"});
  EXPECT_EQ(by_stdout.err,
            "marrow: error: standard output cannot be written: No space left on device\n");
  EXPECT_EQ(by_stdout.exit, 2);
}

// ---- How it ends

TEST_F(CleanTest, AReaderThatGoesAwayIsNoError) {
  for (int i = 0; i < 500; ++i) dir_.write("in/" + std::to_string(i) + ".html", page("x"));
  const Ran ran = test::run(
      "/bin/bash", {"-c", "\"$0\" clean -q in | head -n 1; exit ${PIPESTATUS[0]}", MARROW_PROGRAM},
      {.directory = dir_.path()});
  EXPECT_EQ(lines_of(ran.out).size(), 1U);
  EXPECT_EQ(ran.err, "");
  EXPECT_EQ(ran.exit, 0);
}

// More than the program reads at once to look at a stream, so that it comes to cleaning.
constexpr int kLines = 20000;

// A named pipe gives the program pages whenever the test likes.
class Endless {
 public:
  explicit Endless(const std::string& path) : path_(path) { ::mkfifo(path.c_str(), 0600); }
  // Once the program has opened the pipe; then silence until close().
  void write_lines(int lines) {
    fd_ = ::open(path_.c_str(), O_WRONLY | O_CLOEXEC);
    for (int i = 0; i < lines; ++i) {
      const std::string line =
          "{\"id\":\"p" + std::to_string(i) + "\",\"text\":\"a line of text\"}\n";
      if (::write(fd_, line.data(), line.size()) != static_cast<ssize_t>(line.size())) return;
    }
  }
  void close() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }
  ~Endless() { close(); }

 private:
  std::string path_;
  int fd_ = -1;
};

// By SIGKILL, and by a second Ctrl-C while the pages of the first are being finished.
TEST_F(CleanTest, AKilledRunLeavesNothingBehind) {
  const int unnamed = ::open(dir_.path().c_str(), O_WRONLY | O_TMPFILE, 0600);
  if (unnamed < 0) GTEST_SKIP() << "this file system has no unnamed files";
  ::close(unnamed);
  for (const int signal : {SIGKILL, SIGINT}) {
    Endless pipe(dir_ / "in.jsonl");
    const Ran ran = clean({"in.jsonl", "-o", "out.jsonl"}, {.while_running = [&](pid_t pid) {
                            pipe.write_lines(kLines);
                            std::this_thread::sleep_for(std::chrono::milliseconds(300));
                            ::kill(pid, signal);
                            ::kill(pid, signal);
                          }});
    EXPECT_TRUE(ran.signal == SIGKILL || ran.exit == 130) << ran.signal << ' ' << ran.exit;
    std::vector<std::string> names = dir_.names();
    std::erase(names, "out.jsonl");  // two signals may arrive as one: then the run ended as it should
    EXPECT_EQ(names, (std::vector<std::string>{"in.jsonl"}));
    ::unlink((dir_ / "in.jsonl").c_str());
    ::unlink((dir_ / "out.jsonl").c_str());
  }
}

TEST_F(CleanTest, InterruptFinishesThePagesInFlightAndKeepsThem) {
  for (const int signal : {SIGINT, SIGTERM}) {
    Endless pipe(dir_ / "in.jsonl");
    const Ran ran = clean({"in.jsonl", "-o", "out.jsonl"}, {.while_running = [&](pid_t pid) {
                            pipe.write_lines(kLines);
                            std::this_thread::sleep_for(std::chrono::milliseconds(300));
                            ::kill(pid, signal);
                          }});
    EXPECT_FALSE(ran.late);
    EXPECT_EQ(ran.exit, 130);
    const std::vector<std::string> ids = ids_of(test::read_file(dir_ / "out.jsonl"));
    EXPECT_GT(ids.size(), 100U);
    for (std::size_t i = 0; i < ids.size(); ++i) ASSERT_EQ(ids[i], "p" + std::to_string(i));
    EXPECT_NE(ran.err.find("\ninterrupted: the pages after these were not done\n"),
              std::string::npos)
        << ran.err;
    EXPECT_EQ(dir_.names(), (std::vector<std::string>{"in.jsonl", "out.jsonl"}));
    ::unlink((dir_ / "in.jsonl").c_str());
    ::unlink((dir_ / "out.jsonl").c_str());
  }
}

TEST_F(CleanTest, AKilledRunLeavesTheOldFileWhole) {
  Endless pipe(dir_ / "in.jsonl");
  dir_.write("out.jsonl", "old\n");
  const Ran ran = clean({"in.jsonl", "-o", "out.jsonl"}, {.while_running = [&](pid_t pid) {
                          pipe.write_lines(kLines);
                          std::this_thread::sleep_for(std::chrono::milliseconds(300));
                          ::kill(pid, SIGKILL);
                        }});
  EXPECT_EQ(ran.signal, SIGKILL);
  EXPECT_EQ(test::read_file(dir_ / "out.jsonl"), "old\n");
}

// ---- What is said

TEST_F(CleanTest, QuietSaysNothingButErrors) {
  dir_.write("a.html", page("A"));
  EXPECT_EQ(clean({"-q", "a.html", "-o", "out.jsonl"}).err, "");
  EXPECT_EQ(clean({"-q", "b.html", "-o", "out.jsonl"}).err,
            "marrow: error: b.html does not exist\n");
}

TEST_F(CleanTest, JsonLogsAreJsonLines) {
  dir_.write("a.html", page("A"));
  const Ran ran =
      clean({"a.html", "b\"\n\xff.html", "--log-format", "json", "-vv", "-o", "out.jsonl"});
  EXPECT_EQ(ran.exit, 1);
  const std::vector<std::string> lines = lines_of(ran.err);
  ASSERT_GE(lines.size(), 3U);
  for (const std::string& line : lines)
    EXPECT_EQ(
        testing::schema_fault(line, R"({"type":"object","required":["time","level","message"]})"),
        "")
        << line;
  EXPECT_NE(ran.err.find("\"pages\":\"1\",\"failed\":\"1\""), std::string::npos) << ran.err;
}

TEST_F(CleanTest, TheLogFileGetsWhatHappened) {
  dir_.write("a.html", page("A"));
  clean({"-q", "a.html", "b.html", "--log-file", "run.log", "-o", "out.jsonl"});
  const std::string log = test::read_file(dir_ / "run.log");
  EXPECT_NE(log.find("Z error b.html does not exist\n"), std::string::npos) << log;
  EXPECT_NE(log.find("Z info 1 page, 1 failed"), std::string::npos) << log;
}

// ---- At a terminal

TEST_F(CleanTest, LongWorkAtATerminalShowsABarAndErasesIt) {
  if (::access("/usr/bin/script", X_OK) != 0) GTEST_SKIP() << "script(1) is not installed";
  Endless pipe(dir_ / "in.jsonl");
  const Ran ran =
      test::run("/usr/bin/script",
                {"-qec", std::string(MARROW_PROGRAM) + " clean in.jsonl missing.html -o out.jsonl",
                 "/dev/null"},
                {.directory = dir_.path(), .env = {"TERM=xterm"}, .while_running = [&](pid_t) {
                   pipe.write_lines(kLines);
                   std::this_thread::sleep_for(std::chrono::milliseconds(900));
                   pipe.close();
                 }});
  EXPECT_TRUE(
      std::regex_search(ran.out, std::regex("\r\x1b\\[K[1-9][\\d,]* pages  [\\d.,]+ pages/s")))
      << ran.out;
  // The error that came while the bar stood there is a line of its own.
  EXPECT_NE(ran.out.find("\x1b[Kmarrow: \x1b[1;31merror:\x1b[0m missing.html does not exist"),
            std::string::npos)
      << ran.out;
  const std::string end = ran.out.substr(ran.out.rfind("\x1b[K") + 3);
  EXPECT_NE(end.find("20,000 pages"), std::string::npos) << end;
}

TEST_F(CleanTest, NoColourWhereNobodyWantsIt) {
  if (::access("/usr/bin/script", X_OK) != 0) GTEST_SKIP() << "script(1) is not installed";
  dir_.write("a.html", page("A"));
  const Ran ran =
      test::run("/usr/bin/script",
                {"-qec", std::string(MARROW_PROGRAM) + " clean a.html -o out.jsonl", "/dev/null"},
                {.directory = dir_.path(), .env = {"TERM=xterm", "NO_COLOR=1"}});
  EXPECT_EQ(ran.out.find('\x1b'), std::string::npos) << ran.out;
}

}  // namespace
}  // namespace marrow
