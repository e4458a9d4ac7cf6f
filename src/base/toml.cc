#include "base/toml.h"

#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
// toml++ asserts that a table's name begins as a key and then tells the person that it does not: the assertion is wrong.
#include <toml++/impl/preprocessor.h>
#undef TOML_ASSERT_ASSUME
#define TOML_ASSERT_ASSUME(expression) static_assert(true)
#include <toml++/toml.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>
#include <system_error>

#include "base/text.h"
#include "base/toml_plain.h"

namespace marrow {
namespace {

using Type = TomlValue::Type;

// Columns of a source line shown in a message; a longer one is cut around the caret.
constexpr std::size_t kShownColumns = 96;

TomlAt at_of(const toml::source_region& region) {
  return {static_cast<std::uint32_t>(region.begin.line), static_cast<std::uint32_t>(region.begin.column)};
}

template <typename T>
std::string streamed(const T& value) {
  std::ostringstream out;
  out << value;
  return out.str();
}

// toml++ bounds nested values at 256 and parse() bounds dotted keys, so this recursion is bounded too.
TomlValue convert(const toml::node& node) {
  TomlValue value;
  value.at = at_of(node.source());
  if (const auto* string = node.as_string()) {
    value.type = Type::string;
    value.string = string->get();
  } else if (const auto* integer = node.as_integer()) {
    value.type = Type::integer;
    value.integer = integer->get();
    value.real = static_cast<double>(value.integer);
  } else if (const auto* real = node.as_floating_point()) {
    value.type = Type::real;
    value.real = real->get();
  } else if (const auto* boolean = node.as_boolean()) {
    value.type = Type::boolean;
    value.boolean = boolean->get();
  } else if (const auto* array = node.as_array()) {
    value.type = Type::array;
    value.items.reserve(array->size());
    for (const toml::node& item : *array) value.items.push_back(convert(item));
  } else if (const auto* table = node.as_table()) {
    value.type = Type::table;
    value.members.reserve(table->size());
    for (const auto& [key, item] : *table)
      value.members.push_back({std::string(key.str()), at_of(key.source()), convert(item)});
    std::stable_sort(value.members.begin(), value.members.end(), [](const TomlMember& a, const TomlMember& b) {
      return a.at.line != b.at.line ? a.at.line < b.at.line : a.at.column < b.at.column;
    });
  } else {
    value.type = Type::time;
    if (const auto* date = node.as_date()) value.string = streamed(date->get());
    if (const auto* time = node.as_time()) value.string = streamed(time->get());
    if (const auto* date_time = node.as_date_time()) value.string = streamed(date_time->get());
  }
  return value;
}

std::string_view line_of(std::string_view text, std::uint32_t line) {
  std::size_t begin = 0;
  for (std::uint32_t i = 1; i < line; ++i) {
    const std::size_t end = text.find('\n', begin);
    if (end == std::string_view::npos) return {};
    begin = end + 1;
  }
  std::string_view found = text.substr(begin, text.find('\n', begin) - begin);
  if (!found.empty() && found.back() == '\r') found.remove_suffix(1);
  return found;
}

// The first line with a longer key path than any honest one, 0 if none. Dots in strings and comments do not count, a list of URLs in
// one line is honest; but where a string may span lines, what a quote means is the parser's to know, and all dots of a line count.
std::uint32_t line_of_dots(std::string_view text) {
  const bool spans = text.find("\"\"\"") != std::string_view::npos || text.find("'''") != std::string_view::npos;
  std::uint32_t line = 1;
  std::size_t dots = 0;
  char last = 0, quote = 0;
  for (std::size_t at = 0; at < text.size(); last = text[at++]) {
    const char c = text[at];
    if (c == '\n') {
      ++line;
      dots = 0;
      quote = 0;
    } else if (!spans && quote) {
      if (c == '\\' && quote == '"' && at + 1 < text.size() && text[at + 1] != '\n') ++at;
      else if (c == quote) quote = 0;
    } else if (!spans && (c == '"' || c == '\'')) {
      quote = c;
    } else if (!spans && c == '#') {
      at = std::min(text.find('\n', at), text.size()) - 1;
    } else if (c == '.' && last != '.' && ++dots > TomlFile::kMaxDots) {
      return line;
    }
  }
  return 0;
}

struct Shown {
  std::string line;
  std::size_t caret;  // code points before it
};

// One line as code points, tabs and control bytes as blanks, cut to what fits a terminal.
Shown shown_line(std::string_view line, std::size_t column) {
  std::u32string points;
  for (std::size_t at = 0; at < line.size();) {
    const char32_t c = next_code_point(line, at);
    points += c < 0x20 ? U' ' : c;
  }
  std::size_t caret = std::min(column > 0 ? column - 1 : 0, points.size());
  std::size_t begin = 0;
  if (caret > kShownColumns - kShownColumns / 4) begin = caret - kShownColumns / 2;
  const bool cut_end = points.size() - begin > kShownColumns;
  Shown out;
  if (begin > 0) out.line = "...";
  out.caret = caret - begin + out.line.size();
  for (char32_t c : points.substr(begin, kShownColumns)) append_utf8(out.line, c);
  if (cut_end) out.line += "...";
  return out;
}

}  // namespace

const TomlMember* TomlValue::find(std::string_view key) const {
  for (const TomlMember& member : members)
    if (member.key == key) return &member;
  return nullptr;
}

std::string_view name_of(Type type) {
  switch (type) {
    case Type::string: return "a string";
    case Type::integer: return "a whole number";
    case Type::real: return "a number";
    case Type::boolean: return "true or false";
    case Type::time: return "a date or time";
    case Type::array: return "a list";
    case Type::table: return "a table";
  }
  return "a value";
}

std::string format_fault(std::string_view path, std::string_view text, TomlAt at, std::size_t length,
                         std::string_view message, std::string_view hint) {
  std::string out(path);
  if (at.line > 0) {
    out += ':' + std::to_string(at.line) + ':' + std::to_string(at.column);
  }
  out += ": ";
  out += message;
  if (at.line > 0) {
    const Shown shown = shown_line(line_of(text, at.line), at.column);
    const std::string number = std::to_string(at.line);
    out += "\n  " + number + " | " + shown.line + "\n  " + std::string(number.size(), ' ') + " | " +
           std::string(shown.caret, ' ') + '^';
    const std::size_t room = count_code_points(shown.line) - std::min(shown.caret, count_code_points(shown.line));
    if (length > 1 && room > 1) out += std::string(std::min(length, room) - 1, '~');
  }
  if (!hint.empty()) {
    out += "\nhint: ";
    out += hint;
  }
  return out;
}

std::string TomlFile::fault(TomlAt at, std::size_t length, std::string_view message, std::string_view hint) const {
  return format_fault(path_, text_, at, length, message, hint);
}

Result<TomlFile> TomlFile::parse(std::string path, std::string text) { return parse(std::move(path), std::move(text), true); }
Result<TomlFile> TomlFile::parse_slowly(std::string path, std::string text) { return parse(std::move(path), std::move(text), false); }

Result<TomlFile> TomlFile::parse(std::string path, std::string text, bool plain) {
  if (text.size() > kMaxBytes)
    return Error{ErrorKind::stop_run, path + ": is " + std::to_string(text.size()) + " bytes long; at most " +
                                          std::to_string(kMaxBytes) + " are read"};
  if (const std::uint32_t line = line_of_dots(text))
    return Error{ErrorKind::stop_run,
                 format_fault(path, text, {line, 1}, 1, "too many dots in one line: keys may not nest so deep")};
  TomlFile file;
  file.path_ = std::move(path);
  file.text_ = std::move(text);
  if (plain && is_valid_utf8(file.text_) && read_plain_toml(file.text_, &file.root_)) return file;
  toml::parse_result parsed = toml::parse(std::string_view(file.text_), std::string_view(file.path_));
  if (!parsed) {
    const toml::parse_error& error = parsed.error();
    return Error{ErrorKind::stop_run, file.fault(at_of(error.source()), 1, error.description())};
  }
  file.root_ = convert(parsed.table());
  return file;
}

Result<TomlFile> TomlFile::read(const std::string& path) {
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  std::string text;
  std::string chunk(std::size_t{64} << 10, '\0');
  while (in && text.size() <= kMaxBytes) {
    in.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
    text.append(chunk, 0, static_cast<std::size_t>(in.gcount()));
  }
  if (!in.eof() && text.size() <= kMaxBytes)
    return Error{ErrorKind::stop_run, path + ": cannot be read: " + std::generic_category().message(errno)};
  if (text.size() > kMaxBytes)
    return Error{ErrorKind::stop_run,
                 path + ": is longer than the " + std::to_string(kMaxBytes) + " bytes that are read of such a file"};
  return parse(path, std::move(text));
}

}  // namespace marrow
