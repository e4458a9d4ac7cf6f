#include "label/label.h"

#include "label/body.h"
#include "label/judge.h"
#include "label/passes.h"
#include "label/text.h"

namespace marrow {

struct Labeller::State {
  State(const RuleSet& rule_set, const Models* trained) : rules(rule_set), models(trained), judge(rule_set, trained), text(rule_set, trained && trained->texts ? &*trained->texts : nullptr) {}
  const RuleSet& rules;
  const Models* models;
  Judge judge;
  TextLabeller text;
  Labels labels;
  bool judged = false;  // the last page was none of plain text
};

void decide_before_filters(const Judge& judge, const Models* models, const RuleSet& rules, const Matches& matches, Labels& labels) {
  const Document& document = judge.facts.document();
  labels = {};
  labels.blocks.assign(document.blocks.size(), {});
  labels.links.assign(document.links.size(), {});
  decide_kind(judge, labels);
  decide_body(judge, labels);
  keep_paragraphs(judge, labels);
  drop_headline(judge, labels);
  drop_repeated_text(judge, labels);
  decide_links(judge, models, rules, matches, labels);
  keep_linked_prose(judge, labels);
  drop_link_blocks(document, labels);
  decide_teasers(judge, models, labels);
  if (!is_index(labels.kind)) drop_announcements(document, labels);
}

Labeller::Labeller(const RuleSet& rules, const Models* models) : state_(std::make_unique<State>(rules, models)) {
  state_->judge.rows_wanted = false;  // who explains a page judges it anew
}
Labeller::~Labeller() = default;
Labeller::Labeller(Labeller&&) noexcept = default;

void Labeller::time_into(StageTimes* times) { state_->judge.times = times; }

const Labels& Labeller::label(const Document& document, const Matches& matches) {
  State& s = *state_;
  s.judged = document.type != ContentType::text;
  if (!s.judged) {
    StageClock clock(s.judge.times);
    const Labels& labels = s.text.label(document, matches);
    clock.lap(Stage::label);
    return labels;
  }
  s.judge.judge(document, matches);
  StageClock clock(s.judge.times);
  decide_before_filters(s.judge, s.models, s.rules, matches, s.labels);
  apply_filters(document, s.rules, matches, s.labels);
  clock.lap(Stage::label);
  // From here no verdict changes.
  return s.labels;
}

const Judge* Labeller::judge() const { return state_->judged ? &state_->judge : nullptr; }

float Labeller::link_cut() const {
  constexpr float kUsual = 0.5F;
  const Models* models = state_->models;
  return models && models->links ? static_cast<float>(models->links->number("cut", kUsual)) : kUsual;
}

}  // namespace marrow
