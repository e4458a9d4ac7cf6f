// Memo: a page's repeated strings -> numbers. Class and id strings, hosts and link texts come again and again on a page;
// what a rule set says of one is worked out once. Keys are views: they must live until the next clear(), which costs
// nothing. Grows to the largest page and stays. One thread.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/keyed_hash.h"

namespace marrow {

class Memo {
 public:
  void clear() {
    ++stamp_;
    used_ = 0;
    if (slots_.empty()) slots_.resize(1024);
  }
  // The number kept for `key` of `kind`: a place to write it to where *fresh is set.
  std::uint32_t* find(std::string_view key, std::uint8_t kind, bool* fresh) {
    if (used_ * 2 >= slots_.size()) grow();
    const std::uint64_t hash = keyed_hash(key, kind);
    for (std::size_t i = hash & (slots_.size() - 1);; i = (i + 1) & (slots_.size() - 1)) {
      Slot& slot = slots_[i];
      if (slot.stamp != stamp_) {
        slot = {key.data(), static_cast<std::uint32_t>(key.size()), kind, stamp_, 0, hash};
        ++used_;
        *fresh = true;
        return &slot.value;
      }
      if (slot.hash == hash && slot.kind == kind && std::string_view(slot.data, slot.size) == key) {
        *fresh = false;
        return &slot.value;
      }
    }
  }

 private:
  struct Slot {
    const char* data = nullptr;
    std::uint32_t size = 0;
    std::uint8_t kind = 0;
    std::uint32_t stamp = 0;
    std::uint32_t value = 0;
    std::uint64_t hash = 0;
  };

  void grow() {
    std::vector<Slot> old;
    old.swap(slots_);
    slots_.resize(old.size() * 2);
    for (const Slot& slot : old) {
      if (slot.stamp != stamp_) continue;
      std::size_t i = slot.hash & (slots_.size() - 1);
      while (slots_[i].stamp == stamp_) i = (i + 1) & (slots_.size() - 1);
      slots_[i] = slot;
    }
  }

  std::vector<Slot> slots_;
  std::size_t used_ = 0;
  std::uint32_t stamp_ = 0;
};

}  // namespace marrow
