// keep_paragraphs and keep_linked_prose: paragraphs of the body's own that look like furniture by themselves. See passes.h.
#include <unordered_map>

#include "label/passes.h"

namespace marrow {
namespace {

// So many paragraphs of the body in one element make it the body's own.
constexpr std::uint32_t kOwnParagraphs = 3;
// What a paragraph beside them must have at least: the model's p(body), and words ("She never came back.").
constexpr float kLeastBody = 0.2F;
constexpr std::uint32_t kLeastWords = 3;
// A link of so many words that ends as a sentence does is prose; titles of other items are shorter or end with no full stop.
constexpr std::uint32_t kProseWords = 15;

bool is_paragraph(const Document& d, const Block& block) { return block.element != kNone && d.elements[block.element].tag == Tag::p_; }

}  // namespace

void keep_paragraphs(const Judge& judge, Labels& labels) {
  const Document& d = judge.facts.document();
  std::unordered_map<Id, std::uint32_t> own;  // body paragraphs by the element around them
  for (Id b = 0; b < d.blocks.size(); ++b) {
    const Block& block = d.blocks[b];
    if (!is_paragraph(d, block)) continue;
    std::uint32_t& before = own[d.elements[block.element].parent];
    Verdict& v = labels.blocks[b];
    if (v.label == Label::body) {
      ++before;
    } else if (before >= kOwnParagraphs && v.label == Label::boilerplate && judge.body[b] >= kLeastBody && block.link_chars == 0 &&
               judge.facts.block(b).words >= kLeastWords && judge.facts.block(b).ends_terminal && !block.hidden) {
      v = {};
      v.label = Label::body;
      v.by = Decider::pass;
      v.score = judge.body[b];
      v.why = "a sentence beside the body's own paragraphs";
    }
  }
}

void keep_linked_prose(const Judge& judge, Labels& labels) {
  const Document& d = judge.facts.document();
  for (Id l = 0; l < d.links.size(); ++l) {
    const Link& link = d.links[l];
    Verdict& v = labels.links[l];
    if (v.label != Label::related || link.end_block != link.first_block + 1) continue;
    const Id b = link.first_block;
    const Block& block = d.blocks[b];
    if (labels.blocks[b].label != Label::body || !is_paragraph(d, block) || block.link_words < kProseWords || !judge.facts.block(b).ends_terminal) continue;
    v = {};
    v.label = Label::inline_link;
    v.by = Decider::pass;
    v.why = "prose of the body that is one link";
  }
}

}  // namespace marrow
