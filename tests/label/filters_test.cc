// What filters decide of links, on pages and rules of a few lines.
#include "label/page_fixture.h"
#include "support/program.h"

namespace marrow {
namespace {

const Verdict& link_verdict(const LabelledPage& page, std::string_view text) {
  static const Verdict none;
  for (Id l = 0; l < page.document().links.size(); ++l)
    if (page.document().links[l].text == text) return page.labels().links[l];
  ADD_FAILURE() << "no link " << text;
  return none;
}

TEST(Filters, ARelatedBlockTakesItsLinksAlongUnlessTheyHaveAFilterOfTheirOwn) {
  const test::TempDir dir;
  const std::string file = dir.write(
      "a.toml",
      "[[filter]]\nid = 'prev'\nlabel = 'related'\nkind = 'prev'\nwhere = { text = '^Previous' }\n"
      "[[filter]]\nid = 'promo'\nlabel = 'boilerplate'\nwhere = { text = '^Buy' }\n"
      "[[filter]]\nid = 'tag'\non = 'link'\nlabel = 'navigation'\nwhere = { href = '/tag/' }\n");
  const Result<RuleSet> rules = RuleSet::load({.builtin = true, .dirs = {file}});
  ASSERT_TRUE(rules) << rules.error().message;
  const LabelledPage page(
      "<p>" + prose("The harbour") +
          "</p><p>Previous: <a href=/a>The older one</a> in <a href=/tag/x>Boats</a></p>"
          "<p>Buy <a href=/b>our book</a> now</p>",
      *rules);
  EXPECT_EQ(link_verdict(page, "The older one").label, Label::related);
  EXPECT_EQ(link_verdict(page, "The older one").kind, RelatedKind::prev);
  EXPECT_EQ(link_verdict(page, "The older one").rule, page.matches().block_filter[1]);
  EXPECT_EQ(link_verdict(page, "Boats").label, Label::navigation);
  EXPECT_EQ(link_verdict(page, "our book").label, Label::boilerplate);
  EXPECT_EQ(link_verdict(page, "our book").rule, page.matches().block_filter[2]);
}

struct Carried {
  const char* name;
  const char* rule;     // over the block "Look at this harbour map for more" and its link "harbour map"
  Label link;
  bool by_filter;
};

class CarriedVerdicts : public testing::TestWithParam<Carried> {};

TEST_P(CarriedVerdicts, OfABlockReachItsLinks) {
  const test::TempDir dir;
  const std::string file = dir.write("a.toml", GetParam().rule);
  const Result<RuleSet> rules = RuleSet::load({.builtin = true, .dirs = {file}});
  ASSERT_TRUE(rules) << rules.error().message;
  const LabelledPage page("<main><p>" + prose("The harbour") + "</p><p class=look>Look at this <a href=/map>harbour map</a> for more</p><p>" + prose("A bridge") +
                              "</p></main><footer><p class=foot>Look at <a href=/terms>terms</a></p></footer>",
                          *rules);
  EXPECT_EQ(link_verdict(page, "harbour map").label, GetParam().link);
  EXPECT_EQ(link_verdict(page, "harbour map").by == Decider::filter, GetParam().by_filter);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, CarriedVerdicts,
    testing::Values(
        Carried{"related", "[[filter]]\nid='f'\nlabel='related'\nwhere={class='look'}\n", Label::related, true},
        Carried{"boilerplate", "[[filter]]\nid='f'\nlabel='boilerplate'\nwhere={class='look'}\n", Label::boilerplate, true},
        Carried{"teaser", "[[filter]]\nid='f'\nlabel='teaser'\nwhere={class='look'}\n", Label::teaser, true},
        Carried{"body", "[[filter]]\nid='f'\nlabel='body'\nwhere={class='look'}\n", Label::inline_link, false},
        Carried{"link_first", "[[filter]]\nid='f'\nlabel='boilerplate'\nwhere={class='look'}\n[[filter]]\nid='g'\non='link'\nlabel='related'\nwhere={href='/map'}\n", Label::related, true},
        Carried{"container", "[[filter]]\nid='f'\non='container'\nlabel='boilerplate'\npath='.look'\n", Label::boilerplate, true},
        Carried{"outside_the_body", "[[filter]]\nid='f'\non='container'\nlabel='body'\npath='footer'\n", Label::boilerplate, true}),
    [](const auto& row) { return row.param.name; });

TEST(Filters, ABlockThatARuleMakesBodyHasInlineLinks) {
  const test::TempDir dir;
  const std::string file = dir.write("a.toml", "[[filter]]\nid='f'\nlabel='body'\nwhere={class='foot'}\n");
  const Result<RuleSet> rules = RuleSet::load({.builtin = true, .dirs = {file}});
  ASSERT_TRUE(rules) << rules.error().message;
  const LabelledPage page("<main><p>" + prose("The harbour") + "</p></main><footer><nav><ul><li class=foot><a href=/terms>Terms</a></li></ul></nav></footer>", *rules);
  EXPECT_EQ(link_verdict(page, "Terms").label, Label::inline_link);
}

}  // namespace
}  // namespace marrow
