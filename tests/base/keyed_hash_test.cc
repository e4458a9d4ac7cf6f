#include "base/keyed_hash.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace marrow {
namespace {

constexpr std::size_t kPlaces = 4096, kKeys = 2048;

// The most keys in one place of a table that is half full.
std::size_t fullest(const std::vector<std::uint64_t>& hashes) {
  std::vector<std::size_t> places(kPlaces);
  for (const std::uint64_t hash : hashes) ++places[hash & (kPlaces - 1)];
  return *std::max_element(places.begin(), places.end());
}

TEST(KeyedHash, EqualTextsAreEqualAndOthersAreNot) {
  std::vector<std::uint64_t> hashes;
  std::string text;
  for (int size = 0; size < 64; ++size, text += 'a') {
    EXPECT_EQ(keyed_hash(text), keyed_hash(std::string(text)));
    EXPECT_EQ(KeyedHash()(text), keyed_hash(text));
    hashes.push_back(keyed_hash(text));
    hashes.push_back(keyed_hash(text, 1));
    hashes.push_back(keyed_hash(text + '\0'));
  }
  std::sort(hashes.begin(), hashes.end());
  EXPECT_EQ(std::adjacent_find(hashes.begin(), hashes.end()), hashes.end());
}

// Numbers whose low or high bits are all alike, and texts that differ in one bit of a block and make up for it in the next: what
// fills one place of a table that takes the bits as they are, or multiplies by a number that everybody knows.
TEST(KeyedHash, NobodyChoosesThePlaces) {
  std::vector<std::uint64_t> low, high, texts;
  for (std::uint64_t i = 0; i < kKeys; ++i) {
    low.push_back(keyed_hash(i << 40));
    high.push_back(keyed_hash(i));
    std::string text(2 * 8 * 11, 'x');
    for (std::size_t bit = 0; bit < 11; ++bit) {
      if ((i >> bit & 1) == 0) continue;
      text[bit * 16 + 7] = static_cast<char>(text[bit * 16 + 7] ^ 0x80);   // 2^63 times any odd number is 2^63
      text[bit * 16 + 15] = static_cast<char>(text[bit * 16 + 15] ^ 0x80);
      text[bit * 16 + 12] = static_cast<char>(text[bit * 16 + 12] ^ 0x04);  // and what a shift by 29 makes of it
    }
    texts.push_back(keyed_hash(text));
  }
  EXPECT_LT(fullest(low), 16U);
  EXPECT_LT(fullest(high), 16U);
  EXPECT_LT(fullest(texts), 16U);
}

}  // namespace
}  // namespace marrow
