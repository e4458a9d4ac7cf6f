#include "rules/reader.h"

#include <algorithm>

#include "base/suggest.h"
#include "base/text.h"

namespace marrow {

void TableReader::fault(TomlAt at, std::size_t length, std::string_view message, std::string_view hint) {
  faults_->push_back(toml_.fault(at, length, message, hint));
}

void TableReader::type_fault(const TomlMember& member, std::string_view wanted) {
  fault(member.value.at, 1,
        "'" + member.key + "' must be " + std::string(wanted) + ", not " + std::string(name_of(member.value.type)));
}

const TomlMember* TableReader::member(std::string_view key) {
  known_.push_back(key);
  return table_.find(key);
}

bool TableReader::placed(const TomlValue& value, Placed* out) {
  out->text = to_nfc(value.string);
  out->at = value.at;
  if (!out->text.empty()) return true;
  fault(value.at, 2, "an empty string matches nothing");
  return false;
}

bool TableReader::string(std::string_view key, Placed* out, bool required) {
  const TomlMember* found = member(key);
  if (!found) {
    if (required) fault(at_, what_.size(), what_ + " needs '" + std::string(key) + "'");
    return false;
  }
  if (found->value.type != TomlValue::Type::string) {
    type_fault(*found, "a string");
    return false;
  }
  return placed(found->value, out);
}

bool TableReader::text(std::string_view key, std::string* out, bool required) {
  Placed placed_text;
  if (!string(key, &placed_text, required)) return false;
  *out = std::move(placed_text.text);
  return true;
}

void TableReader::boolean(std::string_view key, bool* out) {
  const TomlMember* found = member(key);
  if (!found) return;
  if (found->value.type != TomlValue::Type::boolean) return type_fault(*found, "true or false");
  *out = found->value.boolean;
}

bool TableReader::integer(std::string_view key, std::int64_t min, std::int64_t max, std::int64_t* out) {
  const TomlMember* found = member(key);
  if (!found) return false;
  if (found->value.type != TomlValue::Type::integer) {
    type_fault(*found, "a whole number");
    return false;
  }
  if (found->value.integer < min || found->value.integer > max) {
    fault(found->value.at, 1,
          "'" + found->key + "' must be from " + std::to_string(min) + " to " + std::to_string(max));
    return false;
  }
  *out = found->value.integer;
  return true;
}

void TableReader::strings(std::string_view key, std::vector<Placed>* out) {
  const TomlMember* found = member(key);
  if (!found) return;
  Placed one;
  if (found->value.type == TomlValue::Type::string) {
    if (placed(found->value, &one)) out->push_back(std::move(one));
    return;
  }
  if (found->value.type != TomlValue::Type::array) return type_fault(*found, "a list of strings");
  for (const TomlValue& item : found->value.items) {
    if (item.type != TomlValue::Type::string) {
      fault(item.at, 1, "'" + found->key + "' must hold strings only, not " + std::string(name_of(item.type)));
    } else if (placed(item, &one)) {
      out->push_back(one);
    }
  }
}

int TableReader::choice(std::string_view key, std::span<const std::string_view> names, bool required) {
  Placed value;
  if (!string(key, &value, required)) return -1;
  const auto found = std::find(names.begin(), names.end(), value.text);
  if (found != names.end()) return static_cast<int>(found - names.begin());
  std::string all;
  for (std::string_view name : names) all += (all.empty() ? "" : ", ") + std::string(name);
  const std::string hint = did_you_mean(value.text, names);
  fault(value.at, value.text.size() + 2, "'" + value.text + "' is no " + std::string(key) + "; known are " + all, hint);
  return -1;
}

void TableReader::finish() {
  for (const TomlMember& found : table_.members) {
    if (std::find(known_.begin(), known_.end(), found.key) != known_.end()) continue;
    fault(found.at, found.key.size(), "unknown key '" + found.key + "' in " + what_, did_you_mean(found.key, known_));
  }
}

}  // namespace marrow
