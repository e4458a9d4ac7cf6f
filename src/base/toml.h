// TomlFile: a TOML 1.0 file as a read-only tree that knows where each key and value stands. The only door to
// toml++. Takes a path and text, gives the tree or an error; used for rule files and job files.
// Errors are meant for people and all have one form:
//
//   rules/sites/a.toml:3:1: unknown key 'patern'
//     3 | patern = 'x'
//       | ^~~~~~
//   hint: did you mean 'pattern'?
//
// The tree owns its strings. Const once parsed: shared by threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace marrow {

struct TomlAt {  // 1-based; columns count code points; 0 = nowhere
  std::uint32_t line = 0, column = 0;
};

struct TomlMember;

struct TomlValue {
  enum class Type : std::uint8_t { string, integer, real, boolean, time, array, table };
  Type type = Type::table;
  TomlAt at;
  std::string string;  // also of `time`: the text of the date or time
  std::int64_t integer = 0;
  double real = 0;  // also of integers
  bool boolean = false;
  std::vector<TomlValue> items;      // array
  std::vector<TomlMember> members;   // table, in the order of the file

  const TomlMember* find(std::string_view key) const;  // nullptr if absent or not a table
  bool is_number() const { return type == Type::integer || type == Type::real; }
};

struct TomlMember {
  std::string key;
  TomlAt at;
  TomlValue value;
};

// "a string", "a whole number", …
std::string_view name_of(TomlValue::Type type);

class TomlFile {
 public:
  // Larger files are no rules or jobs but a mistake (a data file in the wrong folder).
  static constexpr std::size_t kMaxBytes = std::size_t{4} << 20;
  // Keys nested deeper (a.b.c…) are refused before the parser recurses on them.
  static constexpr std::size_t kMaxDots = 128;

  static Result<TomlFile> parse(std::string path, std::string text);
  // The same by toml++ alone (base/toml_plain.h): slower, and what the fast way is tested against.
  static Result<TomlFile> parse_slowly(std::string path, std::string text);
  static Result<TomlFile> read(const std::string& path);

  const TomlValue& root() const { return root_; }
  const std::string& path() const { return path_; }
  const std::string& text() const { return text_; }

  // A message for people about the `length` characters at `at`, with the line, a caret and the hint.
  std::string fault(TomlAt at, std::size_t length, std::string_view message, std::string_view hint = {}) const;

 private:
  TomlFile() = default;
  static Result<TomlFile> parse(std::string path, std::string text, bool plain);
  std::string path_, text_;
  TomlValue root_;
};

// The form of TomlFile::fault for any text file (imported site configs, URL lists).
std::string format_fault(std::string_view path, std::string_view text, TomlAt at, std::size_t length,
                         std::string_view message, std::string_view hint = {});

}  // namespace marrow
