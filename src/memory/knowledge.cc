#include "memory/knowledge.h"

#include <algorithm>
#include <utility>

#include "base/url.h"

namespace marrow {
namespace {

using Pair = std::pair<std::uint32_t, std::uint32_t>;

// Sums over the pages that have a place; divided once all are in.
struct Gathered {
  Place sum;
  std::vector<std::uint32_t> targets;  // of all pages, repeated
};

void gather(Gathered& into, const ListSeen& list) {
  ++into.sum.pages;
  into.sum.onward += static_cast<float>(list.onward) / 255;
  for (std::size_t k = 0; k < kMemoryKinds; ++k) into.sum.kinds[k] += static_cast<float>(list.kinds[k]) / 255;
  into.sum.self += list.self ? 1.0F : 0.0F;
  into.sum.targets += static_cast<float>(list.targets.size());
  into.targets.insert(into.targets.end(), list.targets.begin(), list.targets.end());
}

// Of all pairs (a target on one page, another of the pages): the share in which that page has the target too.
float repeats(std::vector<std::uint32_t>& targets, std::uint32_t pages) {
  if (pages < 2 || targets.empty()) return 0;
  std::sort(targets.begin(), targets.end());
  double together = 0;
  for (std::size_t i = 0, j = 0; i < targets.size(); i = j) {
    for (; j < targets.size() && targets[j] == targets[i]; ++j) {
    }
    const double count = static_cast<double>(j - i);
    together += count * (count - 1);
  }
  return static_cast<float>(together / (static_cast<double>(targets.size()) * (pages - 1)));
}

Place mean_of(Gathered& gathered) {
  Place place = gathered.sum;
  const float pages = static_cast<float>(place.pages);
  place.onward /= pages;
  for (float& kind : place.kinds) kind /= pages;
  place.self /= pages;
  place.targets /= pages;
  place.repeats = repeats(gathered.targets, place.pages);
  return place;
}

std::unordered_map<std::uint32_t, Place> finish(std::unordered_map<std::uint32_t, Gathered>& gathered) {
  std::unordered_map<std::uint32_t, Place> places;
  for (auto& [hash, place] : gathered)
    if (place.sum.pages > 1) places.emplace(hash, mean_of(place));
  return places;
}

// Several lists of a page may share a path: for the page they are one.
std::vector<ListSeen> by_path(const std::vector<ListSeen>& lists) {
  std::map<std::uint32_t, ListSeen> merged;
  std::map<std::uint32_t, std::uint32_t> count;
  for (const ListSeen& list : lists) {
    const auto [at, fresh] = merged.try_emplace(list.path, list);
    const std::uint32_t before = count[list.path]++;
    if (fresh) continue;
    ListSeen& all = at->second;
    const auto mean = [&](std::uint8_t a, std::uint8_t b) { return static_cast<std::uint8_t>((a * before + b) / (before + 1)); };
    all.self = all.self || list.self;
    all.onward = mean(all.onward, list.onward);
    for (std::size_t k = 0; k < kMemoryKinds; ++k) all.kinds[k] = mean(all.kinds[k], list.kinds[k]);
    all.targets.insert(all.targets.end(), list.targets.begin(), list.targets.end());
  }
  std::vector<ListSeen> out;
  for (auto& [path, list] : merged) {
    std::sort(list.targets.begin(), list.targets.end());
    list.targets.erase(std::unique(list.targets.begin(), list.targets.end()), list.targets.end());
    out.push_back(std::move(list));
  }
  return out;
}

std::span<const Pair> equal(const std::vector<Pair>& sorted, std::uint32_t hash) {
  const auto first = std::lower_bound(sorted.begin(), sorted.end(), Pair{hash, 0});
  auto last = first;
  while (last != sorted.end() && last->first == hash) ++last;
  return {first, last};
}

const Place* find(const std::unordered_map<std::uint32_t, Place>& places, std::uint32_t hash) {
  const auto at = places.find(hash);
  return at == places.end() ? nullptr : &at->second;
}

}  // namespace

void HostKnowledge::add_templates(const FairSample::Pages& pages) {
  std::vector<std::uint32_t> texts;
  std::unordered_map<std::uint32_t, Gathered> places, paths;
  PageTemplate page;
  for (const auto& [key, sampled] : pages) {
    if (!from_bytes(sampled.bytes, page)) continue;
    sampled_.push_back(key);
    texts.insert(texts.end(), page.texts.begin(), page.texts.end());
    for (const ListSeen& list : page.lists) gather(places[list.place], list);
    for (const ListSeen& list : by_path(page.lists)) gather(paths[list.path], list);
  }
  std::sort(texts.begin(), texts.end());
  for (std::size_t i = 0, j = 0; i < texts.size(); i = j) {
    for (; j < texts.size() && texts[j] == texts[i]; ++j) {
    }
    if (j - i > 1) texts_.emplace_back(texts[i], static_cast<std::uint32_t>(j - i));
  }
  places_ = finish(places);
  paths_ = finish(paths);
}

void HostKnowledge::add_known(const FairSample::Pages& pages) {
  PageIdentity page;
  for (const auto& [key, known] : pages) {
    if (!from_bytes(known.bytes, page)) continue;
    const auto index = static_cast<std::uint32_t>(known_.size());
    const std::string_view url = std::string_view(known.bytes).substr(known.bytes.size() - page.url.size());
    known_.push_back({key, page.kind, page.title, page.begins, url});
    for (const std::uint32_t opening : page.openings) openings_.emplace_back(opening, index);
    if (page.begins) beginnings_.emplace_back(page.begins, index);
  }
  std::sort(openings_.begin(), openings_.end());
  std::sort(beginnings_.begin(), beginnings_.end());
}

bool HostKnowledge::sampled(std::uint64_t key) const { return std::binary_search(sampled_.begin(), sampled_.end(), key); }

std::uint32_t HostKnowledge::pages_with_text(std::uint32_t hash) const {
  const auto found = equal(texts_, hash);
  return found.empty() ? 0 : found.front().second;
}

const Place* HostKnowledge::place(std::uint32_t hash) const { return find(places_, hash); }
const Place* HostKnowledge::path(std::uint32_t hash) const { return find(paths_, hash); }

const KnownPage* HostKnowledge::page(std::uint64_t key) const {
  const auto at = std::lower_bound(known_.begin(), known_.end(), key, [](const KnownPage& page, std::uint64_t k) { return page.key < k; });
  return at != known_.end() && at->key == key ? &*at : nullptr;
}

bool HostKnowledge::opens_some_page(std::uint32_t opening) const { return !equal(openings_, opening).empty(); }

bool HostKnowledge::opens(std::uint32_t opening, const KnownPage& page) const {
  return std::binary_search(openings_.begin(), openings_.end(), Pair{opening, static_cast<std::uint32_t>(&page - known_.data())});
}

const KnownPage* HostKnowledge::beginning(std::uint32_t hash) const {
  const auto found = equal(beginnings_, hash);
  return found.size() == 1 ? &known_[found.front().second] : nullptr;
}

SiteKnowledge::SiteKnowledge(SiteMemory memory) : memory_(std::move(memory)) {
  for (const auto& [host, pages] : memory_.templates().hosts()) hosts_[host].add_templates(pages);
  for (const auto& [host, pages] : memory_.known().hosts()) hosts_[host].add_known(pages);
}

const HostKnowledge* SiteKnowledge::host(std::string_view url) const {
  UrlParts parts;
  if (!split_url(url, &parts)) return nullptr;
  const auto at = hosts_.find(host_without_www(parts.host));
  return at == hosts_.end() ? nullptr : &at->second;
}

}  // namespace marrow
