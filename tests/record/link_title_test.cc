#include "record/link_title.h"

#include <gtest/gtest.h>

#include "page/page.h"

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

struct Markup {
  const char *name, *html, *title;
};
void PrintTo(const Markup& m, std::ostream* out) { *out << m.name; }

class TitleInLink : public ::testing::TestWithParam<Markup> {};

TEST_P(TitleInLink, IsWhatItLeadsTo) {
  PageReader reader;
  const Document& d = reader.read_html(GetParam().html, {"https://example.org/page", {}});
  ASSERT_EQ(d.links.size(), 1U);
  EXPECT_EQ(title_in_link(d, d.links[0], RelatedKind::prev), GetParam().title);
}

INSTANTIATE_TEST_SUITE_P(Pages, TitleInLink, ::testing::ValuesIn(std::vector<Markup>{
    {"span", "<p><a href='/why-old-roses-last'><span>Previous post</span> <span>Why old roses last</span></a>", "Why old roses last"},
    {"inside_a_line", "<p>« <a href='/why-old-roses-last'><b>Previous</b> Why old roses last</a> or stay", "Why old roses last"},
    {"blocks", "<a href='/why-old-roses-last'><div>Previous post</div><div>Why old roses last</div></a>", "Why old roses last"},
    {"no_border", "<p><a href='/why-old-roses-last'>Previous post Why old roses last</a>", "Previous post Why old roses last"},
    {"emphasis", "<p><a href='/roses-last'><em>Old roses</em> last for years</a>", "Old roses last for years"},
    {"emphasis_later", "<p><a href='/?p=1'>How <em>old</em> roses last</a>", "How old roses last"},
    {"card", "<a href='/why'><h3>Why old roses last</h3><p>They have been with us for a very long time.</p></a>", "Why old roses last"},
    {"card_without_heading", "<a href='/?p=1'><p>They have been with us for long.</p><p>Older than any house here.</p></a>",
     "They have been with us for long. Older than any house here."},
}), [](const auto& i) { return std::string(i.param.name); });

}  // namespace
}  // namespace marrow
