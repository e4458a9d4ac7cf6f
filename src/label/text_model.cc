#include "label/text_model.h"

#include <algorithm>
#include <limits>

namespace marrow {
namespace {

// All points below were set by hand: +1 is weak evidence, +3 good, +6 all but certain. They were then checked on the texts of
// scripts/make_leaky_texts (which none of them was fitted to line by line); re-run it and tests/label/text_test.cc after a change.

// Words of a paragraph that is an article's and no excerpt; of a title; of a phrase that stands alone.
constexpr std::uint32_t kParagraphWords = 25;
constexpr std::uint32_t kLongParagraphWords = 50;
constexpr std::uint32_t kTitleWords = 20;
constexpr std::uint32_t kHeadingWords = 8;
// A text with so many leaks and no sentence of so many words beside them is nothing but leaks.
constexpr std::size_t kManyLeaks = 4;
constexpr std::uint32_t kSentenceWords = 9;
// Excerpts cut without an ellipsis: at least so many words and characters.
constexpr std::uint32_t kCutWords = 8;
constexpr std::uint32_t kCutChars = 40;
constexpr std::uint32_t kCutSpaceless = 18;  // characters, where one says what two letters say elsewhere

enum State : int { kBeforeOther, kBeforeTitle, kBeforeTeaser, kBody, kInOther, kInTitle, kInTeaser, kAfterOther, kAfterTitle, kAfterTeaser };

TextRole role_of(int state) {
  switch (state) {
    case kBody: return TextRole::body;
    case kBeforeTitle: case kInTitle: case kAfterTitle: return TextRole::title;
    case kBeforeTeaser: case kInTeaser: case kAfterTeaser: return TextRole::teaser;
    default: return TextRole::other;
  }
}
TextPart part_of(int state) {
  if (state <= kBeforeTeaser) return TextPart::before;
  return state >= kAfterOther ? TextPart::behind : TextPart::inside;
}

bool ends_whole(const TextUnit& u) {
  return u.ending == Ending::stop || u.ending == Ending::question || u.ending == Ending::exclamation;
}
bool is_paragraph(const TextUnit& u) { return u.words >= kParagraphWords && u.read_more == kNone; }
bool is_speech(const TextUnit& u) { return u.opening == Opening::quote || (u.opening == Opening::dash && u.words > 1); }
bool title_like(const TextUnit& u) {
  return u.words >= 1 && u.words <= kTitleWords && (u.ending == Ending::none || u.ending == Ending::question || u.ending == Ending::exclamation) &&
         u.sentences <= 2 && u.opening != Opening::small && u.opening != Opening::bullet && !u.code && !u.table;
}
// A read-more phrase and nothing else.
bool lone_read_more(const TextUnit& u) {
  return (u.phrases & kPhraseReadMore) && u.words <= kHeadingWords && !ends_whole(u) && !(u.phrases & ~kPhraseReadMore & kMarkerPhrases & ~kPhraseInArticle);
}
bool list_heading(const TextUnit& u) {
  return u.marker == 0 && (u.phrases & kMarkerPhrases) && u.title + 1 >= u.end && u.opening != Opening::small && u.words <= kHeadingWords + 4 && u.ending != Ending::stop &&
         u.ending != Ending::question && u.ending != Ending::ellipsis && !lone_read_more(u);
}
bool marked_title(const TextUnit& u) {
  if (u.code || u.words < 1 || u.words > kTitleWords + 6 || u.opening == Opening::small) return false;
  if (u.marker & kMarkerPhrases) return u.ending != Ending::colon && u.sentences <= 2;
  if (u.points != 0 && u.words >= 2) return u.ending != Ending::stop || u.words <= kTitleWords;
  return false;
}
// As long as its neighbours to the letter, and no end to it.
bool cut_at_width(const TextUnit& u) {
  const bool spaceless = u.words * 2 + 1 >= u.chars;
  return u.ending == Ending::none && u.twins >= (spaceless ? 3U : 1U) && u.words >= kCutWords && u.chars >= (spaceless ? kCutSpaceless : kCutChars) &&
         !u.numbered && !u.listed && u.excerpt == kNone;
}
bool is_cut(const TextUnit& u) {
  return u.read_more != kNone || u.ending == Ending::ellipsis;
}

float body_points(const TextUnit& u) {
  float p = 0;
  if (is_paragraph(u)) p += u.words >= kLongParagraphWords ? 4.5F : u.sentences >= 2 ? 3.0F : 2.0F;
  else if (u.words >= 12 && ends_whole(u)) p += 1.5F;
  else if (u.words >= 3 && ends_whole(u)) p += 0.5F;
  if (is_speech(u)) p += 2.5F;
  if (u.quoted_end) p += 1.0F;
  if (u.listed || u.table) p += 1.5F;
  if (u.code) p += 5.0F;
  if (u.opening == Opening::small && u.words >= 2) p += 2.0F;
  if (u.ending == Ending::colon || u.ending == Ending::comma) p += 1.5F;
  if (u.numbered && ends_whole(u) && u.words >= 5) p += 1.0F;
  if (u.ending == Ending::ellipsis && !is_speech(u)) p -= u.words >= 18 || u.sentences >= 2 ? 0.5F : u.twins == 0 ? 1.0F : 2.0F;
  if (u.read_more != kNone) p -= u.words >= kLongParagraphWords ? 3.0F : 4.0F;
  return p;
}

float title_points(const TextUnit& u) {
  float p = 0;
  if (u.excerpt != kNone) p += u.title_words >= 2 && u.title_words <= kTitleWords ? 1.0F : -3.0F;
  else if (title_like(u)) p += u.words >= 4 ? 1.0F : u.words == 3 ? 0.5F : u.words == 2 ? 0.0F : -1.0F;
  else if (u.words > kTitleWords) p -= 4.0F;
  if (cut_at_width(u)) p -= 2.0F;
  if (u.sentences >= 3 && u.excerpt == kNone) p -= 3.0F;
  if (u.ending == Ending::stop) p -= u.excerpt != kNone ? 0.0F : 3.0F;
  if (u.ending == Ending::colon || u.ending == Ending::comma) p -= 3.0F;
  if (u.ending == Ending::ellipsis && u.excerpt == kNone) p -= 3.0F;
  if (u.opening == Opening::small) p -= 3.0F;
  if (u.copyright || (u.phrases & kFurniturePhrases & ~kPhraseDate)) p -= 2.0F;
  if (u.opening == Opening::bullet || u.opening == Opening::dash) p -= 1.0F;
  if (is_speech(u)) p -= 1.0F;
  if (u.numbered) p += 0.5F;
  if (u.code || u.table) p -= 4.0F;
  if (u.signs) p -= 6.0F;
  if (u.crumbs) p -= 2.0F;
  if (u.read_more != kNone && u.excerpt == kNone) p -= 2.0F;
  return p;
}

float teaser_points(const TextUnit& u) {
  float p = 0;
  if (u.read_more != kNone) p += 6.0F;
  if (u.ending == Ending::ellipsis) p += is_speech(u) ? 0.0F : u.words >= 4 ? 2.5F : 0.0F;
  if (u.ending == Ending::ellipsis && u.twins >= 1 && !is_speech(u)) p += u.twins >= 2 ? 3.5F : 2.0F;
  if (cut_at_width(u)) p += u.twins >= 2 ? 3.5F : 1.5F;
  if (u.ending == Ending::none && !cut_at_width(u)) p -= u.words >= 12 && u.chars >= 60 ? 0.0F : 2.5F;
  if (ends_whole(u)) p += u.words >= 4 ? 0.0F : -1.5F;
  if (title_like(u) && (u.ending == Ending::question || u.ending == Ending::exclamation)) p -= 2.0F;  // a title's mark
  if (u.words >= kLongParagraphWords) p -= is_cut(u) ? (u.words >= 80 ? 4.0F : 2.0F) : 6.0F;
  if (u.words < 3) p -= 3.0F;
  if (is_paragraph(u) && u.ending != Ending::ellipsis && ends_whole(u)) p -= 1.0F;
  if (u.copyright || ((u.phrases & kFurniturePhrases & ~kPhraseDate) && u.words <= 22)) p -= 2.5F;
  if (is_speech(u)) p -= 1.5F;
  if (u.ending == Ending::colon || u.ending == Ending::comma) p -= 2.0F;
  if (u.opening == Opening::small || u.opening == Opening::bullet) p -= 2.0F;
  if (u.code || u.table || u.crumbs) p -= 4.0F;
  if (u.numbered && u.read_more == kNone && u.ending != Ending::ellipsis) p -= 1.0F;
  return p;
}

float other_points(const TextUnit& u) {
  float p = title_like(u) ? -1.5F : -1.0F;
  const bool shortish = u.words <= 22 && u.sentences <= 3;
  if (u.signs) p += 4.0F;
  if (u.copyright) p += 6.0F;
  if (u.crumbs) p += 3.0F;
  if (shortish && (u.phrases & kFurniturePhrases & ~kPhraseDate & ~kPhraseByline)) p += u.words <= 12 ? 5.0F : 4.0F;
  if (shortish && (u.phrases & (kPhraseDate | kPhraseByline)) && u.words <= 14) p += ends_whole(u) && u.words > 8 ? 1.5F : 5.0F;
  if (lone_read_more(u)) p += 5.0F;
  if (u.words > 30) p -= 4.0F;
  if (u.sentences >= 2) p -= 1.0F;
  if (is_speech(u)) p -= 2.0F;
  if (u.ending == Ending::ellipsis) p -= 2.0F;
  if (u.code || u.listed) p -= 3.0F;
  if (u.words <= 5 && u.ending == Ending::none && !u.signs) p += 0.5F;
  if (u.opening == Opening::digit && u.words <= 2 && u.ending == Ending::none) p += 2.0F;  // dates, times, counts
  if (u.leads && !u.glued && u.words <= 7 && u.ending == Ending::none) p += 3.0F;  // "by A. Writer | The article ..."
  return p;
}

}  // namespace

void TextModel::score(const std::vector<TextUnit>& units) {
  scores_.assign(units.size(), UnitScores());
  for (std::size_t i = 0; i < units.size(); ++i) {
    const TextUnit& u = units[i];
    UnitScores& s = scores_[i];
    const TextUnit* before = i > 0 ? &units[i - 1] : nullptr;
    const TextUnit* after = i + 1 < units.size() ? &units[i + 1] : nullptr;
    s.body = body_points(u);
    s.title = title_points(u);
    s.teaser = teaser_points(u);
    s.other = other_points(u);
    s.heading = list_heading(u);
    if (s.heading) {
      s.other += 4.0F;
      s.body -= 3.0F;
      s.opens = 1.0F;
    } else if (u.words <= kHeadingWords && (u.ending == Ending::none || u.ending == Ending::colon) && u.opening != Opening::small && !u.listed && !u.numbered) {
      const TextUnit* last = i + 2 < units.size() ? &units[i + 2] : nullptr;
      const bool furniture = u.copyright || (u.phrases & kFurniturePhrases) || u.opening == Opening::digit;
      // A short line over a numbered list, or over titles that follow each other: a heading in words unknown to the rules.
      s.opens = after && last && after->numbered && last->numbered && title_like(*after) && title_like(*last) ? 0.7F : after && !furniture && (title_like(*after) || is_cut(*after)) ? 0.4F : 0.0F;
      if (s.opens > 0.5F) {
        s.other += 1.5F;
        s.title -= 2.0F;
      }
    }
    if (s.other >= 3.5F && !s.heading) s.body -= 4.0F;  // furniture by its phrase
    if (marked_title(u)) {
      s.marked = s.marker = true;
      s.title += u.points != 0 && (u.marker & kMarkerPhrases) ? 7.0F : 5.0F;
      s.body -= ends_whole(u) && u.ending == Ending::stop ? 0.0F : 3.0F;
      s.other -= 3.0F;
    }
    if (is_cut(u) && (u.twins >= 1 || u.read_more != kNone)) s.marked = true;
    if (cut_at_width(u) && u.twins >= 2) s.marked = true;
    // A card proves itself: an excerpt with a read-more phrase on it or right behind it, a title right over such an excerpt.
    if (after && lone_read_more(*after) && u.words >= 5 && u.words < kLongParagraphWords && !lone_read_more(u)) {
      s.teaser += 4.0F;
      s.body -= 1.5F;
      s.marked = true;
    }
    if (after && title_like(u) && !s.heading) {
      const TextUnit* last = i + 2 < units.size() ? &units[i + 2] : nullptr;
      const bool card = after->read_more != kNone || (is_cut(*after) && after->words >= 6 && !is_speech(*after)) ||
                        (last && lone_read_more(*last) && after->words >= 5 && after->words < kLongParagraphWords && !lone_read_more(*after));
      if (card && u.words >= 2) {
        const bool proven = after->read_more != kNone || (last && lone_read_more(*last));
        s.title += proven ? 3.0F : 1.5F;
        s.marked |= proven;
      }
    }
    // Behind a numbered list, over titles: the heading of the next list.
    if (before && before->numbered && !u.numbered && u.words <= 5 && title_like(u) && after && title_like(*after) && !s.heading) {
      s.other += 2.5F;
      s.title -= 2.0F;
      s.opens = 0.7F;
    }
    // "Title – sentence" again and again.
    if (u.excerpt != kNone && u.title_words <= kTitleWords && !is_speech(u)) {
      const int like = (before && before->excerpt != kNone) + (after && after->excerpt != kNone);
      s.title += static_cast<float>(like) * 1.5F;
      if (like > 0 && is_cut(u)) s.title += std::max(0.0F, s.teaser);
      s.marked |= like > 0 && ends_whole(u) && u.words < kLongParagraphWords;
    }
    if (u.labelled && u.opening == Opening::digit && u.ending == Ending::none && u.marker == 0) s.title -= 2.0F, s.other += 1.0F;
    if (u.commas >= 2 && u.ending == Ending::none && u.labelled) {  // "Tags: soup, lentils, winter"
      s.other += 2.5F;
      s.title -= 2.0F;
    }
    // A headline stands over the line that names author and day.
    if (i < 6 && title_like(u) && u.words >= 2 && after && (after->phrases & (kPhraseByline | kPhraseDate | kShapeFurniture)) && !s.heading) s.body += 1.5F;
    // A headline stands over a paragraph and shares words with the article.
    if (title_like(u) && after && is_paragraph(*after) && !is_cut(*after)) s.body += 1.0F;
    if (before && title_like(*before) && ends_whole(u) && u.words >= 4 && u.words < 40) s.teaser += 0.5F;
    if (u.words < kParagraphWords && u.words >= 2) s.body += 2.0F * (u.overlap - 0.25F);
    // A paragraph far from any other paragraph is rather a long excerpt.
    if (is_paragraph(u)) {
      bool company = false, anywhere = false;
      for (std::size_t k = 0; k < units.size() && !anywhere && units.size() < 400; ++k) anywhere = k != i && is_paragraph(units[k]) && !is_cut(units[k]);
      anywhere |= units.size() >= 400;
      for (std::size_t k = i >= 4 ? i - 4 : 0; k < std::min(units.size(), i + 5); ++k)
        company |= k != i && is_paragraph(units[k]) && !is_cut(units[k]);
      if (!company && u.words < kLongParagraphWords) s.body -= anywhere ? 1.0F : 3.0F;
    }
  }
}

namespace {

// Points for entering a title, teaser or other unit `i` from the role and scores of the unit before.
float enter_title(TextRole from, const UnitScores& before, const UnitScores& here, TextPart part) {
  if (here.marked) return 0.0F;
  // "Previous: A", "Next: B" are no list: what follows them need not be a title.
  if (from == TextRole::title || from == TextRole::teaser) return before.marker ? -3.5F : 0.0F;
  if (from == TextRole::other) return before.opens >= 1.0F ? 1.0F : part == TextPart::inside ? -4.0F : before.opens > 0.5F ? 0.0F : part == TextPart::before ? -6.0F : before.opens > 0 ? -2.0F : -3.5F;
  return -5.0F;
}

float enter_teaser(TextRole from, const UnitScores& before, const UnitScores& here) {
  if (from == TextRole::title) return before.marker ? 0.0F : 1.5F;
  if (from == TextRole::teaser) return here.marked ? 0.5F : -0.5F;
  if (from == TextRole::other) return before.opens >= 1.0F ? 0.5F : here.marked ? -0.5F : -3.5F;
  return here.marked ? -1.5F : -4.0F;
}

// From one part of the reading to another; a value far below zero forbids it.
constexpr float kNever = -1e6F;

float part_points(int from, int to) {
  const TextPart a = part_of(from), b = part_of(to);
  if (from == kBody && to == kBody) return 0.0F;
  if (to == kBody) {
    if (a == TextPart::behind) return kNever;
    // Behind a list the article must show itself again.
    if (from == kInTeaser) return -2.0F;
    if (from == kInTitle) return -0.5F;
    if (from == kBeforeTitle || from == kBeforeTeaser) return -2.0F;
    return from == kBeforeOther ? -1.0F : 0.0F;
  }
  if (from == kBody) return b == TextPart::before ? kNever : b == TextPart::inside ? -1.0F : 0.0F;
  if (a != b) return kNever;
  return role_of(to) == TextRole::other && role_of(from) != TextRole::other ? -0.5F : 0.0F;
}

// All states side by side, padded to whole vectors: what goes from one state to all others is added and compared at once.
constexpr std::size_t kWidth = 12;
using Points = std::array<float, kWidth>;

constexpr bool enters(int state, TextRole role) { return state < 10 && role_of(state) == role; }

struct Ways {
  std::array<Points, 10> part{};
  Ways() {
    for (int from = 0; from < 10; ++from)
      for (int to = 0; to < static_cast<int>(kWidth); ++to) part[from][to] = to < 10 ? part_points(from, to) : kNever;
  }
};
const Ways kWays;

// What entering each state costs behind a unit of each role.
void fill_entries(const UnitScores& before, const UnitScores& here, std::array<Points, 4>& entry) {
  for (const TextRole from : {TextRole::body, TextRole::title, TextRole::teaser, TextRole::other}) {
    Points& row = entry[static_cast<std::size_t>(from)];
    const float teaser = enter_teaser(from, before, here);
    for (int to = 0; to < static_cast<int>(kWidth); ++to) {
      if (enters(to, TextRole::title)) row[to] = enter_title(from, before, here, part_of(to));
      else row[to] = enters(to, TextRole::teaser) ? teaser : 0.0F;
    }
  }
}

// The best way into each state, the first of equal ones: its points, and where it comes from.
void best_ways(const Points& best, const std::array<Points, 4>& entry, Points& top, std::array<std::int32_t, kWidth>& from_best) {
  top.fill(std::numeric_limits<float>::lowest());
  from_best.fill(0);
  for (int from = 0; from < 10; ++from) {
    const Points& part = kWays.part[from];
    const Points& enter = entry[static_cast<std::size_t>(role_of(from))];
    for (std::size_t to = 0; to < kWidth; ++to) {
      const float points = best[from] + part[to] + enter[to];
      const bool better = points > top[to];
      top[to] = better ? points : top[to];
      from_best[to] = better ? from : from_best[to];
    }
  }
}

}  // namespace

// Nothing but leaks: what is left beside them holds no sentence, so it is no article.
void TextModel::drop_body_without_sentence(const std::vector<TextUnit>& units) {
  std::size_t leaks = 0;
  for (std::size_t i = 0; i < units.size(); ++i) {
    const TextUnit& u = units[i];
    leaks += readings_[i].role == TextRole::title || readings_[i].role == TextRole::teaser;
    if (readings_[i].role == TextRole::body && (u.code || u.listed || is_speech(u) || u.words >= kParagraphWords || (u.words >= kSentenceWords && u.ending != Ending::none)))
      return;
  }
  if (leaks < kManyLeaks) return;
  for (TextReading& reading : readings_)
    if (reading.role == TextRole::body) reading.role = TextRole::other;
}

const std::vector<TextReading>& TextModel::decode(const std::vector<TextUnit>& units) {
  const std::size_t count = units.size();
  readings_.assign(count, TextReading());
  margin_ = 0;
  if (count == 0) return readings_;
  score(units);
  from_.resize(count);
  static_assert(kStates == 10);
  Points best{}, top{};
  std::array<std::int32_t, kWidth> from_best{};
  std::array<Points, 4> entry{};
  float all_body = 0;
  auto own = [&](std::size_t i, int state) {
    const UnitScores& s = scores_[i];
    switch (role_of(state)) {
      case TextRole::body: return s.body;
      case TextRole::title: return s.title - (state == kInTitle && !s.marked ? 1.5F : 0.0F);
      // Between paragraphs only a card that proves itself is an excerpt.
      case TextRole::teaser: return s.teaser - (s.marked ? 0.0F : state == kInTeaser ? 3.0F : state == kBeforeTeaser ? 1.0F : 0.0F);
      default: return s.other;
    }
  };
  for (int s = 0; s < kStates; ++s) {
    const bool start = s == kBody || part_of(s) == TextPart::before;
    best[s] = start ? own(0, s) + (role_of(s) == TextRole::title ? (scores_[0].marked ? 0.0F : -8.0F) : role_of(s) == TextRole::teaser ? -5.0F : 0.0F) : kNever;
    from_[0][s] = -1;
  }
  all_body = scores_[0].body;
  for (std::size_t i = 1; i < count; ++i) {
    all_body += scores_[i].body;
    fill_entries(scores_[i - 1], scores_[i], entry);
    best_ways(best, entry, top, from_best);
    for (int to = 0; to < kStates; ++to) {
      best[to] = top[to] + own(i, to);
      from_[i][to] = static_cast<std::int8_t>(from_best[to]);
    }
  }
  int state = static_cast<int>(std::max_element(best.begin(), best.begin() + kStates) - best.begin());
  margin_ = best[state] - all_body;
  for (std::size_t i = count; i-- > 0;) {
    readings_[i] = {role_of(state), part_of(state)};
    state = from_[i][state];
  }
  drop_body_without_sentence(units);
  return readings_;
}

}  // namespace marrow
