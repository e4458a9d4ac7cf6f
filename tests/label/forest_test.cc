#include "label/forest.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

namespace marrow {
namespace {

struct Made {
  std::vector<TreeNode> nodes;
  std::vector<Tree> trees;
  std::vector<float> leaves, bias;
};

struct Shape {
  const char* name;
  std::size_t trees, max_nodes, columns, classes, rows;
  int values;  // distinct thresholds and values: few of them meet each other
};

// Trees grown at random: a node's free side becomes the next node, all others leaves.
Made grow(const Shape& shape, std::mt19937& random) {
  Made made;
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  for (std::size_t t = 0; t < shape.trees; ++t) {
    const std::size_t count = below(shape.max_nodes + 1);
    Tree tree{static_cast<std::uint32_t>(made.nodes.size()), static_cast<std::uint32_t>(made.leaves.size()),
              static_cast<std::uint16_t>(count), static_cast<std::uint16_t>(below(shape.classes))};
    std::vector<TreeNode> nodes(count);
    std::vector<std::int16_t*> open;
    for (std::size_t i = 0; i < count; ++i) {
      nodes[i].threshold = static_cast<float>(below(static_cast<std::size_t>(shape.values))) * 0.25F;
      nodes[i].column = static_cast<std::uint16_t>(below(shape.columns));
      if (i > 0) {
        const std::size_t side = below(open.size());
        *open[side] = static_cast<std::int16_t>(i);
        open.erase(open.begin() + static_cast<std::ptrdiff_t>(side));
      }
      open.push_back(&nodes[i].left);
      open.push_back(&nodes[i].right);
    }
    std::int16_t leaf = -1;
    for (std::int16_t* side : open) *side = leaf--;
    made.nodes.insert(made.nodes.end(), nodes.begin(), nodes.end());
    for (std::size_t i = 0; i < count + 1; ++i) made.leaves.push_back(static_cast<float>(random()) / 3e9F - 0.7F);
    made.trees.push_back(tree);
  }
  for (std::size_t c = 0; c < shape.classes; ++c) made.bias.push_back(static_cast<float>(c) * 0.1F);
  return made;
}

class ForestShapes : public testing::TestWithParam<Shape> {};

TEST_P(ForestShapes, GivesTheSumsOfAWalkToTheLastBit) {
  const Shape& shape = GetParam();
  std::mt19937 random(20261123);
  const Made made = grow(shape, random);
  Forest forest;
  forest.build(made.nodes, made.trees, made.leaves, made.bias);
  std::vector<float> rows(shape.rows * shape.columns);
  for (float& value : rows) {
    value = static_cast<float>(random() % static_cast<unsigned>(shape.values)) * 0.25F;
    if (random() % 16 == 0) value = std::nextafter(value, random() % 2 ? 1e9F : -1e9F);
    if (random() % 64 == 0) value = std::numeric_limits<float>::quiet_NaN();
    if (random() % 64 == 0) value = random() % 2 ? -INFINITY : INFINITY;
  }
  std::vector<float> walked, scored(3, 7.0F);
  forest.walk(rows, shape.columns, walked);
  forest.score(rows, shape.columns, scored);
  ASSERT_EQ(walked.size(), shape.rows * shape.classes);
  EXPECT_EQ(walked, scored);
}

INSTANTIATE_TEST_SUITE_P(All, ForestShapes,
                         testing::Values(Shape{"one_block", 50, 30, 40, 1, 32, 20}, Shape{"a_row_more", 50, 30, 40, 1, 33, 20},
                                         Shape{"few_rows", 50, 30, 40, 1, 3, 20}, Shape{"no_rows", 50, 30, 40, 1, 0, 20},
                                         Shape{"classes", 90, 8, 40, 9, 100, 20}, Shape{"wide", 20, 255, 300, 2, 70, 200},
                                         Shape{"bushy", 20, 300, 30, 1, 70, 50}, Shape{"many_cuts", 60, 60, 3, 1, 70, 5000},
                                         Shape{"many_classes", 60, 6, 10, 17, 70, 50}, Shape{"stumps", 300, 1, 9, 3, 65, 6},
                                         Shape{"no_trees", 0, 1, 9, 3, 65, 6}),
                         [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace marrow
