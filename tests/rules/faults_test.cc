// Broken rule files: the whole message, as people see it.
#include <filesystem>

#include "rules/check.h"
#include "rules/fixture.h"
#include "rules/pattern_set.h"

namespace marrow {
namespace {

struct Row {
  const char* name;
  const char* toml;
  const char* message;  // behind the path
};

class Faults : public testing::TestWithParam<Row> {};

TEST_P(Faults, AreNamedWithPlaceLineCaretAndHint) {
  RulesDir dir;
  dir.add("a.toml", GetParam().toml);
  const RulesCheck check = check_rules({.builtin = false, .dirs = {dir.path()}});
  ASSERT_FALSE(check.faults.empty());
  EXPECT_EQ(check.faults[0], dir.path() + "/a.toml" + GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Faults,
    testing::Values(
        Row{"unknown_key", "[[signal]]\nname = 's'\npatern = 'x'\nwhole = ['x']\nhit = ['x']\nmiss = ['y']\n",
            ":3:1: unknown key 'patern' in [[signal]]\n  3 | patern = 'x'\n    | ^~~~~~\nhint: did you mean 'pattern'?"},
        Row{"no_field", "[[signal]]\nname = 's'\nfield = 'clas'\nwords = ['x']\n",
            ":3:9: 'clas' is no field\n  3 | field = 'clas'\n    |         ^~~~~~\nhint: did you mean 'class'?"},
        Row{"not_compiling", "[[signal]]\nname = 's'\npattern = '(abc'\n",
            ":3:11: the pattern is refused: missing ): (abc\n  3 | pattern = '(abc'\n    |           ^~~~~~"},
        Row{"lookahead", "[[signal]]\nname = 's'\npattern = 'a(?=b)'\n",
            ":3:11: the pattern is refused: invalid perl operator: (?=\n  3 | pattern = 'a(?=b)'\n    |           ^~~~~~~~\n"
            "hint: RE2 has no lookaround; use 'unless'"},
        Row{"too_large", "[[signal]]\nname = 's'\npattern = 'a{1001}'\n",
            ":3:11: the pattern is refused: invalid repetition size: {1001}\n  3 | pattern = 'a{1001}'\n    |           ^~~~~~~~~"},
        Row{"empty_match", "[[signal]]\nname = 's'\npattern = 'a*'\n",
            ":3:11: the pattern matches the empty text, so it holds everywhere\n  3 | pattern = 'a*'\n    |           ^~~~"},
        Row{"anchor_beside_alternatives", "[[signal]]\nname = 's'\npattern = '^a|b$'\n",
            ":3:11: the pattern is refused: an anchor beside alternatives that are not grouped binds to one of them only\n"
            "  3 | pattern = '^a|b$'\n    |           ^~~~~~~\nhint: group them: ^(?:a|b)$ or \\b(?:a|b)\\b"},
        Row{"hit_missed", "[[signal]]\nname = 's'\nwhole = ['a b']\nhit = ['a c']\nmiss = ['d']\n",
            ":4:8: signal 's' misses its hit case 'a c'\n  4 | hit = ['a c']\n    |        ^~~~~"},
        Row{"miss_hit", "[[signal]]\nname = 's'\nwhole = ['a b']\nhit = ['a b']\nmiss = ['A B!']\n",
            ":5:9: signal 's' hits its miss case 'A B!'\n  5 | miss = ['A B!']\n    |         ^~~~~~"},
        Row{"test_that_expects_nothing", "[[test]]\npage = 'a.html'\n",
            ":1:1: the test expects nothing\n  1 | [[test]]\n    | ^\nhint: body_contains = [\"…\"]"},
        Row{"test_of_an_empty_text", "[[test]]\npage = 'a.html'\nbody_lacks = ' '\n",
            ":3:14: an empty text tests nothing\n  3 | body_lacks = ' '\n    |              ^~~"},
        Row{"no_cases", "[[signal]]\nname = 's'\nwhole = ['a b']\n",
            ":1:1: signal 's' needs at least one 'hit' and one 'miss' case\n  1 | [[signal]]\n    | ^"},
        Row{"unknown_signal", "[[filter]]\nid = 'f'\nlabel = 'body'\nwhere = { signals = ['x'] }\n",
            ":4:22: there is no signal 'x'\n  4 | where = { signals = ['x'] }\n    |                      ^~~"},
        Row{"unknown_label", "[[filter]]\nid = 'f'\nlabel = 'relatd'\nwhere = { text = 'x' }\n",
            ":3:9: 'relatd' is no label; known are body, related, teaser, boilerplate, inline_link, navigation\n"
            "  3 | label = 'relatd'\n    |         ^~~~~~~~\nhint: did you mean 'related'?"},
        Row{"selector", "[[filter]]\nid = 'f'\non = 'container'\nlabel = 'body'\npath = 'div > '\n",
            ":5:15: expected a tag, .class, #id, [attribute] or :test\n  5 | path = 'div > '\n    |               ^"},
        Row{"positional", "[[filter]]\nid = 'f'\non = 'container'\nlabel = 'body'\npath = 'main > div:nth(5)'\nwhy = 'x'\n",
            ":5:8: only positions tell this element apart: the next redesign breaks the rule\n  5 | path = 'main > div:nth(5)'\n"
            "    |        ^~~~~~~~~~~~~~~~~~~\nhint: name a class, an id or an attribute"},
        Row{"www", "site = 'www.example.com'\n",
            ":1:8: a site is written without 'www.'\n  1 | site = 'www.example.com'\n    |        ^~~~~~~~~~~~~~~~~\nhint: \"example.com\" holds for both"},
        Row{"kind_without_related", "[[filter]]\nid = 'f'\nlabel = 'body'\nkind = 'next'\nwhere = { text = 'x' }\n",
            ":1:1: 'kind' goes with label = \"related\" only\n  1 | [[filter]]\n    | ^~~~~~~~~~"}),
    [](const auto& row) { return row.param.name; });

TEST(Faults, DuplicateIdsPointToTheFirst) {
  RulesDir dir;
  dir.add("a.toml", "[[filter]]\nid = 'f'\nlabel = 'body'\nwhere = { text = 'x' }\n");
  dir.add("b.toml", "[[filter]]\nid = 'f'\nlabel = 'body'\nwhere = { text = 'y' }\n");
  const Result<RuleSet> rules = RuleSet::load({.builtin = false, .dirs = {dir.path()}});
  ASSERT_FALSE(rules);
  EXPECT_EQ(rules.error().message, dir.path() + "/b.toml:1:1: the id 'f' is taken\n  1 | [[filter]]\n    | ^\nhint: first at " + dir.path() + "/a.toml:1");
}

TEST(Faults, ShadowedRulesAreNamed) {
  RulesDir dir;
  dir.add("a.toml", "[[filter]]\nid = 'wide'\nlabel = 'body'\nwhere = { text = 'x' }\nwhy = 'w'\n"
                    "[[filter]]\nid = 'narrow'\nlabel = 'body'\nwhere = { text = 'x', class = 'y' }\nwhy = 'w'\n");
  const RulesCheck check = check_rules({.builtin = false, .dirs = {dir.path()}});
  ASSERT_EQ(check.faults.size(), 1U);
  EXPECT_EQ(check.faults[0], dir.path() + "/a.toml:6:1: filter 'narrow' never decides: 'wide' holds wherever it does and comes first\n"
                             "  6 | [[filter]]\n    | ^\nhint: " + dir.path() + "/a.toml:1");
}

TEST(Faults, FoldersThatLoopAndMissingOnesAreNamed) {
  RulesDir dir;
  dir.add("sub/a.toml", "[[filter]]\nid = 'f'\nlabel = 'body'\nwhere = { text = 'x' }\n");
  // Two ways to one folder are no loop.
  std::filesystem::create_directory_symlink(dir.path() + "/sub", dir.path() + "/again");
  const Result<RuleSet> rules = RuleSet::load({.builtin = false, .dirs = {dir.path()}});
  ASSERT_TRUE(rules) << rules.error().message;
  EXPECT_EQ(rules->filter_count(), 1U);
  std::filesystem::create_directory_symlink(dir.path(), dir.path() + "/sub/loop");
  const Result<RuleSet> loop = RuleSet::load({.builtin = false, .dirs = {dir.path()}});
  ASSERT_FALSE(loop);
  EXPECT_EQ(loop.error().message, dir.path() + "/sub/loop: is a loop: it leads back to " + std::filesystem::canonical(dir.path()).string());
  const Result<RuleSet> missing = RuleSet::load({.builtin = false, .dirs = {"/nonexistent/rules.toml"}});
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().message, "/nonexistent/rules.toml: cannot be read: No such file or directory");
}

TEST(Faults, TenMegabytesAreRefused) {
  RulesDir dir;
  dir.add("a.toml", std::string(std::size_t{10} << 20, '#'));
  const Result<RuleSet> rules = RuleSet::load({.builtin = false, .dirs = {dir.path()}});
  ASSERT_FALSE(rules);
  EXPECT_EQ(rules.error().message, dir.path() + "/a.toml: is longer than the 4194304 bytes that are read of a rule file");
}

TEST(Sources, LaterOnesReplaceAndDisable) {
  RulesDir first, second;
  first.add("a.toml", "[[filter]]\nid = 'f'\nlabel = 'body'\nwhere = { text = 'x' }\n[[filter]]\nid = 'g'\nlabel = 'body'\nwhere = { text = 'y' }\n");
  second.add("b.toml", "disable = ['g']\n[[filter]]\nid = 'f'\nlabel = 'related'\nwhere = { text = 'x' }\n");
  const Result<RuleSet> rules = RuleSet::load({.builtin = false, .dirs = {first.path(), second.path()}});
  ASSERT_TRUE(rules) << rules.error().message;
  ASSERT_EQ(rules->filter_count(), 1U);
  EXPECT_EQ(rules->filter(0).label, FilterLabel::related);
}

// A set searches roughly; what it says is what each expression says by itself, in every script.
TEST(PatternSets, SayWhatTheirExpressionsSay) {
  const char* const patterns[] = {"^\\W*\\d{1,2}:\\d\\d\\W*$", "(?i)^\\W*(?:photo|foto)\\b", "^\\w+$", "^\\D+$", "\\W\\W", "[^\\d]\\d", "[\\w.]+@\\w", "\\bкот\\b", "é"};
  PatternSet set;
  std::string reason;
  for (const char* pattern : patterns) ASSERT_TRUE(set.add(*Expression::translate(pattern, Field::text, false), &reason)) << reason;
  ASSERT_TRUE(set.compile());
  PatternSet::Scratch scratch;
  std::size_t found = 0;
  for (const char* text : {"12:30", "» 12:30 «", "午後12:30", "١٢:٣٠", "Опубликовано 12:30", "Foto: A", "ñfoto", "（Photo）", "Фото", "word", "мир", "日本語", "a b", "a—b", "—…", "५", "x५",
                           "a@b", "我@你", "кот", "котик", "rotкот", "é", "e", "", "🕒 9:05", "\u200b9:05"}) {
    std::vector<int> wanted;
    for (int i = 0; i < static_cast<int>(std::size(patterns)); ++i)
      if (set.expression(static_cast<std::size_t>(i)).matches(text)) wanted.push_back(i);
    set.match(text, scratch);
    EXPECT_EQ(scratch.found, wanted) << text;
    found += wanted.size();
  }
  EXPECT_GT(found, 20U);
  EXPECT_EQ(scratch.fallbacks, 0U);
}

TEST(PatternSets, ThatRunOutOfMemoryFallBackAndAreCounted) {
  // 32 KiB hold the program but not its automaton over many letters.
  PatternSet set(std::int64_t{1} << 15);
  std::string reason;
  for (const char* pattern : {"[a-q][^u-z]{13}x", "[b-r][^u-z]{12}y"})
    ASSERT_TRUE(set.add(*Expression::translate(pattern, Field::text, false), &reason)) << reason;
  const Status compiled = set.compile();
  if (!compiled) GTEST_SKIP() << "RE2 refuses the set outright here";
  PatternSet::Scratch scratch;
  std::string text;
  for (int i = 0; i < 4000; ++i) text += static_cast<char>('a' + (i * 7 + i * i % 13) % 20);
  text += "abcdefghijklmnx";
  set.match(text, scratch);
  EXPECT_EQ(scratch.found, std::vector<int>{0});
}

}  // namespace
}  // namespace marrow
