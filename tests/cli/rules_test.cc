// marrow rules test, stats, which and import, as they are run; rules check over a copy of the
// built-in rules.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "cli/program.h"

namespace marrow {
namespace {

using test::marrow;
using test::Ran;
using test::read_file;
using test::TempDir;

constexpr const char* kPage =
    "<!doctype html><html lang=en><title>Storm</title><body>"
    "<div id=post><p>The lighthouse keeper counted the ships that passed on the night of the "
    "storm, and he wrote their names into the book that lay on the table by the lamp.</p>"
    "<p class=promo>Buy the book of the lighthouse keeper, with all the names, in our shop.</p>"
    "<p>In the morning, when the wind had dropped, he found that one of the names had not been "
    "there before.</p></div>"
    "<ul><li><a class=onward href=/older>Older storms of the coast</a></li></ul></body></html>";

// Filters decide all that the tests look at, so that no model has a say.
constexpr const char* kRules =
    "site = 'example.org'\n"
    "[[filter]]\nid = 'ex.post'\non = 'container'\npath = '#post'\nlabel = 'body'\nwhy = 'theme'\n"
    "[[filter]]\nid = 'ex.promo'\nlabel = 'boilerplate'\nwhere = { class = ['promo'] }\n"
    "why = 'shop'\n"
    "[[filter]]\nid = 'ex.onward'\non = 'link'\nlabel = 'related'\nkind = 'prev'\n"
    "where = { href = '/older' }\nwhy = 'pager'\n"
    "[[metadata]]\nid = 'ex.title'\nfield = 'title'\npath = 'title'\nwhy = 'no headline'\n";

std::string page_test(const std::string& expectations, const std::string& page = "storm.html") {
  return kRules + ("[[test]]\npage = '" + page + "'\nurl = 'https://example.org/x/'\n") +
         expectations;
}

// Lines of the rules before [[test]].
constexpr int kTestLine = 25;

TEST(RulesTest, PassesWhereAllIsAsExpected) {
  const TempDir dir;
  dir.write("storm.html", kPage);
  dir.write("rules.toml",
            page_test("body_contains = [\"lamp. In the morning\", \"counted  the\\nships\"]\n"
                      "body_lacks = 'Buy the book'\n"
                      "related_has = ['Older storms', 'example.org/older']\n"
                      "title_is = 'Storm'\n"));
  const Ran ran = marrow({"rules", "test", dir.path()});
  EXPECT_EQ(ran.out, "1 test, 6 expectations: 0 failures\n");
  EXPECT_EQ(ran.err, "");
  EXPECT_EQ(ran.exit, 0);
  EXPECT_EQ(marrow({"rules", "test", dir / "rules.toml", "-q"}).out, "");
}

struct Failing {
  const char* name;
  const char* expectation;
  const char* expected;
  std::string found;  // RULES stands for the rule file
};

void PrintTo(const Failing& failing, std::ostream* out) { *out << failing.name; }

class FailingTests : public ::testing::TestWithParam<Failing> {};

TEST_P(FailingTests, AreSaidWithWhatWasFound) {
  const TempDir dir;
  dir.write("storm.html", kPage);
  const std::string rules =
      dir.write("rules.toml", page_test(GetParam().expectation + std::string("\n")));
  std::string found = GetParam().found;
  if (const std::size_t at = found.find("RULES"); at != std::string::npos)
    found.replace(at, 5, rules);
  const Ran ran = marrow({"rules", "test", dir.path()});
  EXPECT_EQ(ran.out, rules + ":" + std::to_string(kTestLine + 3) + ": storm.html\n  expected  " +
                         GetParam().expected + "\n  found     " + found +
                         "\n1 test, 1 expectation: 1 failure\n");
  EXPECT_EQ(ran.err, "");
  EXPECT_EQ(ran.exit, 1);
}

INSTANTIATE_TEST_SUITE_P(
    RulesTest, FailingTests,
    ::testing::Values(
        Failing{"dropped_from_the_body", "body_contains = 'Buy the book'",
                "body_contains 'Buy the book'",
                "in a block that is boilerplate, by filter ex.promo (RULES:8)"},
        Failing{"nowhere", "body_contains = 'Sea monsters'", "body_contains 'Sea monsters'",
                "in no block of the page; the body begins 'The lighthouse keeper counted the ships "
                "that passed on the night of the storm, a…'"},
        Failing{"case_is_kept", "body_contains = 'the lighthouse keeper counted'",
                "body_contains 'the lighthouse keeper counted'",
                "in no block of the page; the body begins 'The lighthouse keeper counted the ships "
                "that passed on the night of the storm, a…'"},
        Failing{"in_the_body", "body_lacks = 'morning'", "body_lacks 'morning'",
                "in the body: 'the table by the lamp. In the morning, when the wind had dropped, "
                "h…', a block that is body, by filter ex.post (RULES:2)"},
        Failing{"not_related", "related_has = 'Newer'", "related_has 'Newer'",
                "1 related link: 'Older storms of the coast' https://example.org/older"},
        Failing{"no_teaser", "teaser_has = 'Newer'", "teaser_has 'Newer'", "no teaser"},
        Failing{"link_that_is_no_teaser", "teaser_has = 'In the morning'",
                "teaser_has 'In the morning'",
                "in a block that is body, by filter ex.post (RULES:2)"},
        Failing{"title", "title_is = 'Storms'", "title_is 'Storms'", "'Storm'"}),
    [](const auto& param) { return param.param.name; });

TEST(RulesTest, APageThatCannotBeReadFailsItsTestAndTheOthersRun) {
  const TempDir dir;
  dir.write("storm.html", kPage);
  dir.write("empty.html", "");
  std::filesystem::create_directory(dir / "folder");
  const std::string rules = dir.write(
      "rules.toml",
      page_test("title_is = 'Storm'\n", "gone.html") +
          "[[test]]\npage = 'empty.html'\ntitle_is = 'Storm'\n"
          "[[test]]\npage = 'folder'\ntitle_is = 'Storm'\n"
          "[[test]]\npage = 'storm.html'\nurl = 'https://example.org/x'\ntitle_is = 'Storm'\n");
  const Ran ran = marrow({"rules", "test", dir.path()});
  auto failure = [&](int line, const std::string& page, const std::string& found) {
    return rules + ":" + std::to_string(line) + ": " + page + "\n  expected  page '" + page +
           "'\n  found     " + dir.path() + "/" + page + " " + found + "\n";
  };
  EXPECT_EQ(ran.out, failure(kTestLine + 1, "gone.html", "does not exist") +
                         failure(kTestLine + 5, "empty.html", "is empty") +
                         failure(kTestLine + 8, "folder", "is a folder, not a page") +
                         "4 tests, 1 expectation: 3 failures\n");
  EXPECT_EQ(ran.exit, 1);
}

TEST(RulesTest, TheShippedTestsPass) {
  const Ran ran = marrow({"rules", "test", std::string(MARROW_SOURCE_DIR) + "/rules"});
  EXPECT_TRUE(ran.out.ends_with(": 0 failures\n")) << ran.out;
  EXPECT_EQ(ran.err, "");
  EXPECT_EQ(ran.exit, 0);
}

TEST(RulesTest, WithoutAnyTestOrFolderNothingIsRun) {
  const TempDir dir;
  EXPECT_EQ(marrow({"rules", "test", dir.path()}).err,
            "marrow: error: " + dir.path() + " holds no page test ([[test]] table)\n");
  EXPECT_EQ(marrow({"rules", "test", dir.path()}).exit, 2);
  const Ran gone = marrow({"rules", "test", dir / "gone"});
  EXPECT_EQ(gone.err,
            "marrow: error: " + (dir / "gone") + ": cannot be read: No such file or directory\n");
  EXPECT_EQ(gone.exit, 2);
  EXPECT_EQ(marrow({"rules", "test"}).err,
            "marrow: error: rules test: DIR is missing\nTry 'marrow rules test --help'.\n");
}

TEST(RulesTest, ATestThatCannotFailIsAFault) {
  const TempDir dir;
  const std::string rules = dir.write("rules.toml", page_test(""));
  const Ran ran = marrow({"rules", "test", dir.path()});
  EXPECT_TRUE(ran.err.starts_with("marrow: error: " + rules + ":" + std::to_string(kTestLine) +
                                  ":1: the test expects nothing\n"))
      << ran.err;
  EXPECT_EQ(ran.exit, 2);
  dir.write("rules.toml", page_test("body_lacks = ' '\n"));
  EXPECT_NE(marrow({"rules", "test", dir.path()}).err.find("an empty text tests nothing"),
            std::string::npos);
}

TEST(RulesTest, AHostilePageDoesNotSteerTheTerminal) {
  const TempDir dir;
  dir.write("storm.html", "<title>a\x1b]0;x\x07</title><div id=post><p>some words</p></div>");
  dir.write("rules.toml", page_test("title_is = 'Storm'\n"));
  const Ran ran = marrow({"rules", "test", dir.path()});
  EXPECT_EQ(ran.exit, 1);
  EXPECT_EQ(ran.out.find('\x1b'), std::string::npos) << ran.out;
}

TEST(RulesStats, CountsHitsAndNamesWhatNeverDecides) {
  const TempDir dir;
  const std::string page = dir.write("storm.html", kPage);
  const std::string rules = dir.write(
      "rules.toml",
      "[[filter]]\nid = 'a.ships'\nlabel = 'body'\nwhere = { text = 'ships' }\nwhy = 'x'\n"
      "[[filter]]\nid = 'b.keeper'\nlabel = 'teaser'\nwhere = { text = 'keeper counted' }\nwhy = "
      "'x'\n"
      "[[filter]]\nid = 'c.whale'\nlabel = 'teaser'\nwhere = { text = 'whale' }\nwhy = 'x'\n"
      "[[signal]]\nname = 's.names'\nfield = 'text'\npattern = 'names'\nhit = ['names']\nmiss = "
      "['x']\n");
  const std::string table =
      "filter      pages     hits  decided\n"
      "a.ships         2        2        2\n"
      "b.keeper        2        2        0\n"
      "c.whale         0        0        0\n"
      "\n"
      "signal      pages     hits\n"
      "s.names         2        6\n"
      "\n"
      "never fired on 2 pages:\nc.whale  " +
      rules +
      ":11\n"
      "\n"
      "fired on 2 pages, always pre-empted by another filter:\nb.keeper  " +
      rules + ":6\n";
  for (const char* threads : {"1", "4"}) {
    const Ran ran = marrow({"rules", "stats", page, page, "--no-builtin-rules", "--rules",
                            dir / "rules.toml", "--threads", threads});
    EXPECT_EQ(ran.out, table);
    EXPECT_EQ(ran.err, "");
    EXPECT_EQ(ran.exit, 0);
  }
}

TEST(RulesStats, WhatCannotBeReadIsNamedAndTheRestCounted) {
  const TempDir dir;
  const std::string page = dir.write("storm.html", kPage);
  const Ran some = marrow({"rules", "stats", "/no/a", page, "/no/b"});
  EXPECT_EQ(some.err, "marrow: error: /no/a does not exist\nmarrow: error: /no/b does not exist\n");
  EXPECT_NE(some.out.find("never fired on 1 page:\n"), std::string::npos);
  EXPECT_EQ(some.exit, 1);
  const Ran none = marrow({"rules", "stats", "/no/a"});
  EXPECT_EQ(none.out, "");
  EXPECT_EQ(none.exit, 1);
  EXPECT_EQ(marrow({"rules", "stats", page, "--rules", "/no/rules"}).exit, 2);
}

TEST(RulesCost, PrintsTimesAndTheShareOfTheRules) {
  const TempDir dir;
  const std::string page = dir.write("storm.html", kPage);
  const Ran ran = marrow({"rules", "cost", page, page, "--rounds", "2"});
  EXPECT_THAT(ran.out, ::testing::MatchesRegex("clean  [0-9.]+ ms a page, 2 pages\n"
                                               "match  [0-9.]+ ms a page, [0-9.]+ % of it\n"
                                               "load   [0-9.]+ ms once\n"));
  EXPECT_EQ(ran.err, "");
  EXPECT_EQ(ran.exit, 0);
  const Ran gone = marrow({"rules", "cost", "/no/a"});
  EXPECT_EQ(gone.err, "marrow: error: /no/a does not exist\n");
  EXPECT_EQ(gone.exit, 1);
  EXPECT_EQ(marrow({"rules", "cost", page, "--rules", "/no/rules.toml"}).exit, 2);
}

TEST(RulesWhich, ListsWhatAppliesInTheOrderOfDecision) {
  const TempDir dir;
  const std::string rules = dir.write(
      "rules.toml",
      "[[filter]]\nid = 'everywhere'\nlabel = 'teaser'\nwhere = { text = 'a' }\nwhy = 'one'\n"
      "[[filter]]\nid = 'news'\nsite = 'example.org'\nurl_path = '^/news/'\non = 'link'\n"
      "label = 'related'\nkind = 'prev'\nwhere = { text = 'b' }\nwhy = 'two'\n"
      "[[filter]]\nid = 'german'\nlanguage = 'de'\nlabel = 'body'\nwhere = { text = 'c' "
      "}\npriority = 7\nwhy = 'three'\n"
      "[[metadata]]\nid = 'author'\nsite = 'example.org'\nfield = 'author'\npath = '.by'\nwhy = "
      "'four'\n");
  auto which = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"rules", "which", "--no-builtin-rules", "--rules", rules});
    return marrow(arguments);
  };
  const std::string german =
      "german  block -> body  [language de]  priority 7  " + rules + ":15  three\n";
  const std::string everywhere =
      "everywhere  block -> teaser  [everywhere]  priority 0  " + rules + ":1  one\n";
  const std::string author =
      "author  metadata author  [example.org]  priority 0  " + rules + ":22  four\n";
  const std::string news =
      "news  link -> related (prev)  [example.org url_path (^/news/)]  priority 0  " + rules +
      ":6  two\n";
  EXPECT_EQ(which({"www.example.org"}).out, "1  " + german + "2  " + everywhere + "3  " + author);
  EXPECT_EQ(which({"https://example.org/news/x", "--language", "en-GB"}).out,
            "1  " + news + "2  " + everywhere + "3  " + author);
  EXPECT_EQ(which({"EXAMPLE.org/news/", "--language", "de"}).out,
            "1  " + german + "2  " + news + "3  " + everywhere + "4  " + author);
  EXPECT_EQ(which({"other.org", "--language", "fr"}).out, "1  " + everywhere);
}

TEST(RulesWhich, MistakesAreNamed) {
  EXPECT_EQ(marrow({"rules", "which", "exa mple"}).err,
            "marrow: error: 'exa mple' is no host and no URL\n");
  EXPECT_EQ(marrow({"rules", "which", "mailto://x"}).exit, 2);
  EXPECT_EQ(marrow({"rules", "which", "a.org", "--language", "german"}).err,
            "marrow: error: 'german' is no language, as de or pt-BR\n");
  const Ran none = marrow({"rules", "which", "a.org", "--no-builtin-rules"});
  EXPECT_EQ(none.err, "marrow: warning: no filter and no metadata rule applies to a.org\n");
  EXPECT_EQ(none.exit, 0);
}

TEST(RulesImport, WritesRulesAndListsWhatIsLeftOver) {
  const TempDir dir;
  std::filesystem::create_directories(dir / "in/folder.org.txt");
  dir.write("in/example.org.txt",
            "body: //div[@id='post']\nstrip: //div[5]\nprune: no\nreplace_string(a): b\n"
            "test_url: https://example.org/x\ntest_contains: keeper\n");
  const Ran ran = marrow({"rules", "import", "ftr", dir / "in", "-o", dir / "out"});
  EXPECT_EQ(ran.err, "");
  EXPECT_EQ(ran.exit, 0);
  EXPECT_EQ(ran.out,
            "example.org.txt:2: strip: only positions tell this element apart\n"
            "example.org.txt:3: prune: no rule of ours does this\n"
            "example.org.txt:4: replace_string(a): no rule of ours does this\n"
            "folder.org.txt:1: file: it cannot be read\n"
            "body: 1 of 1 line carried over\n"
            "prune: 0 of 1 line carried over\n"
            "replace_string: 0 of 1 line carried over\n"
            "strip: 0 of 1 line carried over\n"
            "test_contains: 1 of 1 line carried over\n"
            "test_url: 1 of 1 line carried over\n"
            "in all 1 file: 3 of 6 lines carried over\n");
  const std::string rules = read_file(dir / "out/example.org.toml");
  EXPECT_NE(rules.find("site = \"example.org\""), std::string::npos) << rules;
  EXPECT_NE(rules.find("# body_contains = [\"keeper\"]"), std::string::npos) << rules;
  EXPECT_EQ(marrow({"rules", "check", dir / "out"}).exit, 0);
  // The tests of the config wait for their pages.
  EXPECT_EQ(marrow({"rules", "test", dir / "out"}).exit, 2);
}

TEST(RulesImport, MistakesAreNamed) {
  const TempDir dir;
  EXPECT_EQ(marrow({"rules", "import", "ftr", dir / "gone", "-o", dir / "out"}).err,
            "marrow: error: " + (dir / "gone") + ": cannot be read: No such file or directory\n");
  EXPECT_EQ(marrow({"rules", "import", "ftr", dir.path(), "-o", dir / "out"}).err,
            "marrow: error: " + dir.path() + " holds no site config (.txt)\n");
  EXPECT_EQ(marrow({"rules", "import", "csv", dir.path(), "-o", dir / "out"}).err,
            "marrow: error: rules import: 'csv' cannot be imported, only ftr\n");
  EXPECT_EQ(marrow({"rules", "import", "ftr", dir.path()}).err,
            "marrow: error: rules import: give the folder to write to, as -o DIR\n");
  EXPECT_EQ(dir.names(), std::vector<std::string>{});
}

TEST(RulesCheck, ACopyOfTheBuiltInRulesTakesTheirPlace) {
  const std::string rules = std::string(MARROW_SOURCE_DIR) + "/rules";
  const Ran alone = marrow({"rules", "check"});
  EXPECT_EQ(marrow({"rules", "check", rules}).out, alone.out);
  // A few files of the same names are files of one's own, and are read beside the built-in ones.
  const TempDir dir;
  std::filesystem::create_directory(dir / "languages");
  std::filesystem::copy_file(rules + "/languages/de.toml", dir / "languages/de.toml");
  EXPECT_NE(marrow({"rules", "check", dir.path()}).out, alone.out);
}

}  // namespace
}  // namespace marrow
