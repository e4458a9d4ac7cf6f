#include "batch/rules_stats.h"

#include <gtest/gtest.h>

#include "source/open.h"
#include "support/program.h"

namespace marrow {
namespace {

using test::TempDir;

// Counts over a folder of pages between two files that are not there.
RulesStats count(const TempDir& dir, const RuleSet& rules, unsigned threads,
                 const std::atomic<bool>* stop) {
  SourceSpec spec;
  spec.paths = {dir / "gone-1.html", dir / "pages", dir / "gone-2.html"};
  Result<std::unique_ptr<Source>> source = open_source(spec);
  return count_rules(**source, rules, {.threads = threads, .stop = stop});
}

TEST(RulesStats, AnyNumberOfThreadsGivesTheSameSumsAndFailuresInOrder) {
  const TempDir dir;
  const std::string file = dir.write(
      "a.toml", "[[filter]]\nid = 'a'\nlabel = 'body'\nwhere = { text = 'whale' }\nwhy = 'x'\n");
  for (int i = 0; i < 40; ++i)
    dir.write("pages/" + std::to_string(i) + ".html",
              i % 2 ? "<p>a whale</p><p>whale</p>" : "<p>a ship</p>");
  const Result<RuleSet> rules = RuleSet::load({.builtin = false, .dirs = {file}});
  ASSERT_TRUE(rules) << rules.error().message;
  for (const unsigned threads : {1U, 2U, 8U}) {
    const RulesStats stats = count(dir, *rules, threads, nullptr);
    EXPECT_EQ(stats.tally.pages(), 40U);
    EXPECT_EQ(stats.tally.filters()[0].pages, 20U);
    EXPECT_EQ(stats.tally.filters()[0].hits, 40U);
    EXPECT_EQ(stats.tally.filters()[0].won, 40U);
    ASSERT_EQ(stats.failures.size(), 2U);
    EXPECT_EQ(stats.failures[0].origin, dir / "gone-1.html");
    EXPECT_EQ(stats.failures[1].origin, dir / "gone-2.html");
    EXPECT_FALSE(stats.interrupted);
  }
}

TEST(RulesStats, StopsWhenAsked) {
  const TempDir dir;
  dir.write("pages/a.html", "<p>a ship</p>");
  const Result<RuleSet> rules = RuleSet::load({});
  ASSERT_TRUE(rules) << rules.error().message;
  const std::atomic<bool> stop = true;
  const RulesStats stats = count(dir, *rules, 2, &stop);
  EXPECT_TRUE(stats.interrupted);
  EXPECT_EQ(stats.tally.pages(), 0U);
}

}  // namespace
}  // namespace marrow
