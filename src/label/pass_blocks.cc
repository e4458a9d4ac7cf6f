// drop_link_blocks and drop_announcements: what of the body goes with its links. See passes.h.
#include <algorithm>

#include "label/passes.h"

namespace marrow {
namespace {

// A link that covers this much of its block is the block.
constexpr double kLinkIsBlock = 0.8;
// "READ ALSO: Council approves plan": several such links, or a short one behind its label, cover less; then what stands outside of
// the links is at most so many words a link.
constexpr double kLinksAndLabels = 0.55;
constexpr std::uint32_t kLabelWords = 3;
// "If you liked this post you might also like:"
constexpr std::uint32_t kAnnouncementWords = 15;

// The onward links of a block, by the bytes of text they cover.
struct Onward {
  std::size_t bytes = 0;
  std::uint32_t links = 0;
  const Verdict* surest = nullptr;
};

Onward onward_in(const Document& d, const Labels& labels, const Block& block) {
  Onward out;
  for (Id s = block.first_span; s < block.end_span; ++s) {
    const Span& span = d.spans[s];
    if (span.link == kNone) continue;
    const Verdict& v = labels.links[span.link];
    if (v.label != Label::related || v.kind == RelatedKind::item) continue;  // an index page's list is its body
    out.bytes += span.end - span.begin;
    ++out.links;
    if (!out.surest || v.score > out.surest->score) out.surest = &v;
  }
  return out;
}

bool is_only_links(const Block& block, const Onward& onward) {
  if (!onward.surest) return false;
  const double share = static_cast<double>(onward.bytes) / static_cast<double>(block.text.size());
  if (share >= kLinkIsBlock) return true;
  return share >= kLinksAndLabels && block.words - block.link_words <= kLabelWords * onward.links;
}

bool has_left(const Verdict& v) { return v.label == Label::related || v.label == Label::teaser; }

bool ends_with_colon(std::string_view text) { return text.ends_with(':') || text.ends_with("："); }

// Has all that stood in the section of the heading `b` left, and was it onward reading?
bool section_left(const Document& d, const Labels& labels, Id b) {
  bool any = false;
  for (Id n = b + 1; n < d.blocks.size(); ++n) {
    const Block& block = d.blocks[n];
    if (block.heading_level > 0 && block.heading_level <= d.blocks[b].heading_level) break;
    if (labels.blocks[n].label == Label::body) return false;
    any = any || has_left(labels.blocks[n]);
  }
  return any;
}

}  // namespace

void drop_link_blocks(const Document& d, Labels& labels) {
  for (Id b = 0; b < d.blocks.size(); ++b) {
    Verdict& v = labels.blocks[b];
    if (v.label != Label::body && v.label != Label::boilerplate) continue;
    const Onward onward = onward_in(d, labels, d.blocks[b]);
    if (!is_only_links(d.blocks[b], onward)) continue;
    v.label = Label::related;
    v.kind = onward.surest->kind;
    v.score = onward.surest->score;
    v.by = Decider::model;
    v.why = "nothing but links to other items";
  }
}

void drop_announcements(const Document& d, Labels& labels) {
  for (Id b = 0; b + 1 < d.blocks.size(); ++b) {
    Verdict& v = labels.blocks[b];
    const Block& block = d.blocks[b];
    if (v.label != Label::body || block.words > kAnnouncementWords) continue;
    const bool announces = block.heading_level > 0 ? section_left(d, labels, b) : ends_with_colon(block.text) && has_left(labels.blocks[b + 1]);
    if (!announces) continue;
    v = {};
    v.by = Decider::pass;
    v.why = "announces links to other items";
  }
}

}  // namespace marrow
