#include "batch/log.h"

#include <spdlog/formatter.h>
#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/rotating_file_sink.h>

#include <atomic>
#include <chrono>
#include <mutex>
#include <utility>

#include "base/text.h"

namespace marrow {
namespace {

spdlog::level::level_enum to_spdlog(LogLevel level) {
  constexpr spdlog::level::level_enum kLevels[] = {spdlog::level::debug, spdlog::level::info,
                                                   spdlog::level::warn, spdlog::level::err};
  return kLevels[static_cast<std::size_t>(level)];
}

std::string_view level_name(spdlog::level::level_enum level) {
  if (level >= spdlog::level::err) return "error";
  if (level == spdlog::level::warn) return "warning";
  return level == spdlog::level::info ? "info" : "debug";
}

Colour level_colour(spdlog::level::level_enum level) {
  if (level >= spdlog::level::err) return Colour::red;
  return level == spdlog::level::warn ? Colour::yellow : Colour::dim;
}

// 2026-11-23T04:40:00.123Z
std::string utc_time(spdlog::log_clock::time_point at) {
  const auto since = at.time_since_epoch();
  const auto millis = std::chrono::duration_cast<std::chrono::milliseconds>(since).count() % 1000;
  const std::time_t seconds = spdlog::log_clock::to_time_t(at);
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", parts.tm_year + 1900,
                     parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec,
                     millis);
}

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    const char32_t c = next_code_point(text, at);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += static_cast<char>(c);
    } else if (c < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else if (c == 0xfffd) {
      append_utf8(out, c);  // a path need not be valid UTF-8; a JSON line must be
    } else {
      out.append(text.substr(from, at - from));
    }
  }
  out += '"';
}

// The payload carries all that is not time and level, in the form the sinks write.
std::string payload_of(LogFormat format, std::string_view message, LogFields fields) {
  if (format == LogFormat::text) return printable(message);
  std::string out = "\"message\":";
  append_json_string(out, message);
  for (const LogField& field : fields) {
    out += ',';
    append_json_string(out, field.name);
    out += ':';
    append_json_string(out, field.value);
  }
  return out;
}

enum class Form : unsigned char { json, file_text, terminal_text };

class Formatter final : public spdlog::formatter {
 public:
  Formatter(Form form, bool colours) : form_(form), colours_(colours) {}

  void format(const spdlog::details::log_msg& msg, spdlog::memory_buf_t& out) override {
    const std::string_view payload(msg.payload.data(), msg.payload.size());
    const std::string_view level = level_name(msg.level);
    std::string line;
    if (form_ == Form::json) {
      line = fmt::format("{{\"time\":\"{}\",\"level\":\"{}\",{}}}\n", utc_time(msg.time), level,
                         payload);
    } else if (form_ == Form::file_text) {
      line = fmt::format("{} {} {}\n", utc_time(msg.time), level, payload);
    } else {
      line = fmt::format("marrow: {} {}\n",
                         in_colour(std::string(level) + ":", level_colour(msg.level), colours_),
                         payload);
    }
    out.append(line.data(), line.data() + line.size());
  }
  std::unique_ptr<spdlog::formatter> clone() const override {
    return std::make_unique<Formatter>(form_, colours_);
  }

 private:
  const Form form_;
  const bool colours_;
};

class TerminalSink final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  explicit TerminalSink(Terminal& terminal) : terminal_(terminal) {}

 protected:
  void sink_it_(const spdlog::details::log_msg& msg) override {
    spdlog::memory_buf_t line;
    formatter_->format(msg, line);
    terminal_.write({line.data(), line.size()});
  }
  void flush_() override {}

 private:
  Terminal& terminal_;
};

// spdlog's constructor throws with the system's reason behind the file's name.
std::string reason_of(const std::string& what) {
  const std::size_t colon = what.rfind(": ");
  return colon == std::string::npos ? what : what.substr(colon + 2);
}

}  // namespace

struct Log::State {
  explicit State(LogFormat form) : logger("marrow"), format(form) {}
  spdlog::logger logger;
  const LogFormat format;
  std::atomic<bool> file_failed = false;
};

Log::Log(std::unique_ptr<State> state) : state_(std::move(state)) {}
Log::Log(Log&&) noexcept = default;
Log::~Log() = default;

Result<Log> Log::open(const LogOptions& options, Terminal& terminal) {
  auto state = std::make_unique<State>(options.format);
  const bool json = options.format == LogFormat::json;
  LogLevel lowest = options.level;

  auto to_terminal = std::make_shared<TerminalSink>(terminal);  // spdlog keeps sinks shared
  to_terminal->set_formatter(std::make_unique<Formatter>(json ? Form::json : Form::terminal_text,
                                                         terminal.colours() && !json));
  to_terminal->set_level(to_spdlog(options.level));
  state->logger.sinks().push_back(std::move(to_terminal));

  if (!options.file.empty()) {
    lowest = std::min(options.level, LogLevel::info);
    try {
      auto to_file = std::make_shared<spdlog::sinks::rotating_file_sink_mt>(
          options.file, options.max_file_bytes, options.max_files);
      to_file->set_formatter(
          std::make_unique<Formatter>(json ? Form::json : Form::file_text, false));
      to_file->set_level(to_spdlog(lowest));
      state->logger.sinks().push_back(std::move(to_file));
    } catch (const spdlog::spdlog_ex& e) {
      return Error{ErrorKind::stop_run,
                   options.file + ": cannot write the log file: " + reason_of(e.what())};
    }
  }
  state->logger.set_level(to_spdlog(lowest));
  state->logger.flush_on(spdlog::level::info);  // a killed run leaves its last words
  state->logger.set_error_handler([s = state.get(), &terminal](const std::string& what) {
    if (s->file_failed.exchange(true)) return;  // said once; the run goes on without its log file
    terminal.write("marrow: error: the log file cannot be written: " + printable(what) + "\n");
  });
  return Log(std::move(state));
}

bool Log::enabled(LogLevel level) const { return state_->logger.should_log(to_spdlog(level)); }

void Log::write(LogLevel level, std::string_view message, LogFields fields) {
  if (enabled(level)) send(level, payload_of(state_->format, message, fields));
}

void Log::fault(std::string_view lines) {
  if (state_->format == LogFormat::json) return write(LogLevel::error, lines);
  std::string payload;
  for (bool first = true; first || !lines.empty(); first = false) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    payload += (first ? "" : "\n  ") + printable(lines.substr(0, end));
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  send(LogLevel::error, payload);
}

void Log::send(LogLevel level, const std::string& payload) {
  state_->logger.log(to_spdlog(level), spdlog::string_view_t(payload.data(), payload.size()));
}

}  // namespace marrow
