#include "support/packed.h"

#include <zlib.h>
#include <zstd.h>

#include <stdexcept>

namespace marrow::test {
namespace {

Bytef* input(std::string_view bytes) { return reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data())); }

}  // namespace

std::string gzip(std::string_view bytes) {
  z_stream z{};
  if (deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) throw std::runtime_error("zlib");
  std::string out(deflateBound(&z, bytes.size()) + 64, '\0');
  z.next_in = input(bytes);
  z.avail_in = static_cast<uInt>(bytes.size());
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = static_cast<uInt>(out.size());
  const int code = deflate(&z, Z_FINISH);
  out.resize(z.total_out);
  deflateEnd(&z);
  if (code != Z_STREAM_END) throw std::runtime_error("deflate");
  return out;
}

std::string gunzip(std::string_view bytes) {
  z_stream z{};
  if (inflateInit2(&z, 15 + 16) != Z_OK) throw std::runtime_error("zlib");
  std::string out;
  char room[1 << 14];
  z.next_in = input(bytes);
  z.avail_in = static_cast<uInt>(bytes.size());
  int code = Z_STREAM_END;
  while (code == Z_OK || z.avail_in > 0) {
    if (code == Z_STREAM_END) inflateReset(&z);
    z.next_out = reinterpret_cast<Bytef*>(room);
    z.avail_out = sizeof room;
    code = inflate(&z, Z_NO_FLUSH);
    if (code != Z_OK && code != Z_STREAM_END) break;
    out.append(room, sizeof room - z.avail_out);
  }
  inflateEnd(&z);
  if (code != Z_STREAM_END) throw std::runtime_error("broken gzip");
  return out;
}

std::string zstd(std::string_view bytes) {
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  const std::size_t size = ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), 3);
  if (ZSTD_isError(size)) throw std::runtime_error("zstd");
  out.resize(size);
  return out;
}

std::string unzstd(std::string_view bytes) {
  ZSTD_DCtx* context = ZSTD_createDCtx();
  ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
  std::string out;
  char room[1 << 14];
  std::size_t left = 1;
  bool more = true;
  while (!ZSTD_isError(left) && more) {
    ZSTD_outBuffer to{room, sizeof room, 0};
    left = ZSTD_decompressStream(context, &to, &in);
    out.append(room, to.pos);
    more = in.pos < in.size || to.pos == sizeof room;
  }
  ZSTD_freeDCtx(context);
  if (left != 0) throw std::runtime_error("broken zstd");
  return out;
}

}  // namespace marrow::test
