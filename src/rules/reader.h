// TableReader: reads the keys of one TOML table and collects what is wrong with them. For rules/parse.cc only.
// Every key asked for is "known"; finish() reports all others with the nearest known one.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/toml.h"
#include "rules/rule.h"

namespace marrow {

class TableReader {
 public:
  // `what`: the table's name in messages, e.g. "[[signal]]".
  TableReader(const TomlFile& toml, const TomlValue& table, TomlAt at, std::string what,
              std::vector<std::string>* faults)
      : toml_(toml), table_(table), at_(at), what_(std::move(what)), faults_(faults) {}

  const TomlMember* member(std::string_view key);
  bool string(std::string_view key, Placed* out, bool required = false);
  bool text(std::string_view key, std::string* out, bool required = false);
  void boolean(std::string_view key, bool* out);
  bool integer(std::string_view key, std::int64_t min, std::int64_t max, std::int64_t* out);
  void strings(std::string_view key, std::vector<Placed>* out);  // a list, or one string
  // A name out of `names`: its index, -1 if absent or wrong.
  int choice(std::string_view key, std::span<const std::string_view> names, bool required = false);
  void finish();

  void fault(TomlAt at, std::size_t length, std::string_view message, std::string_view hint = {});
  void type_fault(const TomlMember& member, std::string_view wanted);
  TomlAt at() const { return at_; }
  const std::string& what() const { return what_; }
  const TomlFile& toml() const { return toml_; }
  std::vector<std::string>* faults() { return faults_; }

 private:
  bool placed(const TomlValue& value, Placed* out);
  const TomlFile& toml_;
  const TomlValue& table_;
  TomlAt at_;
  std::string what_;
  std::vector<std::string>* faults_;
  std::vector<std::string_view> known_;
};

}  // namespace marrow
