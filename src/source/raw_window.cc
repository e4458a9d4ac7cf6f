#include "source/raw_window.h"

#include <algorithm>
#include <cstring>

namespace marrow {
namespace {

// Read at once: a dozen packed pages, so that system calls cost nothing beside inflating.
constexpr std::size_t kReadBytes = std::size_t{256} << 10;

}  // namespace

// Drops what lies before the kept bytes, and all that is read where too much is kept.
void RawWindow::make_room() {
  if (at_ - std::min(keep_, at_) > kMostKept) keep_ = at_;
  const std::size_t drop = std::min(keep_, at_);
  if (drop > 0) {
    std::memmove(buffer_.data(), buffer_.data() + drop, size_ - drop);
    base_ += drop;
    at_ -= drop;
    size_ -= drop;
    keep_ = 0;
  }
  if (buffer_.size() < size_ + kReadBytes) buffer_.resize(std::max(size_ + kReadBytes, buffer_.size() * 2));
}

Result<bool> RawWindow::fill(std::size_t least) {
  while (size_ - at_ < least && !ended_) {
    make_room();
    Result<std::size_t> got = stream_->read(buffer_.data() + size_, kReadBytes);
    if (!got) return got.error();
    ended_ = *got == 0;
    size_ += *got;
  }
  return at_ < size_;
}

bool RawWindow::back(std::uint64_t offset) {
  if (offset < base_ + keep_ || offset > base_ + size_) return false;
  at_ = static_cast<std::size_t>(offset - base_);
  return true;
}

}  // namespace marrow
