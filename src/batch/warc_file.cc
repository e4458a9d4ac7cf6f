#include "batch/warc_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include "base/sha256.h"
#include "fetch/fetcher.h"
#include "fetch/warc_writer.h"
#include "fetch/wire.h"
#include "sink/file.h"

namespace marrow {
namespace {

constexpr std::string_view kFact =
    "warc.good_until";  // "NAME SIZE" of the file that the open run writes

// Of a kept page: what most members (compressed) fit into, and what none exceeds.
constexpr std::size_t kFirstRead = std::size_t{128} << 10;
constexpr std::size_t kMaxMember = std::size_t{1} << 30;

struct Descriptor {
  int fd = -1;
  ~Descriptor() {
    if (fd >= 0) ::close(fd);
  }
};

std::int64_t good_size(std::string_view fact, std::string_view name) {
  std::int64_t size = 0;
  if (fact.starts_with(name) && fact.substr(name.size()).starts_with(' '))
    std::from_chars(fact.data() + name.size() + 1, fact.data() + fact.size(), size);
  return size;
}

}  // namespace

WarcFile::WarcFile(WarcFile&& other) noexcept { *this = std::move(other); }

WarcFile& WarcFile::operator=(WarcFile&& other) noexcept {
  std::swap(fd_, other.fd_);
  std::swap(size_, other.size_);
  std::swap(header_, other.header_);
  std::swap(marked_, other.marked_);
  std::swap(path_, other.path_);
  std::swap(name_, other.name_);
  return *this;
}

WarcFile::~WarcFile() {
  if (fd_ >= 0) ::close(fd_);
}

Error WarcFile::failure(const char* doing) const {
  return {ErrorKind::stop_run, path_ + ": cannot " + doing + ": " + std::strerror(errno)};
}

Result<WarcFile> WarcFile::open(const Job& job, const RunState& run, State& state) {
  WarcFile file;
  if (job.warc.empty()) return file;
  char number[24];
  std::snprintf(number, sizeof number, "%06lld", static_cast<long long>(run.run));
  file.name_ = job.name + "-" + number + ".warc.gz";
  file.path_ = job.warc + "/" + file.name_;
  std::error_code made;
  std::filesystem::create_directories(job.warc, made);
  if (made)
    return Error{ErrorKind::stop_run, job.warc + ": cannot make the folder: " + made.message()};
  file.fd_ = ::open(file.path_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
  if (file.fd_ < 0) return file.failure("open");
  const auto fact = state.fact(kFact);
  if (!fact) return fact.error();
  file.size_ = good_size(*fact, file.name_);
  struct stat info {};
  if (fstat(file.fd_, &info) != 0) return file.failure("look at");
  file.size_ = std::min(file.size_, static_cast<std::int64_t>(info.st_size));
  if (ftruncate(file.fd_, file.size_) != 0) return file.failure("cut");
  file.marked_ = file.size_;
  if (file.size_ == 0) {
    const auto at = file.append(warc_info(file.name_, rfc3339_now(), user_agent_of(job.fetch)));
    if (!at) return at.error();
    file.header_ = file.size_;
    if (Status status = sync_folder(job.warc); !status) return status.error();
  }
  return file;
}

Result<std::int64_t> WarcFile::append(std::string_view bytes) {
  const std::int64_t at = size_;
  while (!bytes.empty()) {
    const ssize_t wrote = pwrite(fd_, bytes.data(), bytes.size(), size_);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return failure("write");
    size_ += wrote;
    bytes.remove_prefix(static_cast<std::size_t>(wrote));
  }
  return at;
}

Status WarcFile::mark(State& state) {
  if (!is_open() || marked_ == size_) return Ok{};
  if (fdatasync(fd_) != 0) return failure("sync");
  marked_ = size_;
  return state.set_fact(kFact, name_ + " " + std::to_string(size_));
}

Status WarcFile::close() {
  if (!is_open()) return Ok{};
  if (size_ == header_) {  // nothing was kept
    unlink(path_.c_str());
    name_.clear();
  } else if (fsync(fd_) != 0) {
    return failure("sync");
  }
  ::close(std::exchange(fd_, -1));
  return Ok{};  // what the state knows of it stays: this run may be killed yet, and gone on with
}

Result<std::string> read_kept(const Job& job, const PageState& page) {
  const std::string path = job.warc + "/" + page.warc;
  const auto fault = [&](const std::string& why) {
    return Error{ErrorKind::skip_page, path + ": the kept page cannot be used: " + why};
  };
  const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (file.fd < 0) return fault(std::strerror(errno));
  // How long the member is, its end tells: read on until there is enough.
  std::string bytes;
  for (std::size_t step = kFirstRead;; step *= 2) {
    const std::size_t old = bytes.size();
    bytes.resize(old + step);
    const ssize_t got = pread(file.fd, bytes.data() + old, step, page.warc_offset + static_cast<std::int64_t>(old));
    if (got < 0) return fault(std::strerror(errno));
    bytes.resize(old + static_cast<std::size_t>(got));
    auto body = warc_body(bytes);
    if (body && sha256_hex(*body) == page.body_hash) return body;
    if (body || got == 0 || bytes.size() > kMaxMember) return fault(body ? "its bytes are others" : body.error().message);
  }
}

void pack_exchange(PageWork& work) {
  WarcExchange exchange = warc_exchange(work.response);
  work.warc = std::move(exchange.bytes);
  work.warc_response = exchange.response_offset;
}

}  // namespace marrow
