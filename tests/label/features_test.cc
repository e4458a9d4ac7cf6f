#include "label/features.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "label/context.h"
#include "label/link_context.h"
#include "label/link_features.h"
#include "label/page_fixture.h"
#include "label/teaser_features.h"

namespace marrow {
namespace {

const char* const kPage =
    "<title>Big news</title><h1>Big news</h1><p>One, two and three went home. They slept.</p><ul><li><a href=/a>A first title</a></li>"
    "<li><a href=/b>A second title</a></li><li><a href=/c>A third title</a></li></ul>";

void expect_sound(const std::vector<FeatureInfo>& columns) {
  std::set<std::string> names;
  for (const FeatureInfo& column : columns) {
    EXPECT_TRUE(names.insert(column.name).second) << column.name << " stands twice";
    EXPECT_FALSE(column.note.empty()) << column.name;
  }
}

TEST(Features, EveryColumnHasItsOwnNameAndAReason) {
  expect_sound(BlockFeatures(builtin_rules()).columns());
  expect_sound(LinkFeatures(builtin_rules()).columns());
  expect_sound(LinkContext(LinkFeatures(builtin_rules())).columns());
  expect_sound(TeaserFeatures(builtin_rules()).columns());
  expect_sound(ContextFeatures().columns());
  expect_sound(KindFeatures().columns());
}

float value(const BlockFeatures& features, std::span<const float> rows, std::size_t row, std::string_view name) {
  for (std::size_t c = 0; c < features.columns().size(); ++c)
    if (features.columns()[c].name == name) return rows[row * features.columns().size() + c];
  ADD_FAILURE() << "no column " << name;
  return NAN;
}

TEST(Features, RowsFitTheirNames) {
  const LabelledPage page(kPage);
  PageFacts facts;
  facts.compute(page.document());
  BlockFeatures features(builtin_rules());
  const std::span<const float> rows = features.compute(facts, page.matches());
  ASSERT_EQ(rows.size(), page.document().blocks.size() * features.columns().size());
  for (const float x : rows) EXPECT_TRUE(std::isfinite(x));
  // Block 0 is the headline, 1 the paragraph, 2 to 4 the list.
  EXPECT_FLOAT_EQ(value(features, rows, 0, "heading_level"), 1);
  EXPECT_FLOAT_EQ(value(features, rows, 0, "is_headline"), 1);
  EXPECT_FLOAT_EQ(value(features, rows, 1, "words"), std::log1p(8.0F));
  EXPECT_FLOAT_EQ(value(features, rows, 1, "sentences"), std::log1p(2.0F));
  EXPECT_FLOAT_EQ(value(features, rows, 1, "commas"), 1.0F / 8);
  EXPECT_FLOAT_EQ(value(features, rows, 2, "link_density"), 1);
  EXPECT_FLOAT_EQ(value(features, rows, 2, "item"), 1);
  EXPECT_FLOAT_EQ(value(features, rows, 2, "item_siblings"), std::log1p(3.0F));
  EXPECT_FLOAT_EQ(value(features, rows, 1, "item"), 0);
  EXPECT_FLOAT_EQ(value(features, rows, 2, "over_headline"), 1);
}

TEST(Features, ATitleOfMoreWordsThanThePageHas) {
  std::string words;
  for (int i = 0; i < 5000; ++i) words += "w" + std::to_string(i) + " ";
  for (const std::string& page : {"<title>" + words, "<meta property=og:title content='" + words + "'><p>w1 and w2 and w4999 stand here."}) {
    const LabelledPage read(page);
    PageFacts facts;
    facts.compute(read.document());
    if (read.document().blocks.empty()) continue;
    EXPECT_FLOAT_EQ(facts.block(0).title_share, 2.0F / 7) << "its first words are looked at, those far behind are not";
  }
}

TEST(Features, ScriptsWithoutSpacesHaveWordsToo) {
  const LabelledPage page("<p>我们今天去图书馆看书，然后回家。</p>");
  PageFacts facts;
  facts.compute(page.document());
  EXPECT_GE(facts.block(0).words, 6);
  EXPECT_LE(facts.block(0).words, 9);
  EXPECT_FLOAT_EQ(facts.block(0).ends, 1);
  EXPECT_FLOAT_EQ(facts.block(0).commas, 1);
  EXPECT_GT(facts.block(0).spaceless, 10);
}

// What the links of a page look like to the second link model, were the first one's answers `p`.
struct LinkTable {
  LabelledPage page;
  PageFacts facts;
  LinkFeatures links{builtin_rules()};
  LinkContext context{links};
  std::span<const float> rows;

  LinkTable(std::string html, const std::vector<float>& p) : page(std::move(html)) {
    facts.compute(page.document());
    body.assign(page.document().blocks.size(), 0.1F);
    judgement.body = body;
    links.compute(facts, page.matches(), judgement);
    EXPECT_EQ(p.size(), page.document().links.size());
    rows = context.compute(facts, links, judgement, p, std::vector<float>(p.size() * kLinkKinds, 1.0F / kLinkKinds));
  }
  float operator()(std::size_t link, std::string_view name) const {
    for (std::size_t c = 0; c < context.columns().size(); ++c)
      if (context.columns()[c].name == name) return rows[link * context.columns().size() + c];
    ADD_FAILURE() << "no column " << name;
    return NAN;
  }

 private:
  std::vector<float> body;
  PageJudgement judgement;
};

TEST(LinkContext, TheLinksOfAListKnowOfEachOther) {
  const LinkTable t("<nav><a href=/x>Home</a></nav><h3>Latest</h3><ul><li><a href=/news/a>A first title</a></li>"
                    "<li><a href=/news/b>A second title</a></li><li><a href=/news/c>A third title</a></li></ul>",
                    {0.1F, 0.9F, 0.8F, 0.1F});
  EXPECT_FLOAT_EQ(t(3, "list_mean"), 0.6F);
  EXPECT_FLOAT_EQ(t(3, "markup_mean"), 0.6F);
  EXPECT_FLOAT_EQ(t(3, "folder_mean"), 0.6F);
  EXPECT_FLOAT_EQ(t(0, "list_mean"), 0.1F) << "the menu is another list";
  EXPECT_FLOAT_EQ(t(3, "p-1"), 0.8F);
  EXPECT_FLOAT_EQ(t(3, "p1"), -1) << "past the end";
  EXPECT_FLOAT_EQ(t(3, "page_targets"), std::log1p(4.0F));
}

TEST(LinkContext, ATargetCountsOnceByItsSurestLink) {
  const LinkTable t("<ul><li><a href=/a><img src=i alt=a></a><a href=/a>A first title</a></li><li><a href=/b>B</a></li></ul>", {0.2F, 0.8F, 0.5F});
  EXPECT_FLOAT_EQ(t(0, "target_most"), 0.8F);
  EXPECT_FLOAT_EQ(t(0, "target_sum"), 1.0F);
  EXPECT_FLOAT_EQ(t(0, "surest"), 0);
  EXPECT_FLOAT_EQ(t(1, "surest"), 1);
  EXPECT_FLOAT_EQ(t(2, "page_mean"), 0.65F);
}

TEST(LinkContext, APageOfNothingButLinksWithoutAddress) {
  const LinkTable t("<a href='javascript:a()'>a</a><a href='mailto:b'>b</a>", {0.5F, 0.5F});
  for (const float x : t.rows) EXPECT_TRUE(std::isfinite(x));
}

TEST(LinkFeatures, AHeadingIsKnownHoweverDeepItsListLies) {
  const LabelledPage page("<div><h3>Popular posts</h3><div><div><ul><li><a href=/a>A first title</a></li></ul></div></div></div><p><a href=/b>B</a></p>");
  PageFacts facts;
  facts.compute(page.document());
  LinkFeatures links(builtin_rules());
  const std::vector<float> body(page.document().blocks.size(), 0.1F);
  PageJudgement judgement;
  judgement.body = body;
  const std::span<const float> rows = links.compute(facts, page.matches(), judgement);
  const auto found = std::find_if(links.columns().begin(), links.columns().end(), [](const FeatureInfo& c) { return c.name == "head_phrase.popular"; });
  ASSERT_NE(found, links.columns().end());
  const std::size_t c = static_cast<std::size_t>(found - links.columns().begin());
  const float of_list = rows[c], of_other = rows[links.columns().size() + c];
  EXPECT_GT(of_list, 0);
  EXPECT_LT(of_other, 0.5F) << "only the page starts with that heading";
}

}  // namespace
}  // namespace marrow
