#include "source/stream.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>

#include "source/gunzip.h"

namespace marrow {
namespace {

// Of a compressed file held in memory at once: large enough that system calls cost nothing beside inflating.
constexpr std::size_t kChunkBytes = std::size_t{64} << 10;
// A first guess for read_all: four of five pages of the development set are smaller.
constexpr std::size_t kFirstRead = std::size_t{512} << 10;
// How often a read that waits for a pipe looks whether it should stop.
constexpr int kPollMillis = 100;

constexpr std::string_view kGzipMagic("\x1f\x8b", 2);
constexpr std::string_view kZstdMagic("\x28\xb5\x2f\xfd", 4);

Error failure(const std::string& path, const std::string& what) {
  return Error{ErrorKind::skip_page, name_for_people(path) + " " + what};
}

class FileStream final : public ByteStream {
 public:
  FileStream(std::string path, int fd, bool owned, bool waits, const std::atomic<bool>* stop)
      : path_(std::move(path)), fd_(fd), owned_(owned), waits_(waits), stop_(stop) {}
  FileStream(const FileStream&) = delete;
  FileStream& operator=(const FileStream&) = delete;
  ~FileStream() override {
    if (owned_) ::close(fd_);
  }

  Result<std::size_t> read(char* to, std::size_t size) override {
    for (;;) {
      if (waits_ && !wait()) return std::size_t{0};
      const ssize_t got = ::read(fd_, to, std::min(size, std::size_t{SSIZE_MAX}));
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno == EINTR || errno == EAGAIN) continue;
      return failure(path_, std::string("cannot be read: ") + std::strerror(errno));
    }
  }

  Status skip(std::uint64_t bytes) {
    if (bytes == 0 || (bytes <= INT64_MAX && ::lseek(fd_, static_cast<off_t>(bytes), SEEK_CUR) >= 0)) return Ok{};
    char over[4096];
    while (bytes > 0) {
      Result<std::size_t> got = read(over, static_cast<std::size_t>(std::min<std::uint64_t>(bytes, sizeof over)));
      if (!got) return got.error();
      if (*got == 0) break;
      bytes -= *got;
    }
    return Ok{};
  }

 private:
  // Until there is something to read; false when asked to stop.
  bool wait() const {
    pollfd poll_fd{fd_, POLLIN, 0};
    while (!(stop_ && stop_->load(std::memory_order_relaxed))) {
      const int ready = ::poll(&poll_fd, 1, kPollMillis);
      if (ready > 0 || (ready < 0 && errno != EINTR)) return true;
    }
    return false;
  }

  std::string path_;
  int fd_;
  bool owned_;
  bool waits_;  // pipes, terminals, devices: a read may block
  const std::atomic<bool>* stop_;
};

class Prefixed final : public ByteStream {
 public:
  Prefixed(std::string prefix, std::unique_ptr<ByteStream> rest)
      : prefix_(std::move(prefix)), rest_(std::move(rest)) {}

  Result<std::size_t> read(char* to, std::size_t size) override {
    if (at_ == prefix_.size()) return rest_->read(to, size);
    const std::size_t n = std::min(size, prefix_.size() - at_);
    std::memcpy(to, prefix_.data() + at_, n);
    at_ += n;
    return n;
  }

 private:
  std::string prefix_;
  std::size_t at_ = 0;
  std::unique_ptr<ByteStream> rest_;
};

class NoBytes final : public ByteStream {
 public:
  Result<std::size_t> read(char*, std::size_t) override { return std::size_t{0}; }
};

// A chunk of compressed bytes, refilled from below.
class Chunk {
 public:
  explicit Chunk(std::unique_ptr<ByteStream> below)
      : below_(std::move(below)), memory_(std::make_unique<char[]>(kChunkBytes)) {}

  // True when there are bytes; refills an empty chunk.
  Result<bool> fill() {
    if (at_ < size_) return true;
    Result<std::size_t> got = below_->read(memory_.get(), kChunkBytes);
    if (!got) return got.error();
    at_ = 0;
    size_ = *got;
    return size_ > 0;
  }
  char* data() { return memory_.get() + at_; }
  std::size_t size() const { return size_ - at_; }
  void take(std::size_t n) {
    at_ += n;
    taken_ += n;
  }
  std::uint64_t taken() const { return taken_; }

 private:
  std::unique_ptr<ByteStream> below_;
  std::unique_ptr<char[]> memory_;
  std::size_t at_ = 0, size_ = 0;
  std::uint64_t taken_ = 0;
};

// RFC 1952: any number of members one after the other. Zero bytes behind the last are padding (tapes,
// block devices); anything else behind it is damage, and said.
class GzipStream final : public ByteStream {
 public:
  GzipStream(std::string path, std::unique_ptr<ByteStream> below) : path_(std::move(path)), in_(std::move(below)) {}

  Result<std::size_t> read(char* to, std::size_t size) override {
    for (;;) {
      Result<bool> more = in_.fill();
      if (!more) return more.error();
      if (between_ && !*more) return std::size_t{0};
      if (between_ && !skip_padding()) continue;
      if (between_ && *in_.data() != kGzipMagic[0]) return failure(path_, "is broken gzip: no member begins behind its last");
      if (between_) gunzip_.restart();
      const Gunzip::Step step = gunzip_.decode({in_.data(), in_.size()}, to, size);
      in_.take(step.taken);
      between_ = step.ended;
      if (step.fault) return failure(path_, std::string("is broken gzip: ") + step.fault);
      if (step.made > 0 || size == 0) return step.made;
      if (!*more && !between_) return failure(path_, "ends in the middle of its gzip data (cut short)");
    }
  }
  std::uint64_t packed_bytes() const override { return in_.taken(); }

 private:
  // False: nothing else in the chunk.
  bool skip_padding() {
    while (in_.size() > 0 && *in_.data() == 0) in_.take(1);
    return in_.size() > 0;
  }

  std::string path_;
  Chunk in_;
  Gunzip gunzip_;
  bool between_ = false;  // behind one member, before the next
};

struct FreeZstd {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

// RFC 8878: any number of frames.
class ZstdStream final : public ByteStream {
 public:
  ZstdStream(std::string path, std::unique_ptr<ByteStream> below)
      : path_(std::move(path)), in_(std::move(below)), context_(ZSTD_createDCtx()) {}

  Result<std::size_t> read(char* to, std::size_t size) override {
    if (!context_) return failure(path_, "cannot be decompressed: out of memory");
    ZSTD_outBuffer out{to, size, 0};
    while (out.pos == 0) {
      Result<bool> more = in_.fill();
      if (!more) return more.error();
      // At the end of the input one more turn flushes what the decoder still holds.
      ZSTD_inBuffer in{*more ? in_.data() : nullptr, *more ? in_.size() : 0, 0};
      if (!*more && frame_done_) return std::size_t{0};
      const std::size_t left = ZSTD_decompressStream(context_.get(), &out, &in);
      if (ZSTD_isError(left))
        return failure(path_, std::string("is broken zstd: ") + ZSTD_getErrorName(left));
      in_.take(in.pos);
      frame_done_ = left == 0;
      if (!*more && out.pos == 0 && !frame_done_)
        return failure(path_, "ends in the middle of its zstd data (cut short)");
    }
    return out.pos;
  }
  std::uint64_t packed_bytes() const override { return in_.taken(); }

 private:
  std::string path_;
  Chunk in_;
  std::unique_ptr<ZSTD_DCtx, FreeZstd> context_;
  bool frame_done_ = false;
};


bool ends_with_suffix(std::string_view path, std::string_view suffix) {
  return path.size() >= suffix.size() && path.substr(path.size() - suffix.size()) == suffix;
}

Result<std::unique_ptr<FileStream>> open_file(const std::string& path, const std::atomic<bool>* stop) {
  const bool standard_input = path == "-";
  // A FIFO that nobody writes to is opened at once and waited for where a wish to stop is heard (FileStream::wait).
  const int fd = standard_input ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  if (fd < 0) {
    const int why = errno;
    if (why == ENOENT) return failure(path, "does not exist");
    return failure(path, std::string("cannot be opened: ") + std::strerror(why));
  }
  struct stat info {};
  if (::fstat(fd, &info) != 0) info.st_mode = 0;
  if (!standard_input && !S_ISFIFO(info.st_mode)) ::fcntl(fd, F_SETFL, O_RDONLY);
  auto stream = std::make_unique<FileStream>(path, fd, !standard_input, !S_ISREG(info.st_mode), stop);
  if (S_ISDIR(info.st_mode)) return failure(path, "is a folder");
  return stream;
}

}  // namespace

std::string name_for_people(const std::string& path) { return path == "-" ? "standard input" : path; }

std::unique_ptr<ByteStream> put_back(std::string head, std::unique_ptr<ByteStream> rest) {
  return std::make_unique<Prefixed>(std::move(head), std::move(rest));
}

std::unique_ptr<ByteStream> bytes_in_memory(std::string bytes) {
  return put_back(std::move(bytes), std::make_unique<NoBytes>());
}

Result<std::unique_ptr<ByteStream>> open_raw(const std::string& path, const std::atomic<bool>* stop, std::uint64_t offset) {
  Result<std::unique_ptr<FileStream>> file = open_file(path, stop);
  if (!file) return file.error();
  if (Status skipped = (*file)->skip(offset); !skipped) return skipped.error();
  return std::unique_ptr<ByteStream>(std::move(*file));
}

Result<std::unique_ptr<ByteStream>> unpacked(const std::string& path, std::unique_ptr<ByteStream> raw) {
  std::string head;
  head.reserve(kZstdMagic.size());
  if (Status read = read_all(*raw, kZstdMagic.size(), head); !read) return read.error();
  const std::string_view seen = head;
  const bool gzip = seen.starts_with(kGzipMagic);
  const bool zstd = seen.starts_with(kZstdMagic);
  if (!seen.empty() && ends_with_suffix(path, ".gz") && !gzip)
    return failure(path, "is not gzip although its name says so");
  if (!seen.empty() && ends_with_suffix(path, ".zst") && !zstd)
    return failure(path, "is not zstd although its name says so");
  std::unique_ptr<ByteStream> bytes = put_back(std::move(head), std::move(raw));
  if (gzip) return std::unique_ptr<ByteStream>(std::make_unique<GzipStream>(path, std::move(bytes)));
  if (zstd) return std::unique_ptr<ByteStream>(std::make_unique<ZstdStream>(path, std::move(bytes)));
  return bytes;
}

Result<std::unique_ptr<ByteStream>> open_stream(const std::string& path, const std::atomic<bool>* stop) {
  Result<std::unique_ptr<ByteStream>> raw = open_raw(path, stop);
  if (!raw) return raw.error();
  return unpacked(path, std::move(*raw));
}

Status read_all(ByteStream& stream, std::size_t limit, std::string& out) {
  std::size_t have = out.size();
  const std::size_t most = have + limit;
  while (have < most) {
    // Memory that is there is filled first; then it doubles, so that a page is copied about once.
    if (have == out.size()) {
      const std::size_t room = out.capacity() > have ? out.capacity() : 2 * have;
      out.resize(std::min(most, std::max(kFirstRead, room)));
    }
    Result<std::size_t> got = stream.read(out.data() + have, out.size() - have);
    if (!got || *got == 0) {
      out.resize(have);
      return got ? Status(Ok{}) : Status(got.error());
    }
    have += *got;
  }
  out.resize(have);
  return Ok{};
}

}  // namespace marrow
