#include "sink/name.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "base/text.h"

namespace marrow {
namespace {

TEST(SafeName, PlainIdsStayAsTheyAre) {
  for (const char* id : {"0001", "a.b", "a-b_c", "Straße", "記事", "a_", "x.html"}) EXPECT_EQ(safe_name(id), id);
}

struct NameRow {
  const char* name;
  std::string id, start;
};

class UnsafeName : public testing::TestWithParam<NameRow> {};

TEST_P(UnsafeName, IsChangedAndHashed) {
  const std::string& id = GetParam().id;
  const std::string name = safe_name(id);
  EXPECT_EQ(name, safe_name(id));
  EXPECT_EQ(name.substr(0, name.size() - 8), GetParam().start + "-");
  EXPECT_EQ(name.find_first_of("/\\:*?\"<>|\n ", 0), name.npos) << name;
  EXPECT_NE(name[0], '.');
  EXPECT_LE(name.size(), kMaxNameBytes);
  EXPECT_TRUE(is_valid_utf8(name));
}

INSTANTIATE_TEST_SUITE_P(
    Table, UnsafeName,
    testing::Values(NameRow{"empty", "", "page"}, NameRow{"dot", ".", "page"}, NameRow{"dots", "..", "page"},
                    NameRow{"up", "../../etc/passwd", "etc_passwd"},
                    NameRow{"root", "/etc/passwd", "etc_passwd"}, NameRow{"hidden", ".bashrc", "bashrc"},
                    NameRow{"url", "https://example.org/a?b=c", "https_example.org_a_b_c"},
                    NameRow{"folder", "a/index", "a_index"}, NameRow{"spaces", "a b", "a_b"},
                    NameRow{"option", "a\nb", "a_b"}, NameRow{"nul", std::string("a\0b", 3), "a_b"},
                    NameRow{"control", "a\x1b[31m", "a_31m"}, NameRow{"trailing_dot", "a.", "a"},
                    NameRow{"device", "NUL", "NUL"}, NameRow{"device_suffix", "com1.x", "com1.x"},
                    NameRow{"bad_utf8", "a\xff" "b", "a_b"},
                    NameRow{"bidi", "a\u202egpj.exe", "a_gpj.exe"},
                    NameRow{"long_ascii", std::string(1000, 'x'), std::string(kMaxNameBytes - kNameHashBytes, 'x')}),
    [](const auto& row) { return row.param.name; });

TEST(SafeName, CutsBetweenCharacters) {
  std::string id;
  for (int i = 0; i < 100; ++i) id += "語";
  EXPECT_TRUE(is_valid_utf8(safe_name(id)));
}

TEST(SafeName, IdsThatLookAlikeGetNamesOfTheirOwn) {
  std::set<std::string> names;
  for (const char* id : {"a/b", "a b", "a:b", "a_b", "a?b", "a//b", "../a/b", "a_b_"}) names.insert(safe_name(id));
  EXPECT_EQ(names.size(), 8U);
}

TEST(NameGiver, RepeatedIdsGetHashes) {
  NameGiver giver;
  std::set<std::string> names;
  EXPECT_EQ(giver.give("a", "http://x/1"), "a");
  for (int i = 0; i < 5; ++i) names.insert(giver.give("a", "http://x/1"));
  names.insert(giver.give("a", "http://x/2"));
  names.insert(giver.give("A", ""));  // one file on some systems
  EXPECT_EQ(names.size(), 7U);
  EXPECT_FALSE(names.contains("a"));
  EXPECT_FALSE(names.contains("A"));
}

TEST(NameGiver, TheUrlNamesWhatHasNoId) {
  NameGiver giver;
  EXPECT_EQ(giver.give("", "http://x/1").substr(0, 9), "http_x_1-");
}

}  // namespace
}  // namespace marrow
