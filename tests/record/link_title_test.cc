#include "record/link_title.h"

#include <gtest/gtest.h>

#include "support/document_builder.h"

namespace marrow {
namespace {

struct Case {
  const char *name, *lead, *rest, *url;
  RelatedKind kind;
  bool label;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class LabelBefore : public ::testing::TestWithParam<Case> {};

TEST_P(LabelBefore, IsToldFromTheTitle) {
  EXPECT_EQ(is_label_before(GetParam().lead, GetParam().rest, GetParam().url, GetParam().kind), GetParam().label);
}

INSTANTIATE_TEST_SUITE_P(Texts, LabelBefore, ::testing::ValuesIn(std::vector<Case>{
    {"slug_has_the_title", "Lue myös:", "Uusi silta avattiin eilen", "https://a.org/uusi-silta-avattiin", RelatedKind::related, true},
    {"slug_begins_with_the_lead", "Roses:", "why old ones last", "https://a.org/roses-why-old-ones-last", RelatedKind::next, false},
    {"slug_in_its_own_letters", "Далее", "Как растут розы", "https://a.org/как-растут-розы", RelatedKind::related, true},
    {"number_after", "Next", "Why old roses last", "https://a.org/?p=12", RelatedKind::next, true},
    {"number_beside", "Roses", "Why they last", "https://a.org/?p=12", RelatedKind::related, false},
    {"long_lead", "Here are five of our best", "roses of the year", "https://a.org/roses", RelatedKind::next, false},
    {"one_word_is_no_title", "Next", "page", "https://a.org/p/2", RelatedKind::next, false},
    {"no_lead", "", "Why old roses last", "https://a.org/why-old-roses-last", RelatedKind::next, false},
    {"no_url", "Next", "Why old roses last", "", RelatedKind::related, false},
}), [](const auto& i) { return std::string(i.param.name); });

// <p><a><span>Previous post</span> <span>Why old roses last</span></a></p>
TEST(TitleInLink, IsCutWhereMarkupSetsTheLabelApart) {
  testing::DocumentBuilder b;
  b.open("p");
  b.block("Previous post Why old roses last");
  b.span("a", "Previous post Why old roses last", {{"href", "https://example.org/why-old-roses-last"}});
  b.span("span", "Previous post");
  b.close();
  const Document& d = b.finish();
  ASSERT_EQ(d.links.size(), 1U);
  EXPECT_EQ(title_in_link(d, d.links[0], RelatedKind::prev), "Why old roses last");
}

TEST(TitleInLink, StaysWholeWithoutMarkup) {
  testing::DocumentBuilder b;
  b.open("p");
  b.block("Previous post Why old roses last");
  b.span("a", "Previous post Why old roses last", {{"href", "https://example.org/why-old-roses-last"}});
  b.close();
  const Document& d = b.finish();
  EXPECT_EQ(title_in_link(d, d.links[0], RelatedKind::prev), "Previous post Why old roses last");
}

// A title whose first words are emphasised is no label.
TEST(TitleInLink, EmphasisIsNoLabel) {
  testing::DocumentBuilder b;
  b.open("p");
  b.block("Old roses last for years");
  b.span("a", "Old roses last for years", {{"href", "https://example.org/roses-last"}});
  b.span("em", "Old roses");
  b.close();
  const Document& d = b.finish();
  EXPECT_EQ(title_in_link(d, d.links[0], RelatedKind::related), "Old roses last for years");
}

}  // namespace
}  // namespace marrow
