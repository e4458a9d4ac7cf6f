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

#include "label/text_model.h"
#include "label/text_units.h"
#include "label/verdict.h"
#include "rules/matches.h"
#include "rules/ruleset.h"

namespace marrow {

// From phrases alone: what TextLabeller does before filters. `phrases` has one entry a block (label/text_units.h).
class TextReader {
 public:
  void label(const Document& document, const std::vector<std::uint32_t>& phrases, Labels& labels);

 private:
  void settle(const TextUnit& unit, const TextReading& reading, RelatedKind list_kind, Labels& labels);
  TextUnits units_;
  TextModel model_;
};

class TextLabeller {
 public:
  explicit TextLabeller(const RuleSet& rules);
  const Labels& label(const Document& document, const Matches& matches);

 private:
  const RuleSet& rules_;
  std::array<Id, std::size(kPhraseNames)> signals_{};
  std::array<Id, std::size(kFurnitureSignals)> furniture_{};
  std::vector<std::uint32_t> phrases_;
  TextReader reader_;
  Labels labels_;
};

}  // namespace marrow
