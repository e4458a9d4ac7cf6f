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
  const std::string_view text = phrase_form.substr(frame.begin, frame.end - frame.begin);
  if (phrase.at != PhraseAt::end) {
    const auto own = static_cast<std::uint32_t>(count_words(phrase_form));
    most_words_ = std::max(most_words_, phrase.at == PhraseAt::whole ? own : phrase.max_words != 0 ? phrase.max_words : kAnyWords);
  }
  std::uint32_t& first = (phrase.at == PhraseAt::whole || phrase.at == PhraseAt::start ? leading_ : inside_).list_of(text);
  entries_.push_back({phrase, static_cast<std::uint32_t>(texts_.size()), static_cast<std::uint32_t>(text.size()), first});
  first = static_cast<std::uint32_t>(entries_.size());
  texts_ += text;
  return true;
}

std::uint32_t& PhraseTable::Lists::list_of(std::string_view phrase) {
  if (phrase.size() < 4) return bytes[static_cast<unsigned char>(phrase[0])];
  const std::uint32_t hash = hash_of_four(phrase.data());
  begins[hash >> 16] = true;
  return phrase.size() < 8 ? fours[hash % kLists] : eights[hash_of_eight(phrase.data()) % kLists];
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
