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
  EXPECT_NE(link_verdict(page, "our book").by, Decider::filter);
}

}  // namespace
}  // namespace marrow
