// LineReader: a ByteStream -> lines without their ends (LF or CRLF), each numbered from 1. A line over
// the bound is told as such, skipped without being held, and the next one follows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "source/stream.h"

namespace marrow {

class LineReader {
 public:
  LineReader(std::unique_ptr<ByteStream> bytes, std::size_t max_line)
      : bytes_(std::move(bytes)), max_line_(max_line) {}

  enum class Got : unsigned char { line, too_long, end };
  // The line's view lives until the next call. At least kSpareBytes of memory lie readable behind it. An
  // error ends the stream; an unfinished line before it is dropped, for it is not whole.
  Result<Got> next(std::string_view& line);
  std::uint64_t number() const { return number_; }

  static constexpr std::size_t kSpareBytes = 64;

 private:
  Result<bool> refill();

  std::unique_ptr<ByteStream> bytes_;
  std::size_t max_line_;
  std::string buffer_;
  std::size_t begin_ = 0, end_ = 0;  // of what is read and not yet given
  std::uint64_t number_ = 0;
  bool ended_ = false;
};

}  // namespace marrow
