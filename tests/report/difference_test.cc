#include "report/difference.h"

#include <gtest/gtest.h>

#include "report/page_report.h"

namespace marrow {
namespace {

std::vector<Snapshot::Item> items(std::string_view letters) {
  std::vector<Snapshot::Item> out;
  for (char c : letters) {
    Snapshot::Item item;
    item.key = static_cast<std::uint64_t>(static_cast<unsigned char>(c));
    item.text = c;
    item.verdict = "body";
    out.push_back(item);
  }
  return out;
}

struct Row {
  const char* name;
  std::string_view before, after, pairs;  // the letters that are paired, in order
};

class Paired : public testing::TestWithParam<Row> {};

TEST_P(Paired, WhatIsEqualInOrder) {
  const auto before = items(GetParam().before), after = items(GetParam().after);
  std::string got;
  Id a = 0, b = 0;
  for (const auto& [i, k] : paired(before, after)) {
    EXPECT_EQ(before[i].key, after[k].key);
    EXPECT_TRUE(got.empty() || (i > a && k > b)) << "not ascending";
    a = i;
    b = k;
    got += before[i].text;
  }
  EXPECT_EQ(got, GetParam().pairs);
}

INSTANTIATE_TEST_SUITE_P(Rows, Paired,
                         testing::Values(Row{"same", "abc", "abc", "abc"}, Row{"empty", "", "", ""}, Row{"all_new", "", "abc", ""},
                                         Row{"all_gone", "abc", "", ""}, Row{"one_new", "abc", "abxc", "abc"}, Row{"one_gone", "abxc", "abc", "abc"},
                                         Row{"replaced", "axc", "ayc", "ac"}, Row{"moved", "abcdef", "aebcdf", "abcdf"},
                                         Row{"repeats", "aaa", "aa", "aa"}, Row{"repeats_between", "xaybz", "xaaybbz", "xaybz"},
                                         Row{"nothing_alike", "abc", "xyz", ""}, Row{"turned_round", "abc", "cba", "c"}),
                         [](const auto& row) { return row.param.name; });

TEST(Difference, SaysWhatChangedWhatIsNewAndWhatIsGone) {
  Snapshot before, after;
  before.blocks = items("abcd");
  after.blocks = items("abxd");
  after.blocks[1].verdict = "boilerplate";
  after.blocks[1].by = "rule mine.x (mine.toml:1)";
  after.record.quality.words = 3;
  const Difference d = difference(before, after);
  ASSERT_EQ(d.blocks.size(), 3U);
  EXPECT_EQ(d.blocks[0].before, 1U);
  EXPECT_EQ(d.blocks[0].after, 1U);
  EXPECT_EQ(d.blocks[1].before, 2U);
  EXPECT_EQ(d.blocks[1].after, kNone);
  EXPECT_EQ(d.blocks[1].at, 2U);
  EXPECT_EQ(d.blocks[2].before, kNone);
  EXPECT_EQ(d.blocks[2].after, 2U);
  ASSERT_EQ(d.fields.size(), 1U);
  EXPECT_EQ(d.fields[0].name, "words");
  EXPECT_EQ(difference_line(before, after, d), "1 of 4 blocks changed verdict, 1 new, 1 gone; 0 of 0 links changed verdict");
  const std::string text = difference_text(before, after, d);
  EXPECT_NE(text.find("    1  body -> boilerplate  rule mine.x (mine.toml:1)\n       b\n"), std::string::npos) << text;
  EXPECT_NE(text.find("  words       0 -> 3\n"), std::string::npos) << text;
  EXPECT_TRUE(difference(before, before).empty());
  EXPECT_EQ(difference_line(before, before, difference(before, before)), "nothing changed");
}

TEST(Difference, ControlCharactersReachNoTerminal) {
  Snapshot before, after;
  after.blocks = items("a");
  after.blocks[0].text = "\x1b[2Jevil";
  after.record.id = "p\x1b";
  EXPECT_EQ(difference_text(before, after, difference(before, after)).find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace marrow
