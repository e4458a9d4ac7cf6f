#include "label/explain.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <optional>

#include "label/body.h"
#include "label/passes.h"
#include "label/text.h"
#include "label/tree_reasons.h"
#include "rules/decide.h"
#include "rules/scope.h"

namespace marrow {
namespace {

// Effects smaller than this, in log odds, are no reason: a fortieth of what takes p from 0.5 to 0.73.
constexpr float kLeastEffect = 0.025F;
// p(body) of the block by itself is tried at so many values between 0 and 1.
constexpr int kOwnSteps = 20;
// What would flip a verdict is looked for while blocks and links asked about, times all of the page, stay below this: a
// microsecond each (a page of 2,000 of both takes 4 s, all asked about). On larger pages those nearest to their cut come first.
constexpr std::size_t kFlipWork = 6'000'000;

float log_odds(float p) {
  const float q = std::clamp(p, 1e-6F, 1 - 1e-6F);
  return std::log(q / (1 - q));
}

// Columns that say something of the block or link itself, or of what is around it: those a change of which is a change of it.
// What the whole page is (page_, kind_) and what other models said of others (p-1, w5_mean of p …) is none.
std::vector<bool> changeable(const std::vector<FeatureInfo>& columns) {
  std::vector<bool> out;
  for (const FeatureInfo& column : columns)
    out.push_back(!column.name.starts_with("page_") && !column.name.starts_with("kind_") && !column.name.starts_with("type_") &&
                  !column.name.starts_with("url_"));
  return out;
}

// Rows that count as much together as the others together: effects then tell what sets a row apart from the other kind.
std::vector<float> balanced(const std::vector<bool>& yes) {
  const auto count = static_cast<float>(std::count(yes.begin(), yes.end(), true));
  const float others = static_cast<float>(yes.size()) - count;
  std::vector<float> out;
  for (const bool one : yes) out.push_back(count == 0 || others == 0 ? 1.0F : one ? 1 / count : 1 / others);
  return out;
}

// One model, with the rows of the page.
struct Asked {
  std::string_view name;
  const std::vector<FeatureInfo>& columns;
  std::span<const float> rows;
  std::vector<bool> allowed;
  TreeReasons trees;

  Asked(std::string_view n, const Model& model, const std::vector<FeatureInfo>& c, std::span<const float> r, const std::vector<float>& weights)
      : name(n), columns(c), rows(r), allowed(changeable(c)), trees(model, r, c.size(), weights) {}
  std::span<const float> row(Id i) const { return rows.subspan(std::size_t{i} * columns.size(), columns.size()); }

  // Columns whose note says this are what another model said: no flip tells of them.
  void forbid(std::string_view what) {
    for (std::size_t c = 0; c < columns.size(); ++c) allowed[c] = allowed[c] && columns[c].note.find(what) == std::string::npos;
  }

  // The strongest effects on a row, towards (`yes`) or away from what the model was asked.
  void reasons(Id i, bool yes, std::vector<Reason>& out) const {
    std::vector<float> effects;
    trees.effects(row(i), effects);
    std::vector<std::uint32_t> order(effects.size());
    for (std::uint32_t c = 0; c < order.size(); ++c) order[c] = c;
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return std::abs(effects[a]) > std::abs(effects[b]); });
    for (std::size_t k = 0; k < std::min(order.size(), Explanation::kReasons); ++k) {
      const std::uint32_t c = order[k];
      if (std::abs(effects[c]) < kLeastEffect) break;
      out.push_back({name, &columns[c], row(i)[c], yes ? effects[c] : -effects[c]});
    }
  }

  // The nearest change of one column that takes the row's score over the cut, or under it; else what comes nearest.
  std::optional<Flip> flip(Id i, float cut, bool reach) const {
    TreeReasons::Change change;
    Flip out;
    out.enough = trees.nearest(row(i), log_odds(cut), reach, allowed, &change);
    if (change.distance >= TreeReasons::kFar) return std::nullopt;
    out.model = name;
    out.column = &columns[change.column];
    out.value = row(i)[change.column];
    out.limit = change.limit;
    out.above = change.above;
    out.probability = sigmoid(change.score);
    return out;
  }
};

}  // namespace

// What is worked out once a page.
struct Explainer::Page {
  const Document& document;
  Judge& judge;
  const Models* models;
  Labels before;  // before filters
  float cut = 0, link_cut = 0, teaser_cut = 0;
  std::optional<Asked> blocks, context, links, link_context, teasers;

  Page(const Document& d, const Matches& matches, Judge& j, const Models* trained, const RuleSet& rules)
      : document(d), judge(j), models(trained) {
    judge.judge(document, matches);
    decide_before_filters(judge, models, rules, matches, before);
    cut = best_cut(judge.facts, judge.body);
    if (!models || document.blocks.empty()) return;
    std::vector<bool> body, onward, excerpt;
    for (const float p : judge.body) body.push_back(p >= cut);
    if (models->blocks) blocks.emplace("blocks", *models->blocks, judge.block_features.columns(), judge.block_rows, balanced(body));
    if (models->context) {
      context.emplace("context", *models->context, judge.context_features.columns(), judge.context_rows, balanced(body));
      context->forbid("p(body)");  // what the block model said of it and of others
    }
    if (models->links && !document.links.empty()) {
      const Model& last = models->link_context ? *models->link_context : *models->links;
      link_cut = static_cast<float>(last.number("cut", kLinkCut));
      for (const float p : judge.related) onward.push_back(p >= link_cut);
      links.emplace("links", *models->links, judge.link_features.columns(), judge.link_rows, balanced(onward));
      if (models->link_context) {
        link_context.emplace("link_context", *models->link_context, judge.link_context.columns(), judge.link_context_rows, balanced(onward));
        link_context->forbid("p(onward)");
        link_context->forbid("probability");
      }
    }
    if (models->teasers && !judge.teaser.empty()) {
      teaser_cut = static_cast<float>(models->teasers->number("cut", kTeaserCut));
      for (const float p : judge.teaser) excerpt.push_back(p >= teaser_cut);
      teasers.emplace("teasers", *models->teasers, judge.teaser_features.columns(), judge.teaser_rows, balanced(excerpt));
    }
  }

  Verdict by_body(Id b, bool body) const {
    Verdict v;
    v.label = body ? Label::body : Label::boilerplate;
    v.by = Decider::model;
    v.score = body ? judge.body[b] : 1 - judge.body[b];
    return v;
  }

  // Which blocks, then links, are asked what would flip them.
  std::vector<bool> flips() const {
    const std::size_t blocks_n = document.blocks.size(), all = blocks_n + document.links.size();
    if (all * all <= kFlipWork) return std::vector<bool>(all, true);
    std::vector<float> far(all);
    for (std::size_t i = 0; i < all; ++i)
      far[i] = i < blocks_n ? std::abs(judge.body[i] - cut) : links ? std::abs(judge.related[i - blocks_n] - link_cut) : 1;
    std::vector<std::uint32_t> order(all);
    for (std::uint32_t i = 0; i < all; ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return far[a] < far[b]; });
    std::vector<bool> out(all);
    for (std::size_t k = 0; k < kFlipWork / all; ++k) out[order[k]] = true;
    return out;
  }

  void block(Id b, bool flip, Explanation& out) const {
    const Verdict& v = before.blocks[b];
    if (v.by == Decider::model && v.label == Label::related) return related_block(b, flip, out);
    if (v.by == Decider::model && v.label == Label::teaser) return teaser_block(b, flip, out);
    const bool yes = judge.body[b] >= cut;
    out.asked = "body";
    out.probability = judge.body[b];
    out.cut = cut;
    if (context) context->reasons(b, yes, out.reasons);
    if (blocks) blocks->reasons(b, yes, out.reasons);
    if (!flip || v.by != Decider::model) return;  // a pass overruled the model: nothing the model says would change it
    out.flip = flip_body(b, yes);
    if (out.flip) out.flip->becomes = by_body(b, !yes);
  }

  // Two models in a row: what the first says of one thing is a column of the second's. `then(p)`: the second's log odds of
  // the thing, did the first say p of it. `own`: what it does say; `now`: the second's probability.
  struct Pair {
    const Asked* first;
    const Asked* second;
    float own, now, cut;
    std::function<float(float)> then;
  };

  std::optional<Flip> flip_pair(const Pair& pair, Id i, bool yes) const {
    const std::optional<Flip> through = pair.first ? flip_through(pair, i, yes) : std::nullopt;
    if (through && through->enough) return through;
    const std::optional<Flip> around = pair.second->flip(i, pair.cut, !yes);
    if (!around || (through && !around->enough && (through->probability < around->probability) == yes)) return through;
    return around;
  }

  // A column of the first model's changes what it says, and that changes what the second sees: the value p must come to is
  // looked for first, then the column that brings it there.
  std::optional<Flip> flip_through(const Pair& pair, Id i, bool yes) const {
    const float goal = log_odds(pair.cut);
    std::optional<Flip> best;
    for (const bool up : {false, true}) {
      float target = -1;
      for (int step = 0; step <= kOwnSteps; ++step) {
        const float p = static_cast<float>(up ? step : kOwnSteps - step) / kOwnSteps;
        if (up ? p <= pair.own : p >= pair.own) continue;
        if ((pair.then(p) >= goal) == yes) continue;
        target = p;
        break;
      }
      if (target < 0 && up == yes) continue;  // no value does; the other way is where it comes nearest
      std::optional<Flip> flip = pair.first->flip(i, target < 0 ? (up ? 1 : 0) : target, up);
      if (!flip) continue;
      flip->probability = sigmoid(pair.then(flip->probability));
      flip->enough = (flip->probability >= pair.cut) != yes;
      const bool nearer = yes ? flip->probability < pair.now : flip->probability > pair.now;
      if (flip->enough || (nearer && !best)) best = flip;
    }
    return best;
  }

  std::optional<Flip> flip_body(Id b, bool yes) const {
    if (!context) return blocks ? blocks->flip(b, cut, !yes) : std::nullopt;
    std::vector<float> body(judge.first_body), row;
    return flip_pair({blocks ? &*blocks : nullptr, &*context, judge.first_body[b], judge.body[b], cut,
                      [&](float p) {
                        body[b] = p;
                        judge.context_features.compute_one(judge.facts, body, judge.kind, b, row);
                        return context->trees.score(row);
                      }}, b, yes);
  }

  std::optional<Flip> flip_link(Id l, bool yes) const {
    if (!link_context) return links->flip(l, link_cut, !yes);
    std::vector<float> related(judge.first_related), row;
    return flip_pair({&*links, &*link_context, judge.first_related[l], judge.related[l], link_cut,
                      [&](float p) {
                        related[l] = p;
                        judge.link_context.compute_one(judge.facts, judge.link_features, judge.judgement, related, judge.first_kinds, l, row);
                        return link_context->trees.score(row);
                      }}, l, yes);
  }

  void related_block(Id b, bool flip, Explanation& out) const {
    const Block& block = document.blocks[b];
    for (Id s = block.first_span; s < block.end_span && out.of_link == kNone; ++s) {
      const Id l = document.spans[s].link;
      if (l != kNone && before.links[l].label == Label::related && before.links[l].score == before.blocks[b].score) out.of_link = l;
    }
    if (out.of_link == kNone) return;
    onward(out.of_link, flip, out);
    if (out.flip) out.flip->becomes = by_body(b, judge.body[b] >= cut);
  }

  void teaser_block(Id b, bool flip, Explanation& out) const {
    out.asked = "excerpt";
    out.probability = judge.teaser[b];
    out.cut = teaser_cut;
    teasers->reasons(b, true, out.reasons);
    if (flip) out.flip = teasers->flip(b, teaser_cut, false);
    if (out.flip) out.flip->becomes = by_body(b, judge.body[b] >= cut);
  }

  void onward(Id l, bool flip, Explanation& out) const {
    if (!links) return;
    const Link& link = document.links[l];
    const bool yes = judge.related[l] >= link_cut;
    out.asked = "onward";
    out.probability = judge.related[l];
    out.cut = link_cut;
    if (link.same_page) out.barred = "leads to the page itself";
    else if (link.url.empty()) out.barred = "leads to no page";
    if (link_context) link_context->reasons(l, yes, out.reasons);
    links->reasons(l, yes, out.reasons);
    if (!flip || !out.barred.empty()) return;
    out.flip = flip_link(l, yes);
    if (!out.flip) return;
    Verdict& v = out.flip->becomes;
    v.by = Decider::model;
    const bool in_body = link.end_block > link.first_block && before.blocks[link.first_block].label == Label::body;
    v.label = !yes ? Label::related : in_body ? Label::inline_link : Label::navigation;
  }
};

Explainer::Explainer(const RuleSet& rules, const Models* models) : rules_(rules), models_(models), judge_(rules, models) {}
Explainer::~Explainer() = default;

// What each verdict of a rule would be were that rule not there: the next rule, or what the models say. `label` makes labels
// anew from the matches that are left.
void Explainer::rules_left_out(const Document& document, const Matches& all, const Labels& now,
                               const std::function<Labels(const Matches&)>& label) {
  struct Places {
    std::vector<Id> blocks, links;
  };
  std::map<Id, Places> by_rule;
  for (Id b = 0; b < now.blocks.size(); ++b)
    if (now.blocks[b].by == Decider::filter) by_rule[now.blocks[b].rule].blocks.push_back(b);
  for (Id l = 0; l < now.links.size(); ++l)
    if (now.links[l].by == Decider::filter) by_rule[now.links[l].rule].links.push_back(l);
  if (by_rule.empty()) return;
  Decide decide(rules_.compiled());
  ActiveScopes scopes;
  scopes.set(rules_.compiled(), document.url, document.lang);
  Matches matches = all;
  for (const auto& [rule, places] : by_rule) {
    decide.run(document, scopes, &matches, rule);
    const Labels labels = label(matches);
    const auto flip = [&, without = rule](const Verdict& becomes, const Verdict& was, Explanation& out) {
      out.flip.reset();  // the models have no say here
      if (becomes.label == was.label && becomes.kind == was.kind) return;
      out.flip.emplace();
      out.flip->becomes = becomes;
      out.flip->without_rule = without;
    };
    for (const Id b : places.blocks) flip(labels.blocks[b], now.blocks[b], out_.blocks[b]);
    for (const Id l : places.links) flip(labels.links[l], now.links[l], out_.links[l]);
  }
}

const Explanations& Explainer::explain(const Document& document, const Matches& matches, const Labels& labels) {
  out_ = {};
  out_.blocks.resize(document.blocks.size());
  out_.links.resize(document.links.size());
  if (document.type == ContentType::text) {
    TextLabeller text(rules_, models_ && models_->texts ? &*models_->texts : nullptr);
    rules_left_out(document, matches, labels, [&](const Matches& left) { return text.label(document, left); });
    return out_;
  }
  Page page(document, matches, judge_, models_, rules_);
  out_.cut = page.cut;
  const std::vector<bool> flips = page.flips();
  for (Id b = 0; b < document.blocks.size(); ++b) page.block(b, flips[b], out_.blocks[b]);
  for (Id l = 0; l < document.links.size(); ++l) page.onward(l, flips[document.blocks.size() + l], out_.links[l]);
  rules_left_out(document, matches, labels, [&](const Matches& left) {
    Labels anew = page.before;
    apply_filters(document, rules_, left, anew);
    return anew;
  });
  return out_;
}

}  // namespace marrow
