#include "label/explain.h"

#include <cmath>

#include "label/body.h"
#include "label/page_fixture.h"
#include "support/program.h"

namespace marrow {
namespace {

const Models& builtin_models() {
  static const Models* models = new Models(std::move(*Models::load(builtin_rules(), "")));
  return *models;
}

const std::string kPage =
    "<title>The harbour</title><nav><a href=/news>News</a> <a href=#top>Top</a></nav><main><h1>The harbour</h1><p>" + prose("The harbour") +
    " <a href=/old-harbour-plan>The old plan</a> was dropped.</p><p>" + prose("A bridge") + "</p><p>Short line</p><p>" + prose("A ferry") +
    "</p></main><aside><h3>Related articles</h3><ul><li><a href=/news/a-story-of-the-sea>A story of the sea and its people</a></li>"
    "<li><a href=/news/the-keeper-of-the-light>The keeper of the light tells his story</a></li></ul></aside>"
    "<footer><p>All rights reserved by the owners of this site</p></footer>";

TEST(Explainer, SaysOfEachBlockAndLinkWhatTheModelSaid) {
  const LabelledPage page(kPage, builtin_rules(), &builtin_models());
  Explainer explainer(builtin_rules(), &builtin_models());
  const Explanations& why = explainer.explain(page.document(), page.matches(), page.labels());
  ASSERT_EQ(why.blocks.size(), page.document().blocks.size());
  ASSERT_EQ(why.links.size(), page.document().links.size());
  std::size_t flips = 0;
  for (Id b = 0; b < why.blocks.size(); ++b) {
    const Explanation& e = why.blocks[b];
    const Verdict& v = page.labels().blocks[b];
    ASSERT_NE(e.asked, "") << b;
    EXPECT_FALSE(e.reasons.empty()) << b;
    EXPECT_LE(e.reasons.size(), 2 * Explanation::kReasons);
    for (std::size_t i = 1; i < e.reasons.size(); ++i)
      EXPECT_TRUE(e.reasons[i].model != e.reasons[i - 1].model || std::abs(e.reasons[i].effect) <= std::abs(e.reasons[i - 1].effect));
    if (v.by != Decider::model) continue;
    EXPECT_TRUE(e.asked != "body" || (e.probability >= e.cut) == (v.label == Label::body)) << page.document().blocks[b].text;
    if (!e.flip) continue;
    flips += e.flip->enough;
    EXPECT_NE(e.flip->becomes.label, v.label);
    EXPECT_EQ((e.flip->probability >= e.cut) != (e.probability >= e.cut), e.flip->enough) << page.document().blocks[b].text;
    EXPECT_EQ(e.flip->above, e.flip->value <= e.flip->limit);
  }
  EXPECT_GT(flips, 0U);
}

TEST(Explainer, ALinkThatLeadsToThePageItselfIsBarred) {
  const LabelledPage page(kPage, builtin_rules(), &builtin_models());
  Explainer explainer(builtin_rules(), &builtin_models());
  const Explanations& why = explainer.explain(page.document(), page.matches(), page.labels());
  ASSERT_EQ(page.document().links[1].text, "Top");
  EXPECT_EQ(why.links[1].barred, "leads to the page itself");
  EXPECT_FALSE(why.links[1].flip);
  EXPECT_EQ(why.links[0].barred, "");
}

// The change that is said to flip a verdict, made on the rows and asked of the models again.
TEST(Explainer, FlipsAreExact) {
  const LabelledPage page(kPage, builtin_rules(), &builtin_models());
  Explainer explainer(builtin_rules(), &builtin_models());
  const Explanations& why = explainer.explain(page.document(), page.matches(), page.labels());
  Judge judge(builtin_rules(), &builtin_models());
  judge.judge(page.document(), page.matches());
  const auto changed = [](std::span<const float> rows, const std::vector<FeatureInfo>& columns, Id i, const Flip& flip) {
    std::vector<float> row(rows.begin() + static_cast<std::ptrdiff_t>(i * columns.size()),
                           rows.begin() + static_cast<std::ptrdiff_t>((i + 1) * columns.size()));
    for (std::size_t c = 0; c < columns.size(); ++c)
      if (columns[c].name == flip.column->name) row[c] = flip.above ? std::nextafter(flip.limit, 1e9F) : flip.limit;
    return row;
  };
  std::vector<float> out;
  std::size_t checked = 0;
  for (Id l = 0; l < why.links.size(); ++l) {
    const Explanation& e = why.links[l];
    if (!e.flip) continue;
    std::vector<float> row;
    if (e.flip->model == "links") {
      builtin_models().links->score(changed(judge.link_rows, judge.link_features.columns(), l, *e.flip), judge.link_features.columns().size(), out);
      std::vector<float> related(judge.first_related);
      related[l] = sigmoid(out[0]);
      judge.link_context.compute_one(judge.facts, judge.link_features, judge.judgement, related, judge.first_kinds, l, row);
    } else {
      row = changed(judge.link_context_rows, judge.link_context.columns(), l, *e.flip);
    }
    builtin_models().link_context->score(row, judge.link_context.columns().size(), out);
    EXPECT_NEAR(sigmoid(out[0]), e.flip->probability, 1e-3);
    ++checked;
  }
  for (Id b = 0; b < why.blocks.size(); ++b) {
    const Explanation& e = why.blocks[b];
    if (!e.flip || e.asked != "body") continue;
    std::vector<float> row;
    if (e.flip->model == "blocks") {
      builtin_models().blocks->score(changed(judge.block_rows, judge.block_features.columns(), b, *e.flip), judge.block_features.columns().size(), out);
      std::vector<float> body(judge.first_body);
      body[b] = sigmoid(out[0]);
      judge.context_features.compute_one(judge.facts, body, judge.kind, b, row);
    } else {
      row = changed(judge.context_rows, judge.context_features.columns(), b, *e.flip);
    }
    builtin_models().context->score(row, judge.context_features.columns().size(), out);
    EXPECT_NEAR(sigmoid(out[0]), e.flip->probability, 1e-3);
    ++checked;
  }
  EXPECT_GT(checked, 8U);
}

TEST(Explainer, ARuleLeftOutGivesTheNextRuleOrTheModel) {
  const test::TempDir dir;
  const std::string file = dir.write("a.toml",
                                     "[[filter]]\nid = 'first'\npriority = 1\nlabel = 'boilerplate'\nwhere = { text = 'A bridge' }\n"
                                     "[[filter]]\nid = 'second'\nlabel = 'teaser'\nwhere = { text = 'A bridge' }\n"
                                     "[[filter]]\nid = 'box'\non = 'container'\nlabel = 'boilerplate'\npath = 'aside'\n"
                                     "[[filter]]\nid = 'sure'\nlabel = 'body'\nwhere = { text = 'A ferry' }\n");
  const Result<RuleSet> rules = RuleSet::load({.builtin = true, .dirs = {file}});
  ASSERT_TRUE(rules) << rules.error().message;
  const Result<Models> models = Models::load(*rules, "");
  ASSERT_TRUE(models);
  const LabelledPage page(kPage, *rules, &*models);
  Explainer explainer(*rules, &*models);
  const Explanations& why = explainer.explain(page.document(), page.matches(), page.labels());
  const auto of = [&](std::string_view text) -> const Explanation& {
    for (Id b = 0; b < page.document().blocks.size(); ++b)
      if (page.document().blocks[b].text.starts_with(text)) return why.blocks[b];
    ADD_FAILURE() << text;
    return why.blocks[0];
  };
  ASSERT_TRUE(of("A bridge").flip);
  EXPECT_EQ(rules->filter(of("A bridge").flip->without_rule).id, "first");
  EXPECT_EQ(of("A bridge").flip->becomes.label, Label::teaser);
  EXPECT_EQ(rules->filter(of("A bridge").flip->becomes.rule).id, "second");
  EXPECT_FALSE(of("A ferry").flip);  // body with the rule and without it
  ASSERT_TRUE(why.links.back().flip);
  EXPECT_EQ(rules->filter(why.links.back().flip->without_rule).id, "box");
  EXPECT_EQ(why.links.back().flip->becomes.label, Label::related);
  EXPECT_EQ(why.links.back().flip->becomes.by, Decider::model);
}

TEST(Explainer, WithoutModelsThereAreNoReasonsAndNothingToAsk) {
  const LabelledPage page(kPage);
  Explainer explainer(builtin_rules(), nullptr);
  const Explanations& why = explainer.explain(page.document(), page.matches(), page.labels());
  ASSERT_EQ(why.blocks.size(), page.document().blocks.size());
  for (const Explanation& e : why.blocks) {
    EXPECT_TRUE(e.reasons.empty());
    EXPECT_FALSE(e.flip);
  }
  const LabelledPage empty("");
  EXPECT_TRUE(explainer.explain(empty.document(), empty.matches(), empty.labels()).blocks.empty());
}

}  // namespace
}  // namespace marrow
