// Where the rules that come with marrow are read from, and what is read after them.
#include <gtest/gtest.h>

#include <filesystem>

#include "cli/program.h"

namespace marrow {
namespace {

namespace fs = std::filesystem;
using test::Ran;
using test::read_file;
using test::run;
using test::TempDir;

constexpr const char* kPage =
    "<title>Storm</title><article><h1>Storm</h1><p>The keeper counted the ships that passed in the night of the storm, and he wrote down "
    "their names.</p></article>";

std::string rule(const std::string& label) {
  return "[[filter]]\nid = 'x.keeper'\nlabel = '" + label + "'\nwhere = { text = 'The keeper' }\nwhy = 'a test'\n";
}

// The program in PREFIX/bin, alone or with rules beside it.
class InstalledRules : public testing::Test {
 protected:
  void SetUp() override {
    fs::create_directories(dir_ / "prefix/bin");
    fs::copy_file(MARROW_PROGRAM, program_);
    dir_.write("page.html", kPage);
  }
  void install(const std::string& folder, const std::string& file, const std::string& text) const {
    fs::create_directories(fs::path(dir_ / folder) / fs::path(file).parent_path());
    dir_.write(folder + "/" + file, text);
  }
  // Who decides the paragraph: "rule x.keeper (PATH:1)". Without models: they ask for signals that the folders here lack.
  std::string decides(const std::vector<std::string>& options, const std::vector<std::string>& env = {}) const {
    std::vector<std::string> arguments{"explain", dir_ / "page.html", "--no-models"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    const Ran ran = run(program_, arguments, {.env = env});
    EXPECT_EQ(ran.err, "");
    const std::size_t at = ran.out.find("rule x.keeper ("), begin = ran.out.find('(', at) + 1;
    return at == std::string::npos ? "no rule" : ran.out.substr(begin, ran.out.find(')', begin) - begin);
  }

  TempDir dir_;
  const std::string program_ = dir_ / "prefix/bin/marrow";
  const std::string beside_ = "prefix/share/marrow/rules";
};

TEST_F(InstalledRules, WithoutThemThoseBuiltInAreRead) {
  const Ran ran = run(program_, {"rules", "which", "example.com"});
  EXPECT_NE(ran.out.find("  builtin:"), std::string::npos) << ran.out << ran.err;
}

TEST_F(InstalledRules, BesideTheProgramTheyTakeThePlaceOfThoseBuiltIn) {
  install(beside_, "sites/x.toml", rule("boilerplate"));
  EXPECT_EQ(decides({}), (dir_ / beside_) + "/sites/x.toml:1");
  EXPECT_EQ(run(program_, {"rules", "which", "example.com"}).out.find("builtin:"), std::string::npos);
  EXPECT_EQ(decides({"--no-builtin-rules"}), "no rule");
}

TEST_F(InstalledRules, TheEnvironmentNamesAnotherFolder) {
  install(beside_, "sites/x.toml", rule("boilerplate"));
  install("other", "y.toml", rule("teaser"));
  EXPECT_EQ(decides({}, {"MARROW_RULES_DIR=" + (dir_ / "other")}), (dir_ / "other") + "/y.toml:1");
  EXPECT_EQ(decides({}, {"MARROW_RULES_DIR="}), (dir_ / beside_) + "/sites/x.toml:1");
  const Ran gone = run(program_, {"explain", dir_ / "page.html"}, {.env = {"MARROW_RULES_DIR=/no/rules"}});
  EXPECT_EQ(gone.err, "marrow: error: /no/rules: cannot be read: No such file or directory\n");
  EXPECT_EQ(gone.exit, 2);
}

TEST_F(InstalledRules, LaterSourcesComeFirst) {
  install(beside_, "sites/x.toml", rule("boilerplate"));
  install("first", "a.toml", rule("teaser"));
  install("second", "b.toml", rule("body"));
  EXPECT_EQ(decides({"--rules", dir_ / "first"}), (dir_ / "first") + "/a.toml:1");
  EXPECT_EQ(decides({"--rules", dir_ / "first", "--rules", dir_ / "second"}), (dir_ / "second") + "/b.toml:1");
  EXPECT_EQ(decides({"--rules", dir_ / "second", "--rules", dir_ / "first"}), (dir_ / "first") + "/a.toml:1");
}

TEST_F(InstalledRules, AreTheSameRuleSetAsThoseBuiltIn) {
  const auto digest = [&] {
    const Ran ran = run(program_, {"clean", dir_ / "page.html", "-q"});
    const std::size_t at = ran.out.find("\"rules\":");
    return at == std::string::npos ? ran.err : ran.out.substr(at, 80);
  };
  const std::string alone = digest();
  const Ran installed = run("/usr/bin/cmake", {"--install", MARROW_BINARY_DIR, "--prefix", dir_ / "prefix"});
  if (installed.exit != 0) GTEST_SKIP() << "not all is built that would be installed: " << installed.err;
  ASSERT_TRUE(fs::exists(dir_ / (beside_ + "/languages/de.toml")));
  EXPECT_FALSE(fs::exists(dir_ / (beside_ + "/model")));
  EXPECT_NE(run(program_, {"rules", "which", "example.com"}).out.find((dir_ / beside_) + "/"), std::string::npos);
  EXPECT_EQ(digest(), alone);
  EXPECT_EQ(run(program_, {"rules", "check"}).exit, 0);
}

}  // namespace
}  // namespace marrow
