#include "label/text.h"

#include <algorithm>
#include <cmath>

namespace marrow {
namespace {

RelatedKind kind_of(std::uint32_t phrases) {
  if (phrases & kPhrasePrev) return RelatedKind::prev;
  if (phrases & kPhraseNext) return RelatedKind::next;
  if (phrases & kPhraseSponsored) return RelatedKind::sponsored;
  if (phrases & kPhrasePopular) return RelatedKind::popular;
  if (phrases & kPhraseLatest) return RelatedKind::latest;
  if (phrases & kPhraseMoreFrom) return RelatedKind::more_from;
  if (phrases & (kPhraseRelated | kPhraseInArticle)) return RelatedKind::related;
  return RelatedKind::none;
}

RelatedKind kind_of(const TextUnit& u, const TextReading& reading, RelatedKind list) {
  const RelatedKind own = kind_of(u.marker);
  if (own == RelatedKind::prev || own == RelatedKind::next) return own;
  if (u.points != 0 && own == RelatedKind::none && reading.part != TextPart::inside)
    return u.points < 0 ? RelatedKind::prev : RelatedKind::next;
  if (reading.part == TextPart::inside) return RelatedKind::in_article;
  if (own != RelatedKind::none) return own;
  return list == RelatedKind::none ? RelatedKind::related : list;
}

void set(Labels& labels, Id block, Label label, std::string_view why, RelatedKind kind = RelatedKind::none, bool truncated = false) {
  Verdict& v = labels.blocks[block];
  v.label = label;
  v.kind = kind;
  v.truncated = truncated;
  v.why = why;
}

}  // namespace

void TextReader::settle(const TextUnit& u, const TextReading& reading, RelatedKind list_kind, Labels& labels) {
  switch (reading.role) {
    case TextRole::body:
      for (Id k = u.first; k < u.end; ++k) set(labels, k, Label::body, "text: the article's own line");
      if (u.read_more != kNone) set(labels, u.read_more, Label::boilerplate, "text: read-more phrase");
      break;
    case TextRole::title: {
      const RelatedKind kind = kind_of(u, reading, list_kind);
      for (Id k = u.first; k < u.end; ++k) set(labels, k, Label::boilerplate, "text: marker of a related title");
      const Id last = u.arrow != kNone ? u.arrow : u.read_more != kNone ? u.read_more : u.end;
      const Id title_end = u.excerpt != kNone ? u.excerpt : last;
      for (Id k = u.title; k < title_end; ++k) set(labels, k, Label::related, "text: title of a related item", kind);
      const bool cut = u.read_more != kNone || u.ending == Ending::ellipsis || u.ending == Ending::none;
      if (u.excerpt != kNone)
        for (Id k = u.excerpt; k < u.end; ++k) set(labels, k, Label::teaser, "text: excerpt behind a related title", RelatedKind::none, cut);
      break;
    }
    case TextRole::teaser: {
      const bool cut = u.read_more != kNone || u.ending == Ending::ellipsis || u.ending == Ending::none;
      for (Id k = u.first; k < u.end; ++k) set(labels, k, Label::teaser, "text: excerpt of another item", RelatedKind::none, cut);
      break;
    }
    case TextRole::other:
      for (Id k = u.first; k < u.end; ++k) set(labels, k, Label::boilerplate, "text: furniture");
      break;
  }
}

void TextReader::label(const Document& document, const std::vector<std::uint32_t>& phrases, Labels& labels) {
  labels.kind = PageKind::article;
  labels.kind_confidence = 1;
  labels.blocks.assign(document.blocks.size(), Verdict());
  labels.links.assign(document.links.size(), Verdict());
  labels.emptied_by.clear();
  const std::vector<TextUnit>& units = units_.build(document, phrases);
  const std::vector<TextReading>& readings = model_.decode(units);
  RelatedKind list = RelatedKind::none;
  std::size_t weak = 0;
  for (std::size_t i = 0; i < units.size(); ++i) {
    const TextUnit& u = units[i];
    if (readings[i].role == TextRole::body) {
      list = RelatedKind::none;
    } else if (readings[i].role == TextRole::other) {
      const RelatedKind heading = kind_of(u.phrases | u.marker);
      if (model_.scores()[i].heading) list = heading;
    }
    settle(u, readings[i], list, labels);
    // The title under "Previous article" is that article; what comes behind it is not.
    if (readings[i].role == TextRole::title && (list == RelatedKind::prev || list == RelatedKind::next)) list = RelatedKind::none;
    const UnitScores& s = model_.scores()[i];
    const float chosen = readings[i].role == TextRole::body ? s.body : std::max({s.title, s.teaser, s.other});
    weak += chosen < 1.0F;
  }
  // Set by hand, not calibrated: a text whose every unit was decided on little is worth 0.7.
  labels.confidence = units.empty() ? 0.0F : 1.0F - 0.3F * static_cast<float>(weak) / static_cast<float>(units.size());
}

}  // namespace marrow
