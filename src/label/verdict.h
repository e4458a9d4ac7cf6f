// Verdicts: what the label stage says of each block and each link, and why.
// The law of conservation: every block and every link of a page has exactly one verdict, so
// kept + dropped = all. tests/support/conservation.h checks it on every page a test touches.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "page/document.h"

namespace marrow {

enum class Label : std::uint8_t {
  body,         // block: text of the article
  related,      // block: title, heading or furniture of a related link; link: onward reading
  teaser,       // block: excerpt of another item; link: the link inside or over such a block
  boilerplate,  // block: anything else; link: of a dropped block
  inline_link,  // links only: stands inside the article's own sentences
  navigation,   // links only: menus, sections, tags, pagers, share buttons
};

enum class RelatedKind : std::uint8_t {
  none, prev, next, related, in_article, popular, latest, more_from, sponsored, item,
};

enum class PageKind : std::uint8_t {
  article, listing, collection, forum, product, documentation, service,
};

// Who decided. `filter` names a rule (RuleSet::filter(rule)); `pass` names a step of the label stage by
// its `why`; `model` means the probability `score` of the block or link model; `memory` what is known of the site's other pages.
enum class Decider : std::uint8_t { pass, model, filter, memory };

struct Verdict {
  Label label = Label::boilerplate;
  RelatedKind kind = RelatedKind::none;  // of related blocks and links
  Decider by = Decider::pass;
  bool truncated = false;                // teasers and excerpts: visibly cut
  bool excerpt = false;                  // body blocks of index pages that preview an item: listed as teasers too
  float score = 0;                       // probability of the label before filters, 0..1
  Id rule = kNone;                       // Decider::filter
  // Blocks labelled teaser or marked excerpt: the link it previews. Links labelled related: the block that holds the title
  // where the link's own text is not it ("Read more" beside a heading). kNone otherwise.
  Id partner = kNone;
  std::string_view why = "";             // static text: the pass or reason, in a few words
};

// An excerpt whose source is known.
struct Resolved {
  Id block = kNone;
  std::string_view page;  // URL; lives as long as the SiteKnowledge it comes from
};

struct Labels {
  PageKind kind = PageKind::article;
  float kind_confidence = 0;
  float confidence = 0;         // predicted word F1 of the body, 0..1
  std::vector<Verdict> blocks;  // one a Document::blocks
  std::vector<Verdict> links;   // one a Document::links
  // Filters that took away what a pass had called body and left the page empty (flag needs_review).
  std::vector<Id> emptied_by;
  std::vector<Resolved> resolved;  // by the site memory, blocks ascending
};

std::string_view name_of(Label label);
std::string_view name_of(RelatedKind kind);
std::string_view name_of(PageKind kind);
std::string_view name_of(Decider by);

}  // namespace marrow
