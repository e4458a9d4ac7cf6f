#include "label/text.h"

#include <algorithm>
#include <cmath>

namespace marrow {
namespace {

constexpr std::size_t kAloneTitles = 2;  // previous and next; more titles in a row are a list

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
  // "Previous post Title": the markup that parted them is gone.
  if (own == RelatedKind::none && (u.phrases & (kPhrasePrev | kPhraseNext))) return kind_of(u.phrases);
  if (u.points != 0 && own == RelatedKind::none && reading.part != TextPart::inside)
    return u.points < 0 ? RelatedKind::prev : RelatedKind::next;
  if (reading.part == TextPart::inside) return RelatedKind::in_article;
  if (own != RelatedKind::none) return own;
  return list == RelatedKind::none ? RelatedKind::related : list;
}

// The plainest evidence for what a unit was taken for, for those who ask (marrow explain). The model weighs more than one thing.
std::string_view why_title(const TextUnit& u, const TextReading& reading) {
  if (u.marker & (kPhrasePrev | kPhraseNext)) return "text: title behind \"previous\" or \"next\"";
  if (u.marker & kMarkerPhrases) return "text: title behind a marker";
  if (u.points != 0) return "text: title beside an arrow";
  if (u.excerpt != kNone) return "text: title before its excerpt";
  if (reading.part == TextPart::inside) return "text: title of another item between paragraphs";
  return u.numbered ? "text: numbered title in a list of other items" : "text: title in a list of other items";
}

std::string_view why_teaser(const TextUnit& u) {
  if (u.read_more != kNone) return "text: excerpt with a read-more phrase";
  if (u.ending == Ending::ellipsis) return u.twins > 0 ? "text: excerpt cut by an ellipsis at the width of its neighbours" : "text: excerpt cut by an ellipsis";
  return u.ending == Ending::none ? "text: excerpt cut short" : "text: summary under the title of another item";
}

std::string_view why_other(const TextUnit& u, bool heading) {
  if (heading) return "text: heading of a list of other items";
  if (u.phrases & kPhraseReadMore) return "text: read-more phrase";
  if (u.phrases & kPhraseShare) return "text: share bar";
  if (u.phrases & kPhraseAd) return "text: mark of an advertisement";
  if (u.phrases & kPhraseComments) return "text: comments";
  if (u.phrases & (kPhraseNewsletter | kPhraseLogin | kPhraseCookie)) return "text: newsletter, log-in or cookie prompt";
  if (u.phrases & kPhraseByline) return "text: byline";
  if (u.phrases & kPhraseDate) return "text: date line";
  if (u.copyright) return "text: copyright line";
  if (u.crumbs) return "text: path or menu of the site";
  if (u.signs) return "text: signs without a word";
  return "text: furniture by its shape and place";
}

std::string_view why_body(const TextUnit& u) {
  if (u.code || u.table) return "text: code or table of the article";
  if (u.listed || u.numbered) return "text: list of the article";
  if (u.opening == Opening::quote || u.opening == Opening::dash) return "text: speech in the article";
  return u.words >= 25 ? "text: paragraph of the article" : "text: the article's own line";
}

}  // namespace

// A title that is no entry of a list: at most two in a row, each behind a label ("Background: Title", "Older: A / Newer: B"). There the
// label is a marker in words unknown to the rules; in a list ("Handball: Cup tie moved") it is part of the title.
bool TextReader::stands_alone(const std::vector<TextReading>& readings, std::size_t unit) const {
  const std::vector<TextUnit>& units = *units_;
  if (units[unit].label == kNone) return false;
  std::size_t first = unit, end = unit + 1;
  while (first > 0 && readings[first - 1].role == TextRole::title && unit - first < kAloneTitles) --first;
  while (end < units.size() && readings[end].role == TextRole::title && end - unit <= kAloneTitles) ++end;
  if (end - first > kAloneTitles) return false;
  if (first > 0 && readings[first - 1].role != TextRole::body && !units[first].glued) return false;
  if (end < units.size() && readings[end].role == TextRole::teaser) return false;
  for (std::size_t i = first; i < end; ++i)
    if (units[i].label == kNone && units[i].marker == 0) return false;
  return true;
}

void TextReader::settle(std::size_t unit, const TextReading& reading, RelatedKind list_kind, bool alone, Labels& labels) {
  const TextUnit& u = (*units_)[unit];
  const auto set = [&](Id block, Label label, std::string_view why, RelatedKind kind = RelatedKind::none, bool truncated = false) {
    Verdict& v = labels.blocks[block];
    v.label = label;
    v.kind = kind;
    v.truncated = truncated;
    v.why = why;
    if (judge_.has_model()) {
      v.by = Decider::model;
      v.score = judge_.probability(unit);
    }
  };
  switch (reading.role) {
    case TextRole::body:
      for (Id k = u.first; k < u.end; ++k) set(k, Label::body, why_body(u));
      if (u.read_more != kNone) set(u.read_more, Label::boilerplate, "text: read-more phrase");
      break;
    case TextRole::title: {
      const RelatedKind kind = kind_of(u, reading, list_kind);
      for (Id k = u.first; k < u.end; ++k) set(k, Label::boilerplate, "text: marker of a related title");
      const Id last = u.arrow != kNone ? u.arrow : u.read_more != kNone ? u.read_more : u.end;
      const Id title_end = u.excerpt != kNone ? u.excerpt : last;
      for (Id k = alone ? u.label + 1 : u.title; k < title_end; ++k) set(k, Label::related, why_title(u, reading), kind);
      const bool cut = u.read_more != kNone || u.ending == Ending::ellipsis || u.ending == Ending::none;
      if (u.excerpt != kNone)
        for (Id k = u.excerpt; k < u.end; ++k) set(k, Label::teaser, "text: excerpt behind a related title", RelatedKind::none, cut);
      break;
    }
    case TextRole::teaser: {
      const bool cut = u.read_more != kNone || u.ending == Ending::ellipsis || u.ending == Ending::none;
      for (Id k = u.first; k < u.end; ++k) set(k, Label::teaser, why_teaser(u), RelatedKind::none, cut);
      break;
    }
    case TextRole::other:
      for (Id k = u.first; k < u.end; ++k) set(k, Label::boilerplate, why_other(u, judge_.scores()[unit].heading));
      break;
  }
}

void TextReader::label(const Document& document, const std::vector<std::uint32_t>& phrases, Labels& labels) {
  labels.kind = PageKind::article;
  labels.kind_confidence = 1;
  labels.blocks.assign(document.blocks.size(), Verdict());
  labels.links.assign(document.links.size(), Verdict());
  labels.emptied_by.clear();
  const std::vector<TextUnit>& units = unit_reader_.build(document, phrases);
  units_ = &units;
  const std::vector<TextReading>& readings = judge_.read(units);
  RelatedKind list = RelatedKind::none;
  std::size_t weak = 0;
  for (std::size_t i = 0; i < units.size(); ++i) {
    const TextUnit& u = units[i];
    if (readings[i].role == TextRole::body) {
      list = RelatedKind::none;
    } else if (readings[i].role == TextRole::other) {
      const RelatedKind heading = kind_of(u.phrases | u.marker);
      if (judge_.scores()[i].heading) list = heading;
    }
    settle(i, readings[i], list, readings[i].role == TextRole::title && stands_alone(readings, i), labels);
    // The title under "Previous article" is that article; what comes behind it is not.
    if (readings[i].role == TextRole::title && (list == RelatedKind::prev || list == RelatedKind::next)) list = RelatedKind::none;
    const UnitScores& s = judge_.scores()[i];
    const float chosen = readings[i].role == TextRole::body ? s.body : std::max({s.title, s.teaser, s.other});
    weak += chosen < 1.0F;
  }
  // Set by hand, not calibrated: a text whose every unit was decided on little is worth 0.7.
  labels.confidence = units.empty() ? 0.0F : 1.0F - 0.3F * static_cast<float>(weak) / static_cast<float>(units.size());
}

}  // namespace marrow
