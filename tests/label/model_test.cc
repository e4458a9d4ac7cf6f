#include "label/model.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "label/model_file.h"

namespace marrow {
namespace {

TEST(Model, ScoresAsItsTreesSay) {
  Result<Model> model = Model::read(ModelFile().bytes(), "test.model");
  ASSERT_TRUE(model) << model.error().message;
  const std::vector<std::string> computed = {"y", "unused", "x"};
  ASSERT_TRUE(model->bind(computed));
  const std::vector<float> rows = {5, 0, 1,  /**/ 6, 0, 1, /**/ 0, 0, 1.5F};
  std::vector<float> out;
  model->score(rows, 3, out);
  EXPECT_EQ(out, (std::vector<float>{0.375F, 0.625F, -0.875F}));
  EXPECT_DOUBLE_EQ(model->number("cut", 0), 0.4);
  EXPECT_DOUBLE_EQ(model->number("other", 7), 7);
}

TEST(Model, NamesAColumnThatNobodyComputes) {
  Result<Model> model = Model::read(ModelFile().bytes(), "test.model");
  ASSERT_TRUE(model);
  const std::vector<std::string> computed = {"x"};
  const Status status = model->bind(computed);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().message,
            "the model wants the column \"y\", which this program does not compute: train it anew (scripts/train)");
}

struct Damage {
  const char* name;
  void (*harm)(ModelFile&);
  const char* message;
};

class DamagedModel : public testing::TestWithParam<Damage> {};

TEST_P(DamagedModel, IsRefused) {
  ModelFile file;
  GetParam().harm(file);
  const Result<Model> model = Model::read(file.bytes(), "test.model");
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().message, std::string("test.model: not a model file of this version: ") + GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(
    All, DamagedModel,
    testing::Values(
        Damage{"magic", [](ModelFile& f) { f.magic = "marrow-model 2\n"; }, "it does not start with \"marrow-model 1\""},
        Damage{"size", [](ModelFile& f) { f.leaves.pop_back(); }, "its size does not fit its head"},
        Damage{"cycle", [](ModelFile& f) { f.left[1] = 0; }, "tree 0 is not a tree"},
        Damage{"child_outside", [](ModelFile& f) { f.right[0] = 2; }, "tree 0 is not a tree"},
        Damage{"leaf_outside", [](ModelFile& f) { f.right[0] = -4; }, "tree 0 is not a tree"},
        Damage{"column_outside", [](ModelFile& f) { f.columns[1] = 2; }, "tree 0 asks for a column there is not"},
        Damage{"class_outside", [](ModelFile& f) { f.classes[1] = 1; }, "tree 1 points outside"},
        Damage{"node_outside", [](ModelFile& f) { f.first_node[1] = 3; }, "tree 1 points outside"},
        Damage{"number", [](ModelFile& f) { f.head += "number cut x\n"; }, "line \"number cut x\""}),
    [](const auto& row) { return row.param.name; });

TEST(Model, RefusesAWrongChecksumAndACutFile) {
  std::string bytes = ModelFile().bytes();
  bytes.back() = static_cast<char>(bytes.back() ^ 1);
  const Result<Model> wrong = Model::read(bytes, "m");
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().message, "m: not a model file of this version: its checksum is wrong");
  const Result<Model> cut = Model::read(std::string_view(bytes).substr(0, 40), "m");
  ASSERT_FALSE(cut);
  EXPECT_EQ(cut.error().message, "m: not a model file of this version: its head does not end");
}

}  // namespace
}  // namespace marrow
