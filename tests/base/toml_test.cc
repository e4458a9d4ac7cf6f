#include "base/toml.h"

#include <gtest/gtest.h>

namespace marrow {
namespace {

TEST(Toml, KeepsPlacesAndOrder) {
  const Result<TomlFile> file = TomlFile::parse("a.toml", "zeta = 'x'\nalpha = [1, 2.5, true]\n[[t]]\nk = 1\n[[t]]\nk = 2\n");
  ASSERT_TRUE(file) << file.error().message;
  const TomlValue& root = file->root();
  ASSERT_EQ(root.members.size(), 3U);
  EXPECT_EQ(root.members[0].key, "zeta");
  EXPECT_EQ(root.members[0].value.string, "x");
  EXPECT_EQ(root.members[0].value.at.column, 8U);
  EXPECT_EQ(root.members[1].at.line, 2U);
  EXPECT_EQ(root.members[1].value.items[1].real, 2.5);
  EXPECT_EQ(root.members[1].value.items[0].real, 1.0);
  EXPECT_TRUE(root.members[1].value.items[2].boolean);
  ASSERT_EQ(root.members[2].value.items.size(), 2U);
  EXPECT_EQ(root.members[2].value.items[1].find("k")->value.integer, 2);
  EXPECT_EQ(root.find("none"), nullptr);
}

TEST(Toml, DatesAreText) {
  const Result<TomlFile> file = TomlFile::parse("a.toml", "d = 2026-11-20\n");
  ASSERT_TRUE(file);
  EXPECT_EQ(file->root().find("d")->value.type, TomlValue::Type::time);
  EXPECT_EQ(file->root().find("d")->value.string, "2026-11-20");
}

TEST(Toml, FaultShowsLineCaretAndHint) {
  const Result<TomlFile> file = TomlFile::parse("a.toml", "[[signal]]\n\tpatern = 'x'\n");
  ASSERT_TRUE(file);
  const TomlMember& member = file->root().find("signal")->value.items[0].members[0];
  EXPECT_EQ(file->fault(member.at, member.key.size(), "unknown key 'patern'", "did you mean 'pattern'?"),
            "a.toml:2:2: unknown key 'patern'\n"
            "  2 |  patern = 'x'\n"
            "    |  ^~~~~~\n"
            "hint: did you mean 'pattern'?");
}

std::string deep_key() {
  std::string key = "a";
  for (int i = 0; i < 100000; ++i) key.append(".a");
  return key.append(" = 1\n");
}

struct Broken {
  const char* name;
  std::string text;
  const char* message;
};

class TomlBroken : public testing::TestWithParam<Broken> {};

TEST_P(TomlBroken, SaysWhereAndWhy) {
  const Result<TomlFile> file = TomlFile::parse("a.toml", GetParam().text);
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().kind, ErrorKind::stop_run);
  EXPECT_EQ(file.error().message.substr(0, std::string(GetParam().message).size()), GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, TomlBroken,
    testing::Values(Broken{"not_toml", "<html>", "a.toml:1:1: "},
                    Broken{"unterminated", "a = 'x\n", "a.toml:1:7: "},
                    Broken{"duplicate", "a = 1\na = 2\n", "a.toml:2:"},
                    Broken{"not_utf8", "a = '\xff\xfe'\n", "a.toml:1:"},
                    Broken{"deep_key", deep_key(),
                           "a.toml:1:1: too many dots in one line: keys may not nest so deep"},
                    Broken{"deep_quoted_key", "a = {" + std::string("\"#'\\\"\".'\"#'.") + deep_key() + "}",
                           "a.toml:1:1: too many dots in one line: keys may not nest so deep"},
                    Broken{"deep_key_behind_a_long_string", "s = '''\n\"'''\n" + deep_key(), "a.toml:3:1: too many dots"},
                    Broken{"deep_key_among_them", "s = ['''\n\"''', {" + deep_key() + "}]", "a.toml:2:1: too many dots"},
                    Broken{"deep_array", std::string("a = ").append(100000, '['), "a.toml:1:"},
                    Broken{"too_long", std::string(TomlFile::kMaxBytes + 1, '#'),
                           "a.toml: is 4194305 bytes long; at most 4194304 are read"}),
    [](const auto& row) { return row.param.name; });

TEST(Toml, DotsInStringsAndCommentsAreNoKeys) {
  std::string text = "urls = [";
  for (int i = 0; i < 1000; ++i) text += "\"https://www.example.org/a\\\\.b/\", 'c.d\\', ";
  const Result<TomlFile> file = TomlFile::parse("a.toml", text + "] # " + std::string(1000, '.') + " it's 5\" a. b.");
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(file->root().find("urls")->value.items.size(), 2000U);
}

TEST(Toml, LongLinesAreCutAroundTheCaret) {
  const std::string text = std::string("a = '").append(500, 'x').append("' ! \n");
  const Result<TomlFile> file = TomlFile::parse("a.toml", text);
  ASSERT_FALSE(file);
  EXPECT_LT(file.error().message.size(), 500U);
  EXPECT_NE(file.error().message.find("..."), std::string::npos);
}

TEST(Toml, AMissingFileIsNamed) {
  const Result<TomlFile> file = TomlFile::read("/nonexistent/rules.toml");
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().message, "/nonexistent/rules.toml: cannot be read: No such file or directory");
}

}  // namespace
}  // namespace marrow
