// decide_links and decide_teasers: see passes.h.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "label/passes.h"

namespace marrow {
namespace {

// A block of the body becomes a teaser only where p(excerpt) leads p(body) by this much: index pages that pass for articles would
// lose their text. By cross-validation on ../shared/eval: 0 costs 0.001 of word F1, 0.6 two points of the teasers' F1.
constexpr float kTeaserLead = 0.3F;
// Without a kind model: a phrase over the list or on the link tells the kind.
constexpr std::array<std::pair<std::string_view, RelatedKind>, 8> kPhraseKinds = {{
    {"phrase.prev", RelatedKind::prev},
    {"phrase.next", RelatedKind::next},
    {"phrase.popular", RelatedKind::popular},
    {"phrase.latest", RelatedKind::latest},
    {"phrase.more_from", RelatedKind::more_from},
    {"phrase.sponsored", RelatedKind::sponsored},
    {"phrase.in_article", RelatedKind::in_article},
    {"phrase.related", RelatedKind::related},
}};

RelatedKind kind_by_phrase(const Judge& judge, const RuleSet& rules, const Matches& matches, const Labels& labels, Id l) {
  const Link& link = judge.facts.document().links[l];
  const Id heading = judge.link_features.list_heading(l);
  for (const auto& [name, kind] : kPhraseKinds) {
    const Id signal = rules.find_signal(name);
    if (signal == kNone) continue;
    if (matches.link_has(l, signal)) return kind;
    if (link.end_block > link.first_block && matches.block_has(link.first_block, signal)) return kind;
    if (heading != kNone && matches.block_has(heading, signal)) return kind;
  }
  return is_index(labels.kind) ? RelatedKind::item : RelatedKind::related;
}

}  // namespace

bool ends_cut(std::string_view text) {
  text = trim(text);
  for (const std::string_view tail : {"]", ")", "\xC2\xBB", ">", "\xE2\x86\x92", "\xE2\x80\xBA"})
    if (text.ends_with(tail)) text = trim(text.substr(0, text.size() - tail.size()));
  return text.ends_with("...") || text.ends_with("\xE2\x80\xA6") || text.ends_with(". . .") || text.ends_with("&hellip;");
}

void decide_links(const Judge& judge, const Models* models, const RuleSet& rules, const Matches& matches, Labels& labels) {
  const Document& d = judge.facts.document();
  const bool trained = models && models->links;
  const Model* last = !trained ? nullptr : models->link_context ? &*models->link_context : &*models->links;
  const float cut = last ? static_cast<float>(last->number("cut", kLinkCut)) : kLinkCut;
  for (Id l = 0; l < d.links.size(); ++l) {
    const Link& link = d.links[l];
    Verdict& v = labels.links[l];
    const bool in_block = link.end_block > link.first_block;
    const bool in_body = in_block && labels.blocks[link.first_block].label == Label::body;
    const float p = l < judge.related.size() ? judge.related[l] : 0;
    const bool onward = p >= cut && !link.url.empty() && !link.same_page;
    v.by = Decider::model;
    v.score = onward ? p : 1 - p;
    if (!onward) {
      v.label = in_body ? Label::inline_link : link.url.empty() ? Label::boilerplate : Label::navigation;
      v.why = in_body ? "a link in the body's own text" : "leads to no other item";
      continue;
    }
    v.label = Label::related;
    v.why = "offers another item to read";
    if (trained && !judge.onward_kinds().empty()) {
      const float* row = &judge.onward_kinds()[l * kLinkKinds];
      v.kind = static_cast<RelatedKind>(1 + (std::max_element(row, row + kLinkKinds) - row));
    } else {
      v.kind = kind_by_phrase(judge, rules, matches, labels, l);
    }
  }
}

void decide_teasers(const Judge& judge, const Models* models, Labels& labels) {
  if (judge.teaser.empty()) return;
  const Document& d = judge.facts.document();
  const float cut = static_cast<float>(models->teasers->number("cut", kTeaserCut));
  for (Id b = 0; b < d.blocks.size(); ++b) {
    if (judge.teaser[b] < cut) continue;
    Verdict& v = labels.blocks[b];
    const Id partner = judge.teaser_features.partner(b);
    if (v.label == Label::body && !is_index(labels.kind) && judge.body[b] > judge.teaser[b] - kTeaserLead) continue;
    if (is_index(labels.kind) && v.label == Label::body) {
      v.excerpt = true;
    } else {
      v.label = Label::teaser;
      v.kind = RelatedKind::none;
      v.by = Decider::model;
      v.score = judge.teaser[b];
      v.why = "previews another item";
    }
    v.partner = partner;
    v.truncated = ends_cut(d.blocks[b].text);
  }
}

namespace {

// The one block a link stands in, kNone where it stands in none or several.
Id only_block(const Link& link) { return link.end_block == link.first_block + 1 ? link.first_block : kNone; }

// The filter that decides a link: its own; else that of the block it stands in, where that says what becomes of links too. A
// pager rule says "Previous: a title" of a paragraph and means the link in it; a rule that calls a paragraph boilerplate does not want
// its links offered as onward reading. What a rule calls teaser or body keeps its links as they were judged (follow_block).
Id filter_of_link(const Document& document, const RuleSet& rules, const Matches& matches, Id link) {
  if (matches.link_filter[link] != kNone) return matches.link_filter[link];
  const Id block = only_block(document.links[link]);
  const Id rule = block == kNone ? kNone : matches.block_filter[block];
  if (rule == kNone) return kNone;
  const FilterLabel label = rules.filter(rule).label;
  return label == FilterLabel::related || label == FilterLabel::boilerplate ? rule : kNone;
}

// Links that no filter decides, in a block that one did: onward links stay what they are; the others are links of a text
// that is now body, teaser or gone.
void follow_block(const Document& document, Labels& labels, Id link) {
  const Id block = only_block(document.links[link]);
  if (block == kNone || labels.blocks[block].by != Decider::filter) return;
  const Verdict& b = labels.blocks[block];
  Verdict& v = labels.links[link];
  if (v.label == Label::related) return;
  const bool leads = !document.links[link].url.empty();
  const Label label = b.label == Label::body     ? (leads ? Label::inline_link : v.label)
                      : b.label == Label::teaser ? Label::teaser
                      : v.label == Label::inline_link ? Label::boilerplate
                                                      : v.label;
  if (label == v.label) return;
  v = {};
  v.label = label;
  v.by = Decider::filter;
  v.rule = b.rule;
  v.score = 1;
  v.why = "a rule decides the block it stands in";
}

}  // namespace

void apply_filters(const Document& document, const RuleSet& rules, const Matches& matches, Labels& labels) {
  // "The body is inside this container": what lies outside is not body, what lies inside and was furniture stays so.
  const bool had_body = std::any_of(labels.blocks.begin(), labels.blocks.end(), [](const Verdict& v) { return v.label == Label::body; });
  std::vector<Id> took;
  if (matches.body_filter != kNone) {
    for (Id b = 0; b < document.blocks.size(); ++b) {
      const Id element = document.blocks[b].element;
      const bool inside = std::any_of(matches.body_elements.begin(), matches.body_elements.end(),
                                      [&](Id e) { return document.inside(element, e); });
      Verdict& v = labels.blocks[b];
      if (inside && v.label == Label::body) {
        v.by = Decider::filter;
        v.rule = matches.body_filter;
      } else if (inside && v.label == Label::boilerplate && v.by == Decider::model && document.blocks[b].link_density() < 0.5) {
        v = {};
        v.label = Label::body;
        v.by = Decider::filter;
        v.rule = matches.body_filter;
        v.score = 1;
        v.why = "inside the container a rule names as the body";
      } else if (!inside && v.label == Label::body) {
        v = {};
        v.by = Decider::filter;
        v.rule = matches.body_filter;
        v.score = 1;
        v.why = "outside the container a rule names as the body";
        took.push_back(matches.body_filter);
      }
    }
  }
  for (Id b = 0; b < document.blocks.size(); ++b) {
    const Id rule = matches.block_filter[b];
    if (rule == kNone) continue;
    const Filter& filter = rules.filter(rule);
    Verdict& v = labels.blocks[b];
    const Label label = static_cast<Label>(filter.label);
    if (v.label == Label::body && label != Label::body) took.push_back(rule);
    const Id partner = label == Label::teaser ? v.partner : kNone;
    const bool cut = label == Label::teaser && ends_cut(document.blocks[b].text);
    v = {};
    v.label = label;
    v.kind = label == Label::related ? static_cast<RelatedKind>(filter.kind) : RelatedKind::none;
    if (label == Label::related && v.kind == RelatedKind::none) v.kind = RelatedKind::related;
    v.by = Decider::filter;
    v.rule = rule;
    v.score = 1;
    v.partner = partner;
    v.truncated = cut;
    v.why = "a rule decides";
  }
  for (Id l = 0; l < document.links.size(); ++l) {
    const Id rule = filter_of_link(document, rules, matches, l);
    if (rule == kNone) {
      follow_block(document, labels, l);
      continue;
    }
    const Filter& filter = rules.filter(rule);
    Verdict& v = labels.links[l];
    v = {};
    v.label = static_cast<Label>(filter.label);
    if (v.label == Label::related)
      v.kind = filter.kind == FilterKind::none ? RelatedKind::related : static_cast<RelatedKind>(filter.kind);
    v.by = Decider::filter;
    v.rule = rule;
    v.score = 1;
    v.why = "a rule decides";
  }
  const bool has_body = std::any_of(labels.blocks.begin(), labels.blocks.end(), [](const Verdict& v) { return v.label == Label::body; });
  if (had_body && !has_body) {
    std::sort(took.begin(), took.end());
    took.erase(std::unique(took.begin(), took.end()), took.end());
    labels.emptied_by = std::move(took);
  }
}

}  // namespace marrow
