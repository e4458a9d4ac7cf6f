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
  if (judge.link_kinds.empty()) return lists;  // no link model: nothing was computed for this page
  const Document& d = judge.facts.document();
  std::vector<ListSums> sums;
  std::unordered_map<std::uint32_t, std::size_t> by_place;
  for (Id l = 0; l < d.links.size(); ++l) {
    const Id container = judge.link_features.list(l);
    if (container == kNone || d.links[l].url.empty()) continue;
    const std::uint64_t path = judge.facts.path(container);
    const std::uint32_t place = place_of(d, path, judge.link_features.list_heading(l));
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
    list.seen.self = list.seen.self || d.links[l].same_page;
    list.seen.targets.push_back(short_hash(page_key(d.links[l].url)));
    sum.onward += judge.related[l];
    for (std::size_t k = 0; k < kMemoryKinds; ++k) sum.kinds[k] += judge.link_kinds[l * Judge::kLinkKinds + k];
  }
  for (std::size_t i = 0; i < lists.size(); ++i) finish(lists[i], sums[i]);
  return lists;
}

}  // namespace marrow
