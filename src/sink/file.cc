#include "sink/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <utility>

namespace marrow {
namespace {

struct Free {
  void operator()(char* memory) const { std::free(memory); }
};

// Where a link leads: the file behind it is replaced, not the link.
std::string resolved(const std::string& path) {
  const std::unique_ptr<char, Free> real(::realpath(path.c_str(), nullptr));
  return real ? std::string(real.get()) : path;
}

// Hidden, so that a folder walk leaves it out; told apart by process and number.
std::string temporary_name(const std::string& target) {
  static std::atomic<unsigned> number{0};
  const std::size_t slash = target.rfind('/');
  const std::size_t name = slash == std::string::npos ? 0 : slash + 1;
  // The name is cut so that the longest one still fits.
  return target.substr(0, name) + "." + target.substr(name, 200) + "." + std::to_string(::getpid()) + "-" +
         std::to_string(number.fetch_add(1)) + ".tmp";
}

std::string proc_name(int fd) { return "/proc/self/fd/" + std::to_string(fd); }

// A file without a name, which the system forgets when the process ends, however it ends; -1 where there are none (some
// file systems; no /proc to name it by later).
int open_unnamed(const std::string& folder) {
  const int fd = ::open(folder.c_str(), O_WRONLY | O_TMPFILE | O_CLOEXEC, 0666);
  if (fd < 0 || ::access(proc_name(fd).c_str(), F_OK) == 0) return fd;
  ::close(fd);
  return -1;
}

}  // namespace

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

Status sync_folder(const std::string& folder) {
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  // Some file systems cannot sync a folder; they say EINVAL and mean that there is nothing to do.
  const bool synced = fd >= 0 && (::fsync(fd) == 0 || errno == EINVAL);
  const int code = errno;
  if (fd >= 0) ::close(fd);
  if (synced) return Ok{};
  return Error{ErrorKind::stop_run, folder + " cannot be synced: " + std::strerror(code)};
}

OutputFile& OutputFile::operator=(OutputFile&& other) noexcept {
  if (this == &other) return *this;
  discard();
  path_ = std::move(other.path_);
  target_ = std::move(other.target_);
  temporary_ = std::exchange(other.temporary_, {});
  unnamed_ = other.unnamed_;
  fd_ = std::exchange(other.fd_, -1);
  owned_ = other.owned_;
  reader_gone_ = other.reader_gone_;
  bytes_ = other.bytes_;
  return *this;
}

Error OutputFile::failure(const char* what, int code) const {
  return Error{ErrorKind::stop_run, path_ + " cannot be " + what + ": " + std::strerror(code)};
}

Result<OutputFile> OutputFile::create(const std::string& path) {
  OutputFile file;
  if (path.empty() || path == "-") {
    file.path_ = "standard output";
    file.fd_ = STDOUT_FILENO;
    return file;
  }
  file.path_ = path;
  file.owned_ = true;
  struct stat old {};
  const bool there = ::stat(path.c_str(), &old) == 0;
  if (!there && errno != ENOENT) return file.failure("created", errno);
  if (there && !S_ISREG(old.st_mode)) {  // a pipe, /dev/full; a folder is refused by open()
    file.fd_ = ::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (file.fd_ < 0) return file.failure("written", errno);
    return file;
  }
  if (there && ::access(path.c_str(), W_OK) != 0) return file.failure("written", errno);
  file.target_ = resolved(path);
  std::string temporary = temporary_name(file.target_);
  file.fd_ = open_unnamed(folder_of(file.target_));
  file.unnamed_ = file.fd_ >= 0;
  if (!file.unnamed_) file.fd_ = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (file.fd_ < 0) return file.failure("created", errno);
  file.temporary_ = std::move(temporary);
  if (there && ::fchmod(file.fd_, old.st_mode & 07777) != 0) return file.failure("written", errno);
  return file;
}

Status OutputFile::write(std::string_view bytes) {
  while (!bytes.empty() && !reader_gone_) {
    const ssize_t put = ::write(fd_, bytes.data(), bytes.size());
    if (put > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(put));
      bytes_ += static_cast<std::uint64_t>(put);
    } else if (put < 0 && errno == EPIPE) {
      reader_gone_ = true;
    } else if (put == 0 || errno != EINTR) {
      return failure("written", put == 0 ? EIO : errno);
    }
  }
  return Ok{};
}

Status OutputFile::sync_file_system() const {
  if (::syncfs(fd_) != 0) return failure("written", errno);
  return Ok{};
}

Status OutputFile::commit(Sync sync) {
  if (temporary_.empty()) {  // written directly: closing tells late errors
    const int fd = std::exchange(fd_, -1);
    if (owned_ && fd >= 0 && ::close(fd) != 0) return failure("written", errno);
    return Ok{};
  }
  if (sync == Sync::each && ::fsync(fd_) != 0) return failure("written", errno);
  if (unnamed_ && ::linkat(AT_FDCWD, proc_name(fd_).c_str(), AT_FDCWD, temporary_.c_str(), AT_SYMLINK_FOLLOW) != 0)
    return failure("written", errno);
  unnamed_ = false;
  if (::close(std::exchange(fd_, -1)) != 0) return failure("written", errno);
  if (::rename(temporary_.c_str(), target_.c_str()) != 0) return failure("written", errno);
  temporary_.clear();
  return sync == Sync::each ? sync_folder(folder_of(target_)) : Status(Ok{});
}

void OutputFile::discard() {
  if (owned_ && fd_ >= 0) ::close(fd_);
  fd_ = -1;
  if (!temporary_.empty() && !unnamed_) ::unlink(temporary_.c_str());
  temporary_.clear();
}

}  // namespace marrow
