#include "cli/options.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "base/suggest.h"

namespace marrow::cli {
namespace {

// "-o,--output" -> {"o", "output"}
void split_names(std::string_view names, Option& option) {
  while (!names.empty()) {
    const std::size_t comma = std::min(names.find(','), names.size());
    const std::string_view name = names.substr(0, comma);
    if (name.starts_with("--"))
      option.long_name = name.substr(2);
    else
      option.short_name = name.substr(1);
    names.remove_prefix(std::min(comma + 1, names.size()));
  }
}

template <typename Number>
std::string set_number(const std::string& given, const Range& range, std::string_view what,
                       Number& target) {
  Number value{};
  const char* end = given.data() + given.size();
  const auto [at, failed] = std::from_chars(given.data(), end, value);
  if (failed != std::errc{} || at != end || !(static_cast<double>(value) >= range.least) ||
      !(static_cast<double>(value) <= range.most))
    return fmt::format("'{}' is not {} from {} to {}", given, what, range.least, range.most);
  target = value;
  return {};
}

}  // namespace

Option& Options::add(std::string_view names, std::string_view value, std::string_view help,
                     Setter set) {
  Option option;
  split_names(names, option);
  option.value = value;
  option.help = help;
  option.group = group_;
  option.set = std::move(set);
  return options_.emplace_back(std::move(option));
}

void Options::flag(std::string_view names, bool& target, std::string_view help) {
  add(names, "", help, [&target](const std::string&) {
    target = true;
    return std::string();
  });
}

void Options::count(std::string_view names, int& target, std::string_view help) {
  add(names, "", help, [&target](const std::string&) {
    ++target;
    return std::string();
  }).repeats = true;
}

void Options::text(std::string_view names, std::string_view value, std::string& target,
                   std::string_view help) {
  add(names, value, help, [&target](const std::string& given) {
    target = given;
    return given.empty() ? std::string("the value is empty") : std::string();
  }).initial = target;
}

void Options::list(std::string_view names, std::string_view value, std::vector<std::string>& target,
                   std::string_view help) {
  add(names, value, help, [&target](const std::string& given) {
    target.push_back(given);
    return given.empty() ? std::string("the value is empty") : std::string();
  }).repeats = true;
}

void Options::number(std::string_view names, std::string_view value, std::uint64_t& target,
                     Range range, std::string_view help) {
  add(names, value, help, [&target, range](const std::string& given) {
    return set_number(given, range, "a whole number", target);
  }).initial = fmt::format("{}", target);
}

void Options::number(std::string_view names, std::string_view value, double& target, Range range,
                     std::string_view help) {
  add(names, value, help, [&target, range](const std::string& given) {
    return set_number(given, range, "a number", target);
  }).initial = fmt::format("{}", target);
}

void Options::operand(std::string_view name, std::string& target, bool required,
                      std::string_view help) {
  operands_.push_back(
      {std::string(name), std::string(help), false, required, [&target](const std::string& given) {
         target = given;
         return given.empty() ? std::string("the name is empty") : std::string();
       }});
}

void Options::operands(std::string_view name, std::vector<std::string>& target, bool required,
                       std::string_view help) {
  operands_.push_back(
      {std::string(name), std::string(help), true, required, [&target](const std::string& given) {
         target.push_back(given);
         return given.empty() ? std::string("the name is empty") : std::string();
       }});
}

std::string not_one_of(const std::string& word, const std::vector<std::string>& allowed) {
  std::string list;
  for (std::size_t i = 0; i < allowed.size(); ++i)
    list += (i == 0 ? "" : i + 1 == allowed.size() ? " or " : ", ") + allowed[i];
  const std::vector<std::string_view> candidates(allowed.begin(), allowed.end());
  const std::string hint = did_you_mean(word, candidates);
  return "'" + word + "' is not " + list + (hint.empty() ? "" : "; " + hint);
}

}  // namespace marrow::cli
