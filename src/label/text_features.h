// TextFeatures: units of a plain text, with what the hand-set reading says of them -> one row of numbers a unit, the columns of
// the model text_units (label/text_judge.h). Shape, place, neighbours and kinds of phrases: no word of any language is a column, so that what
// was learnt on one language holds for the others. `marrow features --what texts` dumps exactly these rows.
// Rows are row-major floats, valid until the next rows(). No allocation in the steady state; one thread.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "label/columns.h"
#include "label/text_model.h"
#include "label/text_units.h"

namespace marrow {

class TextFeatures {
 public:
  TextFeatures();
  const std::vector<FeatureInfo>& columns() const { return columns_; }
  // Looks at a whole text: the three vectors outlive the rows asked for.
  void prepare(const std::vector<TextUnit>& units, const std::vector<UnitScores>& scores, const std::vector<TextReading>& readings);
  // One row for each of these units of it.
  std::span<const float> rows(std::span<const std::uint32_t> units);

 private:
  // What neighbours are told by, and what is known of the text on both sides of a unit.
  struct Place {
    float capitals = 0, upper = 0, digits = 0;  // shares: of words with a capital, of letters in capitals, of characters that are digits
    float label_words = 0;                      // words before an early colon
    bool paragraph = false, title_like = false, cut = false, speech = false, furniture = false, heading = false, read_more = false, marked = false;
    std::uint32_t signature = 0;                // ending, opening, number, list mark, read-more phrase
    std::uint32_t paragraphs_before = 0, since_paragraph = 0, until_paragraph = 0;
    std::uint32_t words_before = 0;             // of paragraphs
    std::uint32_t since_heading = 0, heading_kind = 0;  // lines since a heading in known words, with no paragraph between; its phrases
    std::uint32_t since_marked = 0;
    std::uint32_t run_back = 0, run_on = 0;     // units without a paragraph between, on both sides
    std::uint32_t leaks_before = 0;             // marked or cut units before it
  };
  template <typename Out>
  void row(Out& out, std::size_t i) const;
  template <typename Out>
  void neighbour(Out& out, std::size_t i, int step) const;
  void place(const std::vector<TextUnit>& units);

  std::vector<FeatureInfo> columns_;
  std::vector<Place> places_;
  std::vector<float> rows_;
  const std::vector<TextUnit>* units_ = nullptr;
  const std::vector<UnitScores>* scores_ = nullptr;
  const std::vector<TextReading>* readings_ = nullptr;
  std::uint32_t paragraphs_ = 0, paragraph_words_ = 0, cuts_ = 0, titles_ = 0, marked_ = 0;
};

}  // namespace marrow
