// TextLabeller: a plain text (Document of type text, page/lines.h) and its Matches -> Labels.
//
// Phrases of rules/languages and the shape of lines say which lines are titles of related items, which are excerpts of
// other articles, and which are furniture; label/text_model.h reads the sequence as a whole. Every block gets one
// verdict; a related block is the bare title (its marker, number and arrow are boilerplate of their own), the blocks of one
// excerpt are all teaser, its read-more phrase among them. Filters over lines have the last word. Never changes the Document.
// One TextLabeller a thread; the Labels live until the next label().
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "label/text_judge.h"
#include "label/text_units.h"
#include "label/verdict.h"
#include "rules/matches.h"
#include "rules/ruleset.h"

namespace marrow {

// From phrases alone: what TextLabeller does before filters. `phrases` has one entry a block (label/text_units.h).
class TextReader {
 public:
  // Without a model the hand-set reading decides. The model outlives the reader.
  explicit TextReader(const Model* model = nullptr) : judge_(model) {}
  void label(const Document& document, const std::vector<std::uint32_t>& phrases, Labels& labels);
  // Of the last text, for those who train the model: its units, and their rows.
  const std::vector<TextUnit>& units() const { return *units_; }
  std::span<const float> rows() { return judge_.rows(*units_); }
  const std::vector<FeatureInfo>& columns() const { return judge_.features().columns(); }

 private:
  void settle(std::size_t unit, const TextReading& reading, RelatedKind list_kind, bool alone, Labels& labels);
  bool stands_alone(const std::vector<TextReading>& readings, std::size_t unit) const;
  TextUnits unit_reader_;
  const std::vector<TextUnit>* units_ = nullptr;
  TextJudge judge_;
};

class TextLabeller {
 public:
  explicit TextLabeller(const RuleSet& rules, const Model* model = nullptr);
  const Labels& label(const Document& document, const Matches& matches);
  TextReader& reader() { return reader_; }

 private:
  const RuleSet& rules_;
  std::array<Id, std::size(kPhraseNames)> signals_{};
  std::array<Id, std::size(kFurnitureSignals)> furniture_{};
  std::vector<std::uint64_t> asked_;  // all of these signals, as a row of Matches
  std::vector<std::uint32_t> phrases_;
  TextReader reader_;
  Labels labels_;
};

}  // namespace marrow
