// decode_text: units of a plain text -> what each one is, the best reading of the whole sequence.
//
// A text is read as   leak before the article*  article  (leak inside  article)*  leak behind the article*   where any part may
// be missing. Each unit gets points for being body, title of a related item, teaser or other furniture from its own shape and
// phrases (score_unit); going from one part to another costs points; a Viterbi pass finds the reading with the most points.
// So a list that looks like a list of links stays body where the article goes on behind it, and the same list behind the last
// paragraph is a leak. No allocation in the steady state; one thread.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "label/text_units.h"

namespace marrow {

enum class TextPart : std::uint8_t { before, inside, behind };  // of the article; body units have `inside`
enum class TextRole : std::uint8_t { body, title, teaser, other };

struct TextReading {
  TextRole role = TextRole::body;
  TextPart part = TextPart::inside;
};

struct UnitScores {
  float body = 0, title = 0, teaser = 0, other = 0;
  bool marked = false;   // shows by itself that it is a related title or a cut excerpt
  bool marker = false;   // by a marker or arrow of its own
  bool heading = false;  // heads a list of other items
  float opens = 0;       // how well a list of other items may begin behind it: 0 = not at all, 1 = a heading
};

class TextModel {
 public:
  // One reading a unit; `margin` = points by which the best reading beats "all of it is body".
  const std::vector<TextReading>& decode(const std::vector<TextUnit>& units);
  const std::vector<UnitScores>& scores() const { return scores_; }
  float margin() const { return margin_; }

 private:
  static constexpr int kStates = 10;
  void drop_body_without_sentence(const std::vector<TextUnit>& units);
  void score(const std::vector<TextUnit>& units);

  std::vector<UnitScores> scores_;
  std::vector<std::array<std::int8_t, kStates>> from_;
  std::vector<TextReading> readings_;
  float margin_ = 0;
};

}  // namespace marrow
