// A disk that fails on request, put under a program by LD_PRELOAD: every call that changes a file below MARROW_DISK_DIR is
// numbered, and written to MARROW_DISK_LOG with its bytes, so that scripts can make the folder as it would be had the power gone
// at any moment (tests/scripts/disk_test.py). MARROW_DISK_STOP=N lets call N and all after it fail:
//   MARROW_DISK_HOW=kill   the process dies (SIGKILL), in the middle of the write if it is one
//   MARROW_DISK_HOW=full   there is no space left (ENOSPC); what frees space still works
// SQLite goes through here as everything does; its -shm files, which no power cut leaves, do not count.
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdarg>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <string>

namespace {

template <typename Function>
Function* real(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

std::mutex& guard() {
  static std::mutex mutex;
  return mutex;
}

struct Disk {
  std::string folder;
  int log = -1;
  std::uint64_t stop = 0, calls = 0;
  bool full = false;
  pid_t owner = 0;  // worker processes write nothing that counts

  Disk() {
    const char* dir = std::getenv("MARROW_DISK_DIR");
    if (!dir) return;
    folder = std::string(dir) + "/";
    owner = ::getpid();
    if (const char* at = std::getenv("MARROW_DISK_STOP")) stop = std::strtoull(at, nullptr, 10);
    if (const char* how = std::getenv("MARROW_DISK_HOW")) full = std::strcmp(how, "full") == 0;
    if (const char* path = std::getenv("MARROW_DISK_LOG"))
      log = static_cast<int>(::syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644));
  }
};

Disk& disk() {
  static Disk the_disk;
  return the_disk;
}

bool ours(const std::string& path) {
  const Disk& d = disk();
  return !d.folder.empty() && ::getpid() == d.owner && (path + "/").starts_with(d.folder) && path.find("-shm") == std::string::npos;
}

std::string absolute(const char* path) {
  if (path[0] == '/') return path;
  char folder[PATH_MAX];
  return ::getcwd(folder, sizeof folder) ? std::string(folder) + "/" + path : path;
}

std::string path_of(int fd) {
  char link[64], path[PATH_MAX];
  std::snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  const ssize_t size = ::readlink(link, path, sizeof path);
  return size > 0 ? std::string(path, static_cast<std::size_t>(size)) : std::string();
}

std::uint64_t inode_of(int fd) {
  struct stat info {};
  return ::fstat(fd, &info) == 0 ? info.st_ino : 0;
}

std::uint64_t inode_of(const std::string& path) {
  struct stat info {};
  return ::lstat(path.c_str(), &info) == 0 ? info.st_ino : 0;
}

// One line of the log: kind, inode, offset or size, bytes.
void note(char kind, std::uint64_t inode, std::uint64_t at, const void* bytes, std::size_t size) {
  const Disk& d = disk();
  if (d.log < 0) return;
  const std::uint64_t numbers[3] = {inode, at, size};
  std::string line(1, kind);
  line.append(reinterpret_cast<const char*>(numbers), sizeof numbers);
  line.append(static_cast<const char*>(bytes), size);
  ::syscall(SYS_write, d.log, line.data(), line.size());
}

void note(char kind, std::uint64_t inode, const std::string& text) { note(kind, inode, 0, text.data(), text.size()); }

// Is the next call the one at which the disk stops? `growing`: it wants space.
bool fails(bool growing) {
  Disk& d = disk();
  ++d.calls;
  return d.stop && d.calls >= d.stop && (!d.full || growing);
}

[[noreturn]] void die() {
  ::kill(::getpid(), SIGKILL);
  for (;;) ::pause();
}

ssize_t write_at(int fd, const void* bytes, std::size_t size, off_t at, bool placed) {
  const auto put = [&](std::size_t part) {
    return placed ? ::syscall(SYS_pwrite64, fd, bytes, part, at) : ::syscall(SYS_write, fd, bytes, part);
  };
  if (!ours(path_of(fd))) return put(size);
  const std::lock_guard lock(guard());
  if (!placed) at = ::lseek(fd, 0, SEEK_CUR);
  if (fails(true)) {
    if (!disk().full) {
      put(size / 2);
      die();
    }
    errno = ENOSPC;
    return -1;
  }
  const ssize_t done = put(size);
  if (done > 0) note('W', inode_of(fd), static_cast<std::uint64_t>(at), bytes, static_cast<std::size_t>(done));
  return done;
}

int open_at(const char* path, int flags, mode_t mode) {
  const std::string full = absolute(path);
  const bool counts = (flags & O_CREAT) && (flags & O_TMPFILE) != O_TMPFILE && ours(full);
  if (!counts) return static_cast<int>(::syscall(SYS_openat, AT_FDCWD, path, flags, mode));
  const std::lock_guard lock(guard());
  const bool there = inode_of(full) != 0;
  if (!there && fails(true)) {
    if (!disk().full) die();
    errno = ENOSPC;
    return -1;
  }
  const int fd = static_cast<int>(::syscall(SYS_openat, AT_FDCWD, path, flags, mode));
  if (fd >= 0 && !there) note('C', inode_of(fd), full);
  return fd;
}

int sync_one(int fd, long call) {
  const std::string path = path_of(fd);
  if (!ours(path)) return static_cast<int>(::syscall(call, fd));
  const std::lock_guard lock(guard());
  if (fails(false)) die();
  const int done = static_cast<int>(::syscall(call, fd));
  struct stat info {};
  if (done == 0 && call == SYS_syncfs) note('Y', 0, {});
  else if (done == 0 && ::fstat(fd, &info) == 0) note(S_ISDIR(info.st_mode) ? 'D' : 'S', info.st_ino, path);
  return done;
}

int cut(int fd, off_t size) {
  if (!ours(path_of(fd))) return static_cast<int>(::syscall(SYS_ftruncate, fd, size));
  const std::lock_guard lock(guard());
  if (fails(false)) die();
  const int done = static_cast<int>(::syscall(SYS_ftruncate, fd, size));
  if (done == 0) note('T', inode_of(fd), static_cast<std::uint64_t>(size), nullptr, 0);
  return done;
}

}  // namespace

extern "C" {

ssize_t write(int fd, const void* bytes, size_t size) { return write_at(fd, bytes, size, 0, false); }
ssize_t pwrite(int fd, const void* bytes, size_t size, off_t at) { return write_at(fd, bytes, size, at, true); }
ssize_t pwrite64(int fd, const void* bytes, size_t size, off64_t at) { return write_at(fd, bytes, size, at, true); }
int ftruncate(int fd, off_t size) noexcept { return cut(fd, size); }
int ftruncate64(int fd, off64_t size) noexcept { return cut(fd, size); }
int fsync(int fd) { return sync_one(fd, SYS_fsync); }
int fdatasync(int fd) { return sync_one(fd, SYS_fdatasync); }
int syncfs(int fd) noexcept { return sync_one(fd, SYS_syncfs); }

int open(const char* path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(more, mode_t) : 0;
  va_end(more);
  return open_at(path, flags, mode);
}

int open64(const char* path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(more, mode_t) : 0;
  va_end(more);
  return open_at(path, flags, mode);
}

int rename(const char* from, const char* to) noexcept {
  const std::string old = absolute(from), name = absolute(to);
  if (!ours(name)) return static_cast<int>(::syscall(SYS_rename, from, to));
  const std::lock_guard lock(guard());
  if (fails(false)) die();
  const int done = static_cast<int>(::syscall(SYS_rename, from, to));
  if (done == 0) note('R', 0, old + '\0' + name);
  return done;
}

int linkat(int from_fd, const char* from, int to_fd, const char* to, int flags) noexcept {
  const std::string name = absolute(to);
  if (!ours(name)) return static_cast<int>(::syscall(SYS_linkat, from_fd, from, to_fd, to, flags));
  const std::lock_guard lock(guard());
  if (fails(true)) {
    if (!disk().full) die();
    errno = ENOSPC;
    return -1;
  }
  const int done = static_cast<int>(::syscall(SYS_linkat, from_fd, from, to_fd, to, flags));
  if (done == 0) note('C', inode_of(name), name);
  return done;
}

int unlink(const char* path) noexcept {
  const std::string name = absolute(path);
  if (!ours(name)) return static_cast<int>(::syscall(SYS_unlink, path));
  const std::lock_guard lock(guard());
  if (fails(false)) die();
  const int done = static_cast<int>(::syscall(SYS_unlink, path));
  if (done == 0) note('U', 0, name);
  return done;
}

}  // extern "C"
