#include "label/passes.h"

#include <algorithm>
#include <unordered_map>

#include "base/text.h"
#include "label/body.h"

namespace marrow {
namespace {

// A text this long that stands twice in a body is a copy (a pull quote, a mobile version), not a refrain.
constexpr float kRepeatWords = 8;

}  // namespace

void decide_kind(const Judge& judge, Labels& labels) {
  const auto most = std::max_element(judge.kind.begin(), judge.kind.end());
  labels.kind = static_cast<PageKind>(most - judge.kind.begin());
  labels.kind_confidence = *most;
  if (*most == 0) labels.kind = PageKind::article;
}

void decide_body(const Judge& judge, Labels& labels) {
  const float cut = best_cut(judge.facts, judge.body);
  for (Id b = 0; b < judge.body.size(); ++b) {
    Verdict& v = labels.blocks[b];
    v.by = Decider::model;
    const bool body = judge.body[b] >= cut;
    v.label = body ? Label::body : Label::boilerplate;
    v.score = body ? judge.body[b] : 1 - judge.body[b];
    v.why = body ? "reads like the page's main content" : "reads like furniture";
  }
  labels.confidence = expected_f1(judge.facts, judge.body, cut);
}

void drop_headline(const Judge& judge, Labels& labels) {
  const Id headline = judge.facts.headline();
  if (headline == kNone) return;
  Verdict& v = labels.blocks[headline];
  if (v.label != Label::body) return;
  // On pages whose title is in the middle of the text (forums, lists) it is one of many headings and stays.
  const Block& block = judge.facts.document().blocks[headline];
  if (block.heading_level != 1 && judge.facts.block(headline).title_cover < 0.99F) return;
  v = {};
  v.by = Decider::pass;
  v.why = "the page's headline: the record's title";
}

void drop_repeated_text(const Judge& judge, Labels& labels) {
  const Document& d = judge.facts.document();
  std::unordered_map<std::uint64_t, Id> seen;
  for (Id b = 0; b < d.blocks.size(); ++b) {
    if (labels.blocks[b].label != Label::body || judge.facts.block(b).words < kRepeatWords || d.blocks[b].repeats == 0) continue;
    const auto [at, fresh] = seen.emplace(hash64(d.blocks[b].text), b);
    if (fresh) continue;
    const Id worse = judge.body[b] > judge.body[at->second] ? at->second : b;
    if (worse != b) at->second = b;
    Verdict& v = labels.blocks[worse];
    v = {};
    v.by = Decider::pass;
    v.why = "the same text stands in the body already";
  }
}

}  // namespace marrow
