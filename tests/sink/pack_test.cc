#include "sink/pack.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "support/packed.h"

namespace marrow {
namespace {

std::string packed(const std::string& path, const std::string& bytes, std::size_t piece) {
  const auto packer = packer_for(path);
  std::string out;
  for (std::size_t at = 0; at < bytes.size(); at += piece)
    EXPECT_TRUE(packer->add(std::string_view(bytes).substr(at, piece), out));
  EXPECT_TRUE(packer->finish(out));
  return out;
}

std::string sample() {
  std::string bytes;
  for (int i = 0; i < 100000; ++i) bytes += std::to_string(i * 7919 % 100003) + "\n";
  return bytes;
}

TEST(Pack, ComesBackWhole) {
  const std::string bytes = sample();
  EXPECT_EQ(packed("a.jsonl", bytes, 1000), bytes);
  EXPECT_EQ(test::gunzip(packed("a.jsonl.gz", bytes, 1000)), bytes);
  EXPECT_EQ(test::unzstd(packed("a.jsonl.ZST", bytes, 1000)), bytes);
}

TEST(Pack, NothingIsAWholeFileToo) {
  EXPECT_EQ(packed("a", "", 1), "");
  EXPECT_EQ(test::gunzip(packed("a.gz", "", 1)), "");
  EXPECT_EQ(test::unzstd(packed("a.zst", "", 1)), "");
}

TEST(Pack, PiecesDoNotShow) {
  const std::string bytes = sample();
  for (const char* path : {"a.gz", "a.zst"})
    EXPECT_EQ(packed(path, bytes, 77777), packed(path, bytes, 1001)) << path;
}

}  // namespace
}  // namespace marrow
