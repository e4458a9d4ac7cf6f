// WARC: records and damage by their places, pages of them or a reason; read on to the end, whatever the lengths say. Where nothing is
// damaged, a packed file read in two ranges gives each record once (in a plain one a record's end is guessed from the inside, and a
// file can be made to mislead). The first byte says where the ranges meet.
#include <sys/mman.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "fuzz/fuzz.h"
#include "source/warc_page.h"

namespace {

using namespace marrow;

struct Seen {
  std::vector<std::uint64_t> records;
  bool damaged = false;
};

// A file without a name, for ranges are read of files.
std::string file_of(const std::string& bytes) {
  static const int fd = ::memfd_create("fuzzed.warc", MFD_CLOEXEC);
  fuzz::expect(fd >= 0 && ::ftruncate(fd, 0) == 0 && ::pwrite(fd, bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size()),
               "a file can be had");
  return "/proc/self/fd/" + std::to_string(fd);
}

Seen read(const std::string& path, const std::string& bytes, std::uint64_t start, std::uint64_t length) {
  WarcOptions options;
  options.start = start;
  options.length = length;
  options.max_block = 4096;
  auto opened = WarcReader::open(path, options);
  fuzz::expect(bool(opened), "the file is opened");
  WarcReader& reader = *opened;
  Seen seen;
  WarcRecord record;
  // A record takes a byte at the least, and so does what is damaged.
  for (std::size_t more = 2 * bytes.size() + 2; more > 0; --more) {
    switch (reader.next(record)) {
      case WarcReader::Got::end: return seen;
      case WarcReader::Got::damage: seen.damaged = true; break;
      case WarcReader::Got::record:
        fuzz::expect(record.block.size() <= options.max_block, "a block is bounded");
        seen.records.push_back(record.offset);
        page_of(record, 2048, reader.place(record.offset));
    }
  }
  fuzz::expect(false, "the end is reached");
  return seen;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text = fuzz::text_of(data, size);
  const std::uint64_t share = fuzz::take(text);
  const std::string bytes(text);
  const std::string path = file_of(bytes);
  const Seen whole = read(path, bytes, 0, UINT64_MAX);
  if (whole.damaged || !(bytes.starts_with("\x1f\x8b") || bytes.starts_with("\x28\xb5\x2f\xfd"))) return 0;
  const std::uint64_t border = bytes.size() * share / 256;
  Seen parts = read(path, bytes, 0, border);
  const Seen second = read(path, bytes, border, UINT64_MAX - border);
  parts.records.insert(parts.records.end(), second.records.begin(), second.records.end());
  fuzz::expect(parts.records == whole.records, "two ranges give each record once");
  return 0;
}
