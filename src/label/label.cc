#include "label/label.h"

#include "label/body.h"
#include "label/judge.h"
#include "label/passes.h"
#include "label/text.h"

namespace marrow {

struct Labeller::State {
  State(const RuleSet& rule_set, const Models* trained) : rules(rule_set), models(trained), judge(rule_set, trained), text(rule_set) {}
  const RuleSet& rules;
  const Models* models;
  Judge judge;
  TextLabeller text;
  Labels labels;
};

Labeller::Labeller(const RuleSet& rules, const Models* models) : state_(std::make_unique<State>(rules, models)) {}
Labeller::~Labeller() = default;
Labeller::Labeller(Labeller&&) noexcept = default;

const Labels& Labeller::label(const Document& document, const Matches& matches) {
  State& s = *state_;
  if (document.type == ContentType::text) return s.text.label(document, matches);
  Labels& labels = s.labels;
  labels = {};
  labels.blocks.assign(document.blocks.size(), {});
  labels.links.assign(document.links.size(), {});
  s.judge.judge(document, matches);
  decide_kind(s.judge, labels);
  decide_body(s.judge, labels);
  drop_headline(s.judge, labels);
  drop_repeated_text(s.judge, labels);
  decide_links(s.judge, s.models, s.rules, matches, labels);
  decide_teasers(s.judge, s.models, labels);
  apply_filters(document, s.rules, matches, labels);
  // From here no verdict changes.
  return labels;
}

}  // namespace marrow
