#include "batch/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>

namespace marrow {
namespace {

constexpr std::string_view kEraseLine = "\r\x1b[K";
constexpr unsigned kUnknownColumns = 80;

bool wants_colours(bool interactive) {
  const char* no_color = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  return interactive && !(no_color && *no_color) && !(term && std::string_view(term) == "dumb");
}

void append_escape(std::string& out, unsigned char c) {
  constexpr std::string_view kHex = "0123456789abcdef";
  out += "\\x";
  out += kHex[c >> 4];
  out += kHex[c & 15];
}

}  // namespace

Terminal::Terminal(int fd)
    : fd_(fd), interactive_(::isatty(fd) == 1), colours_(wants_colours(interactive_)) {}

unsigned Terminal::columns() const {
  winsize size{};
  if (::ioctl(fd_, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return kUnknownColumns;
  return size.ws_col;
}

void Terminal::write(std::string_view lines) {
  const std::lock_guard lock(mutex_);
  if (status_.empty()) return put(lines);
  std::string all(kEraseLine);
  all.append(lines).append(status_);
  put(all);
}

void Terminal::status(std::string_view line) {
  if (!interactive_) return;
  const std::lock_guard lock(mutex_);
  if (line.empty() && status_.empty()) return;
  status_ = line;
  put(std::string(kEraseLine).append(line));
}

// A standard error that cannot be written to leaves nobody to tell: the bytes are lost, the run
// goes on.
void Terminal::put(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd_, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
}

std::string in_colour(std::string_view text, Colour colour, bool colours) {
  if (!colours || colour == Colour::plain) return std::string(text);
  constexpr std::array<std::string_view, 7> kCodes{"0", "1", "2", "1;31", "32", "33", "36"};
  std::string out("\x1b[");
  out.append(kCodes[static_cast<std::size_t>(colour)]).append("m").append(text).append("\x1b[0m");
  return out;
}

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const auto next = static_cast<unsigned char>(i + 1 < text.size() ? text[i + 1] : 0);
    if (c == '\n') {
      out += "\\n";
    } else if (c < 0x20 || c == 0x7f) {
      append_escape(out, c);
    } else if (c == 0xc2 && next >= 0x80 && next < 0xa0) {  // C1 controls, as UTF-8
      append_escape(out, next);
      ++i;
    } else {
      out += text[i];
    }
  }
  return out;
}

}  // namespace marrow
