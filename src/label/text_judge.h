// TextJudge: what the model text_units and the hand-set reading together say of each unit of a plain text.
//
// The model gives each unit the probabilities of being body, title, teaser or other furniture, from its row (label/text_features.h);
// a Viterbi pass over them finds the likeliest sequence, with small costs for what hardly follows each other. The hand-set reading is part of
// the row, and is what remains where there is no model. One thread; the readings live until the next read().
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "label/model.h"
#include "label/text_features.h"
#include "label/text_model.h"
#include "label/text_units.h"

namespace marrow {

class TextJudge {
 public:
  static constexpr std::size_t kRoles = 4;  // classes of the model, in the order of TextRole
  explicit TextJudge(const Model* model) : model_(model) {}

  const std::vector<TextReading>& read(const std::vector<TextUnit>& units);
  // Of the last text: the hand-set points, what the model gave (empty without one), the rows it was asked with.
  const std::vector<UnitScores>& scores() const { return hand_.scores(); }
  bool has_model() const { return model_ != nullptr; }
  float probability(std::size_t unit) const { return sure_[unit]; }  // of the role chosen
  const TextFeatures& features() const { return features_; }
  std::span<const float> rows(const std::vector<TextUnit>& units);  // of all units

 private:
  void ask(const std::vector<TextUnit>& units);
  void decode(std::size_t count);
  void find_parts();

  const Model* model_;
  TextModel hand_;
  TextFeatures features_;
  std::vector<TextReading> by_hand_, readings_;
  std::vector<float> raw_, some_, sure_;
  std::vector<std::uint32_t> asked_;
  std::vector<std::array<std::int8_t, kRoles>> from_;
};

}  // namespace marrow
