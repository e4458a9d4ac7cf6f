// KeyReader: how each kind of key of a job file is read. Takes members of its tables, checks them and fills the field that a key was
// made for, or gives a fault with file:line:column; a key that nobody made is refused with the nearest name. What it fills and the
// file must outlive it. Private to batch/job.cc. One thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/toml.h"

namespace marrow {

// What to do with the value of one key; an error's message is a whole fault.
struct Key {
  std::string_view name;
  std::function<Status(const TomlMember&)> read;
};

class KeyReader {
 public:
  using Strings = std::vector<std::string>;
  explicit KeyReader(const TomlFile& file);

  Status section(const TomlMember& table, std::span<const Key> keys) const;
  Status keys_of(const TomlValue& table, std::span<const Key> keys, std::string_view where) const;

  Key text(std::string_view name, std::string& to) const;
  Key path(std::string_view name, std::string& to) const;
  Key paths(std::string_view name, Strings& to) const;
  Key places(std::string_view name, Strings& to) const;  // URLs or paths
  Key web(std::string_view name, Strings& to) const;     // URLs
  Key patterns(std::string_view name, Strings& to) const;
  Key addresses(std::string_view name, Strings& to) const;  // numeric ones
  Key flag(std::string_view name, bool& to) const;
  Key command(std::string_view name, Strings& to) const;  // a line for the shell, or a list of words
  Key bytes(std::string_view name, std::size_t& to) const;
  Key one_of(std::string_view name, std::span<const std::string_view> words, std::function<void(std::size_t)> take) const;
  template <typename Integer>
  Key number(std::string_view name, Integer& to, std::int64_t least, std::int64_t most) const {
    return whole(name, least, most, [&to](std::int64_t value) { to = static_cast<Integer>(value); });
  }
  template <typename Duration>
  Key seconds(std::string_view name, Duration& to, double least, double most) const {
    return time(name, least, most, [&to](std::chrono::duration<double> value) { to = std::chrono::duration_cast<Duration>(value); });
  }

  Status fault(TomlAt at, std::size_t length, const std::string& message, std::string_view hint = {}) const;
  Status wrong_type(const TomlMember& member, std::string_view wanted) const;
  std::string beside(const std::string& written) const;  // a path in the file, which is relative to its folder

 private:
  Key whole(std::string_view name, std::int64_t least, std::int64_t most, std::function<void(std::int64_t)> take) const;
  Key time(std::string_view name, double least, double most, std::function<void(std::chrono::duration<double>)> take) const;
  Status each_string(const TomlMember& member, const std::function<Status(const TomlValue&)>& take) const;

  const TomlFile& file_;
  std::filesystem::path folder_;
};

}  // namespace marrow
