#include "rules/rule_faults.h"

#include <utility>

#include "base/text.h"

namespace marrow {
namespace {

std::string_view hint_for(std::string_view reason) {
  if (reason.starts_with("an anchor beside")) return "group them: ^(?:a|b)$ or \\b(?:a|b)\\b";
  if (reason.starts_with("\\b inside")) return "put \\b at the ends of the pattern, or list phrases";
  if (reason.starts_with("invalid perl operator: (?")) return "RE2 has no lookaround; use 'unless'";
  return {};
}

}  // namespace

void RuleFaults::at(Id file, TomlAt at, std::size_t length, std::string_view message, std::string_view hint) {
  std::string text = format_fault(files_[file].path, files_[file].text, at, length, message, hint);
  // A pattern over two fields is compiled twice and refused twice.
  if (faults_->empty() || faults_->back() != text) faults_->push_back(std::move(text));
}

void RuleFaults::refused(Id file, const Placed& pattern, const std::string& reason) {
  at(file, pattern.at, count_code_points(pattern.text) + 2, "the pattern is refused: " + reason, hint_for(reason));
}

void RuleFaults::matches_empty(Id file, const Placed& pattern) {
  at(file, pattern.at, count_code_points(pattern.text) + 2, "the pattern matches the empty text, so it holds everywhere");
}

std::optional<Expression> RuleFaults::expression(Id file, const Placed& pattern, Field field, bool raw) {
  if (pattern.text.empty()) return std::nullopt;
  Result<Expression> compiled = Expression::compile(pattern.text, field, raw);
  if (!compiled) {
    refused(file, pattern, compiled.error().message);
    return std::nullopt;
  }
  if (compiled->matches("")) {
    matches_empty(file, pattern);
    return std::nullopt;
  }
  return *std::move(compiled);
}

std::optional<Path> RuleFaults::path(Id file, const Placed& selector) {
  Path parsed;
  Path::Fault reason;
  if (Path::parse(selector.text, &parsed, &reason)) return parsed;
  TomlAt where = selector.at;
  where.column += static_cast<std::uint32_t>(1 + count_code_points(std::string_view(selector.text).substr(0, reason.at)));
  at(file, where, 1, reason.message);
  return std::nullopt;
}

}  // namespace marrow
