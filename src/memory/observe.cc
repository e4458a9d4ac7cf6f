#include "memory/observe.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"
#include "base/url.h"
#include "label/passes.h"
#include "memory/hashes.h"
#include "memory/page_lists.h"
#include "memory/page_memory.h"

namespace marrow {
namespace {

// Blocks of the body whose beginnings are kept: excerpts are cut from the top of a text.
constexpr std::size_t kBlocksQuoted = 8;

// "2026-11-23T07:20:56Z" -> 20261123072056: larger is later, as long as all speak UTC.
std::uint64_t stamp_of(std::string_view fetched_at) {
  std::uint64_t stamp = 0;
  unsigned digits = 0;
  for (const char c : fetched_at) {
    if (c < '0' || c > '9') continue;
    stamp = stamp * 10 + static_cast<std::uint64_t>(c - '0');
    if (++digits == 14) break;
  }
  return digits == 14 ? stamp : 0;
}

// A block that is links for this share is a list of titles or a menu, and no running text.
constexpr double kLinks = 0.5;

void keep_smallest(std::vector<std::uint32_t>& hashes, std::size_t most) {
  std::sort(hashes.begin(), hashes.end());
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
  if (hashes.size() > most) hashes.resize(most);
}

PageTemplate template_of(const Observed& page) {
  PageTemplate out;
  for (const Block& block : page.document.blocks)
    if (const std::uint32_t hash = text_hash(block.text)) out.texts.push_back(hash);
  keep_smallest(out.texts, kMaxTexts);
  if (!page.judge) return out;
  for (PageList& list : lists_of_page(*page.judge)) {
    if (list.seen.targets.size() > kMaxTargets) list.seen.targets.resize(kMaxTargets);
    out.lists.push_back(std::move(list.seen));
  }
  std::sort(out.lists.begin(), out.lists.end(), [](const ListSeen& a, const ListSeen& b) { return a.place < b.place; });
  if (out.lists.size() > kMaxLists) out.lists.resize(kMaxLists);
  return out;
}

std::string_view summary_of(const Document& document) {
  for (const std::string_view name : {"description", "og:description"})
    for (const Meta& meta : document.metas)
      if (meta.name == name && !meta.content.empty()) return meta.content;
  return {};
}

// What other pages may quote. The text of an index page is itself made of excerpts: nobody quotes it.
void add_openings(const Observed& page, PageIdentity& out) {
  std::string begin;
  std::size_t quoted = 0;
  const auto opening = [&](std::string_view text) {
    if (const std::uint32_t hash = opening_hash(text, kOpening)) out.openings.push_back(hash);
  };
  const auto& blocks = page.document.blocks;
  for (Id b = 0; b < blocks.size() && quoted < kBlocksQuoted; ++b) {
    if (page.labels.blocks[b].label != Label::body) continue;
    if (blocks[b].pre || blocks[b].link_density() >= kLinks) continue;
    ++quoted;
    opening(blocks[b].text);
    if (begin.size() < 1024) begin.append(blocks[b].text).push_back(' ');
  }
  opening(begin);
  opening(summary_of(page.document));
  out.begins = opening_hash(begin, kBeginning);
  keep_smallest(out.openings, kMaxOpenings);
}

PageIdentity identity_of(const Observed& page) {
  PageIdentity out;
  out.kind = page.labels.kind;
  out.title = title_hash(page.title);
  if (!is_index(out.kind)) add_openings(page, out);
  std::string url = strip_tracking(page.document.url);
  if (url.size() <= kMaxUrl) out.url = std::move(url);
  return out;
}

}  // namespace

std::optional<PageSummary> name_page(std::string_view url, std::string_view fetched_at) {
  UrlParts parts;
  if (!split_url(url, &parts) || parts.host.empty()) return std::nullopt;
  PageSummary summary;
  summary.host = std::string(host_without_www(parts.host));
  summary.key = page_key(url);
  summary.stamp = stamp_of(fetched_at);
  return summary;
}

std::optional<PageSummary> observe(const Observed& page) {
  std::optional<PageSummary> summary = name_page(page.document.url, page.fetched_at);
  if (!summary) return std::nullopt;
  summary->page_template = to_bytes(template_of(page));
  summary->identity = to_bytes(identity_of(page));
  return summary;
}

}  // namespace marrow
