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
  // Compressed bytes that went into what was read so far; 0 where nothing is compressed.
  virtual std::uint64_t packed_bytes() const { return 0; }
};

// Opens "-" (standard input), a regular file, a FIFO or a character device. `stop` outlives the stream.
Result<std::unique_ptr<ByteStream>> open_stream(const std::string& path, const std::atomic<bool>* stop);

// The two halves of open_stream, for those who look at the packed bytes: the bytes as they lie there, from `offset` on
// (what comes before is read over where it cannot be skipped) …
Result<std::unique_ptr<ByteStream>> open_raw(const std::string& path, const std::atomic<bool>* stop, std::uint64_t offset = 0);
// … and these bytes decompressed, where they are compressed.
Result<std::unique_ptr<ByteStream>> unpacked(const std::string& path, std::unique_ptr<ByteStream> raw);

// `head`, and then what `rest` gives: for bytes that were read to look at them.
std::unique_ptr<ByteStream> put_back(std::string head, std::unique_ptr<ByteStream> rest);

std::unique_ptr<ByteStream> bytes_in_memory(std::string bytes);

std::string name_for_people(const std::string& path);  // "-" is "standard input"

// Appends up to `limit` bytes, fewer only at the end.
Status read_all(ByteStream& stream, std::size_t limit, std::string& out);

}  // namespace marrow
