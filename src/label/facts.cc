#include "label/facts.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "base/keyed_hash.h"
#include "base/text.h"
#include "label/columns.h"

namespace marrow {
namespace {

// Words this short that are among the most frequent of a page are its function words in any language
// with spaces; 40 of them cover what stop-word lists of 100 to 200 entries cover of running text.
constexpr std::uint16_t kFunctionLength = 5;
constexpr std::size_t kFunctionWords = 40;
constexpr float kLongBlockWords = 20;

std::uint64_t mix(std::uint64_t h) {
  h ^= h >> 33;
  h *= 0xff51afd7ed558ccdULL;
  h ^= h >> 29;
  return h | 1;  // 0 marks an empty slot
}

std::uint64_t step(std::uint64_t h, std::uint64_t value) { return (h ^ value) * 0x100000001b3ULL; }

constexpr std::size_t kEight = 8;
// Eight bytes with every digit a '0': "post-1423" and "post-1424" are one class.
std::uint64_t fold_digits(std::uint64_t bytes) {
  constexpr std::uint64_t kZeros = 0x3030303030303030ULL, kHigh = 0x8080808080808080ULL;
  const std::uint64_t off = bytes ^ kZeros;  // below 10 where a digit is
  const std::uint64_t digits = ~(((off & ~kHigh) + 0x7676767676767676ULL) | off) & kHigh;
  const std::uint64_t mask = (digits >> 7) * 0xFF;
  return (bytes & ~mask) | (kZeros & mask);
}

char32_t lower(char32_t c) {
  if (c >= 'A' && c <= 'Z') return c + 32;
  if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9) || (c >= 0x410 && c <= 0x42F)) return c + 32;
  if (c >= 0x400 && c <= 0x40F) return c + 80;
  if (c >= 0x100 && c <= 0x17F && c != 0x130 && c != 0x131) return c | 1;  // good enough to compare words by
  return c;
}

bool is_ascii_letter(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }

bool is_comma(char32_t c) { return c == ',' || c == 0x3001 || c == 0xFF0C || c == 0x060C || c == ';' || c == 0x061B; }
bool is_quote(char32_t c) {
  return c == '"' || c == 0x201C || c == 0x201D || c == 0x201E || c == 0xAB || c == 0xBB || c == 0x300C || c == 0x300D;
}
bool is_separator(char32_t c) {
  return c == '|' || c == 0xB7 || c == 0x2022 || c == '/' || c == '>' || c == 0x203A || c == 0x2192 || c == 0x25B6;
}
bool is_money(char32_t c) { return c == '$' || c == 0x20AC || c == 0xA3 || c == 0xA5 || c == 0x20B9 || c == 0x20BD; }

}  // namespace

void PageFacts::compute(const Document& document) {
  document_ = &document;
  types_.compute(document);
  const std::size_t n = document.blocks.size();
  blocks_.assign(n, {});
  word_hashes_.clear();
  word_lengths_.clear();
  word_begin_.clear();
  for (Id b = 0; b < n; ++b) scan(b);
  word_begin_.push_back(static_cast<std::uint32_t>(word_hashes_.size()));
  count_words();
  for (Id b = 0; b < n; ++b) compare_words(b);
  prefix_.assign(n + 1, {});
  for (Id b = 0; b < n; ++b) {
    const Block& block = document.blocks[b];
    const BlockFacts& f = blocks_[b];
    Sums s = prefix_[b];
    s.blocks += 1;
    s.words += f.words;
    s.chars += f.chars;
    s.link_chars += static_cast<float>(block.link_chars);
    s.link_words += static_cast<float>(block.link_words);
    if (f.in_p) s.p_words += f.words;
    s.ends += f.ends;
    s.commas += f.commas;
    if (f.words >= kLongBlockWords && f.link_density < 0.5F) s.long_blocks += 1;
    if (block.heading_level) s.headings += 1;
    if (block.hidden) s.hidden_words += f.words;
    prefix_[b + 1] = s;
  }
  paths();
  repeated_items();
  find_headline();
}

Sums PageFacts::sums(Id first, Id end) const {
  const Sums& a = prefix_[first];
  const Sums& b = prefix_[std::max(first, end)];
  return {b.blocks - a.blocks,   b.words - a.words,     b.chars - a.chars, b.link_chars - a.link_chars,
          b.link_words - a.link_words, b.p_words - a.p_words, b.ends - a.ends,   b.commas - a.commas,
          b.long_blocks - a.long_blocks, b.headings - a.headings, b.hidden_words - a.hidden_words};
}

void PageFacts::scan(Id b) {
  const Block& block = document_->blocks[b];
  BlockFacts& f = blocks_[b];
  word_begin_.push_back(static_cast<std::uint32_t>(word_hashes_.size()));
  f.words = static_cast<float>(block.words);
  f.chars = static_cast<float>(block.chars);
  f.link_density = static_cast<float>(block.link_density());
  std::uint64_t hash = 0;
  std::uint32_t length = 0, run_spaceless = 0;
  bool first = true, previous_digit = false;
  char32_t previous = 0, last = 0, before_last = 0;
  std::uint32_t digit_run = 0, year = 0;
  auto end_word = [&] {
    if (length == 0) return;
    word_hashes_.push_back(mix(hash));
    word_lengths_.push_back(static_cast<std::uint8_t>(std::min<std::uint32_t>(length, 255)));
    hash = 0;
    length = 0;
  };
  const std::string_view text = block.text;
  for (std::size_t at = 0; at < text.size();) {
    // A run of ASCII letters at once, inside a word or behind a space: most of most texts. What the general way below does for each.
    if (is_ascii_letter(text[at]) && !first && !run_spaceless && digit_run == 0) {
      const bool opens = length == 0;
      if (opens) {
        hash = 0xcbf29ce484222325ULL;
        f.capital_words += static_cast<float>(text[at] < 'a');
      }
      const std::size_t begin = at;
      std::uint32_t upper = 0;
      do {
        const auto c = static_cast<unsigned char>(text[at]);
        upper += c < 'a';
        hash = step(hash, c | 0x20U);
      } while (++at < text.size() && is_ascii_letter(text[at]));
      const auto run = static_cast<std::uint32_t>(at - begin);
      length += run;
      f.letters += static_cast<float>(run);
      f.upper += static_cast<float>(upper);
      previous_digit = false;
      previous = static_cast<unsigned char>(text[at - 1]);
      before_last = run > 1 ? static_cast<unsigned char>(text[at - 2]) : last;
      last = previous;
      continue;
    }
    const char32_t c = next_code_point(text, at);
    if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
      end_word();
      if (c == '\n') f.lines += 1;
      if (digit_run == 4 && (year / 100 == 19 || year / 100 == 20)) f.has_year = true;
      digit_run = 0;
      previous_digit = false;
      previous = ' ';
      continue;
    }
    const bool digit = is_digit(c);
    const bool letter = !digit && is_letter(c);
    const bool spaceless = is_spaceless(c);
    if (first) {
      f.starts_upper = is_upper(c);
      f.starts_lower = letter && !f.starts_upper && !spaceless;
      f.starts_digit = digit;
      f.starts_symbol = !letter && !digit && !is_quote(c);
      first = false;
    }
    if (digit) {
      f.digits += 1;
      year = previous_digit ? year * 10 + static_cast<std::uint32_t>(c & 0xF) : static_cast<std::uint32_t>(c & 0xF);
      digit_run = previous_digit ? digit_run + 1 : 1;
      if (previous == ':') f.has_clock = true;
    } else if (digit_run) {
      if (digit_run == 4 && (year / 100 == 19 || year / 100 == 20)) f.has_year = true;
      digit_run = 0;
    }
    if (letter) {
      f.letters += 1;
      const bool capital = is_upper(c);
      if (capital) f.upper += 1;
      if (capital && length == 0) f.capital_words += 1;
    }
    if (spaceless) {
      f.spaceless += 1;
      // Two characters make one word: pairs are the features' words in scripts without spaces.
      if (run_spaceless % 2 == 0) end_word();
      ++run_spaceless;
    } else {
      if (run_spaceless) end_word();
      run_spaceless = 0;
    }
    if (letter || digit || c == '_') {
      hash = step(length ? hash : 0xcbf29ce484222325ULL, lower(c));
      ++length;
    } else {
      end_word();
      if (is_comma(c)) f.commas += 1;
      else if (is_terminal(c)) {
        f.ends += 1;
        if (!is_terminal(previous)) f.sentences += 1;
        if (c == '?' || c == 0xFF1F || c == 0x061F) f.has_question = true;
      } else if (is_quote(c)) f.quotes += 1;
      else if (is_separator(c)) f.separators += 1;
      else if (is_money(c)) f.has_money = true;
      else if (c == 0xA9) f.has_copyright = true;
      else if (c == '@') f.has_at = true;
    }
    previous_digit = digit;
    previous = c;
    if (!is_closing(c)) {
      before_last = last;
      last = c;
    }
  }
  end_word();
  if (digit_run == 4 && (year / 100 == 19 || year / 100 == 20)) f.has_year = true;
  f.ends_terminal = is_terminal(last);
  f.ends_ellipsis = last == 0x2026 || (last == '.' && before_last == '.');
  f.ends_colon = last == ':' || last == 0xFF1A;
  f.ends_comma = is_comma(last);
  float bold = 0, code = 0, italic = 0;
  for (Id i = block.first_span; i < block.end_span; ++i) {
    const Span& span = document_->spans[i];
    const float bytes = static_cast<float>(span.end - span.begin);
    switch (document_->elements[span.element].tag) {
      case Tag::b_: case Tag::strong_: bold += bytes; break;
      case Tag::code_: case Tag::kbd_: case Tag::samp_: case Tag::tt_: code += bytes; break;
      case Tag::i_: case Tag::em_: case Tag::cite_: italic += bytes; break;
      default: break;
    }
  }
  const float size = static_cast<float>(text.size());
  f.bold_share = std::min(1.0F, bold / size);
  f.code_share = std::min(1.0F, code / size);
  f.italic_share = std::min(1.0F, italic / size);
  Id e = block.element;
  for (int up = 0; up < 2 && e != kNone; ++up, e = document_->elements[e].parent)
    if (document_->elements[e].tag == Tag::p_) f.in_p = true;
}

PageFacts::WordSlot& PageFacts::slot_of(std::uint64_t hash) {
  std::size_t at = keyed_hash(hash) & (words_.size() - 1);
  while (words_[at].hash != 0 && words_[at].hash != hash) at = (at + 1) & (words_.size() - 1);
  words_[at].hash = hash;
  return words_[at];
}

const PageFacts::WordSlot* PageFacts::find(std::uint64_t hash) const {
  std::size_t at = keyed_hash(hash) & (words_.size() - 1);
  while (words_[at].hash != 0 && words_[at].hash != hash) at = (at + 1) & (words_.size() - 1);
  return words_[at].hash ? &words_[at] : nullptr;
}

namespace {

// Calls f(hash, length) for each word of a short text, hashed as scan() does.
template <typename F>
void each_word(std::string_view text, F f) {
  std::uint64_t hash = 0;
  std::uint32_t length = 0, run = 0;
  auto end = [&] {
    if (length) f(mix(hash), length);
    hash = 0;
    length = 0;
  };
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    if (is_spaceless(c)) {
      if (run % 2 == 0) end();
      ++run;
    } else {
      if (run) end();
      run = 0;
    }
    if (is_word(c)) {
      hash = step(length ? hash : 0xcbf29ce484222325ULL, lower(c));
      ++length;
    } else {
      end();
    }
  }
  end();
}

}  // namespace

// Different words of a title that are looked at. A <title> that nobody closes holds the page; the longest title of the
// development set has 41.
constexpr std::uint32_t kMaxTitleWords = 256;

void PageFacts::count_words() {
  const std::size_t n = document_->blocks.size();
  // Never more than half full: a search ends at an empty place.
  words_.assign(std::bit_ceil(word_hashes_.size() * 2 + std::size_t{kMaxTitleWords} * 2), {});
  // The title: og:title where there is one (no site name), else <title>.
  std::string_view title = document_->title;
  for (const Meta& meta : document_->metas)
    if (meta.name == "og:title" && !meta.content.empty()) title = meta.content;
  title_words_ = 0;
  each_word(title, [&](std::uint64_t hash, std::uint32_t length) {
    if (title_words_ == kMaxTitleWords) return;
    WordSlot& slot = slot_of(hash);
    slot.length = static_cast<std::uint16_t>(length);
    if (!slot.title) ++title_words_;
    slot.title = true;
  });
  for (Id b = 0; b < n; ++b) {
    const bool counts = blocks_[b].link_density < 0.5F;
    for (std::uint32_t i = word_begin_[b]; i < word_begin_[b + 1]; ++i) {
      WordSlot& slot = slot_of(word_hashes_[i]);
      slot.length = word_lengths_[i];
      if (counts) ++slot.count;
    }
  }
  // The most frequent short words; ties by hash, so that the choice never depends on memory.
  std::vector<std::pair<std::uint32_t, std::uint64_t>> frequent;
  for (const WordSlot& slot : words_)
    if (slot.hash && slot.length <= kFunctionLength && slot.count >= 2) frequent.emplace_back(slot.count, slot.hash);
  const std::size_t keep = std::min(kFunctionWords, frequent.size());
  std::partial_sort(frequent.begin(), frequent.begin() + static_cast<std::ptrdiff_t>(keep), frequent.end(),
                    [](const auto& a, const auto& b) { return a > b; });
  for (std::size_t i = 0; i < keep; ++i) slot_of(frequent[i].second).function = true;
}

void PageFacts::compare_words(Id b) {
  BlockFacts& f = blocks_[b];
  const std::uint32_t begin = word_begin_[b], end = word_begin_[b + 1];
  if (begin == end) return;
  float function = 0, familiar = 0, content = 0, title = 0;
  std::uint64_t seen_title[32];
  std::size_t seen = 0;
  for (std::uint32_t i = begin; i < end; ++i) {
    const WordSlot* slot = find(word_hashes_[i]);
    if (slot->function) {
      function += 1;
    } else if (slot->length > 3 || f.spaceless > 0) {
      content += 1;
      familiar += ln(static_cast<float>(slot->count));
    }
    if (slot->title) {
      title += 1;
      if (seen < 32 && std::find(seen_title, seen_title + seen, slot->hash) == seen_title + seen)
        seen_title[seen++] = slot->hash;
    }
  }
  const float words = static_cast<float>(end - begin);
  f.function_words = function / words;
  f.familiarity = content > 0 ? familiar / content : 0;
  f.title_share = title / words;
  f.title_cover = title_words_ ? static_cast<float>(seen) / static_cast<float>(title_words_) : 0;
}

float PageFacts::share_in_title(std::string_view text) const {
  float words = 0, title = 0;
  each_word(text, [&](std::uint64_t hash, std::uint32_t) {
    words += 1;
    const WordSlot* slot = find(hash);
    if (slot && slot->title) title += 1;
  });
  return words > 0 ? title / words : 0;
}

void PageFacts::paths() {
  const auto& elements = document_->elements;
  paths_.resize(elements.size());
  // Own step of each element: tag and first class token; a path is the last four steps.
  auto own = [&](Id e) {
    const Element& element = elements[e];
    std::uint64_t h = step(0xcbf29ce484222325ULL, static_cast<std::uint64_t>(element.tag));
    const std::string_view cls = element.cls.substr(0, element.cls.find(' '));
    std::uint64_t bytes = 0;
    std::size_t at = 0;
    for (; at + kEight <= cls.size(); at += kEight) {
      std::memcpy(&bytes, cls.data() + at, kEight);
      h = step(h, fold_digits(bytes));
    }
    bytes = 0;
    for (; at < cls.size(); ++at) bytes = bytes << 8 | static_cast<unsigned char>(cls[at]);
    return step(h, fold_digits(bytes));
  };
  std::vector<std::uint64_t>& steps = paths_;
  for (Id e = 0; e < elements.size(); ++e) steps[e] = own(e);
  const std::size_t n = document_->blocks.size();
  path_table_.assign(std::bit_ceil(std::max<std::size_t>(16, n * 2)), {});
  path_slot_.resize(n);
  for (Id b = 0; b < n; ++b) {
    std::uint64_t h = 1469598103934665603ULL;
    Id e = document_->blocks[b].element;
    for (int up = 0; up < 4 && e != kNone; ++up, e = elements[e].parent) h = step(h, steps[e]);
    h = mix(h);
    std::size_t at = keyed_hash(h) & (path_table_.size() - 1);
    while (path_table_[at].key != 0 && path_table_[at].key != h) at = (at + 1) & (path_table_.size() - 1);
    PathFacts& facts = path_table_[at];
    facts.key = h;
    facts.blocks += 1;
    facts.words += blocks_[b].words;
    facts.chars += blocks_[b].chars;
    facts.link_chars += static_cast<float>(document_->blocks[b].link_chars);
    path_slot_[b] = static_cast<std::uint32_t>(at);
  }
}

void PageFacts::repeated_items() {
  const auto& elements = document_->elements;
  const std::size_t n = elements.size();
  sibling_table_.assign(std::bit_ceil(std::max<std::size_t>(16, n * 2)), {0, 0});
  sibling_slot_.resize(n);
  siblings_.assign(n, 1);
  items_.assign(n, kNone);
  for (Id e = 0; e < n; ++e) {
    const std::uint64_t key = mix(step(paths_[e], elements[e].parent));
    std::size_t at = keyed_hash(key) & (sibling_table_.size() - 1);
    while (sibling_table_[at].key != 0 && sibling_table_[at].key != key) at = (at + 1) & (sibling_table_.size() - 1);
    sibling_table_[at].key = key;
    // Only siblings that hold text are items of a list.
    if (elements[e].end_block > elements[e].first_block) ++sibling_table_[at].count;
    sibling_slot_[e] = static_cast<std::uint32_t>(at);
  }
  for (Id e = 0; e < n; ++e) {
    siblings_[e] = sibling_table_[sibling_slot_[e]].count;
    const Id up = elements[e].parent;
    const bool item = siblings_[e] >= 3 && elements[e].block_level && elements[e].tag != Tag::p_ && elements[e].tag != Tag::br_;
    items_[e] = item ? e : up == kNone ? kNone : items_[up];
  }
}

void PageFacts::find_headline() {
  headline_ = kNone;
  float best = 0.5F;  // at least half of the title's words
  for (Id b = 0; b < blocks_.size(); ++b) {
    const BlockFacts& f = blocks_[b];
    const Block& block = document_->blocks[b];
    if (f.words > 60 || block.hidden) continue;
    const float likeness = f.title_share + f.title_cover > 0
                               ? 2 * f.title_share * f.title_cover / (f.title_share + f.title_cover)
                               : 0;
    const float bonus = block.heading_level == 1 ? 0.35F : block.heading_level == 2 ? 0.2F : block.heading_level ? 0.1F : 0;
    if (likeness > 0 && likeness + bonus > best + 1e-4F) {
      best = likeness + bonus;
      headline_ = b;
    }
  }
  if (headline_ != kNone) return;
  for (Id b = 0; b < blocks_.size(); ++b)
    if (document_->blocks[b].heading_level == 1 && !document_->blocks[b].hidden) {
      headline_ = b;
      return;
    }
}

}  // namespace marrow
