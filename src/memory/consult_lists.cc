// consult_lists: a list of links is judged by what it is on the whole site. See consult.h.
#include <algorithm>
#include <array>
#include <cmath>

#include "base/url.h"
#include "label/passes.h"
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
// The same where the list was seen on several pages and was another one on each.
constexpr float kAlwaysDiffers = 0.05F;
constexpr std::uint32_t kSeveral = 4;
constexpr Kinds kGoesWithAlwaysDiffers = {1.0F, 1.0F, 1.0F, 1.0F, 0.03F, 0.03F, 1.0F, 1.0F, 0.5F};
// A phrase of rules/languages on the link that names a kind. (A heading that names one decides, see named_by_heading.)
constexpr float kPhrase = 12;
// What goes this badly with how the list repeats is not what a heading says it is.
constexpr float kContradicts = 0.1F;
// Links to the page before and the page after: a pair, and what else a theme sets in the same way, on a page in the mean.
constexpr float kPair = 4;
// What a heading that names a kind adds to the log odds that a list which stands on several pages is onward reading, and
// what rel=sponsored adds: such lists stand apart from what the link model takes for onward reading.
constexpr float kHeadingBonus = 2.0F, kSponsoredBonus = 1.5F;
// A card's block that ends a sentence, or is cut, and has so many words is its excerpt and not its title.
constexpr std::uint32_t kExcerptWords = 6;
constexpr std::array<std::string_view, kMemoryKinds> kPhrases = {"phrase.prev",    "phrase.next",   "phrase.related",   "phrase.in_article", "phrase.popular",
                                                                "phrase.latest", "phrase.more_from", "phrase.sponsored", ""};
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
  Lists(const PageOnHost& on, Labels& labels) : on_(on), judge_(*on.page.judge), d_(on.page.document), labels_(labels) {
    for (std::size_t k = 0; k < kMemoryKinds; ++k) phrases_[k] = kPhrases[k].empty() ? kNone : on.page.rules.find_signal(kPhrases[k]);
  }

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

  const float* kinds_of(Id l) const { return &judge_.link_kinds()[l * kLinkKinds]; }

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
      reconsider(l, list, place, kind_of(l, list, own, place));
    }
  }

  static bool beside(RelatedKind kind) { return kind == RelatedKind::prev || kind == RelatedKind::next; }

  // prev, next and in_article are said of a link and not of a list.
  static bool names_lists(std::size_t k) { return k != slot(RelatedKind::in_article) && !beside(static_cast<RelatedKind>(k + 1)); }

  bool heading_says(const PageList& list, std::size_t k) const {
    return phrases_[k] != kNone && list.heading != kNone && names_lists(k) && on_.page.matches.block_has(list.heading, phrases_[k]);
  }

  // The one kind that the heading names and the list's way of repeating does not contradict.
  RelatedKind named_by_heading(const PageList& list, const Place& place) const {
    const Kinds* goes = goes_with(place);
    RelatedKind named = RelatedKind::none;
    for (std::size_t k = 0; k < kMemoryKinds; ++k) {
      if (!heading_says(list, k) || (goes && (*goes)[k] < kContradicts)) continue;
      if (named != RelatedKind::none) return RelatedKind::none;
      named = static_cast<RelatedKind>(k + 1);
    }
    return named;
  }

  // One of a pair of links that lead to other pages from each page, and says which way.
  RelatedKind named_by_itself(Id l, const Place& place) const {
    if (place.targets > kPair || place.repeats > kDiffers) return RelatedKind::none;
    const bool prev = link_says(l, slot(RelatedKind::prev)), next = link_says(l, slot(RelatedKind::next));
    return prev == next ? RelatedKind::none : prev ? RelatedKind::prev : RelatedKind::next;
  }

  RelatedKind kind_of(Id l, const PageList& list, const Kinds& own, const Place& place) const {
    if (const RelatedKind kind = named_by_itself(l, place); kind != RelatedKind::none) return kind;
    if (const RelatedKind kind = named_by_heading(list, place); kind != RelatedKind::none) return kind;
    return best_kind(named(l, list, own), place);
  }

  static bool has_token(std::string_view tokens, std::string_view token) {
    for (std::size_t at = tokens.find(token); at != std::string_view::npos; at = tokens.find(token, at + 1)) {
      const std::size_t end = at + token.size();
      if ((at == 0 || tokens[at - 1] == ' ') && (end == tokens.size() || tokens[end] == ' ')) return true;
    }
    return false;
  }

  bool link_says(Id l, std::size_t k) const {
    const Link& link = d_.links[l];
    if (static_cast<RelatedKind>(k + 1) != RelatedKind::related && has_token(link.rel, name_of(static_cast<RelatedKind>(k + 1)))) return true;  // prev, next, sponsored
    if (phrases_[k] == kNone) return false;
    if (on_.page.matches.link_has(l, phrases_[k])) return true;
    return link.end_block > link.first_block && on_.page.matches.block_has(link.first_block, phrases_[k]);
  }

  // What words say of it: the heading over the list, or the link's own ("Previous: …").
  Kinds named(Id l, const PageList& list, Kinds kinds) const {
    for (std::size_t k = 0; k < kMemoryKinds; ++k)
      if (heading_says(list, k) || link_says(l, k)) kinds[k] = (kinds[k] + kFloor) * kPhrase;
    return kinds;
  }

  static const Kinds* goes_with(const Place& place) {
    if (place.repeats >= kRepeats) return &kGoesWithRepeats;
    if (place.repeats <= kAlwaysDiffers && place.pages >= kSeveral) return &kGoesWithAlwaysDiffers;
    return place.repeats <= kDiffers ? &kGoesWithDiffers : nullptr;
  }

  static RelatedKind best_kind(const Kinds& own, const Place& place) {
    const Kinds* goes = goes_with(place);
    std::size_t best = 0;
    float most = -1;
    for (std::size_t k = 0; k < kMemoryKinds; ++k) {
      const float score = own[k] * (place.kinds[k] + kFloor) * (goes ? (*goes)[k] : 1);
      if (score <= most) continue;
      most = score;
      best = k;
    }
    return static_cast<RelatedKind>(best + 1);
  }

  float onward(Id l, const PageList& list, const Place& place) const {
    const float weight = std::min(1.0F, static_cast<float>(place.pages - 1) / kFullWeight);
    float odds = (log_odds(judge_.related[l]) + weight * log_odds(place.onward)) / (1 + weight);
    const KnownPage* target = on_.host.page(page_key(d_.links[l].url));
    if (target && target->title && title_hash(d_.links[l].text) == target->title) odds += kTitleBonus;
    if (named_by_heading(list, place) != RelatedKind::none) odds += kHeadingBonus;
    if (has_token(d_.links[l].rel, "sponsored")) odds += kSponsoredBonus;
    return sigmoid(odds);
  }

  static float sigmoid(float odds) { return 1 / (1 + std::exp(-odds)); }

  void reconsider(Id l, const PageList& list, const Place& place, RelatedKind kind) {
    Verdict& v = labels_.links[l];
    const bool was = v.label == Label::related;
    const float p = onward(l, list, place);
    const bool is = p >= on_.page.link_cut;
    if (was && !is) return drop(l, "its list is none of onward reading on the other pages of the site");
    if (!is || v.label == Label::inline_link) return;
    if (was && v.kind == kind) return;
    const bool repeats = place.repeats >= kRepeats;
    v.label = Label::related;
    v.kind = kind;
    v.by = Decider::memory;
    v.score = p;
    v.why = repeats ? "its list stands the same on other pages of the site" : "what the same place holds on other pages of the site";
    set_blocks(l, v);
    if (!was) tell_excerpt(l);
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

  // A card that was furniture until now: its title leads the way, its excerpt is a teaser.
  void tell_excerpt(Id l) {
    const Link& link = d_.links[l];
    for (Id b = link.first_block + 1; b < link.end_block; ++b) {
      Verdict& v = labels_.blocks[b];
      const BlockFacts& facts = judge_.facts.block(b);
      const bool excerpt = d_.blocks[b].words >= kExcerptWords && !d_.blocks[b].heading_level && (facts.ends_terminal || facts.ends_ellipsis);
      if (!excerpt || v.label != Label::related || v.by != Decider::memory) continue;
      v.label = Label::teaser;
      v.kind = RelatedKind::none;
      v.partner = l;
      v.truncated = ends_cut(d_.blocks[b].text);
      v.why = "the excerpt of a card whose link leads to another item";
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
  std::array<Id, kMemoryKinds> phrases_{};
};

}  // namespace

void consult_lists(const PageOnHost& on, Labels& labels) {
  if (on.page.judge) Lists(on, labels).run();
}

}  // namespace marrow
