#include "label/tree_reasons.h"

#include <cmath>
#include <limits>

#include "label/judge.h"
#include "label/model_file.h"
#include "label/page_fixture.h"

namespace marrow {
namespace {

// x <= 1 ? (y <= 5 ? 0.25 : 0.5) : -1, and 0.125; columns y, unused, x.
Model two_trees() {
  Result<Model> model = Model::read(ModelFile().bytes(), "test.model");
  EXPECT_TRUE(model);
  const std::vector<std::string> computed = {"y", "unused", "x"};
  EXPECT_TRUE(model->bind(computed));
  return *std::move(model);
}

TEST(TreeReasons, EffectsAreDifferencesOfNodeMeans) {
  const Model model = two_trees();
  const std::vector<float> rows = {5, 0, 1, /**/ 6, 0, 1, /**/ 0, 0, 2, /**/ 0, 0, 2};
  const std::vector<float> weights(4, 1.0F);
  const TreeReasons reasons(model, rows, 3, weights);
  EXPECT_FLOAT_EQ(reasons.mean(), (0.25F + 0.5F - 2) / 4 + 0.125F);
  std::vector<float> effects;
  reasons.effects(std::span(rows).subspan(3, 3), effects);
  // Root -0.3125, behind x <= 1: 0.375, leaf 0.5.
  EXPECT_EQ(effects, (std::vector<float>{0.125F, 0, 0.6875F}));
}

TEST(TreeReasons, TheNearestChangeIsOfOneColumn) {
  const Model model = two_trees();
  const std::vector<float> rows = {5, 0, 1};
  const TreeReasons reasons(model, rows, 3, std::vector<float>{1});
  const std::vector<bool> all(3, true);
  TreeReasons::Change change;
  ASSERT_TRUE(reasons.nearest(rows, 0.5F, true, all, &change));
  EXPECT_EQ(change.column, 0U);
  EXPECT_TRUE(change.above);
  EXPECT_EQ(change.limit, 5);
  EXPECT_EQ(change.score, 0.625F);
  ASSERT_TRUE(reasons.nearest(rows, 0.0F, false, all, &change));
  EXPECT_EQ(change.column, 2U);
  EXPECT_TRUE(change.above);
  EXPECT_EQ(change.limit, 1);
  const std::vector<float> far = {5, 0, 2};
  ASSERT_TRUE(reasons.nearest(far, 0.3F, true, all, &change));
  EXPECT_EQ(change.column, 2U);
  EXPECT_FALSE(change.above);
  EXPECT_EQ(change.limit, 1);
  EXPECT_FALSE(reasons.nearest(far, 0.6F, true, all, &change));  // would take two; nearest comes x <= 1
  EXPECT_EQ(change.column, 2U);
  EXPECT_EQ(change.score, 0.375F);
  EXPECT_FALSE(reasons.nearest(far, -0.9F, false, {true, true, false}, &change));  // nothing changes anything
  EXPECT_EQ(change.distance, TreeReasons::kFar);
  EXPECT_FALSE(reasons.nearest(far, 0.3F, true, {true, true, false}, &change));
}

// The built-in model of links on a page: sums, and the nearest change against trying all there are.
class OnAPage : public testing::Test {
 protected:
  OnAPage()
      : models_(std::move(*Models::load(builtin_rules(), ""))), judge_(builtin_rules(), &models_), page_(
            "<title>The harbour</title><nav><a href=/news>News</a> <a href=/sport>Sport</a></nav><main><h1>The harbour</h1><p>" +
            prose("The harbour") + " <a href=/old-harbour-plan>The old plan</a> was dropped.</p><p>" + prose("A bridge") +
            "</p></main><aside><h3>Related articles</h3><ul><li><a href=/news/a-story-of-the-sea>A story of the sea</a></li>"
            "<li><a href=/news/the-keeper-of-the-light>The keeper of the light</a></li></ul></aside><footer><a href=/about>About</a></footer>") {
    judge_.judge(page_.document(), page_.matches());
  }
  std::span<const float> row(Id link) const { return judge_.link_rows.subspan(link * stride(), stride()); }
  std::size_t stride() const { return judge_.link_features.columns().size(); }

  Models models_;
  Judge judge_;
  LabelledPage page_;
};

TEST_F(OnAPage, MeanAndEffectsAreTheScore) {
  const TreeReasons reasons(*models_.links, judge_.link_rows, stride(), std::vector<float>(page_.document().links.size(), 1.0F));
  std::vector<float> scores, effects;
  models_.links->score(judge_.link_rows, stride(), scores);
  ASSERT_GT(scores.size(), 4U);
  for (Id l = 0; l < scores.size(); ++l) {
    reasons.effects(row(l), effects);
    float sum = reasons.mean();
    for (const float effect : effects) sum += effect;
    EXPECT_NEAR(sum, scores[l], 1e-3);
    EXPECT_NEAR(reasons.score(row(l)), scores[l], 1e-4);
  }
}

TEST_F(OnAPage, TheNearestChangeIsTheNearestOfAll) {
  const TreeReasons reasons(*models_.links, judge_.link_rows, stride(), std::vector<float>(page_.document().links.size(), 1.0F));
  const std::vector<bool> all(stride(), true);
  std::vector<std::vector<float>> points(stride());
  for (std::size_t t = 0; t < models_.links->tree_count(); ++t)
    for (std::size_t i = 0; i < models_.links->split_count(t); ++i)
      points[models_.links->split(t, i).column].push_back(models_.links->split(t, i).threshold);
  for (const Id l : {Id{0}, static_cast<Id>(page_.document().links.size() - 2)}) {
    const float score = reasons.score(row(l));
    const float cut = score + (score > 0 ? -0.75F : 0.75F);  // near enough that some single change reaches it
    const bool reach = score < cut;
    float nearest = 2;
    for (std::uint32_t c = 0; c < stride(); ++c) {
      std::vector<float>& list = points[c];
      std::sort(list.begin(), list.end());
      list.erase(std::unique(list.begin(), list.end()), list.end());
      std::vector<float> changed(row(l).begin(), row(l).end());
      for (std::size_t i = 0; i < list.size(); ++i) {
        for (const float value : {list[i], std::nextafter(list[i], 1e9F)}) {
          changed[c] = value;
          if ((reasons.score(changed) >= cut) != reach) continue;
          const float here = row(l)[c];
          std::size_t between = 0;
          for (const float point : list) between += value > here ? point >= here && point < value : point >= value && point < here;
          nearest = std::min(nearest, static_cast<float>(between) / static_cast<float>(list.size()));
        }
      }
    }
    TreeReasons::Change change;
    const bool found = reasons.nearest(row(l), cut, reach, all, &change);
    EXPECT_EQ(found, nearest <= 1);
    if (!found) continue;
    EXPECT_FLOAT_EQ(change.distance, nearest);
    std::vector<float> changed(row(l).begin(), row(l).end());
    changed[change.column] = change.above ? std::nextafter(change.limit, 1e9F) : change.limit;
    EXPECT_NEAR(reasons.score(changed), change.score, 1e-3);
    EXPECT_EQ(change.score >= cut, reach);
  }
}

}  // namespace
}  // namespace marrow
