#include "page/path.h"

#include <gtest/gtest.h>

#include "page/page.h"

namespace marrow {
namespace {

struct Row {
  const char* name;
  const char* html;
  int levels;
  const char* path;  // of the first block's element
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }

class Paths : public ::testing::TestWithParam<Row> {};

TEST_P(Paths, ReadAsPeopleWriteThem) {
  PageReader reader;
  const Document& page = reader.read_html(GetParam().html, {});
  ASSERT_FALSE(page.blocks.empty());
  EXPECT_EQ(path_of(page, page.blocks[0].element, GetParam().levels), GetParam().path);
}

INSTANTIATE_TEST_SUITE_P(
    Page, Paths,
    ::testing::Values(Row{"whole", "<main><p>a", 9, "html > body > main > p"},
                      Row{"cut", "<main><p>a", 2, "... > main > p"},
                      Row{"exactly_fitting", "<main><p>a", 4, "html > body > main > p"},
                      Row{"one_level", "<main><p>a", 1, "... > p"},
                      Row{"no_level", "<main><p>a", 0, "..."},
                      Row{"id_and_classes", "<div id=post class='entry  wide third'>a", 1,
                          "... > div#post.entry"},
                      Row{"classes_alone", "<div class='entry  wide third'>a", 1,
                          "... > div.entry.wide"},
                      Row{"white_space_in_class", "<div class='\n\ta\n'>a", 1, "... > div.a"},
                      Row{"empty_id", "<div id=' ' class=''>a", 1, "... > div"},
                      Row{"long_names_are_cut", "<div class=abcdefghijklmnopqrstuvwxyz0123456789>a",
                          1, "... > div.abcdefghijklmnopqrstuvwx~"},
                      Row{"cut_between_characters",
                          "<meta charset=utf-8><div class=abcdefghijklmnopqrstuvw\xc3\xa9"
                          "z>a",
                          1, "... > div.abcdefghijklmnopqrstuvw~"}),
    [](const auto& param) { return std::string(param.param.name); });

TEST(Path, OfNothingIsNothing) {
  Document page;
  EXPECT_EQ(path_of(page, kNone, 3), "");
}

TEST(Path, OfDeepPagesCostsNoStack) {
  std::string html;
  for (int i = 0; i < 5000; ++i) html += "<div>";
  PageReader reader;
  const Document& page = reader.read_html(html + "a", {});
  ASSERT_FALSE(page.blocks.empty());
  EXPECT_TRUE(path_of(page, page.blocks[0].element, 3).starts_with("... > "));
}

}  // namespace
}  // namespace marrow
