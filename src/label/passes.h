// The passes of the label stage, in the order label.cc calls them. Each reads what the Judge knows and what earlier passes
// decided, and writes verdicts into Labels. A pass touches only verdicts it has a reason to change and leaves
// that reason in Verdict::why.
#pragma once

#include "label/judge.h"
#include "label/verdict.h"

namespace marrow {

// The page's kind and how sure it is.
void decide_kind(const Judge& judge, Labels& labels);
// Body or boilerplate, by the page's own cut; Labels::confidence.
void decide_body(const Judge& judge, Labels& labels);
// Short sentences beside the body's own paragraphs stay: the last one behind a box, most of all.
void keep_paragraphs(const Judge& judge, Labels& labels);
// The headline is a field of its own and no part of the body.
void drop_headline(const Judge& judge, Labels& labels);
// Each text is emitted once: the copy in the surer surroundings stays.
void drop_repeated_text(const Judge& judge, Labels& labels);
// Onward links with their kinds.
void decide_links(const Judge& judge, const Models* models, const RuleSet& rules, const Matches& matches, Labels& labels);
// A paragraph of the body that is one link, and a sentence, is no offer of another item.
void keep_linked_prose(const Judge& judge, Labels& labels);
// Blocks that are nothing but onward links leave the body of an article.
void drop_link_blocks(const Document& document, Labels& labels);
// Excerpts of other items, with the link each previews and whether it is cut.
void decide_teasers(const Judge& judge, const Models* models, Labels& labels);
// Headings and lines ("You might also like:") whose links and teasers have all left go with them.
void drop_announcements(const Document& document, Labels& labels);
// All of the above in their order: what the labels are before the rule files are asked.
void decide_before_filters(const Judge& judge, const Models* models, const RuleSet& rules, const Matches& matches, Labels& labels);
// The rule files have the last word. Notes the filters that emptied a page.
void apply_filters(const Document& document, const RuleSet& rules, const Matches& matches, Labels& labels);

// Is the main list the content of such a page?
inline bool is_index(PageKind kind) { return kind == PageKind::listing || kind == PageKind::collection; }
// Does a text end as cut ones do: …, ..., [...], a read-more sign behind it?
bool ends_cut(std::string_view text);

}  // namespace marrow
