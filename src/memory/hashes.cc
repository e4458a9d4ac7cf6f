#include "memory/hashes.h"

#include <string>

#include "base/text.h"
#include "base/url.h"

namespace marrow {
namespace {

// More bytes of a text than these are not compared: the beginning of a long one tells it from others.
constexpr std::size_t kMaxBytes = 2048;
constexpr unsigned kAll = 0xffffffffU;
// A text with fewer letters recurs everywhere and means nothing.
constexpr unsigned kLeastLetters = 2;

// Folded letters and digits up to a weight; how much there was.
unsigned fold_letters(std::string_view text, unsigned most, bool digits_alike, std::string& out) {
  unsigned weight = 0;
  const std::string folded = fold_case(text.substr(0, kMaxBytes));
  for (std::size_t at = 0; at < folded.size() && weight < most;) {
    const char32_t c = next_code_point(folded, at);
    const bool digit = is_digit(c);
    if (c == 0xFFFD || (!digit && !is_letter(c))) continue;
    append_utf8(out, digit && digits_alike ? U'0' : c);
    weight += is_spaceless(c) ? 2 : 1;
  }
  return weight;
}

std::uint32_t not_zero(std::uint32_t hash) { return hash ? hash : 1; }

}  // namespace

std::uint32_t short_hash(std::uint64_t hash) { return static_cast<std::uint32_t>(hash ^ (hash >> 32)); }

std::uint32_t text_hash(std::string_view text) {
  std::string letters;
  if (fold_letters(text, kAll, true, letters) < kLeastLetters) return 0;
  return not_zero(short_hash(hash64(letters)));
}

std::uint32_t title_hash(std::string_view text) {
  std::string letters;
  if (fold_letters(text, kAll, false, letters) < kLeastLetters) return 0;
  return not_zero(short_hash(hash64(letters)));
}

std::uint32_t opening_hash(std::string_view text, unsigned letters) {
  std::string begin;
  if (fold_letters(text, letters, false, begin) < letters) return 0;
  return not_zero(short_hash(hash64(begin)));
}

std::uint64_t page_key(std::string_view url) { return hash64(url_key(url)); }

}  // namespace marrow
