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

#include "fetch/fetcher.h"
#include "fetch/warc_writer.h"

namespace marrow {
namespace {

constexpr std::string_view kFact =
    "warc.good_until";  // "NAME SIZE" of the file that the open run writes

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
    const auto at = file.append(warc_info(file.name_, rfc3339_now(), job.fetch.contact));
    if (!at) return at.error();
    file.header_ = file.size_;
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
  marked_ = size_;
  return state.set_fact(kFact, name_ + " " + std::to_string(size_));
}

Status WarcFile::close(State& state) {
  if (!is_open()) return Ok{};
  if (size_ == header_) {  // nothing was kept
    unlink(path_.c_str());
    name_.clear();
  } else if (fsync(fd_) != 0) {
    return failure("sync");
  }
  ::close(std::exchange(fd_, -1));
  return state.set_fact(kFact, "");
}

void pack_exchange(PageWork& work) {
  WarcExchange exchange = warc_exchange(work.response);
  work.warc = std::move(exchange.bytes);
  work.warc_response = exchange.response_offset;
}

}  // namespace marrow
