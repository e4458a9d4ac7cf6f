// The fast way through a TOML file against toml++.
#include "base/toml_plain.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace marrow {
namespace {

namespace fs = std::filesystem;

std::string shown(const TomlValue& v) {
  std::string out = std::string(name_of(v.type)) + "@" + std::to_string(v.at.line) + ":" + std::to_string(v.at.column) + " '" + v.string + "' " +
                    std::to_string(v.integer) + " " + std::to_string(v.real) + (v.boolean ? " yes" : "");
  for (const TomlValue& item : v.items) out += "\n- " + shown(item);
  for (const TomlMember& member : v.members)
    out += "\n" + member.key + "@" + std::to_string(member.at.line) + ":" + std::to_string(member.at.column) + " = " + shown(member.value);
  return out;
}

struct Row {
  const char* name;
  const char* text;
  bool plain;
};

class PlainToml : public testing::TestWithParam<Row> {};

TEST_P(PlainToml, IsWhatTomlPlusPlusReads) {
  const std::string text = GetParam().text;
  TomlValue root;
  EXPECT_EQ(read_plain_toml(text, &root), GetParam().plain);
  const Result<TomlFile> slow = TomlFile::parse_slowly("a.toml", text), fast = TomlFile::parse("a.toml", text);
  ASSERT_EQ(bool(fast), bool(slow));
  if (!slow) {
    EXPECT_EQ(fast.error().message, slow.error().message);
    EXPECT_FALSE(GetParam().plain) << "a fault was read as plain";
    return;
  }
  EXPECT_EQ(shown(fast->root()), shown(slow->root()));
}

INSTANTIATE_TEST_SUITE_P(
    Rows, PlainToml,
    testing::Values(
        Row{"empty", "", true}, Row{"blank", "\n \t\n# c\n", true}, Row{"no_last_line_end", "a = 1", true},
        Row{"windows", "a = 'x'\r\nb = [\r\n1\r\n]\r\n", true}, Row{"values", "a = 'x'\nb=\"y é\"\nc = -12\nd = 0.25\ne = true\nf = false\n", true},
        Row{"columns", "a = ['é', 'ü', 3] # x\n\tb = 1\n", true}, Row{"arrays", "a = [ 1, [2, 3,], # c\n\n 'x'\n, ]\nb = []\n", true},
        Row{"inline", "a = { b = 1, c = { d = ['x'] } }\ne = {}\n", true},
        Row{"tables", "x = 1\n[[t]]\nk = 1\n[[u]]\n[[t]]\nk = 2\n[v]\nk = 3\n", true},
        Row{"header_behind_blanks", "  [[t]] # c\n  k = 1\n", true}, Row{"empty_string", "a = ''\nb = \"\"\n", true},
        Row{"hash_in_string", "a = '#'\n", true},
        // Left to toml++.
        Row{"escape", "a = \"\\n\"\n", false}, Row{"long_string", "a = '''x\ny'''\n", false}, Row{"long_empty", "a = ''''''\n", false},
        Row{"dotted", "a.b = 1\n", false}, Row{"quoted_key", "'a' = 1\n", false}, Row{"dotted_header", "[a.b]\n", false},
        Row{"blank_header", "[ a ]\n", false}, Row{"date", "a = 2026-11-20\n", false}, Row{"time", "a = 12:30:00\n", false},
        Row{"exponent", "a = 1e3\n", false}, Row{"underscore", "a = 1_000\n", false}, Row{"plus", "a = +1\n", false}, Row{"hex", "a = 0x1F\n", false},
        Row{"infinite", "a = inf\n", false}, Row{"large", "a = 12345678901234567\n", false}, Row{"bom", "\xEF\xBB\xBF" "a = 1\n", false},
        Row{"deep", "a = [[[[[[[[[[[[1]]]]]]]]]]]]\n", false},
        // No TOML.
        Row{"twice", "a = 1\na = 2\n", false}, Row{"table_twice", "[a]\n[a]\n", false}, Row{"table_over_key", "a = 1\n[a]\n", false},
        Row{"list_over_array", "a = [{}]\n[[a]]\n", false}, Row{"list_over_table", "[a]\n[[a]]\n", false}, Row{"table_over_list", "[[a]]\n[a]\n", false},
        Row{"no_value", "a =\n", false}, Row{"no_equals", "a\n", false}, Row{"two_values", "a = 1 2\n", false}, Row{"zero_first", "a = 012\n", false},
        Row{"no_fraction", "a = 1.\n", false}, Row{"open_string", "a = 'x\n", false}, Row{"open_array", "a = [1\n", false},
        Row{"no_comma", "a = [1 2]\n", false}, Row{"two_commas", "a = [1,,2]\n", false}, Row{"inline_last_comma", "a = { b = 1, }\n", false},
        Row{"inline_lines", "a = { b = 1,\n c = 2 }\n", false}, Row{"inline_twice", "a = { b = 1, b = 2 }\n", false}, Row{"bell", "a = 'x\x07'\n", false},
        Row{"bell_in_comment", "# \x07\n", false}, Row{"lone_return", "a = 1\rb = 2\n", false}, Row{"word", "a = truex\n", false},
        Row{"header_tail", "[[a]] b = 1\n", false}, Row{"header_open", "[[a]\n", false}),
    [](const auto& row) { return row.param.name; });

TEST(PlainTomlFiles, AllShippedRulesAndJobsAreReadTheFastWay) {
  std::size_t files = 0;
  for (const char* folder : {"/rules", "/fixtures"}) {
    for (const auto& entry : fs::recursive_directory_iterator(std::string(MARROW_SOURCE_DIR) + folder)) {
      if (entry.path().extension() != ".toml") continue;
      std::ifstream in(entry.path(), std::ios::binary);
      const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
      TomlValue root;
      EXPECT_TRUE(read_plain_toml(text, &root)) << entry.path();
      const Result<TomlFile> slow = TomlFile::parse_slowly("a.toml", text);
      ASSERT_TRUE(slow) << entry.path();
      EXPECT_TRUE(shown(root) == shown(slow->root())) << entry.path();
      ++files;
      // Cut anywhere, both ways say the same.
      for (std::size_t cut = 1; cut < text.size(); cut += text.size() / 4 + 1) {
        const std::string part = text.substr(0, cut);
        const Result<TomlFile> a = TomlFile::parse("a.toml", part), b = TomlFile::parse_slowly("a.toml", part);
        ASSERT_EQ(bool(a), bool(b)) << entry.path() << " " << cut;
        EXPECT_TRUE(a ? shown(a->root()) == shown(b->root()) : a.error().message == b.error().message) << entry.path() << " " << cut;
      }
    }
  }
  EXPECT_GT(files, 40U);
}

}  // namespace
}  // namespace marrow
