// What the label tests share: a page written as HTML, read, matched by the built-in rules and labelled.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "label/label.h"
#include "label/models.h"
#include "page/page.h"
#include "rules/matches.h"
#include "rules/ruleset.h"

namespace marrow {

inline const RuleSet& builtin_rules() {
  static const RuleSet* rules = [] {
    Result<RuleSet> loaded = RuleSet::load({});
    if (!loaded) ADD_FAILURE() << loaded.error().message;
    return new RuleSet(std::move(*loaded));
  }();
  return *rules;
}

class LabelledPage {
 public:
  explicit LabelledPage(std::string html, const RuleSet& rules = builtin_rules(), const Models* models = nullptr)
      : html_(std::move(html)), matcher_(rules), labeller_(rules, models) {
    document_ = &reader_.read_html(html_, {.url = "https://example.org/news/a-long-story", .charset = "utf-8"});
    matches_ = &matcher_.match(*document_);
    labels_ = &labeller_.label(*document_, *matches_);
  }
  const Document& document() const { return *document_; }
  const Matches& matches() const { return *matches_; }
  const Labels& labels() const { return *labels_; }
  std::string body() const {
    std::string text;
    for (Id b = 0; b < document_->blocks.size(); ++b)
      if (labels_->blocks[b].label == Label::body) text += std::string(document_->blocks[b].text) + "\n";
    return text;
  }
  const Verdict* verdict_of(std::string_view text) const {
    for (Id b = 0; b < document_->blocks.size(); ++b)
      if (document_->blocks[b].text.find(text) != std::string_view::npos) return &labels_->blocks[b];
    return nullptr;
  }

 private:
  std::string html_;
  PageReader reader_;
  Matcher matcher_;
  Labeller labeller_;
  const Document* document_;
  const Matches* matches_;
  const Labels* labels_;
};

inline std::string prose(std::string_view seed) {
  return std::string(seed) + " was discussed at length by the council, which met in the old hall on Tuesday, and the members "
                             "agreed that the matter should be looked at again before the end of the year.";
}

}  // namespace marrow
