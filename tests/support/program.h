// Runs the built program as a person or cron would: its own process, pipes for stdin, stdout and
// stderr, nothing inherited but the environment given. Takes arguments, gives what it wrote and how
// it ended. Blocking; kills the program after `seconds` and says so. Any thread.
#pragma once

#include <sys/types.h>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace marrow::test {

struct Ran {
  std::string out, err;
  int exit = -1;      // exit code, -1 where a signal ended it
  int signal = 0;     // the signal, 0 where it exited
  bool late = false;  // killed because it did not end in time
};

struct RunOptions {
  std::string in{};                 // bytes for stdin; closed after them
  std::string directory{};          // working directory, "" = the test's own
  std::vector<std::string> env{};   // "NAME=value", added to PATH, HOME and LC_ALL=C.UTF-8
  std::string out_to{};             // a file (e.g. /dev/full) instead of the pipe for stdout
  std::size_t close_out_after = 0;  // close our end of stdout after this many bytes; 0 = never
  int seconds = 60;
  std::function<void(pid_t)> while_running{};  // called once, right after the start
};

Ran run(const std::string& program, const std::vector<std::string>& arguments,
        const RunOptions& options = {});

// A folder under the system's temporary folder, removed with all it holds at the end of the scope.
class TempDir {
 public:
  TempDir();
  ~TempDir();
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;
  const std::string& path() const { return path_; }
  std::string operator/(std::string_view name) const { return path_ + "/" + std::string(name); }
  std::string write(std::string_view name, std::string_view bytes) const;  // gives the full path
  std::vector<std::string> names() const;                                  // sorted, not recursive

 private:
  std::string path_;
};

std::string read_file(const std::string& path);  // "" where it is not there

}  // namespace marrow::test
