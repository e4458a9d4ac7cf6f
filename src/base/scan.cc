#include "base/scan.h"

#include <bit>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace marrow {
namespace {

constexpr bool is_word_byte(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
constexpr bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }
constexpr bool is_plain(char c) { return c >= 0x20 && c < 0x7F; }  // of a signed char

std::size_t find_any_bytewise(std::string_view text, std::size_t at, const ByteSet& set) {
  while (at < text.size() && !set.has(text[at])) ++at;
  return at;
}

std::size_t plain_end_bytewise(std::string_view text, std::size_t at) {
  for (; at < text.size(); ++at)
    if (!is_plain(text[at]) || (text[at] == ' ' && at > 0 && text[at - 1] == ' ')) break;
  return at;
}

#if defined(__x86_64__)
#define MARROW_AVX2 __attribute__((target("avx2,popcnt,bmi")))
const bool kAvx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("bmi");
constexpr std::size_t kBytes = 32;

MARROW_AVX2 inline __m256i load(std::string_view text, std::size_t at) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text.data() + at));
}
MARROW_AVX2 inline std::uint32_t bits(__m256i bytes) { return static_cast<std::uint32_t>(_mm256_movemask_epi8(bytes)); }

// Looks at all whole vectors from `at` on, then at the last 32 bytes of the text: what of them comes before `at` is not told. Texts shorter
// than a vector are not for it. `hits` gives a bit for each byte at a place.
template <typename Hits>
[[gnu::always_inline]] MARROW_AVX2 inline std::size_t first_hit(std::size_t size, std::size_t at, const Hits& hits) {
  for (; at + kBytes <= size; at += kBytes)
    if (const std::uint32_t found = hits(at)) return at + static_cast<std::size_t>(std::countr_zero(found));
  if (at >= size) return size;
  const std::size_t last = size - kBytes;
  const std::uint32_t found = hits(last) >> (at - last);
  return found ? at + static_cast<std::size_t>(std::countr_zero(found)) : size;
}

MARROW_AVX2 std::size_t find_any_avx2(std::string_view text, std::size_t at, const ByteSet& set) {
  const auto table = [&](const std::array<std::uint8_t, 16>& half) __attribute__((target("avx2"))) {
    return _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(half.data())));
  };
  const __m256i low = table(set.low()), high = table(set.high());
  const __m256i powers = _mm256_setr_epi8(1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128,  //
                                          1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128);
  const __m256i top = _mm256_set1_epi8(-128), nibble = _mm256_set1_epi8(15);
  return first_hit(text.size(), at, [&](std::size_t from) MARROW_AVX2 {
    const __m256i bytes = load(text, from);
    // A shuffle gives 0 for an index with its top bit set: one of the two does.
    const __m256i row = _mm256_or_si256(_mm256_shuffle_epi8(low, bytes), _mm256_shuffle_epi8(high, _mm256_xor_si256(bytes, top)));
    const __m256i bit = _mm256_shuffle_epi8(powers, _mm256_and_si256(_mm256_srli_epi16(bytes, 4), nibble));
    return bits(_mm256_cmpeq_epi8(_mm256_and_si256(row, bit), bit));
  });
}

MARROW_AVX2 std::size_t plain_end_avx2(std::string_view text, std::size_t at) {
  const __m256i space = _mm256_set1_epi8(' '), last = _mm256_set1_epi8(0x7E);
  bool before = at > 0 && text[at - 1] == ' ';
  for (; at + kBytes <= text.size(); at += kBytes) {
    const __m256i bytes = load(text, at);
    const std::uint32_t spaces = bits(_mm256_cmpeq_epi8(bytes, space));
    const std::uint32_t other = bits(_mm256_or_si256(_mm256_cmpgt_epi8(space, bytes), _mm256_cmpgt_epi8(bytes, last)));
    const std::uint32_t found = other | (spaces & (spaces << 1 | (before ? 1U : 0U)));
    if (found) return at + static_cast<std::size_t>(std::countr_zero(found));
    before = (spaces >> 31) != 0;
  }
  return plain_end_bytewise(text, at);
}

MARROW_AVX2 inline std::uint32_t word_bits(__m256i bytes) {
  const __m256i lower = _mm256_or_si256(bytes, _mm256_set1_epi8(0x20));
  const auto between = [&](__m256i x, char first, char last) __attribute__((target("avx2"))) {
    return _mm256_and_si256(_mm256_cmpgt_epi8(x, _mm256_set1_epi8(static_cast<char>(first - 1))),
                            _mm256_cmpgt_epi8(_mm256_set1_epi8(static_cast<char>(last + 1)), x));
  };
  return bits(_mm256_or_si256(_mm256_or_si256(between(lower, 'a', 'z'), between(bytes, '0', '9')), _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('_'))));
}

MARROW_AVX2 AsciiWords count_ascii_words_avx2(std::string_view text) {
  AsciiWords counted;
  std::uint32_t before = 0, wide = 0;
  std::size_t at = 0;
  for (; at + kBytes <= text.size(); at += kBytes) {
    const __m256i bytes = load(text, at);
    const std::uint32_t words = word_bits(bytes);
    counted.words += static_cast<std::size_t>(std::popcount(words & ~(words << 1 | before)));
    before = words >> 31;
    wide |= bits(bytes);
  }
  for (; at < text.size(); ++at) {
    const std::uint32_t word = is_word_byte(text[at]) ? 1 : 0;
    counted.words += word & ~before;
    before = word;
    wide |= static_cast<unsigned char>(text[at]) >> 7;
  }
  counted.ascii = wide == 0;
  return counted;
}

MARROW_AVX2 std::uint64_t ascii_words_avx2(std::string_view text, std::size_t at) {
  return word_bits(load(text, at)) | static_cast<std::uint64_t>(word_bits(load(text, at + kBytes))) << 32;
}

MARROW_AVX2 std::size_t count_leads_avx2(std::string_view text) {
  const __m256i limit = _mm256_set1_epi8(static_cast<char>(0xBF));  // as signed bytes, 0x80 to 0xBF are the least
  std::size_t count = 0, at = 0;
  for (; at + kBytes <= text.size(); at += kBytes)
    count += static_cast<std::size_t>(std::popcount(bits(_mm256_cmpgt_epi8(load(text, at), limit))));
  for (; at < text.size(); ++at) count += is_continuation(text[at]) ? 0 : 1;
  return count;
}
#endif

}  // namespace

std::size_t find_any(std::string_view text, std::size_t at, const ByteSet& set) {
#if defined(__x86_64__)
  if (kAvx2 && text.size() >= kBytes) return at < text.size() ? find_any_avx2(text, at, set) : text.size();
#endif
  return find_any_bytewise(text, at, set);
}

std::size_t plain_end(std::string_view text, std::size_t at) {
#if defined(__x86_64__)
  if (kAvx2) return plain_end_avx2(text, at);
#endif
  return plain_end_bytewise(text, at);
}

AsciiWords count_ascii_words(std::string_view text) {
#if defined(__x86_64__)
  if (kAvx2) return count_ascii_words_avx2(text);
#endif
  AsciiWords counted;
  bool before = false;
  for (const char c : text) {
    const bool word = is_word_byte(c);
    counted.words += word && !before;
    before = word;
    counted.ascii &= static_cast<unsigned char>(c) < 0x80;
  }
  return counted;
}

std::uint64_t ascii_word_starts(std::string_view text, std::size_t at) {
  constexpr std::size_t kAll = 64;
  const bool before = at > 0 && is_word_byte(text[at - 1]);
  std::uint64_t words = 0;
#if defined(__x86_64__)
  if (kAvx2 && at + kAll <= text.size()) {
    words = ascii_words_avx2(text, at);
    return words & ~(words << 1 | (before ? 1U : 0U));
  }
#endif
  for (std::size_t i = 0; i < kAll && at + i < text.size(); ++i) words |= std::uint64_t{is_word_byte(text[at + i])} << i;
  return words & ~(words << 1 | (before ? 1U : 0U));
}

std::size_t count_leads(std::string_view text) {
#if defined(__x86_64__)
  if (kAvx2) return count_leads_avx2(text);
#endif
  std::size_t count = 0;
  for (const char c : text) count += is_continuation(c) ? 0 : 1;
  return count;
}

}  // namespace marrow
