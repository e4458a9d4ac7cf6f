#include "page/finish.h"

#include <algorithm>
#include <array>
#include <bit>

#include "base/text.h"
#include "base/url.h"
#include "base/url_into.h"
#include "page/tag_facts.h"

namespace marrow {
namespace {

// A whole block set in bold, at most this many words long and without an end mark, acts as a heading:
// the longest real one among 200 pages looked at had 11.
constexpr std::uint32_t kBoldHeadingWords = 12;
constexpr std::uint8_t kBoldHeadingLevel = 6;

bool is_bold(Tag tag) { return tag == Tag::b_ || tag == Tag::strong_; }

bool acts_as_heading(const Document& document, const Block& block) {
  if (block.words > kBoldHeadingWords || block.text.find('\n') != std::string_view::npos) return false;
  if (block.tag == Tag::td_ || block.tag == Tag::button_) return false;
  const char last = block.text.back();
  if (last == '.' || last == ',' || last == ';') return false;
  for (Id i = block.first_span; i < block.end_span; ++i) {
    const Span& span = document.spans[i];
    if (is_bold(document.elements[span.element].tag) && span.begin == 0 && span.end == block.text.size()) return true;
  }
  return document.attr(block.element, "role") == "heading";
}

// h1..h6 around the block: its own element or a near ancestor (a heading may hold a div).
std::uint8_t level_of(const Document& document, const Block& block) {
  Id element = block.element;
  for (int up = 0; up < 3 && element != kNone; ++up, element = document.elements[element].parent)
    if (const int level = heading_level(document.elements[element].tag)) return static_cast<std::uint8_t>(level);
  // A heading may also stand as an inline element's child: <a><h3> is covered above, <h3> in <span> too.
  return 0;
}

// Bytes: five hundred words.
constexpr std::size_t kMaxLinkText = 2048;

// A path without scheme and host ("/a", "b.html", "?p=2"): what only a base makes absolute.
bool is_relative(std::string_view href) {
  return !href.starts_with("//") && href.substr(0, std::min({href.find('/'), href.find('?'), href.find('#'), href.size()})).find(':') == std::string_view::npos;
}

bool is_address(std::string_view url) {
  UrlParts parts;
  return split_url(url, &parts) && (parts.host.find('.') != std::string_view::npos || parts.host == "localhost");
}

// False where the keys of two URLs (url_key) surely differ, by their paths.
bool may_share_key(std::string_view path, std::string_view other) {
  if (path.find('%') != std::string_view::npos || other.find('%') != std::string_view::npos) return true;
  while (path.ends_with('/')) path.remove_suffix(1);
  while (other.ends_with('/')) other.remove_suffix(1);
  return path == other;
}

// How many absolute links of the page lead to a host.
std::size_t links_to(const Document& document, std::string_view url) {
  UrlParts own, parts;
  split_url(url, &own);
  return static_cast<std::size_t>(std::count_if(document.links.begin(), document.links.end(), [&](const Link& link) {
    return split_url(link.href, &parts) && host_without_www(parts.host) == host_without_www(own.host);
  }));
}

// What a page says its own address is, where nobody else says: canonical, og:url. A host without a dot is a slip of the
// site's software. Where the two name different hosts (a mobile site, a staging host), the page's links tell which is right.
std::string_view own_address(const Document& document) {
  std::string_view canonical, og;
  for (const HeadLink& link : document.head_links)
    if (canonical.empty() && iequals_ascii(link.rel, "canonical") && is_address(link.href)) canonical = link.href;
  for (const Meta& meta : document.metas)
    if (og.empty() && meta.name == "og:url" && is_address(trim(meta.content))) og = trim(meta.content);
  if (canonical.empty() || og.empty()) return canonical.empty() ? og : canonical;
  UrlParts one, other;
  if (split_url(og, &one) && split_url(canonical, &other) && host_without_www(one.host) == host_without_www(other.host)) return canonical;
  return links_to(document, og) > links_to(document, canonical) ? og : canonical;
}

// Case and digits folded: "3 comments" and "12 Comments" are one text.
std::uint64_t text_hash(std::string_view text) {
  std::uint64_t h = 0xcbf29ce484222325ULL;
  for (const char c : text) {
    unsigned char u = static_cast<unsigned char>(c);
    if (u >= 'A' && u <= 'Z') u = static_cast<unsigned char>(u + 32);
    if (u >= '0' && u <= '9') u = '0';
    h = (h ^ u) * 0x100000001b3ULL;
  }
  return (h ^ h >> 29) | 1;  // 0 marks an empty slot
}

}  // namespace

void Finisher::headings(Document& document) {
  // The last heading seen of each level; a heading's own heading is the nearest one above its level.
  std::array<Id, 8> last;
  last.fill(kNone);
  for (Id b = 0; b < document.blocks.size(); ++b) {
    Block& block = document.blocks[b];
    block.heading_level = level_of(document, block);
    const int level = block.heading_level ? block.heading_level
                      : acts_as_heading(document, block) ? kBoldHeadingLevel + 1 : 0;
    Id nearest = kNone;
    for (int l = 1; l < (level ? level : 8); ++l)
      if (last[l] != kNone && (nearest == kNone || last[l] > nearest)) nearest = last[l];
    block.heading = nearest;
    if (level) {
      last[level] = b;
      for (int l = level + 1; l < 8; ++l) last[l] = kNone;
    }
  }
}

void Finisher::repetition(Document& document) {
  const std::size_t n = document.blocks.size();
  const std::size_t size = std::bit_ceil(std::max<std::size_t>(16, n * 2));
  slots_.assign(size, {0, 0});
  homes_.resize(n);
  for (std::size_t b = 0; b < n; ++b) {
    const std::uint64_t hash = text_hash(document.blocks[b].text);
    std::size_t slot = hash & (size - 1);
    while (slots_[slot].hash != 0 && slots_[slot].hash != hash) slot = (slot + 1) & (size - 1);
    slots_[slot].hash = hash;
    ++slots_[slot].count;
    homes_[b] = static_cast<std::uint32_t>(slot);
  }
  std::uint32_t words = 0;
  for (std::size_t b = 0; b < n; ++b) {
    Block& block = document.blocks[b];
    block.repeats = slots_[homes_[b]].count - 1;
    block.words_before = words;
    if (!block.hidden) words += block.words;
  }
  document.words = words;
}

void Finisher::links(Document& document, Arena& arena) {
  // Where each link's text stands: views where it lies in one block, joined copies where it does not (of the first
  // kMaxLinkText bytes: a link around a whole page has no text worth the copies).
  for (Link& link : document.links) link.end_block = kNone;
  for (Id b = 0; b < document.blocks.size(); ++b) {
    const Block& block = document.blocks[b];
    for (Id i = block.first_span; i < block.end_span; ++i) {
      const Span& span = document.spans[i];
      if (span.link == kNone) continue;
      Link& link = document.links[span.link];
      const std::string_view piece = block.text.substr(span.begin, span.end - span.begin);
      if (link.end_block == kNone) {
        link.first_block = b;
        link.end_block = b + 1;
        link.text = piece;
        link.image = false;
      } else if (link.text.size() > kMaxLinkText) {
        link.end_block = b + 1;
      } else {
        scratch_.assign(link.text);
        scratch_ += ' ';
        scratch_ += piece;
        link.text = arena.copy(scratch_);
        link.end_block = b + 1;
      }
    }
  }
  UrlParts page;
  const bool has_url = split_url(document.url, &page);
  const std::string own_key = has_url ? url_key(document.url) : std::string();
  const std::string_view own_host = host_without_www(page.host);
  for (Link& link : document.links) {
    if (link.end_block == kNone) link.end_block = link.first_block;
    link.text = trim(link.text);
    if (link.href.starts_with('#')) {
      link.same_page = link.same_host = true;
      continue;
    }
    const std::string_view url = resolve_url(document.base, link.href, scratch_);
    if (url.empty()) {
      // A page that does not know its own address: relative links stay as written rather than get lost.
      if (document.base.empty() && is_relative(link.href)) {
        link.url = link.href.substr(0, link.href.find('#'));
        link.same_host = true;
      }
      continue;
    }
    link.url = arena.copy(strip_tracking(url, other_scratch_));
    UrlParts parts;
    if (has_url && split_url(link.url, &parts)) {
      link.same_host = host_without_www(parts.host) == own_host;
      link.same_page = link.same_host && may_share_key(parts.path, page.path) && url_key(link.url) == own_key;
    }
  }
  for (Image& image : document.images) {
    if (image.src.empty()) continue;
    image.src = arena.copy(resolve_url(document.base, image.src, scratch_));
  }
}

void Finisher::finish(Document& document, std::string_view url, Arena& arena) {
  std::string_view own = url;
  if (own.empty()) own = own_address(document);
  if (own.empty()) own = document.base;
  document.url = arena.copy(resolve_url("", own));
  const std::string base = document.base.empty() ? std::string(document.url) : resolve_url(document.url, document.base);
  document.base = arena.copy(base.empty() ? std::string_view(document.url) : std::string_view(base));
  headings(document);
  repetition(document);
  links(document, arena);
  times(document);
}

// The text of each <time>: where its span stands, in the block where it opened or the next one.
void Finisher::times(Document& document) {
  if (document.times.empty()) return;
  for (Id b = document.times.front().block; b < document.blocks.size(); ++b) {
    const Block& block = document.blocks[b];
    for (Id i = block.first_span; i < block.end_span; ++i) {
      const Span& span = document.spans[i];
      if (document.elements[span.element].tag != Tag::time_) continue;
      const auto time = std::lower_bound(document.times.begin(), document.times.end(), span.element,
                                         [](const Time& t, Id element) { return t.element < element; });
      if (time == document.times.end() || time->element != span.element) continue;
      if (time->text.empty() ? b < time->block || b > time->block + 1 : b != time->block) continue;
      time->text = block.text.substr(span.begin, span.end - span.begin);
      time->block = b;
    }
  }
}

}  // namespace marrow
