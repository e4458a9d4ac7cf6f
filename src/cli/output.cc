#include "cli/output.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>

#include "cli/verb.h"

namespace marrow::cli {

int write_out(Terminal& terminal, std::string_view text) {
  while (!text.empty()) {
    const ssize_t n = ::write(STDOUT_FILENO, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0 && errno == EPIPE) return kAllDone;
    if (n < 0) {
      terminal.write(std::string("marrow: error: standard output: ") + std::strerror(errno) + "\n");
      return kCannotRun;
    }
    text.remove_prefix(static_cast<std::size_t>(n));
  }
  return kAllDone;
}

std::string printable_lines(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    out += printable(text.substr(0, end)) + "\n";
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

}  // namespace marrow::cli
