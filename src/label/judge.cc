#include "label/judge.h"

#include <algorithm>
#include <cmath>

namespace marrow {
namespace {

// Log odds -> probabilities, in place: one class by the logistic function, several by softmax.
void to_probabilities(std::vector<float>& raw, std::size_t classes) {
  if (classes == 1) {
    for (float& x : raw) x = sigmoid(x);
    return;
  }
  for (std::size_t i = 0; i + classes <= raw.size(); i += classes) {
    const float most = *std::max_element(raw.begin() + static_cast<std::ptrdiff_t>(i), raw.begin() + static_cast<std::ptrdiff_t>(i + classes));
    float sum = 0;
    for (std::size_t c = 0; c < classes; ++c) sum += raw[i + c] = std::exp(raw[i + c] - most);
    for (std::size_t c = 0; c < classes; ++c) raw[i + c] /= sum;
  }
}

// A block this sure and this long marks where the body begins and ends.
constexpr float kSure = 0.5F;
constexpr float kSureWords = 8;

// Numbers in the rows of one model beyond which they are not kept for the next page: 8 MB, six times the largest page of the
// development set. 20,000 blocks with 15,000 links have 100 MB of rows for all models together.
constexpr std::size_t kLargeRows = std::size_t{2} << 20;

}  // namespace

Judge::Judge(const RuleSet& rules, const Models* models)
    : block_features(rules), link_features(rules), link_context(link_features), teaser_features(rules), models_(models), density_(rules) {
  ask_columns();
}

// The columns that the models look at; all, where there are none (whoever computes rows then wants them whole).
void Judge::ask_columns() {
  const auto asked = [](const auto& features, std::initializer_list<const std::optional<Model>*> models) {
    std::vector<bool> columns(features.columns().size());
    for (const std::optional<Model>* model : models) {
      if (*model) (*model)->mark_asked(columns);
    }
    return columns;
  };
  const bool all = all_columns_ || !models_;
  block_features.ask(all ? AskedColumns{} : asked(block_features, {&models_->blocks}));
  link_features.ask(all ? AskedColumns{} : asked(link_features, {&models_->links, &models_->link_kind}));
  teaser_features.ask(all ? AskedColumns{} : asked(teaser_features, {&models_->teasers}));
}

template <typename Features>
void Judge::done(Features& features, std::span<const float>& rows) {
  if (rows_wanted || rows.size() <= kLargeRows) return;
  rows = {};
  features.free_rows();
}

void Judge::judge_blocks(const Matches& matches, bool all_rows) {
  const bool model = models_ && models_->blocks;
  block_rows = {};
  if (model || all_rows) block_rows = block_features.compute(facts, matches);
  clock_.lap(Stage::features);
  if (!model) {
    first_body = density_.score(facts, matches);
    clock_.lap(Stage::model);
    return;
  }
  models_->blocks->score(block_rows, block_features.columns().size(), first_body);
  done(block_features, block_rows);
  to_probabilities(first_body, 1);
  clock_.lap(Stage::model);
}

void Judge::judge_kind(bool all_rows) {
  kind.fill(0);
  kind_row = {};
  const bool model = models_ && models_->kind;
  if (model || all_rows) kind_row = kind_features.compute(facts, first_body);
  clock_.lap(Stage::features);
  if (!model) return;
  models_->kind->score(kind_row, kind_features.columns().size(), raw_);
  to_probabilities(raw_, kPageKinds);
  std::copy_n(raw_.begin(), kPageKinds, kind.begin());
  clock_.lap(Stage::model);
}

void Judge::judge_context(bool all_rows) {
  context_rows = {};
  const bool model = models_ && models_->context;
  if (model || all_rows) context_rows = context_features.compute(facts, first_body, kind);
  clock_.lap(Stage::features);
  body = first_body;
  if (!model) return;
  models_->context->score(context_rows, context_features.columns().size(), body);
  done(context_features, context_rows);
  to_probabilities(body, 1);
  clock_.lap(Stage::model);
}

void Judge::find_body_range() {
  judgement.body = body;
  judgement.kind = kind;
  judgement.first_body = judgement.last_body = kNone;
  for (Id b = 0; b < body.size(); ++b) {
    if (body[b] < kSure || facts.block(b).words < kSureWords) continue;
    if (judgement.first_body == kNone) judgement.first_body = b;
    judgement.last_body = b;
  }
}

void Judge::judge_links(const Matches& matches, bool all_rows) {
  link_rows = {};
  first_related.clear();
  first_kinds.clear();
  const bool model = models_ && models_->links;
  if (!model && !all_rows) return;
  link_rows = link_features.compute(facts, matches, judgement);
  clock_.lap(Stage::features);
  if (!model) {
    first_related.assign(facts.document().links.size(), 0);
    return;
  }
  models_->links->score(link_rows, link_features.columns().size(), first_related);
  to_probabilities(first_related, 1);
  if (models_->link_kind) {
    models_->link_kind->score(link_rows, link_features.columns().size(), first_kinds);
    to_probabilities(first_kinds, kLinkKinds);
  }
  done(link_features, link_rows);
}

void Judge::judge_link_context(bool all_rows) {
  link_context_rows = {};
  related = first_related;
  link_kinds_ = first_kinds;
  all_link_kinds_ = true;
  const bool model = models_ && models_->link_context;
  if (first_related.size() != facts.document().links.size() || (!model && !all_rows)) return;
  link_context_rows = link_context.compute(facts, link_features, judgement, first_related, first_kinds);
  if (!model) return;
  models_->link_context->score(link_context_rows, link_context.columns().size(), related);
  to_probabilities(related, 1);
  if (models_->link_context_kind) {
    // Which kind, of those alone that are onward reading: a tenth of all.
    const auto cut = static_cast<float>(models_->link_context->number("cut", kLinkCut));
    onward_.clear();
    for (std::uint32_t l = 0; l < related.size(); ++l)
      if (related[l] >= cut) onward_.push_back(l);
    models_->link_context_kind->score(link_context_rows, link_context.columns().size(), onward_, raw_);
    to_probabilities(raw_, kLinkKinds);
    link_kinds_.resize(related.size() * kLinkKinds);
    for (std::size_t i = 0; i < onward_.size(); ++i)
      std::copy_n(&raw_[i * kLinkKinds], kLinkKinds, &link_kinds_[onward_[i] * kLinkKinds]);
    all_link_kinds_ = false;
  }
  done(link_context, link_context_rows);
  clock_.lap(Stage::model);
}

std::span<const float> Judge::link_kinds() const {
  if (!all_link_kinds_) {
    models_->link_context_kind->score(link_context_rows, link_context.columns().size(), link_kinds_);
    to_probabilities(link_kinds_, kLinkKinds);
    all_link_kinds_ = true;
  }
  return link_kinds_;
}

void Judge::judge_teasers(const Matches& matches, bool all_rows) {
  teaser_rows = {};
  teaser.clear();
  const bool model = models_ && models_->teasers;
  if (related.size() != facts.document().links.size() || (!model && !all_rows)) return;
  teaser_rows = teaser_features.compute(facts, matches, judgement, related);
  clock_.lap(Stage::features);
  if (!model) return;
  models_->teasers->score(teaser_rows, teaser_features.columns().size(), teaser);
  done(teaser_features, teaser_rows);
  to_probabilities(teaser, 1);
  clock_.lap(Stage::model);
}

void Judge::judge(const Document& document, const Matches& matches, bool all_rows) {
  if (all_rows && !all_columns_) {
    all_columns_ = true;
    ask_columns();
  }
  clock_ = StageClock(times);
  facts.compute(document);
  judge_blocks(matches, all_rows);
  judge_kind(all_rows);
  judge_context(all_rows);
  find_body_range();
  judge_links(matches, all_rows);
  judge_link_context(all_rows);
  judge_teasers(matches, all_rows);
}

}  // namespace marrow
