#include "support/program.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

namespace marrow::test {
namespace {

using Clock = std::chrono::steady_clock;

class Fd {  // a descriptor that is closed once
 public:
  explicit Fd(int fd = -1) : fd_(fd) {}
  ~Fd() { close(); }
  Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Fd& operator=(Fd&& other) noexcept {
    close();
    fd_ = std::exchange(other.fd_, -1);
    return *this;
  }
  int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }
  void close() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }

 private:
  int fd_;
};

struct Pipe {
  Fd read_end, write_end;
  Pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe2 failed");
    read_end = Fd(ends[0]);
    write_end = Fd(ends[1]);
  }
};

std::vector<char*> pointers(std::vector<std::string>& strings) {
  std::vector<char*> out;
  for (std::string& s : strings) out.push_back(s.data());
  out.push_back(nullptr);
  return out;
}

std::vector<std::string> environment(const std::vector<std::string>& extra) {
  std::vector<std::string> env{"LC_ALL=C.UTF-8"};
  for (const char* name : {"PATH", "HOME", "TMPDIR", "ASAN_OPTIONS", "TSAN_OPTIONS"})
    if (const char* value = std::getenv(name)) env.push_back(std::string(name) + "=" + value);
  env.insert(env.end(), extra.begin(), extra.end());
  return env;
}

pid_t start(const std::string& program, const std::vector<std::string>& arguments,
            const RunOptions& options, const Pipe& in, const Pipe& out, const Pipe& err) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  if (!options.directory.empty())
    posix_spawn_file_actions_addchdir_np(&actions, options.directory.c_str());
  posix_spawn_file_actions_adddup2(&actions, in.read_end.get(), 0);
  if (options.out_to.empty())
    posix_spawn_file_actions_adddup2(&actions, out.write_end.get(), 1);
  else
    posix_spawn_file_actions_addopen(&actions, 1, options.out_to.c_str(), O_WRONLY | O_CREAT, 0644);
  posix_spawn_file_actions_adddup2(&actions, err.write_end.get(), 2);

  posix_spawnattr_t attributes;  // the child starts with the signals a shell would give it
  posix_spawnattr_init(&attributes);
  sigset_t signals;
  sigemptyset(&signals);
  posix_spawnattr_setsigmask(&attributes, &signals);
  sigaddset(&signals, SIGPIPE);
  posix_spawnattr_setsigdefault(&attributes, &signals);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);

  std::vector<std::string> args{program};
  args.insert(args.end(), arguments.begin(), arguments.end());
  std::vector<std::string> env = environment(options.env);
  pid_t pid = 0;
  const int failed = posix_spawn(&pid, program.c_str(), &actions, &attributes,
                                 pointers(args).data(), pointers(env).data());
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  if (failed) throw std::runtime_error("cannot start " + program);
  return pid;
}

// Reads what is there; closes at the end of the stream.
void drain(Fd& fd, std::string& into) {
  std::array<char, 65536> buffer;
  const ssize_t n = ::read(fd.get(), buffer.data(), buffer.size());
  if (n <= 0)
    fd.close();
  else
    into.append(buffer.data(), static_cast<std::size_t>(n));
}

void feed(Fd& fd, const std::string& bytes, std::size_t& at) {
  const ssize_t n = ::write(fd.get(), bytes.data() + at, bytes.size() - at);
  if (n < 0 || (at += static_cast<std::size_t>(n)) == bytes.size()) fd.close();
}

}  // namespace

Ran run(const std::string& program, const std::vector<std::string>& arguments,
        const RunOptions& options) {
  ::signal(SIGPIPE, SIG_IGN);  // NOLINT: the program may end before it has read its input
  Pipe in, out, err;
  const pid_t pid = start(program, arguments, options, in, out, err);
  in.read_end.close();
  out.write_end.close();
  err.write_end.close();
  ::fcntl(in.write_end.get(), F_SETFL, O_NONBLOCK);
  if (options.in.empty()) in.write_end.close();
  if (options.while_running) options.while_running(pid);

  Ran ran;
  std::size_t fed = 0;
  const auto deadline = Clock::now() + std::chrono::seconds(options.seconds);
  while (out.read_end || err.read_end) {
    std::array<pollfd, 3> waits{{{out.read_end.get(), POLLIN, 0},
                                 {err.read_end.get(), POLLIN, 0},
                                 {in.write_end.get(), POLLOUT, 0}}};
    ::poll(waits.data(), waits.size(), 100);
    if (waits[0].revents) drain(out.read_end, ran.out);
    if (waits[1].revents) drain(err.read_end, ran.err);
    if (waits[2].revents) feed(in.write_end, options.in, fed);
    if (options.close_out_after && ran.out.size() >= options.close_out_after) out.read_end.close();
    if (!ran.late && Clock::now() > deadline) {
      ran.late = true;
      ::kill(pid, SIGKILL);
    }
  }
  int status = 0;
  ::waitpid(pid, &status, 0);
  if (WIFEXITED(status)) ran.exit = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) ran.signal = WTERMSIG(status);
  return ran;
}

TempDir::TempDir() {
  std::string pattern = (std::filesystem::temp_directory_path() / "marrow-test-XXXXXX").string();
  if (!::mkdtemp(pattern.data())) throw std::runtime_error("mkdtemp failed");
  path_ = pattern;
}

TempDir::~TempDir() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string TempDir::write(std::string_view name, std::string_view bytes) const {
  const std::string path = *this / name;
  std::filesystem::create_directories(std::filesystem::path(path).parent_path());
  std::ofstream(path, std::ios::binary)
      .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return path;
}

std::vector<std::string> TempDir::names() const {
  std::vector<std::string> out;
  for (const auto& entry : std::filesystem::directory_iterator(path_))
    out.push_back(entry.path().filename().string());
  std::sort(out.begin(), out.end());
  return out;
}

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace marrow::test
