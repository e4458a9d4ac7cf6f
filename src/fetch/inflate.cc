#include "fetch/inflate.h"

#include <zlib.h>

#include <algorithm>
#include <limits>
#include <memory>

namespace marrow {
namespace {

constexpr int kGzip = 16 + MAX_WBITS;  // zlib's way of saying: with a gzip header
constexpr std::size_t kChunk = std::size_t{64} << 10;

struct InflateEnd {
  void operator()(z_stream* stream) const { inflateEnd(stream); }
};
struct DeflateEnd {
  void operator()(z_stream* stream) const { deflateEnd(stream); }
};

Error broken(const char* why) { return {ErrorKind::skip_page, std::string("gzip data ") + why}; }

uInt as_uint(std::size_t size) {
  return static_cast<uInt>(std::min<std::size_t>(size, std::numeric_limits<uInt>::max()));
}

}  // namespace

bool is_gzip(std::string_view bytes) { return bytes.starts_with("\x1f\x8b"); }

namespace {

Result<std::string> unpack(std::string_view bytes, std::size_t max_bytes, bool all_members) {
  z_stream stream{};
  if (inflateInit2(&stream, kGzip) != Z_OK) return broken("cannot be read: out of memory");
  const std::unique_ptr<z_stream, InflateEnd> guard(&stream);
  std::string out;
  auto* next = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.next_in = next;
  std::size_t left = bytes.size();
  while (true) {
    const std::size_t before = out.size();
    if (before > max_bytes) return broken("unpack to more than is taken");
    out.resize(before + kChunk);
    stream.avail_in = as_uint(left);
    const uInt offered = stream.avail_in;
    stream.next_out = reinterpret_cast<Bytef*>(out.data() + before);
    stream.avail_out = static_cast<uInt>(kChunk);
    const int code = inflate(&stream, Z_NO_FLUSH);
    left -= offered - stream.avail_in;
    out.resize(out.size() - stream.avail_out);
    if (code == Z_STREAM_END) {
      // Another member may follow; anything else behind the last one is padding.
      if (!all_members || left < 2 || stream.next_in[0] != 0x1f || stream.next_in[1] != 0x8b)
        return out;
      inflateReset(&stream);
    } else if (code == Z_BUF_ERROR || (code == Z_OK && left == 0 && stream.avail_out != 0)) {
      return broken("end too early");
    } else if (code != Z_OK) {
      return broken("are broken");
    }
  }
}

}  // namespace

Result<std::string> gunzip(std::string_view bytes, std::size_t max_bytes) {
  return unpack(bytes, max_bytes, true);
}

Result<std::string> gunzip_member(std::string_view bytes, std::size_t max_bytes) {
  return unpack(bytes, max_bytes, false);
}

namespace {
constexpr std::size_t kSmallMember = 2048;
constexpr int kSmallWindow = 11;  // 2 KiB: all of it
constexpr int kSmallMemory = 4;   // zlib's memLevel
}  // namespace

std::string gzip_member(std::string_view bytes) {
  z_stream stream{};
  std::string out;
  // Small members need neither a window nor a table of the full size: setting those up (256 KiB) takes longer than
  // packing a WARC request record.
  const bool small = bytes.size() <= kSmallMember;
  const int window = small ? kSmallWindow : MAX_WBITS;
  if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, window + (kGzip - MAX_WBITS), small ? kSmallMemory : 8,
                   Z_DEFAULT_STRATEGY) != Z_OK)
    return out;
  const std::unique_ptr<z_stream, DeflateEnd> guard(&stream);
  out.resize(deflateBound(&stream, static_cast<uLong>(bytes.size())));
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = as_uint(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = as_uint(out.size());
  if (deflate(&stream, Z_FINISH) != Z_STREAM_END) return {};
  out.resize(stream.total_out);
  return out;
}

}  // namespace marrow
