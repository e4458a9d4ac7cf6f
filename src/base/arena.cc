#include "base/arena.h"

#include <algorithm>
#include <new>

namespace marrow {
namespace {
constexpr std::size_t kChunk = std::size_t{1} << 20;
// What a worker keeps between pages: the largest ordinary page (3 MB of HTML) needs about 24 MB.
constexpr std::size_t kKeep = std::size_t{32} << 20;
}  // namespace

void* Arena::allocate_slow(std::size_t size) {
  if (size > budget_ || used() + size > budget_) return nullptr;
  // Move on to the next kept chunk that is large enough; what is left of this one is wasted.
  std::size_t next = cursor_ == nullptr ? 0 : current_ + 1;
  std::size_t filled = filled_ + (cursor_ == nullptr ? 0 : chunks_[current_].size);
  while (next < chunks_.size() && chunks_[next].size < size) filled += chunks_[next++].size;
  if (next == chunks_.size() && !add_chunk(std::max(kChunk, size))) return nullptr;
  filled_ = filled;
  current_ = next;
  cursor_ = chunks_[current_].memory.get();
  end_ = cursor_ + chunks_[current_].size;
  void* at = cursor_;
  cursor_ += size;
  return at;
}

// Callers may be C: an exception must not pass through them.
bool Arena::add_chunk(std::size_t bytes) {
  try {
    chunks_.push_back({std::unique_ptr<char[]>(new char[bytes]), bytes});
  } catch (const std::bad_alloc&) {
    return false;
  }
  return true;
}

void Arena::reset() {
  std::size_t kept = 0;
  std::size_t count = 0;
  while (count < chunks_.size() && kept + chunks_[count].size <= kKeep) {
    kept += chunks_[count++].size;
  }
  chunks_.resize(count);
  current_ = filled_ = 0;
  cursor_ = end_ = nullptr;
}

std::size_t Arena::used() const {
  if (cursor_ == nullptr) return 0;
  return filled_ + static_cast<std::size_t>(cursor_ - chunks_[current_].memory.get());
}

std::size_t Arena::reserved() const {
  std::size_t sum = 0;
  for (const Chunk& chunk : chunks_) sum += chunk.size;
  return sum;
}

}  // namespace marrow
