#include "label/body.h"

#include "label/page_fixture.h"

namespace marrow {
namespace {

TEST(Body, CutsWhereTheF1ToExpectIsHighest) {
  const LabelledPage page("<p>a b c d e f g h i j</p><p>k l m n o p q r s t</p><p>u v w x y z 1 2 3 4</p>");
  PageFacts facts;
  facts.compute(page.document());
  ASSERT_EQ(page.document().blocks.size(), 3U);
  // Sure, doubtful, surely not: taking the doubtful one pays at 0.5 and not at 0.25.
  EXPECT_LE(best_cut(facts, std::vector<float>{0.95F, 0.5F, 0.02F}), 0.5F);
  EXPECT_GT(best_cut(facts, std::vector<float>{0.95F, 0.25F, 0.02F}), 0.25F);
  EXPECT_NEAR(expected_f1(facts, std::vector<float>{1, 0, 0}, 0.5F), 1.0F, 1e-6F);
  EXPECT_NEAR(expected_f1(facts, std::vector<float>{0, 0, 0}, 0.5F), 0.0F, 1e-6F);
}

}  // namespace
}  // namespace marrow
