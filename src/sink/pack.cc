#include "sink/pack.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <climits>
#include <cstddef>

#include "base/text.h"

namespace marrow {
namespace {

// zlib's default: records shrink to 0.38 of their size, level 9 to 0.37 at half the speed.
constexpr int kGzipLevel = Z_DEFAULT_COMPRESSION;
constexpr int kZstdLevel = 3;  // zstd's own default
constexpr std::size_t kRoomBytes = std::size_t{64} << 10;  // added to `out` at once

class Plain final : public Packer {
 public:
  bool add(std::string_view bytes, std::string& out) override {
    out += bytes;
    return true;
  }
  bool finish(std::string&) override { return true; }
};

class Gzip final : public Packer {
 public:
  Gzip() { ready_ = deflateInit2(&z_, kGzipLevel, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK; }
  Gzip(const Gzip&) = delete;
  Gzip& operator=(const Gzip&) = delete;
  ~Gzip() override {
    if (ready_) deflateEnd(&z_);
  }
  bool add(std::string_view bytes, std::string& out) override {
    while (!bytes.empty()) {
      const std::size_t n = std::min(bytes.size(), std::size_t{UINT_MAX});
      if (!run(bytes.substr(0, n), Z_NO_FLUSH, out)) return false;
      bytes.remove_prefix(n);
    }
    return true;
  }
  bool finish(std::string& out) override { return run({}, Z_FINISH, out); }

 private:
  bool run(std::string_view bytes, int flush, std::string& out) {
    if (!ready_) return false;
    // zlib's interface is older than const.
    z_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    z_.avail_in = static_cast<uInt>(bytes.size());
    for (;;) {
      const std::size_t before = out.size();
      out.resize(before + kRoomBytes);
      z_.next_out = reinterpret_cast<Bytef*>(out.data() + before);
      z_.avail_out = kRoomBytes;
      const int code = deflate(&z_, flush);
      const bool full = z_.avail_out == 0;
      out.resize(out.size() - z_.avail_out);
      if (code == Z_STREAM_ERROR) return false;
      if (!full) return flush == Z_FINISH ? code == Z_STREAM_END : true;
    }
  }

  z_stream z_{};
  bool ready_ = false;
};

struct FreeZstd {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};

class Zstd final : public Packer {
 public:
  Zstd() : context_(ZSTD_createCCtx()) {
    if (!context_) return;
    ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_compressionLevel, kZstdLevel);
    ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_checksumFlag, 1);
  }
  bool add(std::string_view bytes, std::string& out) override { return run(bytes, ZSTD_e_continue, out); }
  bool finish(std::string& out) override { return run({}, ZSTD_e_end, out); }

 private:
  bool run(std::string_view bytes, ZSTD_EndDirective directive, std::string& out) {
    if (!context_) return false;
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    for (;;) {
      const std::size_t before = out.size();
      out.resize(before + kRoomBytes);
      ZSTD_outBuffer room{out.data() + before, kRoomBytes, 0};
      const std::size_t left = ZSTD_compressStream2(context_.get(), &room, &in, directive);
      out.resize(before + room.pos);
      if (ZSTD_isError(left)) return false;
      if (directive == ZSTD_e_end ? left == 0 : in.pos == in.size) return true;
    }
  }

  std::unique_ptr<ZSTD_CCtx, FreeZstd> context_;
};

bool has_suffix(std::string_view path, std::string_view suffix) {
  return path.size() >= suffix.size() && iequals_ascii(path.substr(path.size() - suffix.size()), suffix);
}

}  // namespace

std::unique_ptr<Packer> packer_for(std::string_view path) {
  if (has_suffix(path, ".gz")) return std::make_unique<Gzip>();
  if (has_suffix(path, ".zst")) return std::make_unique<Zstd>();
  return std::make_unique<Plain>();
}

}  // namespace marrow
