// consult_texts: what stands on most pages of a host is template. See consult.h.
#include <algorithm>
#include <vector>

#include "memory/consult_passes.h"
#include "memory/hashes.h"

namespace marrow {
namespace {

// A text on this share of the other drawn pages is template.
constexpr std::uint32_t kMostOf = 2;  // one of two
// A block of so many words that no other page has is the page's own text; shorter ones (a name, a date) may stand in a
// template too.
constexpr std::uint32_t kOwnWords = 8;
// Where more than this share of the body's words would go, the pages are copies of each other (print versions, one
// text under several URLs) and not template.
constexpr double kMostOfBody = 0.5;

}  // namespace

void consult_texts(const PageOnHost& on, Labels& labels) {
  const Document& d = on.page.document;
  std::vector<Id> shared;
  Id first = kNone, last = 0;
  double body = 0, gone = 0;
  for (Id b = 0; b < d.blocks.size(); ++b) {
    if (labels.blocks[b].label != Label::body) continue;
    const std::uint32_t hash = text_hash(d.blocks[b].text);
    const std::uint32_t pages = hash ? on.host.pages_with_text(hash) : 0;
    const std::uint32_t others = pages - std::min(pages, on.self);
    body += d.blocks[b].words;
    if (others == 0 && d.blocks[b].words >= kOwnWords) {
      if (first == kNone) first = b;
      last = b;
    }
    if (others + 1 >= kLeastPages && others * kMostOf >= on.others && labels.blocks[b].by != Decider::filter) shared.push_back(b);
  }
  if (first == kNone) return;  // nothing on it is its own: an index, or a copy
  std::erase_if(shared, [&](Id b) { return b > first && b < last; });
  for (const Id b : shared) gone += d.blocks[b].words;
  if (gone > kMostOfBody * body) return;
  for (const Id b : shared) {
    Verdict& v = labels.blocks[b];
    v = {};
    v.by = Decider::memory;
    v.score = 1;
    v.why = "stands on most pages of the site, outside the page's own text";
  }
}

}  // namespace marrow
