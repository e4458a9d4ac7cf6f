#include "batch/hook.h"

#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>

namespace marrow {
namespace {

struct SpawnSettings {
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_t files;
  SpawnSettings() {
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_init(&files);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setpgroup(&attributes, 0);  // a group of its own, so that it can be killed with its children
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", 0, 0);
    posix_spawn_file_actions_adddup2(&files, STDERR_FILENO, STDOUT_FILENO);  // standard output is data
  }
  ~SpawnSettings() {
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
  }
};

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (std::string& text : texts) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

// Did it end in time? Then it has been waited for.
bool ended(pid_t pid, std::chrono::seconds patience, int& status) {
  const int fd = static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
  if (fd >= 0) {
    pollfd watched{fd, POLLIN, 0};
    const auto end = std::chrono::steady_clock::now() + patience;
    int ready = 0;
    do {
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now()).count();
      ready = ::poll(&watched, 1, left > 0 ? static_cast<int>(left) : 0);
    } while (ready < 0 && errno == EINTR);
    ::close(fd);
    if (ready == 0) return false;
  }
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return true;
}

}  // namespace

Status run_hook(const Hook& hook) {
  if (hook.command.empty()) return Ok{};
  const auto fault = [&](const std::string& why) {
    return Error{ErrorKind::skip_page, "the hook '" + hook.command.front() + "' " + why};
  };
  std::vector<std::string> words = hook.command;
  if (words.size() == 1) words = {"/bin/sh", "-c", words.front(), "marrow"};
  words.push_back(hook.argument);
  std::vector<std::string> variables;
  for (char** variable = environ; variable && *variable; ++variable) variables.emplace_back(*variable);
  for (const auto& [name, value] : hook.variables) variables.push_back(name + "=" + value);
  const SpawnSettings settings;
  pid_t pid = 0;
  const int failed = ::posix_spawnp(&pid, words.front().c_str(), &settings.files, &settings.attributes, pointers(words).data(),
                                    pointers(variables).data());
  if (failed) return fault(std::string("cannot be started: ") + std::strerror(failed));
  int status = 0;
  if (!ended(pid, hook.patience, status)) {
    ::kill(-pid, SIGKILL);
    ::waitpid(pid, &status, 0);
    return fault("took more than " + std::to_string(hook.patience.count()) + " s and was killed");
  }
  if (WIFSIGNALED(status)) return fault("was killed by signal " + std::to_string(WTERMSIG(status)));
  if (WEXITSTATUS(status) != 0) return fault("ended with code " + std::to_string(WEXITSTATUS(status)));
  return Ok{};
}

}  // namespace marrow
