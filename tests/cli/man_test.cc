// The manual page and the completion, made from the options.
#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>

#include "cli/program.h"

namespace marrow {
namespace {

using test::marrow;
using test::Ran;

bool there_is(const std::string& path) { return std::filesystem::exists(path); }

TEST(Man, MandocFindsNoFault) {
  if (!there_is("/usr/bin/mandoc")) GTEST_SKIP() << "mandoc is not installed";
  const Ran page = marrow({"man"});
  ASSERT_EQ(page.exit, 0);
  const Ran lint = test::run("/usr/bin/mandoc", {"-T", "lint", "-W", "warning"}, {.in = page.out});
  EXPECT_EQ(lint.out + lint.err, "");
  EXPECT_EQ(lint.exit, 0);
}

TEST(Man, SaysAllThatHelpSays) {
  if (!there_is("/usr/bin/mandoc")) GTEST_SKIP() << "mandoc is not installed";
  const Ran page =
      test::run("/usr/bin/mandoc", {"-T", "ascii", "-O", "width=200"}, {.in = marrow({"man"}).out});
  std::string text;  // overstrikes (bold is written as x\bx) taken out
  for (char c : page.out) {
    if (c == '\b')
      text.pop_back();
    else
      text += c;
  }
  for (const char* section :
       {"NAME", "SYNOPSIS", "DESCRIPTION", "VERBS", "EXIT STATUS", "EXAMPLES"})
    EXPECT_NE(text.find(std::string("\n") + section + "\n"), std::string::npos) << section;
  for (const std::string& verb : test::verbs()) {
    EXPECT_NE(text.find("marrow " + verb), std::string::npos) << verb;
    std::istringstream help(marrow({"help", verb}).out);
    for (std::string line; std::getline(help, line);) {
      const std::size_t at = line.find("--");
      if (!line.starts_with("  ") || at > 6 || at == std::string::npos) continue;
      const std::string option = line.substr(at, line.find(' ', at) - at);
      EXPECT_NE(text.find(option), std::string::npos) << verb << " " << option;
    }
  }
}

TEST(Man, TheBuildMadeTheSamePage) {
  EXPECT_EQ(test::read_file(MARROW_BINARY_DIR "/src/cli/marrow.1"), marrow({"man"}).out);
  EXPECT_EQ(test::read_file(MARROW_BINARY_DIR "/src/cli/marrow.bash"),
            marrow({"completion", "bash"}).out);
}

// What bash offers for a command line that ends where the cursor is, sorted.
std::string completions(const std::vector<std::string>& words) {
  std::string line = "source /dev/stdin; COMP_WORDS=(";
  for (const std::string& word : words) line += "'" + word + "' ";
  line +=
      "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _marrow; printf '%s\\n' \"${COMPREPLY[@]}\" | "
      "sort";
  const Ran ran =
      test::run("/bin/bash", {"--norc", "-c", line}, {.in = marrow({"completion", "bash"}).out});
  EXPECT_EQ(ran.err, "");
  return ran.out;
}

TEST(Completion, IsValidBash) {
  const Ran ran = test::run("/bin/bash", {"-n"}, {.in = marrow({"completion", "bash"}).out});
  EXPECT_EQ(ran.err, "");
  EXPECT_EQ(ran.exit, 0);
}

TEST(Completion, OffersVerbs) {
  EXPECT_EQ(completions({"marrow", "schem"}), "schema\n");
  EXPECT_EQ(completions({"marrow", "-v", "schem"}), "schema\n");
  EXPECT_EQ(completions({"marrow", "help", "schem"}), "schema\n");
  const std::string all = completions({"marrow", ""});
  for (const std::string& verb : test::verbs())
    EXPECT_NE(("\n" + all).find("\n" + verb.substr(0, verb.find(' ')) + "\n"), std::string::npos)
        << verb;
}

TEST(Completion, OffersOptionsOfTheVerbOnly) {
  EXPECT_EQ(completions({"marrow", "schema", "--log-f"}), "--log-file\n--log-format\n");
  EXPECT_EQ(completions({"marrow", "--ver"}), "--verbose\n--version\n");
  EXPECT_EQ(completions({"marrow", "schema", "--vers"}), "\n");
}

TEST(Completion, OffersTheWordsAnOptionAllows) {
  EXPECT_EQ(completions({"marrow", "schema", "--log-format", ""}), "json\ntext\n");
  EXPECT_EQ(completions({"marrow", "schema", "--log-format", "=", "j"}), "json\n");
  EXPECT_EQ(completions({"marrow", "schema", "--log-format", "="}), "json\ntext\n");
}

TEST(Completion, OffersFilesWhereAFileIsMeant) {
  EXPECT_EQ(completions({"marrow", "schema", "--log-file", MARROW_SOURCE_DIR "/CMakeP"}),
            MARROW_SOURCE_DIR "/CMakePresets.json\n");
  EXPECT_EQ(completions({"marrow", "schema", MARROW_SOURCE_DIR "/CMakeP"}), "\n");
}

}  // namespace
}  // namespace marrow
