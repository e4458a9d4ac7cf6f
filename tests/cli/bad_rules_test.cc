// Rule files that are broken: the whole message, and exit code 2, from every verb that reads rules.
#include <gtest/gtest.h>

#include <filesystem>

#include "cli/program.h"

namespace marrow {
namespace {

namespace fs = std::filesystem;
using test::marrow;
using test::Ran;
using test::TempDir;

struct Bad {
  const char* name;
  std::string text;
  const char* message;  // behind the path of the file
};

class BadRules : public testing::TestWithParam<Bad> {};

TEST_P(BadRules, EndWithTwoAndTheWholeMessage) {
  const TempDir dir;
  const std::string rules = dir.write("a.toml", GetParam().text);
  const std::string page = dir.write("page.html", "<p>text</p>");
  std::string message = rules + GetParam().message;
  if (message.ends_with("first at ")) message += rules + ":1";
  // Lines behind the first are set in by the program.
  std::string framed;
  for (const char c : message) framed += c == '\n' ? std::string("\n  ") : std::string(1, c);
  const std::string expected = "marrow: error: " + framed + "\n";
  for (const std::vector<std::string>& verb : std::vector<std::vector<std::string>>{
           {"clean", page, "-o", dir / "out.jsonl"}, {"explain", page}, {"rules", "stats", page}, {"rules", "which", "example.org"}}) {
    std::vector<std::string> arguments = verb;
    arguments.insert(arguments.end(), {"--rules", rules});
    const Ran ran = marrow(arguments);
    EXPECT_EQ(ran.err, expected) << verb[0];
    EXPECT_EQ(ran.out, "");
    EXPECT_EQ(ran.exit, 2);
  }
  EXPECT_FALSE(fs::exists(dir / "out.jsonl"));
  const Ran check = marrow({"rules", "check", rules});
  EXPECT_TRUE(check.out.find("error: " + message + "\n") != std::string::npos || check.err == expected) << check.out << check.err;
  EXPECT_EQ(check.exit, 2);
}

const std::string kHead = "[[filter]]\nid = 'f'\nlabel = 'body'\n";

INSTANTIATE_TEST_SUITE_P(
    Rows, BadRules,
    testing::Values(
        Bad{"pattern_that_does_not_compile", kHead + "where = { text = 'a(b' }\n",
            ":4:18: the pattern is refused: missing ): a(b\n  4 | where = { text = 'a(b' }\n    |                  ^~~~~"},
        Bad{"signal_pattern_that_does_not_compile", "[[signal]]\nname = 's'\npattern = 'a[b'\nhit = ['x']\nmiss = ['y']\n",
            ":3:11: the pattern is refused: missing ]: [b\n  3 | pattern = 'a[b'\n    |           ^~~~~"},
        Bad{"pattern_that_is_too_large", kHead + "where = { text = '\\pL{500}' }\n",
            ":4:18: the pattern is refused: pattern too large - compile failed\n  4 | where = { text = '\\pL{500}' }\n    |                  ^~~~~~~~~~"},
        Bad{"signal_pattern_that_is_too_large", "[[signal]]\nname = 's'\npattern = '\\pL{500}'\nhit = ['x']\nmiss = ['y']\n",
            ":3:11: the pattern is refused: pattern too large - compile failed\n  3 | pattern = '\\pL{500}'\n    |           ^~~~~~~~~~"},
        Bad{"no_toml", "[[filter\nid = 'f'\n",
            ":1:9: Error while parsing table header: expected ']', saw '\\n'\n  1 | [[filter\n    |         ^"},
        Bad{"no_utf8", "[[filter]]\nid = 'f\xFF'\n", ":2:7: Encountered invalid utf-8 sequence\n  2 | id = 'f\uFFFD'\n    |       ^"},
        Bad{"ten_megabytes", std::string(std::size_t{10} << 20, '#'), ": is longer than the 4194304 bytes that are read of a rule file"},
        Bad{"unknown_key", kHead + "where = { text = 'x' }\npriorty = 1\n",
            ":5:1: unknown key 'priorty' in [[filter]]\n  5 | priorty = 1\n    | ^~~~~~~\nhint: did you mean 'priority'?"},
        Bad{"duplicate_id", kHead + "where = { text = 'x' }\n" + kHead + "where = { text = 'y' }\n", ":5:1: the id 'f' is taken\n  5 | [[filter]]\n    | ^\nhint: first at "}),
    [](const auto& row) { return row.param.name; });

TEST(BadRuleFolders, LoopsAndWhatCannotBeReadAreNamed) {
  const TempDir dir;
  const std::string page = dir.write("page.html", "<p>text</p>");
  fs::create_directories(dir / "rules/sub");
  fs::create_directory_symlink("..", dir / "rules/sub/up");
  const auto clean = [&](const std::string& rules) { return marrow({"clean", page, "--rules", rules}); };
  const Ran loop = clean(dir / "rules");
  EXPECT_EQ(loop.err, "marrow: error: " + (dir / "rules/sub/up") + ": is a loop: it leads back to " + fs::canonical(dir / "rules").string() + "\n");
  EXPECT_EQ(loop.out, "");
  EXPECT_EQ(loop.exit, 2);
  const Ran gone = clean("/no/rules");
  EXPECT_EQ(gone.err, "marrow: error: /no/rules: cannot be read: No such file or directory\n");
  EXPECT_EQ(gone.exit, 2);
  const Ran page_as_rules = clean(page);
  EXPECT_EQ(page_as_rules.err, "marrow: error: " + page + ": is neither a folder nor a .toml file\n");
  EXPECT_EQ(page_as_rules.exit, 2);
}

// A rule that leaves a page without a body is not undone: the record says so, and who did it is named.
TEST(EmptyingRules, AreNamedByTheRecordsFlagAndByExplain) {
  const TempDir dir;
  const std::string page = dir.write("page.html",
                                     "<title>Storm</title><h1>Storm</h1><p>The keeper counted the ships that passed in the night of the storm, and he wrote down "
                                     "all of their names.</p>");
  const std::string rules = dir.write("a.toml", "[[filter]]\nid = 'x.all'\nlabel = 'boilerplate'\nwhere = { text = '\\pL' }\nwhy = 'too much'\n");
  const Ran clean = marrow({"clean", page, "--rules", rules, "-q"});
  EXPECT_NE(clean.out.find("\"body\":\"\""), std::string::npos) << clean.out;
  EXPECT_NE(clean.out.find("needs_review"), std::string::npos) << clean.out;
  EXPECT_NE(clean.out.find("x.all"), std::string::npos) << clean.out;
  EXPECT_NE(marrow({"explain", page, "--rules", rules}).out.find("  emptied by  x.all (" + rules + ":1)\n"), std::string::npos);
  EXPECT_NE(marrow({"explain", "--json", page, "--rules", rules}).out.find("\"emptied_by\":[\"x.all\"]"), std::string::npos);
  EXPECT_EQ(marrow({"clean", page, "-q"}).out.find("needs_review"), std::string::npos);
  // Lines of a text likewise.
  const std::string text = dir.write("page.txt", "The keeper counted the ships that passed in the night of the storm.\n");
  const std::string lines = dir.write("b.toml", "[[filter]]\nid = 'x.lines'\non = 'line'\nlabel = 'boilerplate'\nwhere = { text = '\\pL' }\nwhy = 'too much'\n");
  const Ran emptied = marrow({"clean", text, "--rules", lines, "-q"});
  EXPECT_NE(emptied.out.find("needs_review"), std::string::npos) << emptied.out;
  EXPECT_NE(emptied.out.find("x.lines"), std::string::npos) << emptied.out;
}

}  // namespace
}  // namespace marrow
