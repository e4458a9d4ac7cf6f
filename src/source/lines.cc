#include "source/lines.h"

#include <algorithm>
#include <cstring>

namespace marrow {
namespace {

// Read at once: some pages' worth, so that system calls cost nothing beside inflating.
constexpr std::size_t kReadBytes = std::size_t{256} << 10;

}  // namespace

Result<bool> LineReader::refill() {
  if (ended_) return false;
  if (begin_ > 0 && begin_ == end_) begin_ = end_ = 0;
  if (buffer_.size() < end_ + kReadBytes + kSpareBytes) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
    if (buffer_.size() < end_ + kReadBytes + kSpareBytes)
      buffer_.resize(std::max(2 * end_, end_ + kReadBytes) + kSpareBytes);
  }
  Result<std::size_t> got = bytes_->read(buffer_.data() + end_, buffer_.size() - kSpareBytes - end_);
  if (!got || *got == 0) ended_ = true;
  if (!got) return got.error();
  end_ += *got;
  return !ended_;
}

Result<LineReader::Got> LineReader::next(std::string_view& line) {
  bool too_long = false;
  std::size_t seen = 0;  // bytes from begin_ on that hold no line end
  for (;;) {
    const char* from = buffer_.data() + begin_;
    const void* found = seen < end_ - begin_ ? std::memchr(from + seen, '\n', end_ - begin_ - seen) : nullptr;
    const std::size_t size =
        found ? static_cast<std::size_t>(static_cast<const char*>(found) - from) : end_ - begin_;
    too_long |= size > max_line_;
    bool last = false;
    if (!found) {
      seen = size;
      if (too_long) begin_ = end_, seen = 0;
      Result<bool> more = refill();
      if (!more) {
        begin_ = end_;
        ++number_;
        return more.error();
      }
      if (*more) continue;
      if (size == 0 && !too_long) return Got::end;
      last = true;
    }
    ++number_;
    // refill() may have moved the bytes.
    line = too_long ? std::string_view() : std::string_view(buffer_.data() + begin_, size);
    begin_ = last ? end_ : begin_ + size + 1;
    if (line.ends_with('\r')) line.remove_suffix(1);
    return too_long ? Got::too_long : Got::line;
  }
}

}  // namespace marrow
