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
// What the block model is this sure of stays: a note that a site sets on top of all its old pages is read by its readers too.
constexpr float kSureBody = 0.9F;

// What recurs on pages of goods and of lists is what they have in common (brand, condition, prices, the number of reviews),
// told of each item anew; only the text of pages that are written is one page's own.
bool recurrence_tells(PageKind kind) { return kind != PageKind::product && kind != PageKind::listing && kind != PageKind::collection; }

}  // namespace

void consult_texts(const PageOnHost& on, Labels& labels) {
  if (!recurrence_tells(labels.kind)) return;
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
    const bool open = labels.blocks[b].by != Decider::filter && labels.blocks[b].score < kSureBody;
    if (open && others + 1 >= kLeastPages && others * kMostOf >= on.others) shared.push_back(b);
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
