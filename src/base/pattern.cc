#include "base/pattern.h"

#include <re2/re2.h>

namespace marrow {

struct Pattern::State {
  State(std::string_view expression, const RE2::Options& options)
      : re2(re2::StringPiece(expression.data(), expression.size()), options) {}
  RE2 re2;
};

Pattern::Pattern(std::unique_ptr<State> state) : state_(std::move(state)) {}
Pattern::~Pattern() = default;
Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;

Result<Pattern> Pattern::compile(std::string_view expression) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(static_cast<std::int64_t>(kMaxBytes));
  auto state = std::make_unique<State>(expression, options);
  if (!state->re2.ok()) return Error{ErrorKind::stop_run, state->re2.error()};
  return Pattern(std::move(state));
}

bool Pattern::matches(std::string_view text) const {
  return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), state_->re2);
}

bool Pattern::find(std::string_view text, std::size_t from, Range* range, int group) const {
  constexpr int kGroups = 3;
  if (from > text.size() || group < 0 || group >= kGroups) return false;
  if (group > state_->re2.NumberOfCapturingGroups()) return false;
  re2::StringPiece groups[kGroups];
  if (!state_->re2.Match(re2::StringPiece(text.data(), text.size()), from, text.size(), RE2::UNANCHORED, groups,
                         group + 1))
    return false;
  const re2::StringPiece& found = groups[group];
  if (!found.data()) return false;  // the group took no part in the match
  range->begin = static_cast<std::size_t>(found.data() - text.data());
  range->end = range->begin + found.size();
  return true;
}

std::string_view Pattern::capture(std::string_view text) const {
  re2::StringPiece groups[2];
  const int count = state_->re2.NumberOfCapturingGroups() > 0 ? 2 : 1;
  if (!state_->re2.Match(re2::StringPiece(text.data(), text.size()), 0, text.size(), RE2::UNANCHORED, groups, count))
    return {};
  const re2::StringPiece& group = groups[count - 1];
  return {group.data(), group.size()};
}

std::size_t Pattern::program_size() const {
  const int size = state_->re2.ProgramSize();
  return size > 0 ? static_cast<std::size_t>(size) : 0;
}

}  // namespace marrow
