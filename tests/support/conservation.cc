#include "support/conservation.h"

#include <string_view>

namespace marrow::test {
namespace {

bool for_links_only(Label label) { return label == Label::inline_link || label == Label::navigation; }

// What holds for blocks and links alike.
std::string fault_of(const Verdict& verdict) {
  if (verdict.label > Label::navigation) return "has no label";
  if (verdict.kind > RelatedKind::item) return "has a kind out of range";
  if (verdict.by > Decider::memory) return "was decided by nobody";
  if (!(verdict.score >= 0 && verdict.score <= 1)) return "has a score that is no probability";
  if ((verdict.by == Decider::filter) != (verdict.rule != kNone))
    return "names a rule without a filter, or a filter without its rule";
  if (verdict.excerpt && verdict.label != Label::body) return "is an excerpt of an index page and not in its body";
  if (verdict.truncated && verdict.label != Label::teaser && !verdict.excerpt) return "is truncated and no teaser";
  return {};
}

std::string fault_of_block(const Verdict& verdict, const Document& document) {
  if (for_links_only(verdict.label)) return "has a label of links";
  if (verdict.kind != RelatedKind::none && verdict.label != Label::related) return "has a kind and is not related";
  if (verdict.partner == kNone) return {};
  if (verdict.label != Label::teaser && !verdict.excerpt) return "has a partner and is no teaser";
  return verdict.partner < document.links.size() ? "" : "has a partner that is no link of the page";
}

std::string fault_of_link(const Verdict& verdict, const Document& document) {
  const bool related = verdict.label == Label::related;
  if (related != (verdict.kind != RelatedKind::none))
    return related ? "is related and has no kind" : "has a kind and is not related";
  if (verdict.partner == kNone) return {};
  if (!related) return "has a partner and is not related";
  return verdict.partner < document.blocks.size() ? "" : "has a partner that is no block of the page";
}

std::string named(std::string_view what, std::size_t number, const std::string& fault) {
  return std::string(what) + ' ' + std::to_string(number) + ' ' + fault;
}

}  // namespace

std::string check_conservation(const Document& document, const Labels& labels) {
  if (labels.blocks.size() != document.blocks.size()) return "not one verdict a block";
  if (labels.links.size() != document.links.size()) return "not one verdict a link";
  for (std::size_t i = 0; i < labels.blocks.size(); ++i) {
    std::string fault = fault_of(labels.blocks[i]);
    if (fault.empty()) fault = fault_of_block(labels.blocks[i], document);
    if (!fault.empty()) return named("block", i, fault);
  }
  for (std::size_t i = 0; i < labels.links.size(); ++i) {
    std::string fault = fault_of(labels.links[i]);
    if (fault.empty()) fault = fault_of_link(labels.links[i], document);
    if (!fault.empty()) return named("link", i, fault);
  }
  return {};
}

}  // namespace marrow::test
