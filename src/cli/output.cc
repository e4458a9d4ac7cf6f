#include "cli/output.h"

#include <unistd.h>

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

}  // namespace marrow::cli
