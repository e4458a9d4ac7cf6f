#include "marrow.h"

#include <algorithm>
#include <new>
#include <stdexcept>
#include <utility>

#include "label/explain.h"
#include "label/label.h"
#include "label/models.h"
#include "memory/consult.h"
#include "memory/observe.h"
#include "record/make.h"
#include "rules/matches.h"
#include "rules/ruleset.h"

namespace marrow {

struct Cleaner::State {
  RuleSet rules;
  Models models;
  CleanOptions options;
  const SiteKnowledge* knowledge = nullptr;
};

struct Workspace::State {
  State(const RuleSet& rules, const Models& models, const Budget& budget)
      : reader(budget), matcher(rules), labeller(rules, &models) {}
  StageTimes* times = nullptr;
  PageReader reader;
  Matcher matcher;
  Labeller labeller;
  MetadataHits hits;
  std::unique_ptr<Explainer> explainer;  // made when it is first asked for
  // Of the last page; of one that went out of memory, nothing.
  Document no_document;
  Matches no_matches;
  Labels no_labels;
  Labels consulted;  // the labeller's, reconsidered
  const Document* document = &no_document;
  const Matches* matches = &no_matches;
  const Labels* labels = &no_labels;

  Record clean(const Input& input, const CleanOptions& options, const SiteKnowledge* knowledge, const RuleSet& rules);
  void reconsider(const SiteKnowledge& knowledge, const RuleSet& rules);
  void forget() {
    document = &no_document;
    matches = &no_matches;
    labels = &no_labels;
  }
};

namespace {

// A page that took more memory than there is costs itself, not the run.
Record out_of_memory(const Input& input) {
  Record record;
  record.url = input.url;
  record.status = input.status;
  record.quality.flags = {"empty", "over_budget"};
  return record;
}

void add_flag(Quality& quality, const char* flag) {
  const auto at = std::lower_bound(quality.flags.begin(), quality.flags.end(), flag);
  if (at == quality.flags.end() || *at != flag) quality.flags.insert(at, flag);
}

}  // namespace

Cleaner::Cleaner(std::unique_ptr<State> state) : state_(std::move(state)) {}
Cleaner::Cleaner(Cleaner&&) noexcept = default;
Cleaner::~Cleaner() = default;

Result<Cleaner> Cleaner::create(const CleanOptions& options) {
  Result<RuleSet> rules = RuleSet::load({options.builtin_rules, options.rule_dirs});
  if (!rules) return rules.error();
  Models models;
  // The built-in models ask for columns that the built-in signals fill.
  if (options.models && (options.builtin_rules || !options.model_dir.empty())) {
    Result<Models> loaded = Models::load(*rules, options.model_dir);
    if (!loaded) return loaded.error();
    models = std::move(*loaded);
  }
  return Cleaner(std::make_unique<State>(State{std::move(*rules), std::move(models), options, nullptr}));
}

std::string_view Cleaner::rules() const { return state_->rules.digest(); }
const RuleSet& Cleaner::rule_set() const { return state_->rules; }

void Workspace::State::reconsider(const SiteKnowledge& knowledge, const RuleSet& rules) {
  const HostKnowledge* host = knowledge.host(document->url);
  if (!host) return;
  StageClock clock(times);
  consulted = *labels;
  consult({*host, *document, labeller.judge(), labeller.link_cut(), rules, *matches}, consulted);
  labels = &consulted;
  clock.lap(Stage::label);
}

Record Workspace::State::clean(const Input& input, const CleanOptions& options, const SiteKnowledge* knowledge, const RuleSet& rules) {
  const PageHints hints_given{input.url, input.charset};
  document = input.content == Input::Content::html ? &reader.read_html(input.bytes, hints_given)
                                                   : &reader.read_text(input.bytes, hints_given);
  StageClock rules_clock(times);
  matches = &matcher.match(*document);
  rules_clock.lap(Stage::rules);
  labels = &labeller.label(*document, *matches);
  if (knowledge) reconsider(*knowledge, rules);
  StageClock record_clock(times);
  hits.clear();
  for (const Matches::Found& found : matches->metadata) hits.push_back({name_of(found.field), found.text});
  Record record = make_record(*document, *labels, &hits,
                              {.markdown = options.body == BodyFormat::markdown,
                               .images = options.images,
                               .status = input.status,
                               .fetched_at = input.fetched_at});
  record_clock.lap(Stage::record);
  return record;
}

Record Cleaner::clean(const Input& input, Workspace& workspace) const {
  Record record;
  try {
    record = workspace.state_->clean(input, state_->options, state_->knowledge, state_->rules);
  } catch (const std::bad_alloc&) {
    workspace.state_->forget();
    record = out_of_memory(input);
  } catch (const std::length_error&) {  // a container asked for more than there can be
    workspace.state_->forget();
    record = out_of_memory(input);
  }
  record.id = input.id;
  record.fetched_at = input.fetched_at;
  record.rules = state_->rules.digest();
  if (input.truncated) add_flag(record.quality, "truncated_input");
  for (const Id rule : workspace.state_->labels->emptied_by) record.quality.emptied_by.push_back(state_->rules.filter(rule).id);
  return record;
}

void Cleaner::know(const SiteKnowledge* knowledge) { state_->knowledge = knowledge; }

std::optional<PageSummary> Cleaner::summary(const Workspace& workspace, const Record& record) const {
  const Workspace::State& w = *workspace.state_;
  return observe({*w.document, *w.labels, w.labeller.judge(), record.title, record.fetched_at});
}

Seen Cleaner::seen(const Workspace& workspace) const {
  const Workspace::State& w = *workspace.state_;
  return {*w.document, *w.matches, *w.labels};
}

const Explanations& Cleaner::explain(Workspace& workspace) const {
  Workspace::State& w = *workspace.state_;
  if (!w.explainer) w.explainer = std::make_unique<Explainer>(state_->rules, &state_->models);
  return w.explainer->explain(*w.document, *w.matches, *w.labels);
}

Workspace::Workspace(const Cleaner& cleaner)
    : state_(std::make_unique<State>(cleaner.state_->rules, cleaner.state_->models,
                                     cleaner.state_->options.budget)) {}
Workspace::~Workspace() = default;

void Workspace::time_into(StageTimes* times) {
  state_->times = times;
  state_->reader.time_into(times);
  state_->labeller.time_into(times);
}
Workspace::Workspace(Workspace&&) noexcept = default;

}  // namespace marrow
