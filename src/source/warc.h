// WarcReader: a WARC file (1.0, 1.1 and their forerunners; also WET and WAT, which are WARC) -> its records, one after
// the other: plain, a gzip member or zstd frame a record (with and without dictionary), or compressed as a whole.
// Streams in one pass and holds one record. Reads on behind damage: the damaged record is told with its offset, and the
// next one that begins whole is read. Source: ISO 28500:2017; IIPC, "WARC files with Zstandard".
//
//   auto reader = WarcReader::open("a.warc.gz", {});
//   for (WarcRecord record;;) switch (reader->next(record)) {
//     case WarcReader::Got::record: use(record); continue;        // its views live until the next call
//     case WarcReader::Got::damage: warn(reader->damage()); continue;
//     case WarcReader::Got::end: return;
//   }
//
// What pages are in it: source/warc_page.h. One thread; the views and the reader's memory are its own.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/http_head.h"
#include "base/result.h"
#include "source/input.h"
#include "source/stream.h"

namespace marrow {

struct WarcOptions {
  // Only records whose member begins in these bytes of the file ([start, start + length), as it lies there; of plain
  // files the record itself). Neither end need be a border: neighbouring ranges together give every record once.
  std::uint64_t start = 0;
  std::uint64_t length = UINT64_MAX;
  // Of one record's block; more is read over and the record marked cut. A page of Budget::max_bytes and its head.
  std::size_t max_block = std::size_t{21} << 20;
};

struct WarcRecord {
  std::uint64_t offset = 0;  // in the file, where its member begins (plain: where it begins)
  HeaderFields header;
  std::string_view block;  // what Content-Length counts
  bool cut = false;        // the block is longer than max_block: its first bytes

  std::string_view type() const { return header.find("WARC-Type"); }
  std::string_view date() const { return header.find("WARC-Date"); }
  std::string_view content_type() const { return header.find("Content-Type"); }
  std::string_view target() const;  // WARC-Target-URI, without the <> that some writers put around it
  std::string_view id() const;      // WARC-Record-ID without <> and urn:uuid:
};

class WarcReader {
 public:
  enum class Got : unsigned char { record, damage, end };

  // `stop` outlives the reader.
  static Result<WarcReader> open(const std::string& path, const WarcOptions& options, const std::atomic<bool>* stop = nullptr);
  // Of a stream that begins where its file begins (standard input, bytes in memory); `name` for messages.
  WarcReader(std::string name, std::unique_ptr<ByteStream> bytes, const WarcOptions& options);
  WarcReader(WarcReader&&) noexcept;
  WarcReader& operator=(WarcReader&&) noexcept;
  ~WarcReader();

  Got next(WarcRecord& record);
  // After Got::damage: "NAME@OFFSET" and what is wrong there.
  const InputFailure& damage() const;
  std::string place(std::uint64_t offset) const;  // "NAME@OFFSET"

 private:
  struct State;
  explicit WarcReader(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Do these bytes, the first of a file, begin a WARC archive, compressed or not? Told by as many as warc_sniff_bytes() says
// when it has seen the first few.
bool looks_like_warc(std::string_view head);
std::size_t warc_sniff_bytes(std::string_view head);

}  // namespace marrow
