#include "label/features.h"

#include <cmath>
#include <set>

#include "label/context.h"
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

}  // namespace
}  // namespace marrow
