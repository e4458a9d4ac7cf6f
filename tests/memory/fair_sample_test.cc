#include "memory/fair_sample.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace marrow {
namespace {

struct Seen {
  std::string host;
  std::uint64_t key;
  SampledPage page;
};

// Hosts of very different sizes, pages seen again with another text, in an order drawn by `seed`.
std::vector<Seen> some_pages(unsigned seed) {
  std::mt19937_64 random(7);
  std::vector<Seen> pages;
  for (int host = 0; host < 12; ++host)
    for (int i = 0; i < 1 << host; ++i) {
      const std::uint64_t key = random();
      pages.push_back({"host" + std::to_string(host), key, {1, "first"}});
      if (i % 3 == 0) pages.push_back({"host" + std::to_string(host), key, {2, "again"}});
      if (i % 5 == 0) pages.push_back({"host" + std::to_string(host), key, {2, "beside"}});
    }
  std::shuffle(pages.begin(), pages.end(), std::mt19937_64(seed));
  return pages;
}

FairSample sample_of(const std::vector<Seen>& pages, std::size_t first, std::size_t end) {
  FairSample sample(64, 300, 3);
  for (std::size_t i = first; i < end; ++i) sample.add(pages[i].host, pages[i].key, pages[i].page);
  return sample;
}

std::string text_of(const FairSample& sample) {
  std::string out = std::to_string(sample.a_host()) + ":";
  for (const auto& [host, pages] : sample.hosts())
    for (const auto& [key, page] : pages) out += host + " " + std::to_string(key) + " " + std::to_string(page.stamp) + page.bytes + "\n";
  return out;
}

TEST(FairSample, TheOrderOfPagesDoesNotMatter) {
  const auto pages = some_pages(1);
  const std::string expected = text_of(sample_of(pages, 0, pages.size()));
  for (unsigned seed = 2; seed < 12; ++seed) {
    const auto shuffled = some_pages(seed);
    EXPECT_EQ(text_of(sample_of(shuffled, 0, shuffled.size())), expected) << seed;
  }
}

TEST(FairSample, MergingIsAssociativeCommutativeAndIdempotent) {
  for (unsigned seed = 1; seed < 12; ++seed) {
    const auto pages = some_pages(seed);
    const std::size_t a = pages.size() / 5, b = pages.size() * 2 / 3;
    const std::string expected = text_of(sample_of(pages, 0, pages.size()));
    const FairSample x = sample_of(pages, 0, a), y = sample_of(pages, a, b), z = sample_of(pages, b, pages.size());
    FairSample left = x;
    left.merge(y);
    left.merge(z);
    FairSample right = y;
    right.merge(z);
    FairSample swapped = right;
    swapped.merge(x);
    FairSample grouped = x;
    grouped.merge(right);
    EXPECT_EQ(text_of(left), expected) << seed;
    EXPECT_EQ(text_of(grouped), expected) << seed;
    EXPECT_EQ(text_of(swapped), expected) << seed;
    left.merge(y);
    EXPECT_EQ(text_of(left), expected) << seed << ", the same part twice";
  }
}

TEST(FairSample, StaysWithinItsBoundAndSmallHostsKeepAll) {
  const auto pages = some_pages(1);
  const FairSample sample = sample_of(pages, 0, pages.size());
  EXPECT_LE(sample.pages(), 300U);
  EXPECT_GT(sample.pages(), 200U);
  EXPECT_EQ(sample.hosts().at("host2").size(), 4U);
  EXPECT_EQ(sample.hosts().at("host11").size(), sample.a_host());
}

TEST(FairSample, WhereNotEvenTheLeastFitsNothingIsKept) {
  FairSample sample(16, 10, 3);
  for (int host = 0; host < 5; ++host)
    for (std::uint64_t key = 0; key < 4; ++key) sample.add("host" + std::to_string(host), key, {0, ""});
  EXPECT_EQ(sample.pages(), 0U);
  EXPECT_FALSE(sample.wants("host1", 1));
}

}  // namespace
}  // namespace marrow
