#include "label/density.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace marrow {
namespace {

// A block of this many words, with few links and an end mark, is prose: shallow text features agree on
// 10 to 15 words and a link density of a third (WSDM 2010, figure 2).
constexpr float kProseWords = 10;
constexpr float kProseLinkDensity = 0.33F;
// How much more it costs to lose prose than to take in other words when choosing the container (F-beta):
// found by word F1 on pages of our own making, flat from 1.5 to 3.
constexpr float kRecallWeight = 2.0F;

// Names that mean furniture wherever they stand; "comment", "sidebar" or "modal" hold whole pages on some sites.
constexpr std::array<std::string_view, 9> kFurniture = {"nav", "navigation", "footer", "contentinfo", "cookie", "breadcrumb",
                                                        "related", "share", "skip"};
// Furniture never holds this much of a page: where it seems to, the name says something else.
constexpr float kFurnitureShare = 0.3F;

bool is_prose(const BlockFacts& f, const Block& block) {
  if (block.hidden) return false;
  if (block.pre) return f.words >= 3;
  return f.words >= kProseWords && f.link_density < kProseLinkDensity && (f.ends > 0 || f.commas > 0 || f.words >= 25);
}

}  // namespace

DensityScorer::DensityScorer(const RuleSet& rules) {
  for (Id s = 0; s < rules.signal_count(); ++s) {
    // Signals are named kind.thing or thing: the last step says what it is.
    std::string_view name = rules.signal_name(s);
    if (name.starts_with("phrase") || name.starts_with("text")) continue;
    name = name.substr(name.rfind('.') == std::string_view::npos ? 0 : name.rfind('.') + 1);
    if (std::find(kFurniture.begin(), kFurniture.end(), name) != kFurniture.end()) unlikely_.push_back(s);
  }
}

bool DensityScorer::unlikely(const Document& document, const Matches& matches, Id e) const {
  switch (document.elements[e].tag) {
    case Tag::nav_: case Tag::footer_: case Tag::aside_: case Tag::form_: case Tag::button_: case Tag::dialog_:
      return true;
    case Tag::html_: case Tag::body_: case Tag::main_: case Tag::article_:
      return false;  // themes hang words like "has-sidebar" on these
    default:
      break;
  }
  return std::any_of(unlikely_.begin(), unlikely_.end(), [&](Id s) { return matches.element_has(e, s); });
}

const std::vector<float>& DensityScorer::score(const PageFacts& facts, const Matches& matches) {
  const Document& d = facts.document();
  const std::size_t n = d.blocks.size();
  scores_.assign(n, 0);
  prose_.assign(n + 1, 0);
  bad_.assign(d.elements.size(), 0);
  const float page_words = facts.page().words;
  for (Id e = 0; e < d.elements.size(); ++e) {
    const Id up = d.elements[e].parent;
    if (up != kNone && bad_[up]) {
      bad_[e] = 1;
    } else if (unlikely(d, matches, e)) {
      bad_[e] = facts.of_element(e).words < kFurnitureShare * page_words;
    }
  }
  for (Id b = 0; b < n; ++b) {
    const bool prose = !bad_[d.blocks[b].element] && is_prose(facts.block(b), d.blocks[b]);
    prose_[b + 1] = prose_[b] + (prose ? facts.block(b).words : 0);
  }
  const float all = prose_[n];
  // The container: of all elements the one with the best F-beta of prose.
  Id best = 0;
  float best_value = -1;
  for (Id e = 0; e < d.elements.size(); ++e) {
    const Element& element = d.elements[e];
    if (!element.block_level || element.end_block == element.first_block) continue;
    const float prose = prose_[element.end_block] - prose_[element.first_block];
    const float words = facts.of_element(e).words;
    if (prose <= 0) continue;
    const float p = prose / words, r = prose / all, k = kRecallWeight * kRecallWeight;
    const float value = (1 + k) * p * r / (k * p + r);
    if (value > best_value) {
      best_value = value;
      best = e;
    }
  }
  if (best_value < 0) return scores_;
  const Element& home = d.elements[best];
  const auto prose_at = [&](Id b) { return prose_[b + 1] > prose_[b]; };
  Id first = kNone, last = 0;
  for (Id b = home.first_block; b < home.end_block; ++b)
    if (prose_at(b)) {
      if (first == kNone) first = b;
      last = b;
    }
  for (Id b = home.first_block; b < home.end_block; ++b) {
    const Block& block = d.blocks[b];
    const BlockFacts& f = facts.block(b);
    if (bad_[block.element] || block.hidden) continue;
    if (prose_at(b)) {
      scores_[b] = 0.9F;
      continue;
    }
    // Between two blocks of prose, short text without many links belongs to them: headings, list items, captions.
    const bool inside = b > first && b < last;
    if (inside && f.link_density < 0.5F) scores_[b] = 0.7F;
    else if (inside && facts.item(block.element) == kNone && f.link_density < 0.8F && f.words >= 4) scores_[b] = 0.5F;
    else if (f.words >= 5 && f.link_density < 0.2F && f.ends_terminal) scores_[b] = 0.55F;
  }
  if (const Id headline = facts.headline(); headline != kNone) scores_[headline] = 0;
  return scores_;
}

}  // namespace marrow
