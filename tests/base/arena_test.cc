#include "base/arena.h"

#include <gtest/gtest.h>

#include <cstdint>

namespace marrow {
namespace {

constexpr std::size_t kMiB = std::size_t{1} << 20;

TEST(Arena, GivesAlignedMemoryThatDoesNotOverlap) {
  Arena arena;
  char* last = nullptr;
  for (std::size_t size = 1; size < 200; ++size) {
    char* at = static_cast<char*>(arena.allocate(size));
    ASSERT_NE(at, nullptr);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(at) % 16, 0U);
    EXPECT_TRUE(last == nullptr || at >= last);
    std::memset(at, 0xAB, size);
    last = at + size;
  }
}

TEST(Arena, RefusesWhatIsOverBudget) {
  Arena arena(4 * kMiB);
  EXPECT_EQ(arena.allocate(5 * kMiB), nullptr);
  EXPECT_EQ(arena.allocate(SIZE_MAX / 2), nullptr);
  std::size_t given = 0;
  while (arena.allocate(64 * 1024)) given += 64 * 1024;
  EXPECT_GE(given, 3 * kMiB);
  EXPECT_LE(given, 4 * kMiB);
  arena.reset();
  EXPECT_NE(arena.allocate(64 * 1024), nullptr);
}

TEST(Arena, KeepsItsMemoryAcrossPages) {
  Arena arena;
  for (int i = 0; i < 100; ++i) ASSERT_NE(arena.allocate(100 * 1024), nullptr);
  const std::size_t reserved = arena.reserved();
  EXPECT_GE(reserved, 100 * 100 * 1024U);
  for (int page = 0; page < 5; ++page) {
    arena.reset();
    EXPECT_EQ(arena.used(), 0U);
    for (int i = 0; i < 100; ++i) ASSERT_NE(arena.allocate(100 * 1024), nullptr);
    EXPECT_EQ(arena.reserved(), reserved);
  }
}

TEST(Arena, GivesBackWhatAnUnusualPageTook) {
  Arena arena;
  ASSERT_NE(arena.allocate(100 * kMiB), nullptr);
  arena.reset();
  EXPECT_LE(arena.reserved(), 32 * kMiB);
}

TEST(Arena, CopiesText) {
  Arena arena;
  std::string text = "marrow";
  const std::string_view copy = arena.copy(text);
  text = "broken";
  EXPECT_EQ(copy, "marrow");
  EXPECT_TRUE(arena.copy("").empty());
}

}  // namespace
}  // namespace marrow
