// ArchiveReader: a WARC or WET file, bytes or any stream -> its pages, for the module. Damage and what is left out are
// counted, and the first damages kept as messages. One thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "source/warc_page.h"

namespace marrow::python {

class ArchiveReader {
 public:
  // Kept of the messages; a file that is not an archive at all may have one a member.
  static constexpr std::size_t kMostMessages = 1000;

  ArchiveReader(WarcReader reader, std::size_t max_bytes) : pages_(std::move(reader), max_bytes) {}
  // False at the end. A failure is counted and read over.
  bool next(Input& input);
  std::uint64_t damaged() const { return damaged_; }
  const std::vector<std::string>& messages() const { return messages_; }
  std::uint64_t left_out(LeftOut why) const { return pages_.left_out(why); }

 private:
  WarcPages pages_;
  Source::Item item_;
  std::uint64_t damaged_ = 0;
  std::vector<std::string> messages_;
};

}  // namespace marrow::python
