#include "base/text.h"

#include "base/nfc.h"
#include "base/scan.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/ustring.h>

#include <algorithm>
#include <array>

namespace marrow {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

bool is_continuation(unsigned char c) { return (c & 0xC0) == 0x80; }

// Word scanner shared by count_words: class of a code point.
enum class Kind : unsigned char { other, word, spaceless };

Kind kind_of(char32_t c) {
  if (c < 128) {
    const bool word = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    return word ? Kind::word : Kind::other;
  }
  if (is_spaceless(c)) return Kind::spaceless;
  return is_word(c) ? Kind::word : Kind::other;
}

}  // namespace

char32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto* s = reinterpret_cast<const unsigned char*>(text.data());
  const std::size_t size = text.size();
  const unsigned char c = s[at];
  if (c < 0x80) {
    ++at;
    return c;
  }
  auto tail = [&](std::size_t i) { return at + i < size && is_continuation(s[at + i]); };
  if (c >= 0xC2 && c <= 0xDF && tail(1)) {
    const char32_t r = char32_t(c & 0x1F) << 6 | (s[at + 1] & 0x3F);
    at += 2;
    return r;
  }
  if ((c & 0xF0) == 0xE0 && tail(1) && tail(2)) {
    const char32_t r = char32_t(c & 0x0F) << 12 | char32_t(s[at + 1] & 0x3F) << 6 | (s[at + 2] & 0x3F);
    if (r >= 0x800 && (r < 0xD800 || r > 0xDFFF)) {
      at += 3;
      return r;
    }
  }
  if (c >= 0xF0 && c <= 0xF4 && tail(1) && tail(2) && tail(3)) {
    const char32_t r = char32_t(c & 0x07) << 18 | char32_t(s[at + 1] & 0x3F) << 12 |
                       char32_t(s[at + 2] & 0x3F) << 6 | (s[at + 3] & 0x3F);
    if (r >= 0x10000 && r <= 0x10FFFF) {
      at += 4;
      return r;
    }
  }
  ++at;
  return kReplacement;
}

void append_utf8(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | c >> 6);
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    if (c >= 0xD800 && c <= 0xDFFF) c = kReplacement;
    out += static_cast<char>(0xE0 | c >> 12);
    out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | c >> 18);
    out += static_cast<char>(0x80 | (c >> 12 & 0x3F));
    out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

std::size_t count_code_points(std::string_view text) { return count_leads(text); }

bool is_wide_space(char32_t c) {
  return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200B) || c == 0x2028 ||
         c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000 || c == 0xFEFF;
}

bool is_wide_letter(char32_t c) {
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & (U_GC_L_MASK | U_GC_M_MASK)) != 0;
}

bool is_wide_digit(char32_t c) {
  return u_charType(static_cast<UChar32>(c)) == U_DECIMAL_DIGIT_NUMBER;
}

bool is_wide_upper(char32_t c) {
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & (U_GC_LU_MASK | U_GC_LT_MASK)) != 0;
}

bool is_wide_spaceless(char32_t c) {
  return (c >= 0x0E00 && c <= 0x0EFF) ||    // Thai, Lao
         (c >= 0x1000 && c <= 0x109F) ||    // Myanmar
         (c >= 0x1780 && c <= 0x17FF) ||    // Khmer
         (c >= 0x3040 && c <= 0x30FF) ||    // Kana
         (c >= 0x31F0 && c <= 0x31FF) || (c >= 0x3400 && c <= 0x4DBF) ||
         (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0xFF66 && c <= 0xFF9F) || (c >= 0x20000 && c <= 0x3FFFF);
}

bool is_wide_terminal(char32_t c) {
  switch (c) {
    case 0x2026: case 0x3002: case 0xFF01: case 0xFF1F: case 0xFF0E:
    case 0xFF61: case 0x061F: case 0x06D4: case 0x0964: case 0x0965: case 0x0589: case 0x1362:
    case 0x1367: case 0x203C: case 0x203D: case 0x2047: case 0x2048: case 0x2049: case 0x104A:
    case 0x104B: case 0x17D4: case 0x17D5: case 0x037E:
      return true;
    default:
      return false;
  }
}

bool is_wide_closing(char32_t c) {
  switch (c) {
    case 0x201D: case 0x2019: case 0xBB:
    case 0x203A: case 0x201C: case 0x300D: case 0x300F: case 0x300B: case 0x3009: case 0x3011:
    case 0xFF09: case 0x2018: case 0xAB:
      return true;
    default:
      return false;
  }
}

std::size_t count_words(std::string_view text) {
  static constexpr auto kWord = [] {
    std::array<bool, 128> table{};
    for (char32_t c = 0; c < 128; ++c)
      table[c] = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    return table;
  }();
  std::size_t words = 0;
  std::size_t spaceless = 0;  // characters of the current run
  bool in_word = false;
  for (std::size_t at = 0; at < text.size();) {
    if (const auto byte = static_cast<unsigned char>(text[at]); byte < 0x80 && spaceless == 0) {
      const bool word = kWord[byte];
      words += word && !in_word;
      in_word = word;
      ++at;
      continue;
    }
    const Kind kind = kind_of(next_code_point(text, at));
    if (kind == Kind::spaceless) {
      ++spaceless;
      in_word = false;
      continue;
    }
    words += (spaceless + 1) / 2;
    spaceless = 0;
    if (kind == Kind::word && !in_word) ++words;
    // An apostrophe inside a word splits it as regular expressions' \w+ does: the field's usual count.
    in_word = kind == Kind::word;
  }
  return words + (spaceless + 1) / 2;
}

std::string_view trim(std::string_view text) {
  std::size_t begin = 0;
  while (begin < text.size()) {
    std::size_t at = begin;
    if (!is_space(next_code_point(text, at))) break;
    begin = at;
  }
  std::size_t end = text.size();
  while (end > begin) {
    std::size_t start = end - 1;
    while (start > begin && is_continuation(static_cast<unsigned char>(text[start]))) --start;
    std::size_t at = start;
    if (!is_space(next_code_point(text, at))) break;
    end = start;
  }
  return text.substr(begin, end - begin);
}

std::string collapse_spaces(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool pending = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    if (is_space(next_code_point(text, at))) {
      pending = !out.empty();
      continue;
    }
    if (pending) out += ' ';
    pending = false;
    out.append(text, start, at - start);
  }
  return out;
}

std::string fold_case(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    if (c < 128) {
      out += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    } else {
      append_utf8(out, static_cast<char32_t>(u_foldCase(static_cast<UChar32>(c), U_FOLD_CASE_DEFAULT)));
    }
  }
  return out;
}

char32_t base_letter(char32_t c) {
  if (c < 128) return c >= 'A' && c <= 'Z' ? c + 32 : c;
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(error);
  const bool hangul = c >= 0xAC00 && c <= 0xD7A3;
  for (int step = 0; U_SUCCESS(error) && !hangul && step < 4; ++step) {  // ǘ -> ü -> u: no letter has more steps
    icu::UnicodeString parts;
    if (!nfc->getRawDecomposition(static_cast<UChar32>(c), parts) || parts.isEmpty()) break;
    c = static_cast<char32_t>(parts.char32At(0));
  }
  return static_cast<char32_t>(u_foldCase(static_cast<UChar32>(c), U_FOLD_CASE_DEFAULT));
}

std::string ascii_lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

bool iequals_ascii(std::string_view a, std::string_view b) {
  auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

namespace {

// Characters that compose with none before them and are their own canonical form, beside all below U+0300: signs, Greek, Cyrillic, Arabic
// and Thai letters, Kana, Han, Hangul, emoji. What stands between these ranges may be so too.
constexpr struct {
  char32_t first, last;
} kComposed[] = {{0x388, 0x482}, {0x48A, 0x590}, {0x620, 0x64A}, {0xE01, 0xE30}, {0x2002, 0x20CF}, {0x2100, 0x2125}, {0x212C, 0x2328},
                 {0x232B, 0x2ADB}, {0x3001, 0x3029}, {0x3030, 0x3098}, {0x309B, 0xA66E}, {0xAC00, 0xD7A3}, {0xE000, 0xF8FF}, {0xFE00, 0xFE0F},
                 {0xFE30, 0xFFFD}, {0x1F000, 0x1FAFF}, {0x20000, 0x2F7FF}};

bool surely_nfc(std::string_view text) {
  static constexpr ByteSet kAsked("", {{0xCC, 0xFF}});
  for (std::size_t at = 0; (at = find_any(text, at, kAsked)) < text.size();) {
    const char32_t c = next_code_point(text, at);
    const auto* const range = std::find_if(std::begin(kComposed), std::end(kComposed), [c](const auto& r) { return c <= r.last; });
    if (range == std::end(kComposed) || c < range->first) return false;
  }
  return true;
}

}  // namespace

std::string_view to_nfc(std::string_view text, std::string& out) {
  if (surely_nfc(text)) return text;
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(error);
  if (U_FAILURE(error) || nfc->isNormalizedUTF8(icu::StringPiece(text.data(), static_cast<int>(text.size())), error)) return text;
  out.clear();
  icu::StringByteSink<std::string> sink(&out);
  nfc->normalizeUTF8(0, icu::StringPiece(text.data(), static_cast<int>(text.size())), sink, nullptr, error);
  return U_SUCCESS(error) ? std::string_view(out) : text;
}

std::string to_nfc(std::string_view text) {
  std::string out;
  const std::string_view composed = to_nfc(text, out);
  return composed.data() == out.data() ? std::move(out) : std::string(composed);
}

bool is_valid_utf8(std::string_view text) {
  static constexpr ByteSet kWide("", {{0x80, 0xFF}});
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      at = find_any(text, at, kWide);
      continue;
    }
    const std::size_t start = at;
    if (next_code_point(text, at) == kReplacement && at - start == 1) return false;
  }
  return true;
}

std::uint64_t hash64(std::string_view text) {
  std::uint64_t h = 0xcbf29ce484222325ULL;
  for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  h ^= h >> 32;
  return h;
}

std::string_view utf8_prefix(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  while (max_bytes > 0 && (static_cast<unsigned char>(text[max_bytes]) & 0xC0) == 0x80) --max_bytes;
  return text.substr(0, max_bytes);
}

}  // namespace marrow
