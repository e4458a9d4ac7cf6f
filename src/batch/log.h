// Log: what a run says to its operator, on standard error and, if asked, in a file that rotates.
// The only door to spdlog. Takes one whole sentence a message, with the name of the thing in it;
// fields are the same facts for machines and appear in the JSON form only. Any thread; a message
// costs nothing where its level is off, as long as it is built behind enabled().
//
//   Result<Log> log = Log::open(options, terminal);
//   log->warning("a.html.gz: the gzip data ends too early", {{"page", "a.html.gz"}});
//
// Text form: "marrow: warning: ..." on standard error, "<UTC time> warning ..." in the file.
// JSON form: one object a line: time (RFC 3339, UTC), level, message, then the fields.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "batch/terminal.h"

namespace marrow {

enum class LogLevel : unsigned char { debug, info, warning, error };
enum class LogFormat : unsigned char { text, json };

struct LogOptions {
  LogLevel level = LogLevel::warning;  // on standard error
  LogFormat format = LogFormat::text;
  std::string file{};  // "" = none
  std::size_t max_file_bytes = std::size_t{10}
                               << 20;  // then FILE becomes FILE.1 ("log.1.txt" for log.txt)
  std::size_t max_files = 5;           // old ones kept
};

struct LogField {
  std::string_view name, value;
};
using LogFields = std::initializer_list<LogField>;

class Log {
 public:
  // The terminal must outlive the log. The file gets level `info` and above, or what standard error
  // gets where that is more.
  static Result<Log> open(const LogOptions& options, Terminal& terminal);
  Log(Log&&) noexcept;
  ~Log();

  bool enabled(LogLevel level) const;
  void write(LogLevel level, std::string_view message, LogFields fields = {});
  void debug(std::string_view message, LogFields fields = {}) {
    write(LogLevel::debug, message, fields);
  }
  void info(std::string_view message, LogFields fields = {}) {
    write(LogLevel::info, message, fields);
  }
  void warning(std::string_view message, LogFields fields = {}) {
    write(LogLevel::warning, message, fields);
  }
  void error(std::string_view message, LogFields fields = {}) {
    write(LogLevel::error, message, fields);
  }
  // An error of several lines (a rule's fault with its line and caret): the lines after the first
  // are indented, so that none can pass for a message of its own.
  void fault(std::string_view lines);

 private:
  struct State;
  void send(LogLevel level, const std::string& payload);
  explicit Log(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace marrow
