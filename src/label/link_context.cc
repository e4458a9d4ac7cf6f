#include "label/link_context.h"

#include <algorithm>
#include <bit>
#include <string_view>

#include "base/keyed_hash.h"
#include "base/text.h"
#include "label/naming_page.h"
#include "label/verdict.h"

namespace marrow {
namespace {

constexpr float kSure = 0.5F;

std::string_view folder_of(std::string_view url) {
  url = url.substr(0, url.find('?'));
  url = url.substr(0, url.find('#'));
  while (url.ends_with('/')) url.remove_suffix(1);
  const std::size_t slash = url.rfind('/');
  return slash == std::string_view::npos ? std::string_view{} : url.substr(0, slash);
}

// Steps of a link's path that say whether two links are marked up alike: <a> in <h3> in <div> in <li> in <ul>.
constexpr int kMarkupSteps = 5;

std::uint64_t mix(std::uint64_t a, std::uint64_t b) { return (a ^ (b + 0x9e3779b97f4a7c15ULL + (a << 6) + (a >> 2))) | 1; }

std::uint64_t markup_of(const PageFacts& facts, Id element) {
  std::uint64_t key = 1;
  for (int i = 0; i < kMarkupSteps && element != kNone; ++i, element = facts.document().elements[element].parent) key = mix(key, facts.path(element));
  return key;
}

constexpr std::array<const char*, kLinkKinds> kKindNames = {"prev", "next", "related", "in_article", "popular",
                                                            "latest", "more_from", "sponsored", "item"};
constexpr std::array<const char*, kPageKinds> kPageKindNames = {"article", "listing", "collection", "forum", "product", "documentation", "service"};

}  // namespace

void LinkContext::Group::add(float p, float words_of_text, std::span<const float> kinds_of_link) {
  targets += 1;
  sum += p;
  most = std::max(most, p);
  sure += flag(p >= kSure);
  words += words_of_text;
  for (std::size_t k = 0; k < kinds_of_link.size(); ++k) kinds[k] += p * kinds_of_link[k];
}

std::uint32_t LinkContext::slot(std::uint64_t key) {
  std::size_t at = keyed_hash(key) & (index_.size() - 1);
  while (index_[at] != 0 && slots_[index_[at] - 1].key != key) at = (at + 1) & (index_.size() - 1);
  if (index_[at] == 0) {
    slots_.push_back({key, {}});
    index_[at] = static_cast<std::uint32_t>(slots_.size());
  }
  return index_[at] - 1;
}

void LinkContext::group(const PageFacts& facts, const LinkFeatures& links, std::span<const float> p, std::span<const float> kinds) {
  const Document& d = facts.document();
  const Id n = static_cast<Id>(d.links.size());
  own_.assign(n, {});
  targets_.clear();
  for (Id l = 0; l < n; ++l)
    if (!d.links[l].url.empty()) targets_.emplace_back(hash64(d.links[l].url), l);
  std::sort(targets_.begin(), targets_.end());
  for (std::size_t i = 0; i < targets_.size();) {
    std::size_t j = i;
    Id first = targets_[i].second;
    float sum = 0;
    for (; j < targets_.size() && targets_[j].first == targets_[i].first; ++j) {
      sum += p[targets_[j].second];
      if (p[targets_[j].second] > p[first]) first = targets_[j].second;
    }
    for (; i < j; ++i) {
      Own& o = own_[targets_[i].second];
      o.first = first;
      o.target_most = p[first];
      o.target_sum = sum;
    }
  }
  slots_.clear();
  index_.assign(std::bit_ceil(std::max<std::size_t>(16, std::size_t{n} * 4)), 0);
  prefix_.assign(std::size_t{n} + 1, {});
  page_ = {};
  for (Id l = 0; l < n; ++l) {
    const Link& link = d.links[l];
    Own& o = own_[l];
    o.markup = slot(markup_of(facts, link.element));
    o.folder = slot(mix(hash64(folder_of(link.url)), 2));
    prefix_[l + 1] = prefix_[l];
    if (o.first != l) continue;
    const auto row = kinds.subspan(kinds.empty() ? 0 : l * kLinkKinds, kinds.empty() ? 0 : kLinkKinds);
    const float words = links.words(l);
    prefix_[l + 1].add(p[l], words, row);
    page_.add(p[l], words, row);
  }
  // Groups of like markup count a target where it stands, also beside its surest link: the image of a card, say.
  for (Id l = 0; l < n; ++l) {
    if (own_[l].first == kNone) continue;
    const auto row = kinds.subspan(kinds.empty() ? 0 : l * kLinkKinds, kinds.empty() ? 0 : kLinkKinds);
    slots_[own_[l].markup].group.add(p[l], links.words(l), row);
    if (own_[l].first == l) slots_[own_[l].folder].group.add(p[l], links.words(l), row);
  }
}

LinkContext::Group LinkContext::range(Id first, Id end) const {
  Group g = prefix_[end];
  const Group& before = prefix_[first];
  g.targets -= before.targets;
  g.sum -= before.sum;
  g.sure -= before.sure;
  g.words -= before.words;
  for (std::size_t k = 0; k < kLinkKinds; ++k) g.kinds[k] -= before.kinds[k];
  return g;
}

template <typename Out>
void LinkContext::row(Out& out, const PageFacts& facts, const LinkFeatures& links, const PageJudgement& judgement,
                      std::span<const float> p, std::span<const float> kinds, Id l) const {
  const Document& d = facts.document();
  const Link& link = d.links[l];
  const Own& o = own_[l];
  const auto kind = [&](std::size_t k) { return kinds.empty() ? 0.0F : kinds[l * kLinkKinds + k]; };
  out.group("");
  out("p", "p(onward) of the link by itself", p[l]);
  out("target_most", "highest p(onward) of a link to its target", o.target_most);
  out("target_sum", "sum of p(onward) over the links to its target", o.target_sum);
  out("surest", "it is the surest of them", flag(o.first == l));
  out.group("kind_");
  for (std::size_t k = 0; k < kLinkKinds; ++k) out(kKindNames[k], "probability of this kind, were it onward", kind(k));

  const auto mean = [](const Group& g) { return share(g.sum, g.targets); };
  const auto describe = [&](const Group& g, bool with_kinds) {
    out("targets", "ln targets of the group", ln(g.targets));
    out("mean", "mean p(onward) of its targets", mean(g));
    out("sure", "share of its targets at 0.5 and more", share(g.sure, g.targets));
    out("words", "words a text", share(g.words, g.targets));
    if (!with_kinds) return;
    for (std::size_t k = 0; k < kLinkKinds; ++k) {
      if constexpr (Out::naming) out(std::string("is_") + kKindNames[k], "share of its p(onward) of this kind", share(g.kinds[k], g.sum));
      else out("", "", share(g.kinds[k], g.sum));
    }
  };
  const auto of_element = [&](Id e) { return e == kNone ? Group{} : range(d.elements[e].first_link, d.elements[e].end_link); };
  const Id item = facts.item(link.element), list = links.list(l);
  out.group("item_");
  describe(of_element(item), false);
  out.group("list_");
  describe(of_element(list), true);
  const Id outer = list == kNone || d.elements[list].parent == kNone ? kNone : facts.item(list);
  out.group("outer_");
  describe(of_element(outer == kNone ? kNone : d.elements[outer].parent), true);
  out.group("markup_");
  describe(slots_[o.markup].group, true);
  out("most", "highest p(onward) of the group", slots_[o.markup].group.most);
  out.group("folder_");
  describe(slots_[o.folder].group, true);
  out("most", "highest p(onward) of the group", slots_[o.folder].group.most);
  constexpr std::array levels = {2, 3, 4, 5, 6, 8, 10};
  Id e = link.element;
  int step = 0;
  for (const int level : levels) {
    for (; step < level && e != kNone; ++step) e = d.elements[e].parent;
    if constexpr (Out::naming) out.group("c" + std::to_string(level) + "_");
    const Group g = of_element(e);
    out("mean", "mean p(onward) of the targets in the container", mean(g));
    out("targets", "ln targets in it", ln(g.targets));
    out("hold", "share of the page's p(onward) it holds", share(g.sum, page_.sum));
  }
  out.group("");
  const Id n = static_cast<Id>(d.links.size());
  for (int offset = -4; offset <= 4; ++offset) {
    if (offset == 0) continue;
    const std::int64_t at = std::int64_t{l} + offset;
    if constexpr (Out::naming) out.group("p" + std::to_string(offset));
    out("", "p(onward) of the link so many on, -1 = past the end", at >= 0 && at < std::int64_t{n} ? p[static_cast<std::size_t>(at)] : -1.0F);
  }
  for (const Id radius : {5U, 15U}) {
    if constexpr (Out::naming) out.group("w" + std::to_string(radius) + "_");
    out("mean", "mean p(onward) of the targets in the window", mean(range(l > radius ? l - radius : 0, std::min(n, l + radius + 1))));
  }

  const bool in_block = link.end_block > link.first_block;
  const Id b = d.blocks.empty() ? 0 : std::min<Id>(link.first_block, static_cast<Id>(d.blocks.size()) - 1);
  static const Block no_block{};
  static const BlockFacts no_facts{};
  const Block& block = in_block ? d.blocks[b] : no_block;
  const BlockFacts& f = in_block ? facts.block(b) : no_facts;
  links.own_columns(out, l);
  out.group("own_");
  out("image", "an image and no text", flag(link.image));
  out("same_page", "leads to the page itself", flag(link.same_page));
  out("block_words", "ln words of its block", ln(f.words));
  out("plain_words", "ln words of its block outside links", ln(f.words - static_cast<float>(block.link_words)));
  out("link_density", "link density of its block", f.link_density);
  out("heading", "its block is a heading of this level", block.heading_level);
  out("in_p", "its block is a paragraph", flag(f.in_p));
  out("hidden", "not shown", flag(block.hidden));
  const bool body = judgement.first_body != kNone;
  out("before_body", "blocks before the body starts, ln, 0 = not before", body && b < judgement.first_body ? ln(static_cast<float>(judgement.first_body - b)) : 0);
  out("after_body", "blocks since the body's end, ln, 0 = not after", body && b > judgement.last_body ? ln(static_cast<float>(b - judgement.last_body)) : 0);
  out("in_body", "between the body's ends", flag(body && b >= judgement.first_body && b <= judgement.last_body));
  out("position", "links before it, 0..1", share(static_cast<float>(l), static_cast<float>(n)));
  const Sums item_sums = item == kNone ? Sums{} : facts.of_element(item);
  out("item_words", "ln words of its item", ln(item_sums.words));
  out("item_link_density", "link density of its item", share(item_sums.link_chars, item_sums.chars));
  out("siblings", "ln items of the list", item == kNone ? 0 : ln(static_cast<float>(facts.siblings(item))));
  const Id over = links.list_heading(l);
  out("over_there", "there is a heading over the list", flag(over != kNone));
  out("over_words", "ln words of it", over == kNone ? 0 : ln(facts.block(over).words));
  out("over_level", "its level", over == kNone ? 0 : d.blocks[over].heading_level);
  out("over_blocks", "ln blocks since it", over == kNone ? 0 : ln(static_cast<float>(b) - static_cast<float>(over)));
  out("over_headline", "it is the page's headline", flag(over != kNone && over == facts.headline()));

  out.group("page_");
  describe(page_, true);
  out("expected", "ln expected number of onward targets", ln(page_.sum));
  out("blocks", "ln blocks", ln(static_cast<float>(d.blocks.size())));
  out("body_words", "ln words from the body's start to its end", body ? ln(facts.sums(judgement.first_body, judgement.last_body + 1).words) : 0);
  for (std::size_t k = 0; k < kPageKinds; ++k) {
    if constexpr (Out::naming) out(std::string("kind_") + kPageKindNames[k], "probability of this page kind", judgement.kind[k]);
    else out("", "", judgement.kind[k]);
  }
}

LinkContext::LinkContext(const LinkFeatures& links) {
  const NamingPage page;
  const std::vector<float> body{0.5F}, p{0.5F}, kinds(kLinkKinds, 0);
  PageJudgement judgement;
  judgement.body = body;
  group(page.facts, links, p, kinds);
  Naming naming{columns_, ""};
  row(naming, page.facts, links, judgement, p, kinds, 0);
}

std::span<const float> LinkContext::compute(const PageFacts& facts, const LinkFeatures& links, const PageJudgement& judgement,
                                            std::span<const float> p, std::span<const float> kinds) {
  group(facts, links, p, kinds);
  const Id n = static_cast<Id>(facts.document().links.size());
  rows_.resize(std::size_t{n} * columns_.size());
  Filling out{rows_.data()};
  for (Id l = 0; l < n; ++l) row(out, facts, links, judgement, p, kinds, l);
  return rows_;
}

void LinkContext::compute_one(const PageFacts& facts, const LinkFeatures& links, const PageJudgement& judgement,
                              std::span<const float> p, std::span<const float> kinds, Id link, std::vector<float>& values) {
  group(facts, links, p, kinds);
  values.resize(columns_.size());
  Filling out{values.data()};
  row(out, facts, links, judgement, p, kinds, link);
}

}  // namespace marrow
