#include "batch/job_keys.h"

#include <cmath>
#include <optional>
#include <utility>

#include "base/pattern.h"
#include "base/suggest.h"
#include "base/url.h"
#include "fetch/address.h"

namespace marrow {

KeyReader::KeyReader(const TomlFile& file) : file_(file), folder_(std::filesystem::path(file.path()).parent_path()) {}

Status KeyReader::fault(TomlAt at, std::size_t length, const std::string& message, std::string_view hint) const {
  return Error{ErrorKind::stop_run, file_.fault(at, length, message, hint)};
}

Status KeyReader::wrong_type(const TomlMember& member, std::string_view wanted) const {
  return fault(member.value.at, 1,
               "'" + member.key + "' must be " + std::string(wanted) + ", not " + std::string(name_of(member.value.type)));
}

std::string KeyReader::beside(const std::string& written) const {
  return (folder_ / std::filesystem::path(written)).lexically_normal().string();
}

Status KeyReader::keys_of(const TomlValue& table, std::span<const Key> keys,
                          std::string_view where) const {
  std::vector<std::string_view> names;
  for (const Key& key : keys) names.push_back(key.name);
  for (const TomlMember& member : table.members) {
    const Key* known = nullptr;
    for (const Key& key : keys)
      if (key.name == member.key) known = &key;
    if (!known)
      return fault(member.at, member.key.size(),
                   "unknown key '" + member.key + "'" + std::string(where),
                   did_you_mean(member.key, names));
    if (Status status = known->read(member); !status) return status;
  }
  return Ok{};
}

Status KeyReader::section(const TomlMember& table, std::span<const Key> keys) const {
  if (table.value.type != TomlValue::Type::table)
    return wrong_type(table, "a table ([" + table.key + "])");
  return keys_of(table.value, keys, " in [" + table.key + "]");
}

Status KeyReader::each_string(const TomlMember& member, const std::function<Status(const TomlValue&)>& take) const {
  if (member.value.type != TomlValue::Type::array) return wrong_type(member, "a list of strings");
  for (const TomlValue& item : member.value.items) {
    if (item.type != TomlValue::Type::string || item.string.empty())
      return fault(item.at, 1, "'" + member.key + "' holds strings that are not empty");
    if (Status status = take(item); !status) return status;
  }
  return Ok{};
}

Key KeyReader::text(std::string_view name, std::string& to) const {
  return {name, [this, &to](const TomlMember& member) -> Status {
            if (member.value.type != TomlValue::Type::string) return wrong_type(member, "a string");
            if (member.value.string.find_first_of("\r\n") != std::string::npos)
              return fault(member.value.at, 1, "'" + member.key + "' must be one line");
            to = member.value.string;
            return Ok{};
          }};
}

Key KeyReader::path(std::string_view name, std::string& to) const {
  return {name, [this, &to](const TomlMember& member) -> Status {
            if (member.value.type != TomlValue::Type::string || member.value.string.empty())
              return wrong_type(member, "a path");
            to = beside(member.value.string);
            return Ok{};
          }};
}

Key KeyReader::paths(std::string_view name, Strings& to) const {
  return {name, [this, &to](const TomlMember& member) -> Status {
            return each_string(member, [&](const TomlValue& item) -> Status {
              to.push_back(beside(item.string));
              return Ok{};
            });
          }};
}

Key KeyReader::places(std::string_view name, Strings& to) const {
  return {name, [this, &to](const TomlMember& member) -> Status {
            return each_string(member, [&](const TomlValue& item) -> Status {
              const bool url = item.string.find("://") != std::string::npos;
              if (url && resolve_url({}, item.string).empty())
                return fault(item.at, item.string.size() + 2, "not an http or https URL");
              to.push_back(url ? item.string : beside(item.string));
              return Ok{};
            });
          }};
}

Key KeyReader::web(std::string_view name, Strings& to) const {
  return {name, [this, &to](const TomlMember& member) -> Status {
            return each_string(member, [&](const TomlValue& item) -> Status {
              if (resolve_url({}, item.string).empty())
                return fault(item.at, item.string.size() + 2, "not an http or https URL");
              to.push_back(item.string);
              return Ok{};
            });
          }};
}

Key KeyReader::patterns(std::string_view name, Strings& to) const {
  return {name, [this, &to](const TomlMember& member) -> Status {
            return each_string(member, [&](const TomlValue& item) -> Status {
              const auto pattern = Pattern::compile(item.string);
              if (!pattern)
                return fault(item.at, item.string.size() + 2,
                             "not a pattern: " + pattern.error().message);
              to.push_back(item.string);
              return Ok{};
            });
          }};
}

Key KeyReader::addresses(std::string_view name, Strings& to) const {
  return {name, [this, &to](const TomlMember& member) -> Status {
            return each_string(member, [&](const TomlValue& item) -> Status {
              if (!is_numeric_address(item.string))
                return fault(item.at, item.string.size() + 2, "not a numeric address");
              to.push_back(item.string);
              return Ok{};
            });
          }};
}

Key KeyReader::flag(std::string_view name, bool& to) const {
  return {name, [this, &to](const TomlMember& member) -> Status {
            if (member.value.type != TomlValue::Type::boolean)
              return wrong_type(member, "true or false");
            to = member.value.boolean;
            return Ok{};
          }};
}

Key KeyReader::command(std::string_view name, Strings& to) const {
  return {name, [this, &to](const TomlMember& member) -> Status {
            if (member.value.type == TomlValue::Type::string && !member.value.string.empty()) {
              to = {member.value.string};
              return Ok{};
            }
            if (member.value.type != TomlValue::Type::array || member.value.items.size() < 2)
              return wrong_type(member, "a command line, or a list of two or more words");
            return each_string(member, [&](const TomlValue& item) -> Status {
              to.push_back(item.string);
              return Ok{};
            });
          }};
}

Key KeyReader::whole(std::string_view name, std::int64_t least, std::int64_t most, std::function<void(std::int64_t)> take) const {
  return {name, [this, least, most, take = std::move(take)](const TomlMember& member) -> Status {
            if (member.value.type != TomlValue::Type::integer)
              return wrong_type(member, "a whole number");
            const std::int64_t value = member.value.integer;
            if (value < least || value > most)
              return fault(member.value.at, 1,
                           "'" + member.key + "' must lie between " + std::to_string(least) +
                               " and " + std::to_string(most));
            take(value);
            return Ok{};
          }};
}

namespace {

// Seconds, or a string such as "90s", "15m", "6h", "1d".
std::optional<double> duration_of(const TomlValue& value) {
  if (value.is_number())
    return value.type == TomlValue::Type::integer ? double(value.integer) : value.real;
  if (value.type != TomlValue::Type::string || value.string.size() < 2) return std::nullopt;
  const std::string digits = value.string.substr(0, value.string.size() - 1);
  if (digits.find_first_not_of("0123456789") != std::string::npos || digits.size() > 9)
    return std::nullopt;
  constexpr std::string_view kUnits = "smhd";
  constexpr double kSeconds[] = {1, 60, 3600, 86400};
  const std::size_t unit = kUnits.find(value.string.back());
  if (unit == std::string_view::npos) return std::nullopt;
  return std::stod(digits) * kSeconds[unit];
}

}  // namespace

Key KeyReader::time(std::string_view name, double least, double most, std::function<void(std::chrono::duration<double>)> take) const {
  return {name, [this, least, most, take = std::move(take)](const TomlMember& member) -> Status {
            const auto value = duration_of(member.value);
            if (!value)
              return wrong_type(member, "a number of seconds, or \"90s\", \"15m\", \"6h\", \"1d\"");
            if (!(*value >= least && *value <= most))
              return fault(member.value.at, 1,
                           "'" + member.key + "' must lie between " +
                               std::to_string(std::llround(least)) + " and " +
                               std::to_string(std::llround(most)) + " seconds");
            take(std::chrono::duration<double>(*value));
            return Ok{};
          }};
}

// Bytes, or a string such as "500K", "20M", "1G".
Key KeyReader::bytes(std::string_view name, std::size_t& to) const {
  return {name, [this, &to](const TomlMember& member) -> Status {
            constexpr std::int64_t kMost = std::int64_t{1} << 31;
            std::int64_t value = member.value.integer;
            if (member.value.type == TomlValue::Type::string) {
              const std::string& text = member.value.string;
              constexpr std::string_view kUnits = "KMG";
              const std::size_t unit = text.empty() ? std::string::npos : kUnits.find(text.back());
              const std::string digits = text.substr(0, text.empty() ? 0 : text.size() - 1);
              if (unit == std::string_view::npos || digits.empty() || digits.size() > 6 ||
                  digits.find_first_not_of("0123456789") != std::string::npos)
                return wrong_type(member, "a number of bytes, or \"500K\", \"20M\", \"1G\"");
              value = std::stoll(digits) << (10 * (unit + 1));
            } else if (member.value.type != TomlValue::Type::integer) {
              return wrong_type(member, "a number of bytes, or \"500K\", \"20M\", \"1G\"");
            }
            if (value < 1024 || value > kMost)
              return fault(member.value.at, 1, "'" + member.key + "' must lie between 1K and 2G");
            to = static_cast<std::size_t>(value);
            return Ok{};
          }};
}

Key KeyReader::one_of(std::string_view name, std::span<const std::string_view> words,
                      std::function<void(std::size_t)> take) const {
  return {name, [this, words, take = std::move(take)](const TomlMember& member) -> Status {
            if (member.value.type != TomlValue::Type::string) return wrong_type(member, "a string");
            for (std::size_t i = 0; i < words.size(); ++i)
              if (member.value.string == words[i]) {
                take(i);
                return Ok{};
              }
            std::string all;
            for (std::string_view word : words) all.append(all.empty() ? "" : ", ").append(word);
            return fault(member.value.at, member.value.string.size() + 2,
                         "'" + member.key + "' is one of: " + all,
                         did_you_mean(member.value.string, words));
          }};
}

}  // namespace marrow
