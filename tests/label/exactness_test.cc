// Trees trained by LightGBM give here what they gave there (fixtures/trees, written by scripts/training/exactness.py).
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "label/model.h"

namespace marrow {
namespace {

struct Asked {
  std::vector<std::string> columns;
  std::vector<float> rows;
  std::vector<double> scores;
};

Asked read_asked(const std::string& path) {
  Asked asked;
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  std::istringstream names(line.substr(0, line.find('|')));
  for (std::string name; names >> name;)
    if (name != "#") asked.columns.push_back(name);
  while (std::getline(file, line)) {
    const auto bar = line.find('|');
    std::istringstream values(line.substr(0, bar)), scores(line.substr(bar + 1));
    for (std::string value; values >> value;) asked.rows.push_back(static_cast<float>(std::stod(value)));
    for (std::string score; scores >> score;) asked.scores.push_back(std::stod(score));
  }
  return asked;
}

class TrainersTrees : public ::testing::TestWithParam<const char*> {};

TEST_P(TrainersTrees, ScoreAsTheTrainerSays) {
  const std::string base = std::string(MARROW_SOURCE_DIR) + "/fixtures/trees/" + GetParam();
  std::ifstream file(base + ".model", std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  Result<Model> model = Model::read(bytes.str(), GetParam());
  ASSERT_TRUE(model) << model.error().message;
  const Asked asked = read_asked(base + ".rows");
  ASSERT_TRUE(model->bind(asked.columns));
  ASSERT_EQ(asked.rows.size() / asked.columns.size(), 200U);
  std::vector<float> out;
  model->score(asked.rows, asked.columns.size(), out);
  ASSERT_EQ(out.size(), asked.scores.size());
  // The trainer adds doubles, we floats: sixty of them are off by some units in the last place. A row that took another way
  // through one tree would be off by the difference of two leaves, a thousand times as much.
  for (std::size_t i = 0; i < out.size(); ++i) EXPECT_NEAR(out[i], asked.scores[i], 4e-6) << "row " << i / model->classes();
}

INSTANTIATE_TEST_SUITE_P(Kinds, TrainersTrees, ::testing::Values("soft", "kinds", "stump"), [](const auto& row) { return std::string(row.param); });

}  // namespace
}  // namespace marrow
