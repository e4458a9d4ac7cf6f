#include "rules/pattern_set.h"

#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>

namespace marrow {
namespace {

RE2::Options options_for(std::int64_t max_bytes) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_never_capture(true);
  options.set_max_mem(max_bytes);
  return options;
}

}  // namespace

struct PatternSet::State {
  explicit State(std::int64_t max_bytes) : set(options_for(max_bytes), RE2::UNANCHORED) {}
  std::vector<Expression> expressions;
  RE2::Set set;
};

PatternSet::PatternSet(std::int64_t max_bytes) : state_(std::make_unique<State>(max_bytes)) {}
PatternSet::~PatternSet() = default;
PatternSet::PatternSet(PatternSet&&) noexcept = default;
PatternSet& PatternSet::operator=(PatternSet&&) noexcept = default;

std::size_t PatternSet::add(Expression expression) {
  state_->expressions.push_back(std::move(expression));
  return state_->expressions.size() - 1;
}

Status PatternSet::compile() {
  for (const Expression& expression : state_->expressions) {
    std::string reason;
    if (state_->set.Add(expression.source().pattern, &reason) < 0) return Error{ErrorKind::stop_run, reason};
  }
  if (!state_->expressions.empty() && !state_->set.Compile())
    return Error{ErrorKind::stop_run, "the patterns of one field are too large together"};
  return Ok{};
}

bool PatternSet::empty() const { return state_->expressions.empty(); }
std::size_t PatternSet::size() const { return state_->expressions.size(); }
const Expression& PatternSet::expression(std::size_t number) const { return state_->expressions[number]; }

void PatternSet::match(std::string_view form, Scratch& scratch) const {
  scratch.found.clear();
  if (state_->expressions.empty()) return;
  RE2::Set::ErrorInfo info{RE2::Set::kNoError};
  if (!state_->set.Match(re2::StringPiece(form.data(), form.size()), &scratch.found, &info)) {
    if (info.kind == RE2::Set::kNoError) return;
    ++scratch.fallbacks;
    for (std::size_t i = 0; i < state_->expressions.size(); ++i) scratch.found.push_back(static_cast<int>(i));
  }
  std::sort(scratch.found.begin(), scratch.found.end());
  // The set knows ASCII word boundaries only; the expression itself knows all.
  std::erase_if(scratch.found, [&](int number) {
    const Expression& expression = state_->expressions[static_cast<std::size_t>(number)];
    const bool sure = info.kind == RE2::Set::kNoError && !expression.source().word_begin && !expression.source().word_end;
    return !sure && !expression.matches(form);
  });
}

}  // namespace marrow
