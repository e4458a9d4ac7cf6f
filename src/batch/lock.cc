#include "batch/lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "fetch/fetcher.h"

namespace marrow {
namespace {

std::string read_start(int fd) {
  char text[256];
  const ssize_t size = pread(fd, text, sizeof text, 0);
  std::string holder(text, size > 0 ? static_cast<std::size_t>(size) : 0);
  while (!holder.empty() && holder.back() == '\n') holder.pop_back();
  return holder.empty() ? "another process" : holder;
}

std::string self() {
  char host[256] = {};
  gethostname(host, sizeof host - 1);
  return "process " + std::to_string(getpid()) + " on " + host + " since " + rfc3339_now() + "\n";
}

}  // namespace

RunLock::RunLock(RunLock&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), holder_(std::move(other.holder_)) {}

RunLock& RunLock::operator=(RunLock&& other) noexcept {
  std::swap(fd_, other.fd_);
  std::swap(holder_, other.holder_);
  return *this;
}

RunLock::~RunLock() {
  if (fd_ >= 0) close(fd_);
}

Result<RunLock> RunLock::take(const std::string& state_path) {
  const std::string path = state_path + ".lock";
  const int fd = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (fd < 0)
    return Error{ErrorKind::stop_run,
                 path + ": cannot make the lock file: " + std::strerror(errno)};
  RunLock lock;
  if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
    const int code = errno;
    lock.holder_ = read_start(fd);
    close(fd);
    if (code != EWOULDBLOCK)
      return Error{ErrorKind::stop_run, path + ": cannot lock: " + std::strerror(code)};
    return lock;
  }
  lock.fd_ = fd;
  lock.holder_ = self();
  // Who holds it is for people; a disk too full to say so must not stop a run here.
  if (ftruncate(fd, 0) == 0 && pwrite(fd, lock.holder_.data(), lock.holder_.size(), 0) < 0)
    lock.holder_.clear();
  return lock;
}

}  // namespace marrow
