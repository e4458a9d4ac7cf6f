#include "label/text.h"

#include <algorithm>

namespace marrow {

TextLabeller::TextLabeller(const RuleSet& rules, const Model* model) : rules_(rules), reader_(model) {
  for (std::size_t i = 0; i < signals_.size(); ++i) signals_[i] = rules.find_signal(kPhraseNames[i]);
  for (std::size_t i = 0; i < furniture_.size(); ++i) furniture_[i] = rules.find_signal(kFurnitureSignals[i]);
}

const Labels& TextLabeller::label(const Document& document, const Matches& matches) {
  phrases_.assign(document.blocks.size(), 0);
  asked_.assign(matches.stride, 0);
  for (const Id signal : signals_)
    if (signal != kNone) asked_[signal / 64] |= std::uint64_t{1} << signal % 64;
  for (const Id signal : furniture_)
    if (signal != kNone) asked_[signal / 64] |= std::uint64_t{1} << signal % 64;
  for (Id block = 0; block < document.blocks.size(); ++block) {
    const std::uint64_t* const row = matches.block_row(block);  // nothing holds for most lines
    bool some = false;
    for (std::size_t i = 0; i < matches.stride; ++i) some |= (row[i] & asked_[i]) != 0;
    if (!some) continue;
    for (std::size_t i = 0; i < signals_.size(); ++i)
      if (matches.block_has(block, signals_[i])) phrases_[block] |= 1U << i;
    for (const Id signal : furniture_)
      if (matches.block_has(block, signal)) phrases_[block] |= kShapeFurniture;
  }
  reader_.label(document, phrases_, labels_);
  const auto is_body = [](const Verdict& v) { return v.label == Label::body; };
  const bool had_body = std::any_of(labels_.blocks.begin(), labels_.blocks.end(), is_body);
  std::vector<Id> took;
  for (Id block = 0; block < document.blocks.size() && block < matches.block_filter.size(); ++block) {
    const Id id = matches.block_filter[block];
    if (id == kNone) continue;
    const Filter& filter = rules_.filter(id);
    Verdict& v = labels_.blocks[block];
    if (is_body(v) && filter.label != FilterLabel::body) took.push_back(id);
    v.label = static_cast<Label>(filter.label);
    v.kind = static_cast<RelatedKind>(filter.kind);
    v.by = Decider::filter;
    v.rule = id;
    v.why = "a filter";
  }
  if (had_body && std::none_of(labels_.blocks.begin(), labels_.blocks.end(), is_body)) {
    std::sort(took.begin(), took.end());
    took.erase(std::unique(took.begin(), took.end()), took.end());
    labels_.emptied_by = std::move(took);
  }
  return labels_;
}

}  // namespace marrow
