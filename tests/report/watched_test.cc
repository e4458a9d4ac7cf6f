#include "report/watched.h"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>

#include "support/program.h"

namespace marrow {
namespace {

constexpr const char* kPage =
    "<!doctype html><title>Storm</title><article><h1>Storm</h1><p>The lighthouse keeper counted the ships that passed on the night of the storm, "
    "and wrote their names into the book by the lamp.</p><p>In the morning he found that one of the names had not been there before.</p></article>";

std::string rule(const std::string& pattern) {
  return "[[filter]]\nid = \"mine.x\"\nlabel = \"boilerplate\"\nwhere = { text = '" + pattern + "' }\nwhy = \"a test\"\n";
}

TEST(Watched, AChangeOfTheRulesIsNoticedAndShown) {
  const test::TempDir dir;
  dir.write("page.html", kPage);
  const test::TempDir rules;
  CleanOptions options;
  options.rule_dirs = {rules.write("mine.toml", rule("no such words at all"))};
  Result<Watched> watched = Watched::open(dir.path(), options);
  ASSERT_TRUE(watched) << watched.error().message;
  EXPECT_EQ(watched->size(), 1U);
  const std::int64_t first = watched->version();
  EXPECT_EQ(watched->version(), first);
  EXPECT_EQ(watched->page(0)->find("class=\"versus\""), std::string::npos);

  rules.write("mine.toml", rule("lighthouse keeper"));
  EXPECT_GT(watched->version(), first);
  const std::string changed = *watched->page(0);
  EXPECT_NE(changed.find("1 of 3 blocks changed verdict"), std::string::npos);
  EXPECT_NE(changed.find("boilerplate, was body"), std::string::npos);

  // What does not compile is told by line, and the last good rules stay.
  rules.write("mine.toml", rule("(lighthouse"));
  EXPECT_NE(watched->index().find("mine.toml:4:"), std::string::npos);
  EXPECT_NE(watched->page(0)->find("boilerplate, was body"), std::string::npos);
}

TEST(Watched, SavingWithoutAChangeLeavesTheDifferenceStanding) {
  const test::TempDir dir;
  dir.write("page.html", kPage);
  const std::string rules = dir.write("mine.toml", rule("no such words at all"));
  Result<Watched> watched = Watched::open(dir.path(), {});  // the folder's own rules
  ASSERT_TRUE(watched) << watched.error().message;
  dir.write("mine.toml", rule("lighthouse keeper"));
  watched->version();
  std::filesystem::last_write_time(rules, std::filesystem::last_write_time(rules) + std::chrono::seconds(7));
  EXPECT_EQ(watched->version(), 3);
  EXPECT_NE(watched->page(0)->find("1 of 3 blocks changed verdict"), std::string::npos);
  EXPECT_NE(watched->index().find("The last change of the rules changed 1 of 1 pages."), std::string::npos);
}

TEST(Watched, TheRulesOwnTestsAreRun) {
  const test::TempDir dir;
  dir.write("page.html", kPage);
  const std::string cases = "hit = ['the lighthouse keeper']\nmiss = ['a ship']\n";
  const std::string expects = "[[test]]\npage = 'page.html'\nbody_contains = ['one of the names']\nbody_lacks = ['ships that passed']\n";
  dir.write("mine.toml", rule("lighthouse keeper") + cases + expects);
  Result<Watched> watched = Watched::open(dir.path(), {});
  ASSERT_TRUE(watched) << watched.error().message;
  EXPECT_NE(watched->index().find("hit and miss cases hold, those of the built-in rules among them; 2 of 2 expectations of 1 page test met."), std::string::npos);
  EXPECT_EQ(watched->index().find("class=\"fault\""), std::string::npos);

  dir.write("mine.toml", rule("harbour") + "hit = ['the lighthouse keeper']\nmiss = ['a ship']\n" + expects);
  const std::string page = *watched->page(0);
  EXPECT_NE(page.find("mine.toml:6:8: filter &#39;mine.x&#39; misses its hit case"), std::string::npos);
  EXPECT_NE(page.find("expected body_lacks &#39;ships that passed&#39;"), std::string::npos);
  EXPECT_NE(page.find("1 of 2 expectations of 1 page test met."), std::string::npos);
}

// As a job keeps them: a page visited twice is there once, as it was last.
TEST(Watched, PagesInArchives) {
  const auto record = [](const std::string& url, const std::string& body) {
    const std::string http = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body;
    return "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: " + url + "\r\nWARC-Date: 2026-11-20T00:00:00Z\r\nContent-Type: application/http\r\nContent-Length: " +
           std::to_string(http.size()) + "\r\n\r\n" + http + "\r\n\r\n";
  };
  const test::TempDir dir;
  dir.write("kept-1.warc", record("https://example.org/a", "<p>Monday's storm.</p>") + record("https://example.org/b", "<p>A calm.</p>"));
  dir.write("kept-2.warc", record("https://example.org/a", "<p>Tuesday's storm.</p>"));
  Result<Watched> watched = Watched::open(dir.path(), {});
  ASSERT_TRUE(watched) << watched.error().message;
  ASSERT_EQ(watched->size(), 2U);
  EXPECT_NE(watched->index().find(">https://example.org/a</a>"), std::string::npos);
  EXPECT_NE(watched->page(0)->find("Tuesday&#39;s storm."), std::string::npos);
  EXPECT_NE(watched->page(1)->find("A calm."), std::string::npos);
}

TEST(Watched, NothingOutsideTheFolderIsShown) {
  const test::TempDir outside, dir;
  outside.write("secret.html", "<p>A secret that stands outside of the folder.</p>");
  dir.write("page.html", kPage);
  std::filesystem::create_symlink(outside / "secret.html", dir / "link.html");
  std::filesystem::create_directory_symlink(outside.path(), dir / "folder");
  Result<Watched> watched = Watched::open(dir.path(), {});
  ASSERT_TRUE(watched) << watched.error().message;
  EXPECT_EQ(watched->size(), 1U);
  EXPECT_EQ(watched->index().find("secret"), std::string::npos);
  EXPECT_FALSE(watched->page(1));
  EXPECT_FALSE(watched->page(-1));
  // A page that is replaced by a link meanwhile is not followed either.
  std::filesystem::remove(dir / "page.html");
  std::filesystem::create_symlink(outside / "secret.html", dir / "page.html");
  EXPECT_EQ(watched->page(0)->find("A secret"), std::string::npos);
}

TEST(Watched, WhatCannotBeWatchedIsNamed) {
  const test::TempDir dir;
  EXPECT_FALSE(Watched::open(dir / "no", {}));
  EXPECT_FALSE(Watched::open(dir.path(), {}));
}

}  // namespace
}  // namespace marrow
