#include "memory/page_lists.h"

#include <algorithm>
#include <unordered_map>

#include "base/text.h"
#include "memory/hashes.h"

namespace marrow {
namespace {

struct ListSums {
  float onward = 0;
  std::array<float, kMemoryKinds> kinds{};
};

std::uint8_t byte_of(float share) { return static_cast<std::uint8_t>(std::clamp(share, 0.0F, 1.0F) * 255 + 0.5F); }

// The heading counts by its text: boxes of one design hold different lists.
std::uint32_t place_of(const Document& document, std::uint64_t path, Id heading) {
  const std::uint64_t words = heading == kNone ? 0 : text_hash(document.blocks[heading].text);
  return short_hash((path * 0x9E3779B97F4A7C15U) ^ (words << 16));
}

// A line this short and not linked, right before a link, heads what follows, if only one card does.
constexpr float kHeadingWords = 8;

// The heading over a link: what the link features found for its list, unless a short line stands nearer.
Id heading_over(const Judge& judge, Id l) {
  const Document& d = judge.facts.document();
  const Id found = judge.link_features.list_heading(l), container = judge.link_features.list(l);
  // The line stands before the first link of the list.
  const Id lead = d.elements[container].first_link;
  if (lead >= d.links.size() || judge.link_features.list(lead) != container) return found;
  const Id first = d.links[lead].first_block;
  if (first == 0 || first >= d.blocks.size() || (found != kNone && found + 1 >= first)) return found;
  const BlockFacts& line = judge.facts.block(first - 1);
  const bool heads = line.words <= kHeadingWords && line.link_density < 0.5F && !line.ends_terminal && !d.blocks[first - 1].hidden;
  return heads ? first - 1 : found;
}

// A link to the page itself that stands in a list, as deep as an entry stands: the entry of a menu for the page one is on.
// (Its element is often marked "current" and so is no item like the others.)
void mark_self(const Document& document, const std::unordered_map<Id, std::size_t>& by_container, std::vector<PageList>& lists) {
  constexpr int kDepth = 3;
  for (const Link& link : document.links) {
    if (!link.same_page || link.href.starts_with('#')) continue;
    Id e = document.elements[link.element].parent;
    for (int up = 0; up < kDepth && e != kNone; ++up, e = document.elements[e].parent) {
      const auto at = by_container.find(e);
      if (at != by_container.end()) lists[at->second].seen.self = true;
    }
  }
}

void finish(PageList& list, const ListSums& sums) {
  const float links = static_cast<float>(list.links.size());
  list.seen.onward = byte_of(sums.onward / links);
  for (std::size_t k = 0; k < kMemoryKinds; ++k) list.seen.kinds[k] = byte_of(sums.kinds[k] / links);
  std::vector<std::uint32_t>& targets = list.seen.targets;
  std::sort(targets.begin(), targets.end());
  targets.erase(std::unique(targets.begin(), targets.end()), targets.end());
}

}  // namespace

std::vector<PageList> lists_of_page(const Judge& judge) {
  std::vector<PageList> lists;
  const std::span<const float> kinds = judge.link_kinds();
  if (kinds.empty()) return lists;  // no link model: nothing was computed for this page
  const Document& d = judge.facts.document();
  std::vector<ListSums> sums;
  std::unordered_map<std::uint32_t, std::size_t> by_place;
  std::unordered_map<Id, std::size_t> by_container;
  for (Id l = 0; l < d.links.size(); ++l) {
    const Id container = judge.link_features.list(l);
    if (container == kNone || d.links[l].url.empty()) continue;
    const Id heading = heading_over(judge, l);
    const std::uint64_t path = judge.facts.path(container) * 31 + judge.facts.path(d.links[l].element);
    const std::uint32_t place = place_of(d, path, heading);
    const auto [at, fresh] = by_place.try_emplace(place, lists.size());
    if (fresh) {
      lists.emplace_back();
      lists.back().seen.place = place;
      lists.back().seen.path = short_hash(path);
      sums.emplace_back();
    }
    PageList& list = lists[at->second];
    ListSums& sum = sums[at->second];
    list.links.push_back(l);
    by_container.emplace(container, at->second);
    list.heading = heading;
    list.seen.targets.push_back(short_hash(page_key(d.links[l].url)));
    sum.onward += judge.related[l];
    for (std::size_t k = 0; k < kMemoryKinds; ++k) sum.kinds[k] += kinds[l * kLinkKinds + k];
  }
  for (std::size_t i = 0; i < lists.size(); ++i) finish(lists[i], sums[i]);
  mark_self(d, by_container, lists);
  return lists;
}

}  // namespace marrow
