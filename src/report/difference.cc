#include "report/difference.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "base/text.h"
#include "page/path.h"
#include "report/words.h"

namespace marrow {
namespace {

constexpr int kPathLevels = 4;

struct Times {
  std::uint32_t before = 0, after = 0;
  Id at = kNone;  // in `after`
};

class Pairing {
 public:
  using Items = std::vector<Snapshot::Item>;
  Pairing(const Items& before, const Items& after) : a_(before), b_(after) {}

  std::vector<std::pair<Id, Id>> run() {
    Id begin = 0, a_end = static_cast<Id>(a_.size()), b_end = static_cast<Id>(b_.size());
    while (begin < a_end && begin < b_end && a_[begin].key == b_[begin].key) ++begin;
    std::vector<std::pair<Id, Id>> tail;
    while (a_end > begin && b_end > begin && a_[a_end - 1].key == b_[b_end - 1].key) tail.emplace_back(--a_end, --b_end);
    for (Id i = 0; i < begin; ++i) out_.emplace_back(i, i);
    Id a = begin, b = begin;
    for (const auto& [anchor_a, anchor_b] : anchors(begin, a_end, b_end)) {
      between(a, anchor_a, b, anchor_b);
      out_.emplace_back(anchor_a, anchor_b);
      a = anchor_a + 1;
      b = anchor_b + 1;
    }
    between(a, a_end, b, b_end);
    out_.insert(out_.end(), tail.rbegin(), tail.rend());
    return std::move(out_);
  }

 private:
  // What stands once on either side, and in the same order on both: the longest rising row of them.
  std::vector<std::pair<Id, Id>> anchors(Id begin, Id a_end, Id b_end) const {
    std::unordered_map<std::uint64_t, Times> times;
    for (Id i = begin; i < a_end; ++i) ++times[a_[i].key].before;
    for (Id i = begin; i < b_end; ++i) {
      Times& t = times[b_[i].key];
      ++t.after;
      t.at = i;
    }
    std::vector<std::pair<Id, Id>> unique;
    for (Id i = begin; i < a_end; ++i)
      if (const Times& t = times[a_[i].key]; t.before == 1 && t.after == 1) unique.emplace_back(i, t.at);
    return longest_rising(unique);
  }

  static std::vector<std::pair<Id, Id>> longest_rising(const std::vector<std::pair<Id, Id>>& pairs) {
    std::vector<std::size_t> ends, back(pairs.size());  // ends[k]: the pair that ends the best row of k + 1 pairs
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      const auto at = std::lower_bound(ends.begin(), ends.end(), pairs[i].second, [&](std::size_t e, Id b) { return pairs[e].second < b; });
      back[i] = at == ends.begin() ? pairs.size() : *(at - 1);
      if (at == ends.end()) ends.push_back(i);
      else *at = i;
    }
    std::vector<std::pair<Id, Id>> out;
    for (std::size_t i = ends.empty() ? pairs.size() : ends.back(); i != pairs.size(); i = back[i]) out.push_back(pairs[i]);
    std::reverse(out.begin(), out.end());
    return out;
  }

  // Equals in order, each taken at its first place behind the last.
  void between(Id a, Id a_end, Id b, Id b_end) {
    std::unordered_map<std::uint64_t, std::vector<Id>> places;
    for (Id i = b_end; i > b; --i) places[b_[i - 1].key].push_back(i - 1);  // the first is at the back
    Id next = b;
    for (; a < a_end; ++a) {
      const auto found = places.find(a_[a].key);
      if (found == places.end()) continue;
      std::vector<Id>& left = found->second;
      while (!left.empty() && left.back() < next) left.pop_back();
      if (left.empty()) continue;
      out_.emplace_back(a, left.back());
      next = left.back() + 1;
      left.pop_back();
    }
  }

  const Items& a_;
  const Items& b_;
  std::vector<std::pair<Id, Id>> out_;
};

std::vector<Difference::Change> changes(const std::vector<Snapshot::Item>& before, const std::vector<Snapshot::Item>& after) {
  std::vector<Difference::Change> out;
  Id a = 0, b = 0;
  const auto unpaired = [&](Id a_end, Id b_end) {
    for (; a < a_end; ++a) out.push_back({a, kNone, b});
    for (; b < b_end; ++b) out.push_back({kNone, b, b});
  };
  for (const auto& [i, k] : paired(before, after)) {
    unpaired(i, k);
    if (before[i].verdict != after[k].verdict) out.push_back({i, k, k});
    a = i + 1;
    b = k + 1;
  }
  unpaired(static_cast<Id>(before.size()), static_cast<Id>(after.size()));
  return out;
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

}  // namespace

Snapshot snapshot_of(const Seen& seen, const Record& record, const RuleSet& rules) {
  Snapshot out;
  const Document& d = seen.document;
  out.blocks.reserve(d.blocks.size());
  for (Id i = 0; i < d.blocks.size(); ++i) {
    const Block& block = d.blocks[i];
    out.blocks.push_back({hash64(block.text), verdict_name(seen.labels.blocks[i]), decided_by(rules, seen.labels.blocks[i]),
                          std::string(block.text), path_of(d, block.element, kPathLevels)});
  }
  out.links.reserve(d.links.size());
  for (Id i = 0; i < d.links.size(); ++i) {
    const Link& link = d.links[i];
    std::string text(link.text);
    text += (text.empty() ? "" : " ") + std::string(link.url.empty() ? link.href : link.url);
    out.links.push_back({hash64(text), verdict_name(seen.labels.links[i]), decided_by(rules, seen.labels.links[i]), text,
                         path_of(d, link.element, kPathLevels)});
  }
  out.record = record;
  return out;
}

std::vector<std::pair<Id, Id>> paired(const std::vector<Snapshot::Item>& before, const std::vector<Snapshot::Item>& after) {
  return Pairing(before, after).run();
}

Difference difference(const Snapshot& before, const Snapshot& after) {
  Difference out;
  out.blocks = changes(before.blocks, after.blocks);
  out.links = changes(before.links, after.links);
  const Record &a = before.record, &b = after.record;
  const auto field = [&](std::string_view name, std::string was, std::string now) {
    if (was != now) out.fields.push_back({name, std::move(was), std::move(now)});
  };
  field("title", a.title, b.title);
  field("author", a.author, b.author);
  field("published", a.published, b.published);
  field("kind", std::string(name_of(a.kind)), std::string(name_of(b.kind)));
  field("words", std::to_string(a.quality.words), std::to_string(b.quality.words));
  field("confidence", fmt::format("{:.2f}", a.quality.confidence), fmt::format("{:.2f}", b.quality.confidence));
  field("related", std::to_string(a.related.size()), std::to_string(b.related.size()));
  field("teasers", std::to_string(a.teasers.size()), std::to_string(b.teasers.size()));
  field("flags", joined(a.quality.flags), joined(b.quality.flags));
  return out;
}

}  // namespace marrow
