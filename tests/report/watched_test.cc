#include "report/watched.h"

#include <gtest/gtest.h>

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
