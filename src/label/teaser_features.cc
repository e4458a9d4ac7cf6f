#include "label/teaser_features.h"

#include <algorithm>

#include "base/text.h"
#include "label/naming_page.h"

namespace marrow {
namespace {

// A card's excerpt and its link stand at most this many blocks apart: title, byline, date, label between them.
constexpr Id kCardReach = 4;

}  // namespace

void TeaserFeatures::find_partners(const PageFacts& facts, std::span<const float> related) {
  const Document& d = facts.document();
  const Id n = static_cast<Id>(d.blocks.size());
  link_words_.assign(d.links.size(), -1);
  link_of_block_.assign(n, kNone);
  partners_.assign(n, kNone);
  for (Id l = 0; l < d.links.size(); ++l) {
    if (d.links[l].url.empty() || d.links[l].same_page) continue;
    for (Id b = d.links[l].first_block; b < d.links[l].end_block; ++b)
      if (link_of_block_[b] == kNone || related[l] > related[link_of_block_[b]]) link_of_block_[b] = l;
  }
  for (Id b = 0; b < n; ++b) {
    const Id item = facts.item(d.blocks[b].element);
    Id best = link_of_block_[b];
    const auto take = [&](Id l) {
      if (l != kNone && (best == kNone || related[l] > related[best] + 1e-6F)) best = l;
    };
    if (item != kNone && facts.of_element(item).blocks <= 12) {
      const Element& e = d.elements[item];
      for (Id l = e.first_link; l < e.end_link; ++l)
        if (!d.links[l].url.empty() && !d.links[l].same_page) take(l);
    } else {
      for (Id i = b > kCardReach ? b - kCardReach : 0; i < std::min(n, b + kCardReach + 1); ++i) {
        // Only within the same container two steps up: the next card's link is not this one's.
        const Id up = d.elements[d.blocks[b].element].parent;
        if (up != kNone && d.inside(d.blocks[i].element, up)) take(link_of_block_[i]);
      }
    }
    partners_[b] = best;
  }
}

float TeaserFeatures::longest_other(const PageFacts& facts, Id item, Id block) {
  if (longest_.item != item) {
    const Document& d = facts.document();
    longest_ = {item, kNone, 0, 0};
    for (Id i = d.elements[item].first_block; i < d.elements[item].end_block; ++i) {
      const float words = facts.block(i).words - static_cast<float>(d.blocks[i].link_words);
      if (words > longest_.words) longest_ = {item, i, words, longest_.words};
      else longest_.next = std::max(longest_.next, words);
    }
  }
  return longest_.block == block ? longest_.next : longest_.words;
}

template <typename Out>
void TeaserFeatures::row(Out& out, const PageFacts& facts, const Matches* matches, const PageJudgement& judgement,
                         std::span<const float> related, Id b) {
  const Document& d = facts.document();
  const Block& block = d.blocks[b];
  const BlockFacts& f = facts.block(b);
  const Id n = static_cast<Id>(d.blocks.size());
  out.group("");
  out("words", "ln words", ln(f.words));
  out("chars", "ln code points", ln(f.chars));
  out("plain_words", "ln words outside links", ln(f.words - static_cast<float>(block.link_words)));
  out("link_density", "share of characters in links", f.link_density);
  out("ends_terminal", "ends with an end mark", flag(f.ends_terminal));
  out("ends_ellipsis", "ends with an ellipsis", flag(f.ends_ellipsis));
  out("sentences", "ln sentences", ln(f.sentences));
  out("commas", "commas a word", share(f.commas, f.words));
  out("function_words", "share of function words", f.function_words);
  out("familiarity", "mean ln count on the page of its longer words", f.familiarity);
  out("title_share", "share of its words in the page's title", f.title_share);
  out("capital_words", "share of words with a capital", share(f.capital_words, f.words));
  out("digits", "share of digits", share(f.digits, f.chars));
  out("separators", "separators a word", share(f.separators, f.words));
  out("has_year", "holds a year", flag(f.has_year));
  out("has_clock", "holds a time", flag(f.has_clock));
  out("has_money", "holds a price", flag(f.has_money));
  out("heading_level", "1..6", block.heading_level);
  out("in_p", "a paragraph", flag(f.in_p));
  out("li", "a list item", flag(block.tag == Tag::li_));
  out("lines", "ln lines", ln(f.lines));
  out("hidden", "not shown", flag(block.hidden));
  out("repeats", "ln blocks of the same text", ln(static_cast<float>(block.repeats)));
  out("body", "p(body)", judgement.body[b]);
  const Id own = link_of_block_[b], partner = partners_[b];
  out("own_related", "p(onward reading) of its surest link, -1 = no link", own == kNone ? -1 : related[own]);
  out("partner_related", "… of the link it would preview", partner == kNone ? -1 : related[partner]);
  out("partner_own", "that link stands in the block itself", flag(partner != kNone && partner == own));
  float partner_words = 0;
  if (partner != kNone) {
    float& counted = link_words_[partner];
    if (counted < 0) counted = static_cast<float>(count_words(d.links[partner].text));
    partner_words = counted;
  }
  out("partner_words", "words of that link's text", partner_words);
  out("partner_blocks", "signed blocks to that link", partner == kNone ? 0 : static_cast<float>(b) - static_cast<float>(d.links[partner].first_block));
  out("more_words", "ln words more than that link's text", partner == kNone ? 0 : signed_ln(f.words - partner_words));
  const Id item = facts.item(block.element);
  const Sums sums = item == kNone ? Sums{} : facts.of_element(item);
  out("item", "in a repeated item", flag(item != kNone));
  out("item_words", "ln words of the item", ln(sums.words));
  out("item_blocks", "ln blocks of the item", ln(sums.blocks));
  out("item_share", "its share of the item's words", share(f.words, sums.words));
  out("item_siblings", "ln items", item == kNone ? 0 : ln(static_cast<float>(facts.siblings(item))));
  out("item_link_density", "link density of the item", share(sums.link_chars, sums.chars));
  const PageFacts::PathFacts& path = facts.path_facts(b);
  out("path_blocks", "ln blocks of its path", ln(static_cast<float>(path.blocks)));
  out("path_block_words", "words a block of its path", share(path.words, static_cast<float>(path.blocks)));
  out("path_link_density", "link density of its path", share(path.link_chars, path.chars));
  out("longest_other", "ln plain words of the item's longest other block", ln(item == kNone ? 0 : longest_other(facts, item, b)));
  for (const int offset : {-2, -1, 1, 2}) {
    const std::int64_t at = std::int64_t{b} + offset;
    const bool there = at >= 0 && at < std::int64_t{n};
    const Id i = there ? static_cast<Id>(at) : b;
    if constexpr (Out::naming) out.group("n" + std::to_string(offset) + "_");
    out("words", "ln words", there ? ln(facts.block(i).words) : -1);
    out("link_density", "link density", there ? facts.block(i).link_density : -1);
    out("body", "p(body)", there ? judgement.body[i] : -1);
    out("related", "p(onward reading) of its surest link", there && link_of_block_[i] != kNone ? related[link_of_block_[i]] : -1);
    out("same_item", "in the same item", there && item != kNone ? flag(d.inside(d.blocks[i].element, item)) : 0);
    out("heading", "a heading", there ? flag(d.blocks[i].heading_level > 0) : 0);
  }
  out.group("page_");
  for (std::size_t k = 0; k < kPageKinds; ++k) out(name_of(static_cast<PageKind>(k)), "probability of this page kind", judgement.kind[k]);
  out("in_body", "between the body's ends", flag(judgement.first_body != kNone && b >= judgement.first_body && b <= judgement.last_body));
  out("position", "blocks before it, 0..1", share(static_cast<float>(b), static_cast<float>(n)));
  out("headline_blocks", "signed ln blocks since the headline", facts.headline() == kNone ? 0 : signed_ln(static_cast<float>(b) - static_cast<float>(facts.headline())));
  is_.run(out, rules_, "is_", "signal on the block", matches ? matches->block_row(b) : nullptr);
  next_is_.run(out, rules_, "next_is_", "signal on the next block", matches && b + 1 < n ? matches->block_row(b + 1) : nullptr);
  near_.assign(matches ? matches->stride : 0, 0);
  Id e = block.element;
  for (int up = 0; matches && up < 4 && e != kNone; ++up, e = d.elements[e].parent)
    for (std::size_t w = 0; w < near_.size(); ++w) near_[w] |= matches->element_row(e)[w];
  near_is_.run(out, rules_, "near_", "signal on its element or the three above", matches ? near_.data() : nullptr);
}

TeaserFeatures::TeaserFeatures(const RuleSet& rules) : rules_(rules) {
  const SignalGroups signals(rules);
  is_ = next_is_ = SignalColumns(signals.block);
  near_is_ = SignalColumns(signals.element);
  const NamingPage page;
  const std::vector<float> body{0.5F};
  PageJudgement judgement;
  judgement.body = body;
  find_partners(page.facts, std::vector<float>{0.0F});
  Naming naming{columns_, ""};
  row(naming, page.facts, nullptr, judgement, std::vector<float>{0.0F}, 0);
}

void TeaserFeatures::ask(const AskedColumns& asked) {
  is_.ask(asked, columns_, "is_", rules_);
  next_is_.ask(asked, columns_, "next_is_", rules_);
  near_is_.ask(asked, columns_, "near_", rules_);
}

std::span<const float> TeaserFeatures::compute(const PageFacts& facts, const Matches& matches, const PageJudgement& judgement,
                                               std::span<const float> related) {
  find_partners(facts, related);
  longest_ = {};
  const std::size_t n = facts.document().blocks.size();
  rows_.resize(n * columns_.size());
  Filling out{rows_.data()};
  for (Id b = 0; b < n; ++b) row(out, facts, &matches, judgement, related, b);
  return rows_;
}

}  // namespace marrow
