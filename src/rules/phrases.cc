#include "rules/phrases.h"

#include <algorithm>

#include "base/text.h"

namespace marrow {
namespace {

constexpr std::uint32_t kAnyWords = 0xffffffffU;

enum class Kind : std::uint8_t { other, word, spaceless };

// The class of the code point at `at`, which moves behind it.
Kind kind_at(std::string_view text, std::size_t& at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x80) {
    ++at;
    const bool word = (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || byte == '_';
    return word ? Kind::word : Kind::other;
  }
  const char32_t c = next_code_point(text, at);
  if (is_spaceless(c)) return c == 0x30FB ? Kind::other : Kind::spaceless;  // katakana middle dot
  return is_word(c) ? Kind::word : Kind::other;
}

std::size_t start_of_last(std::string_view text, std::size_t end) {
  std::size_t start = end - 1;
  while (start > 0 && (static_cast<unsigned char>(text[start]) & 0xC0) == 0x80) --start;
  return start;
}

Kind kind_before(std::string_view text, std::size_t end) {
  if (end == 0) return Kind::other;
  std::size_t at = start_of_last(text, end);
  return kind_at(text, at);
}

}  // namespace

bool PhraseTable::add(std::string_view phrase_form, const Phrase& phrase) {
  Frame frame = frame_of(phrase_form);
  if (frame.begin >= frame.end) return false;
  if (phrase.at == PhraseAt::start) frame.end = phrase_form.size();  // "next:" is not "next"
  Trie& trie = phrase.at == PhraseAt::whole || phrase.at == PhraseAt::start ? leading_ : inside_;
  if (phrase.at != PhraseAt::end) {
    const auto own = static_cast<std::uint32_t>(count_words(phrase_form));
    most_words_ = std::max(most_words_, phrase.at == PhraseAt::whole ? own : phrase.max_words != 0 ? phrase.max_words : kAnyWords);
  }
  const std::uint32_t node = trie.add(phrase_form.substr(frame.begin, frame.end - frame.begin));
  phrases_.push_back({phrase, trie.made[node].first});
  trie.made[node].first = static_cast<std::uint32_t>(phrases_.size());
  return true;
}

std::uint32_t PhraseTable::Trie::add(std::string_view text) {
  if (text.size() > 3) fours[four(text.data())] = true;
  for (int second = 0; second < 256; ++second) {
    if (text.size() > 1 && static_cast<char>(second) != text[1]) continue;
    pairs[pair(text[0], static_cast<char>(second))] = true;
    if (text.size() < 4) short_pairs[pair(text[0], static_cast<char>(second))] = true;
  }
  std::uint32_t node = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const std::uint32_t parent = node;
    node = made[parent].child;
    while (node != 0 && made[node].byte != byte) node = made[node].sibling;
    if (node != 0) continue;
    node = static_cast<std::uint32_t>(made.size());
    made.push_back({0, made[parent].child, 0, byte});
    made[parent].child = node;
  }
  return node;
}

void PhraseTable::seal() {
  leading_.seal();
  inside_.seal();
}

// Level by level: a node's children stand in one line of the cache, where a list of siblings would touch as many as it has.
void PhraseTable::Trie::seal() {
  std::vector<std::uint32_t> order{0};  // of what was made
  nodes.clear();
  bytes.assign(1, 0);
  for (std::size_t i = 0; i < order.size(); ++i) {
    const Made& from = made[order[i]];
    Node node{from.first, static_cast<std::uint32_t>(order.size()), 0};
    for (std::uint32_t at = from.child; at != 0; at = made[at].sibling, ++node.count) {
      order.push_back(at);
      bytes.push_back(made[at].byte);
    }
    nodes.push_back(node);
  }
  made.clear();
  made.shrink_to_fit();
}

bool PhraseTable::is_ascii(std::string_view text) {
  static constexpr ByteSet kWide("", {{0x80, 0xFF}});
  return find_any(text, 0, kWide) == text.size();
}

PhraseTable::Frame PhraseTable::frame_of(std::string_view text) {
  Frame frame{0, text.size(), false};
  while (frame.begin < text.size()) {
    std::size_t at = frame.begin;
    if (kind_at(text, at) != Kind::other) break;
    frame.begin = at;
  }
  while (frame.end > frame.begin) {
    std::size_t at = start_of_last(text, frame.end);
    const std::size_t start = at;
    if (kind_at(text, at) != Kind::other) break;
    frame.end = start;
  }
  const std::string_view tail = text.substr(frame.end);
  frame.sentence = tail == "." || tail == "?" || tail == "\u3002" || tail == "\u0964" || tail == "\u06D4" ||
                   tail == ".\"" || tail == "?\"" || tail == ".'" || tail == "?'" || tail == ".)";
  return frame;
}

bool PhraseTable::is_boundary(std::string_view text, std::size_t at) {
  if (at >= text.size()) return true;
  std::size_t next = at;
  if ((static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) return false;  // inside a code point
  const Kind behind = kind_at(text, next);
  if (behind != Kind::word) return true;
  return kind_before(text, at) != Kind::word;
}

std::size_t PhraseTable::next_start(std::string_view text, std::size_t at, std::size_t end) {
  Kind last = kind_at(text, at);
  while (at < end) {
    std::size_t next = at;
    const Kind kind = kind_at(text, next);
    if (kind == Kind::spaceless || (kind == Kind::word && last != Kind::word)) return at;
    last = kind;
    at = next;
  }
  return end;
}

}  // namespace marrow
