// marrow explain, robots, rules check and features, as they are run.
#include <gtest/gtest.h>

#include "cli/program.h"
#include "support/schema_check.h"

namespace marrow {
namespace {

using test::marrow;
using test::Ran;
using test::TempDir;

constexpr const char* kPage =
    "<!doctype html><html lang=en><title>Storm</title><body><nav class=menu><a "
    "href=/a>Home</a></nav>"
    "<article id=post><h1>Storm</h1><p>The lighthouse keeper counted the ships that passed on the "
    "night of the "
    "storm, and he wrote their names into the <a href=/book>book</a> that lay on the table by the "
    "lamp.</p>"
    "<p>In the morning, when the wind had dropped, he found that one of the names had not been "
    "there "
    "before.</p></article></body></html>";

std::size_t count(const std::string& text, const std::string& what) {
  std::size_t n = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++n;
  return n;
}

TEST(Explain, EveryBlockAndLinkHasItsVerdictPathAndText) {
  const TempDir dir;
  const Ran ran =
      marrow({"explain", dir.write("page.html", kPage), "--url", "https://example.org/x/"});
  EXPECT_EQ(ran.err, "");
  EXPECT_EQ(ran.exit, 0);
  for (const char* part :
       {"  title       Storm\n", "  url         https://example.org/x/\n", "\nBlocks\n",
        "\nLinks\n", "... > body > article#post > p\n", "https://example.org/book",
        "The lighthouse keeper counted the ships that passed on the night of the storm, a..."})
    EXPECT_NE(ran.out.find(part), std::string::npos) << part << "\n" << ran.out;
  EXPECT_EQ(ran.out.find('\x1b'), std::string::npos);
}

TEST(Explain, AsJsonItIsOneObject) {
  const TempDir dir;
  const Ran ran = marrow(
      {"explain", "--json", dir.write("page.html", kPage), "--url", "https://example.org/x/"});
  EXPECT_EQ(ran.exit, 0);
  const std::string schema = marrow({"schema", "--of", "explain"}).out;
  EXPECT_EQ(testing::schema_fault(ran.out.substr(0, ran.out.size() - 1), schema), "");
  EXPECT_EQ(count(ran.out, "\n"), 1U);
  constexpr const char* kCounts = R"({"properties":{"blocks":{"minItems":4},"links":{"minItems":2,"maxItems":2}}})";
  EXPECT_EQ(testing::schema_fault(ran.out.substr(0, ran.out.size() - 1), kCounts), "");
  // The schema can refuse: a verdict that is none, a key it does not know.
  std::string broken = ran.out.substr(0, ran.out.size() - 1);
  broken.replace(broken.find("\"verdict\":\""), 11, "\"verdikt\":\"");
  EXPECT_NE(testing::schema_fault(broken, schema), "");
}

TEST(Explain, SaysWhatTheModelWasAskedItsReasonsAndWhatWouldFlipIt) {
  const TempDir dir;
  const std::string page = dir.write("page.html", kPage);
  const Ran ran = marrow({"explain", page});
  EXPECT_NE(ran.out.find("       asked body: 0."), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find(", yes from 0."), std::string::npos);
  EXPECT_NE(ran.out.find("       for: "), std::string::npos);
  EXPECT_NE(ran.out.find("; blocks: "), std::string::npos);
  // Where the model is not sure, one change would do.
  EXPECT_NE(marrow({"explain", MARROW_SOURCE_DIR "/fixtures/plain/docs.html"}).out.find("       would be "), std::string::npos);
  const Ran json = marrow({"explain", "--json", page});
  for (const char* part : {"\"asked\":\"body\"", "\"asked\":\"onward\"", "\"reasons\":[{\"model\":\"context\",\"column\":", "\"flip\":{\"enough\":"})
    EXPECT_NE(json.out.find(part), std::string::npos) << part;
  // Without models there is nothing to ask; lines of a text are flipped by rules alone.
  EXPECT_EQ(marrow({"explain", "--no-models", page}).out.find("  for: "), std::string::npos);
  dir.write("mine.toml", "[[filter]]\nid = \"mine.line\"\non = \"line\"\nlabel = \"boilerplate\"\nwhere = { text = '^Names' }\nwhy = \"a test\"\n");
  const Ran text = marrow({"explain", "-", "--rules", dir / "mine.toml"}, {.in = "The keeper wrote their names into the book that lay on the table.\nNames of ships are often names of birds.\n"});
  EXPECT_NE(text.out.find("would be body without rule mine.line"), std::string::npos) << text.out;
}

TEST(Explain, ControlCharactersOfAPageDoNotReachTheTerminal) {
  const TempDir dir;
  const Ran ran =
      marrow({"explain", dir.write("page.html", "<pre>a&#27;[2J\nb\x1b]0;x\x07</pre>")});
  EXPECT_EQ(ran.out.find('\x1b'), std::string::npos) << ran.out;
  EXPECT_EQ(ran.out.find('\x07'), std::string::npos);
}

TEST(Explain, ARuleThatDecidesIsNamedByItsPlace) {
  const TempDir dir;
  dir.write("mine.toml",
            "[[filter]]\nid = \"mine.keeper\"\nlabel = \"boilerplate\"\nwhere = { text = "
            "'lighthouse keeper' }\n"
            "why = \"a test\"\n");
  const std::string page = dir.write("page.html", kPage);
  const Ran ran = marrow({"explain", page, "--rules", dir / "mine.toml"});
  EXPECT_EQ(ran.err, "");
  EXPECT_NE(ran.out.find("rule mine.keeper (" + (dir / "mine.toml") + ":1)"), std::string::npos)
      << ran.out;
  EXPECT_NE(ran.out.find("would be body without rule mine.keeper: model 0."), std::string::npos) << ran.out;
  const Ran json = marrow({"explain", page, "--json", "--rules", dir / "mine.toml"});
  EXPECT_NE(json.out.find("\"rule\":{\"id\":\"mine.keeper\",\"file\":\"" + (dir / "mine.toml") +
                          "\",\"line\":1,"),
            std::string::npos);
}

TEST(Explain, TwoOperandsAreCompared) {
  const TempDir dir;
  const std::string page = dir.write("page.html", kPage), rules = dir.write("mine.toml",
            "[[filter]]\nid = \"mine.keeper\"\nlabel = \"boilerplate\"\nwhere = { text = 'lighthouse keeper' }\nwhy = \"a test\"\n");
  const Ran same = marrow({"explain", page, page});
  EXPECT_EQ(same.out, "page: nothing changed\n");
  const Ran ran = marrow({"explain", "none", rules, "--on", dir.path()});  // mine.toml is no page
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_NE(ran.out.find("body -> boilerplate  rule mine.keeper ("), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("1 of 1 pages changed\n"), std::string::npos) << ran.out;
  EXPECT_NE(marrow({"explain", rules, "none", "--on", page, "--json"}).out.find("\"was\":\"boilerplate\""), std::string::npos);
  EXPECT_EQ(marrow({"explain", page, "--on", page}).exit, 2);
  EXPECT_EQ(marrow({"explain", page, dir / "no.html"}).exit, 1);
  EXPECT_EQ(marrow({"explain", "none", dir / "no.toml", "--on", page}).exit, 2);
}

TEST(Explain, HtmlGoesToAFileWholeOrNotAtAll) {
  const TempDir dir;
  const std::string page = dir.write("page.html", kPage);
  const Ran ran = marrow({"explain", page, "--html", dir / "out.html"});
  EXPECT_EQ(ran.out + ran.err, "");
  EXPECT_TRUE(test::read_file(dir / "out.html").ends_with("</html>\n"));
  EXPECT_EQ(marrow({"explain", page, "--html", dir / "no/such/out.html"}).exit, 2);
  dir.write("two.html", kPage);
  EXPECT_NE(marrow({"explain", dir.path(), "--html", dir / "out2.html"}).err.find("--html takes one page"), std::string::npos);
}

TEST(Explain, WhatCannotBeReadIsNamed) {
  const Ran ran = marrow({"explain", "/no/such/page.html"});
  EXPECT_EQ(ran.err, "marrow: error: /no/such/page.html does not exist\n");
  EXPECT_EQ(ran.exit, 1);
}

TEST(RobotsVerb, SaysTheVerdictAndTheLineThatDecided) {
  const TempDir dir;
  const std::string file = dir.write("robots.txt",
                                     "User-agent: *\nDisallow: /private\nAllow: "
                                     "/private/open\n\nUser-agent: other\nDisallow: /\n");
  const Ran ran = marrow({"robots", file, "--agent", "marrow", "https://example.org/private/x",
                          "https://example.org/private/open/x", "/y"});
  EXPECT_EQ(ran.out, "disallow\thttps://example.org/private/x\t" + file +
                         ":2: Disallow: /private\n" +
                         "allow\thttps://example.org/private/open/x\t" + file +
                         ":3: Allow: /private/open\n" + "allow\t/y\tno rule\n");
  EXPECT_EQ(ran.exit, 0);
  EXPECT_EQ(marrow({"robots", "-", "/y", "--agent=other"}, {.in = test::read_file(file)}).out,
            "disallow\t/y\t-:6: Disallow: /\n");
  EXPECT_EQ(marrow({"robots", file}).err,
            "marrow: error: robots: URL is missing\nTry 'marrow robots --help'.\n");
}

TEST(RulesCheck, TheShippedRulesAreSound) {
  const Ran ran = marrow({"rules", "check"});
  EXPECT_EQ(ran.exit, 0) << ran.out;
  EXPECT_NE(ran.out.find("; 0 faults, "), std::string::npos) << ran.out;
}

TEST(RulesCheck, FaultsHavePlaceLineAndCaretAndEndWithTwo) {
  const TempDir dir;
  dir.write("mine.toml",
            "[[filter]]\nid = \"a\"\nlabel = \"body\"\nwhere = { text = 'x' }\nwhyy = \"r\"\n");
  const Ran ran = marrow({"rules", "check", dir / "mine.toml"});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_TRUE(ran.out.starts_with("error: " + (dir / "mine.toml") + ":5:1: unknown key 'whyy'"))
      << ran.out;
  EXPECT_NE(ran.out.find("whyy = \"r\"\n"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("^"), std::string::npos);
}

TEST(RulesGroup, VerbsOfTheGroupAreKnown) {
  EXPECT_EQ(marrow({"rules"}).err, "marrow: error: no verb given.\nTry 'marrow rules --help'.\n");
  EXPECT_EQ(marrow({"rules", "chekc"}).err,
            "marrow: error: rules: unknown verb 'chekc'; did you mean 'check'?\nTry 'marrow rules "
            "--help'.\n");
  EXPECT_NE(marrow({"rules", "--help"}).out.find("Usage: marrow rules VERB"), std::string::npos);
}

TEST(Features, HeadAndRowsForEachPage) {
  const TempDir dir;
  const std::string page = dir.write("page.html", kPage);
  const Ran ran = marrow({"features", "--what", "blocks", "-q", "-o", dir / "out.bin", page});
  EXPECT_EQ(ran.err, "");
  EXPECT_EQ(ran.exit, 0);
  const std::string bytes = test::read_file(dir / "out.bin");
  const std::string head = bytes.substr(0, bytes.find('\n'));
  EXPECT_EQ(testing::schema_fault(head, R"({"required":["what","columns"]})"), "");
  const std::string rest = bytes.substr(head.size() + 1);
  const std::string of_page = rest.substr(0, rest.find('\n'));
  EXPECT_EQ(testing::schema_fault(of_page, R"({"required":["id","url","rows","texts"]})"), "");
  const std::size_t columns = count(head, "\"name\":");
  const std::size_t numbers = rest.size() - of_page.size() - 1;
  EXPECT_EQ(numbers % (columns * 4), 0U) << columns;
  EXPECT_NE(of_page.find("\"rows\":" + std::to_string(numbers / columns / 4)), std::string::npos)
      << of_page;
}

}  // namespace
}  // namespace marrow
