// RawWindow: the bytes of a stream in order, with their offsets, and the way back over those it was told to keep. For
// readers that try and must go back where they erred. Holds a chunk and what is kept, kMostKept at most.
// Private to source/warc*.cc. One thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "source/stream.h"

namespace marrow {

class RawWindow {
 public:
  // What may be kept: far more than a packed page has. Beyond, back() says no and the reader goes on from where it is.
  static constexpr std::size_t kMostKept = std::size_t{32} << 20;

  RawWindow(std::unique_ptr<ByteStream> stream, std::uint64_t offset) : stream_(std::move(stream)), base_(offset) {}

  // True when there are unread bytes; reads on if there are fewer than `least` (and may still find fewer, at the end).
  Result<bool> fill(std::size_t least = 1);
  std::string_view unread() const { return {buffer_.data() + at_, size_ - at_}; }
  void take(std::size_t n) { at_ += n; }
  std::uint64_t offset() const { return base_ + at_; }  // of the first unread byte

  void keep() { keep_ = at_; }  // from here on
  // To an offset within what is kept. False if that is no longer held.
  bool back(std::uint64_t offset);

 private:
  void make_room();

  std::unique_ptr<ByteStream> stream_;
  std::uint64_t base_;  // offset of buffer_[0]
  std::string buffer_;
  std::size_t at_ = 0, size_ = 0, keep_ = 0;
  bool ended_ = false;
};

}  // namespace marrow
