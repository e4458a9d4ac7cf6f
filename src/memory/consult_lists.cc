// consult_lists: a list of links is judged by what it is on the whole site. See consult.h.
#include <algorithm>
#include <array>
#include <cmath>

#include "base/url.h"
#include "memory/consult_passes.h"
#include "memory/hashes.h"
#include "memory/page_lists.h"

namespace marrow {
namespace {

using Kinds = std::array<float, kMemoryKinds>;
constexpr std::size_t slot(RelatedKind kind) { return static_cast<std::size_t>(kind) - 1; }

// Lists that repeat from page to page, and lists that are made for each page. In between nothing is concluded.
constexpr float kRepeats = 0.6F, kDiffers = 0.15F;
// How well a kind goes with a list that repeats, or differs: prev, next and in-article links belong to one page, popular
// and latest ones to the site. Set by hand, soft: a model that is sure of the contrary still wins over them.
//                                  prev   next   related in_art popular latest more   spons  item
constexpr Kinds kGoesWithRepeats = {0.02F, 0.02F, 0.25F, 0.05F, 1.0F, 1.0F, 0.7F, 1.0F, 0.1F};
constexpr Kinds kGoesWithDiffers = {1.0F, 1.0F, 1.0F, 1.0F, 0.2F, 0.3F, 1.0F, 1.0F, 1.0F};
// A list of so many targets is one thing, and no pair of prev and next.
constexpr std::size_t kOneThing = 3;
// Keeps a kind possible that no other page's list was called.
constexpr float kFloor = 0.02F;
// A page tree: every page it stands on is in it.
constexpr float kTreeSelf = 0.9F, kTreeTargets = 6;
// What a link that bears the title of the page it leads to adds to its log odds of being onward reading: such a link
// names an item, and not a section or a function.
constexpr float kTitleBonus = 1.0F;
// Other pages from which on their mean counts as much as the page's own probability.
constexpr float kFullWeight = 4;

float log_odds(float p) {
  p = std::clamp(p, 0.002F, 0.998F);
  return std::log(p / (1 - p));
}

class Lists {
 public:
  Lists(const PageOnHost& on, Labels& labels) : on_(on), judge_(*on.page.judge), d_(on.page.document), labels_(labels) {}

  void run() {
    for (const PageList& list : lists_of_page(judge_)) {
      const Place* place = known(on_.host.place(list.seen.place));
      if (!place) place = known(on_.host.path(list.seen.path));
      if (place) judge_list(list, *place);
    }
  }

 private:
  const Place* known(const Place* place) const {
    return place && place->pages - std::min(place->pages, on_.self) + 1 >= kLeastPages ? place : nullptr;
  }

  const float* kinds_of(Id l) const { return &judge_.link_kinds[l * Judge::kLinkKinds]; }

  void judge_list(const PageList& list, const Place& place) {
    const bool tree = place.repeats >= kRepeats && place.self >= kTreeSelf && list.seen.self && place.targets >= kTreeTargets;
    const bool one_thing = list.seen.targets.size() >= kOneThing;
    Kinds own{};
    for (std::size_t k = 0; k < kMemoryKinds; ++k) own[k] = static_cast<float>(list.seen.kinds[k]) / 255;
    if (one_thing) own[slot(RelatedKind::prev)] = own[slot(RelatedKind::next)] = 0;
    for (const Id l : list.links) {
      if (labels_.links[l].by == Decider::filter || d_.links[l].same_page) continue;
      if (tree) {
        drop(l, "a menu that holds every page it stands on");
        continue;
      }
      if (!one_thing) std::copy_n(kinds_of(l), kMemoryKinds, own.begin());
      reconsider(l, place, best_kind(own, place));
    }
  }

  static RelatedKind best_kind(const Kinds& own, const Place& place) {
    std::size_t best = 0;
    float most = -1;
    for (std::size_t k = 0; k < kMemoryKinds; ++k) {
      const float goes = place.repeats >= kRepeats ? kGoesWithRepeats[k] : place.repeats <= kDiffers ? kGoesWithDiffers[k] : 1;
      const float score = own[k] * (place.kinds[k] + kFloor) * goes;
      if (score <= most) continue;
      most = score;
      best = k;
    }
    return static_cast<RelatedKind>(best + 1);
  }

  float onward(Id l, const Place& place) const {
    const float weight = std::min(1.0F, static_cast<float>(place.pages - 1) / kFullWeight);
    float odds = (log_odds(judge_.related[l]) + weight * log_odds(place.onward)) / (1 + weight);
    const KnownPage* target = on_.host.page(page_key(d_.links[l].url));
    if (target && target->title && title_hash(d_.links[l].text) == target->title) odds += kTitleBonus;
    return sigmoid(odds);
  }

  static float sigmoid(float odds) { return 1 / (1 + std::exp(-odds)); }

  void reconsider(Id l, const Place& place, RelatedKind kind) {
    Verdict& v = labels_.links[l];
    const bool was = v.label == Label::related;
    const bool is = onward(l, place) >= on_.page.link_cut;
    if (was && !is) return drop(l, "its list is none of onward reading on the other pages of the site");
    if (!is || v.label == Label::inline_link) return;
    if (was && v.kind == kind) return;
    const bool repeats = place.repeats >= kRepeats;
    v.label = Label::related;
    v.kind = kind;
    v.by = Decider::memory;
    v.score = onward(l, place);
    v.why = repeats ? "its list stands the same on other pages of the site" : "what the same place holds on other pages of the site";
    set_blocks(l, v);
  }

  // Blocks that are nothing but the link go with it, as in the label stage; an index page's list is its body.
  void set_blocks(Id l, const Verdict& link) {
    for (Id b = d_.links[l].first_block; b < d_.links[l].end_block; ++b) {
      Verdict& v = labels_.blocks[b];
      if (v.by == Decider::filter || d_.blocks[b].link_density() < 0.8) continue;
      const bool listed = v.label == Label::related || (v.label == Label::boilerplate && link.kind != RelatedKind::item);
      if (!listed || v.kind == link.kind) continue;
      v.label = Label::related;
      v.kind = link.kind;
      v.by = Decider::memory;
      v.score = link.score;
      v.why = link.why;
    }
  }

  void drop(Id l, std::string_view why) {
    Verdict& v = labels_.links[l];
    if (v.label != Label::related) return;
    v = {};
    v.label = Label::navigation;
    v.by = Decider::memory;
    v.score = 1;
    v.why = why;
    for (Id b = d_.links[l].first_block; b < d_.links[l].end_block; ++b) {
      Verdict& block = labels_.blocks[b];
      if (block.label != Label::related || block.by == Decider::filter) continue;
      block = {};
      block.by = Decider::memory;
      block.score = 1;
      block.why = why;
    }
  }

  const PageOnHost& on_;
  const Judge& judge_;
  const Document& d_;
  Labels& labels_;
};

}  // namespace

void consult_lists(const PageOnHost& on, Labels& labels) {
  if (on.page.judge) Lists(on, labels).run();
}

}  // namespace marrow
