// ByteStream: bytes of a file or pipe in reading order, decompressed where they are gzip or zstd (told by
// their first bytes, whatever the name says: scrapers save compressed bodies as .html).
// Never holds more than a chunk. Errors name the path. One thread; stop() of the owner is seen within kPollMillis.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"

namespace marrow {

class ByteStream {
 public:
  virtual ~ByteStream() = default;
  // Up to `size` bytes; 0 only at the end (or after stop).
  virtual Result<std::size_t> read(char* to, std::size_t size) = 0;
};

struct OpenStream {
  std::unique_ptr<ByteStream> bytes;
  std::uint64_t file_bytes = 0;  // of a regular file as it lies on disk, else 0
  bool compressed = false;
};

// Opens "-" (standard input), a regular file, a FIFO or a character device. `stop` outlives the stream.
Result<OpenStream> open_stream(const std::string& path, const std::atomic<bool>* stop);

// `head`, and then what `rest` gives: for bytes that were read to look at them.
std::unique_ptr<ByteStream> put_back(std::string head, std::unique_ptr<ByteStream> rest);

std::string name_for_people(const std::string& path);  // "-" is "standard input"

// Appends up to `limit` bytes; true in *cut when there was more.
Status read_all(ByteStream& stream, std::size_t limit, std::string& out, bool* cut);

}  // namespace marrow
