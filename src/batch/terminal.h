// Terminal: the one way to standard error. Takes whole lines from any thread and one status line (the
// progress bar) from its owner; a line is written above the status line, which is erased and drawn again,
// so that neither tears the other. Where standard error is no terminal there is no status line, no
// colour and no escape sequence. Knows nothing of what the lines say.
#pragma once

#include <mutex>
#include <string>
#include <string_view>

namespace marrow {

enum class Colour : unsigned char { plain, bold, dim, red, green, yellow, cyan };

class Terminal {
 public:
  // Colours are used on a terminal that has them, unless NO_COLOR is set (https://no-color.org).
  explicit Terminal(int fd = 2);
  ~Terminal() { status(""); }
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  bool interactive() const { return interactive_; }
  bool colours() const { return colours_; }
  unsigned columns() const;  // of the window now; 80 where that is not known

  void write(std::string_view lines);   // ends in '\n'
  void status(std::string_view line);   // "" erases it; cut by the caller to columns() - 1

 private:
  void put(std::string_view bytes) const;

  const int fd_;
  const bool interactive_;
  const bool colours_;
  std::mutex mutex_;
  std::string status_;
};

// The text in a colour, or as it is.
std::string in_colour(std::string_view text, Colour colour, bool colours);

// Names from outside (paths, URLs) may hold control bytes that move the cursor or forge log lines: each
// is shown as \xNN, a line end as \n.
std::string printable(std::string_view text);

}  // namespace marrow
