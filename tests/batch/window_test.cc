#include "batch/window.h"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <variant>
#include <vector>

namespace marrow {
namespace {

constexpr std::chrono::milliseconds kNow{0};
constexpr std::chrono::milliseconds kLong{10000};

void fill(PageWindow& window, const std::string& id, std::size_t bytes = 1) {
  PageSlot* slot = window.to_fill();
  ASSERT_NE(slot, nullptr);
  Input input;
  input.id = id;
  input.bytes.assign(bytes, 'x');
  slot->item = std::move(input);
  window.filled(slot);
}

const std::string& id_of(const PageSlot& slot) { return std::get<Input>(slot.item).id; }

TEST(PageWindow, WritesInInputOrderWhateverIsCleanedFirst) {
  PageWindow window(4, 1000);
  for (const char* id : {"a", "b", "c"}) fill(window, id);
  window.end_of_input();
  PageSlot* a = window.to_clean();
  PageSlot* b = window.to_clean();
  PageSlot* c = window.to_clean();
  EXPECT_EQ(window.to_clean(), nullptr);
  window.cleaned(c);
  window.cleaned(b);
  EXPECT_EQ(window.to_write(kNow), nullptr);
  EXPECT_FALSE(window.finished());
  window.cleaned(a);
  for (PageSlot* expected : {a, b, c}) {
    PageSlot* slot = window.to_write(kLong);
    ASSERT_EQ(slot, expected);
    window.written(slot);
  }
  EXPECT_TRUE(window.finished());
  EXPECT_EQ(window.to_write(kLong), nullptr);
}

// Fills from a thread of its own and tells how many pages went in.
class Filler {
 public:
  Filler(PageWindow& window, int pages, std::size_t bytes)
      : thread_([this, &window, pages, bytes] {
          for (int i = 0; i < pages; ++i) {
            PageSlot* slot = window.to_fill();
            if (!slot) break;
            Input input;
            input.id = std::to_string(i);
            input.bytes.assign(bytes, 'x');
            slot->item = std::move(input);
            window.filled(slot);
            ++filled;
          }
          window.end_of_input();
        }) {}
  std::atomic<int> filled{0};

 private:
  std::jthread thread_;
};

// Takes every page through the window; gives the largest number that was ahead of the writer.
int largest_flight(PageWindow& window, Filler& filler, int pages) {
  int written = 0, largest = 0;
  while (PageSlot* slot = window.to_clean()) {
    window.cleaned(slot);
    std::this_thread::sleep_for(std::chrono::milliseconds(1));  // the reader runs ahead
    largest = std::max(largest, filler.filled - written);
    PageSlot* ready = window.to_write(kLong);
    EXPECT_EQ(ready, slot);
    EXPECT_EQ(id_of(*ready), std::to_string(written));
    window.written(ready);
    ++written;
  }
  EXPECT_EQ(written, pages);
  return largest;
}

TEST(PageWindow, IsBoundedByCount) {
  PageWindow window(4, 1000000);
  Filler filler(window, 100, 1);
  EXPECT_LE(largest_flight(window, filler, 100), 4);
}

TEST(PageWindow, IsBoundedByBytes) {
  PageWindow window(100, 25);
  Filler filler(window, 100, 10);
  EXPECT_LE(largest_flight(window, filler, 100), 3);  // the third goes over the bound, a fourth waits
}

TEST(PageWindow, APageOverTheBoundPassesAlone) {
  PageWindow window(100, 25);
  Filler filler(window, 20, 1000);
  EXPECT_EQ(largest_flight(window, filler, 20), 1);
}

TEST(PageWindow, StopEndsTheReadingOnly) {
  PageWindow window(4, 1000);
  fill(window, "a");
  window.stop();
  EXPECT_EQ(window.to_fill(), nullptr);
  window.end_of_input();
  PageSlot* slot = window.to_clean();
  ASSERT_NE(slot, nullptr);
  window.cleaned(slot);
  ASSERT_EQ(window.to_write(kLong), slot);
  window.written(slot);
  EXPECT_TRUE(window.finished());
}

TEST(PageWindow, AbortWakesWhoeverWaits) {
  PageWindow window(1, 1000);
  fill(window, "a");
  std::jthread reader([&] { EXPECT_EQ(window.to_fill(), nullptr); });
  std::jthread cleaner([&] {
    while (window.to_clean()) {
    }
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(5));
  window.abort();
}

TEST(PageWindow, MemoryOfASlotIsUsedAgainUnlessItIsHuge) {
  PageWindow window(1, 100 << 20);
  for (const std::size_t bytes : {std::size_t{1000}, std::size_t{8} << 20}) {
    fill(window, "a", bytes);
    PageSlot* slot = window.to_clean();
    window.cleaned(slot);
    window.written(window.to_write(kLong));
    EXPECT_EQ(std::get<Input>(slot->item).bytes.capacity() >= bytes, bytes < (1 << 20));
    EXPECT_TRUE(std::get<Input>(slot->item).bytes.empty());
  }
}

}  // namespace
}  // namespace marrow
