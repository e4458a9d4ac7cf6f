#include "rules/pattern_set.h"

#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <deque>
#include <mutex>
#include <optional>

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
  explicit State(std::int64_t max_bytes) : options(options_for(max_bytes)) {}
  struct Entry {
    Expression::Source source;
    mutable std::once_flag once{};
    mutable std::optional<Expression> expression{};
    explicit Entry(Expression::Source s) : source(std::move(s)) {}
  };
  const Expression& expression(std::size_t number) const {
    const Entry& entry = entries[number];
    std::call_once(entry.once, [&] {
      Result<Expression> compiled = Expression::compile(entry.source);
      if (compiled) entry.expression = *std::move(compiled);
    });
    return *entry.expression;  // the set took the same source
  }
  // All patterns as one; nullptr where they are too large together.
  const RE2::Set* as_one() const {
    std::call_once(once, [this] {
      if (!take_up(entries.size()) || !set->Compile()) set.reset();
    });
    return set ? &*set : nullptr;
  }
  // Gives the set the patterns of the first `count` entries.
  bool take_up(std::size_t count) const {
    if (!set) set.emplace(options, RE2::UNANCHORED);
    while (taken < count && set->Add(entries[taken].source.rough, nullptr) >= 0) ++taken;
    return taken == count;
  }
  RE2::Options options;
  std::deque<Entry> entries;
  bool sound = true;  // all of them, it is said
  mutable std::once_flag once{};
  mutable std::optional<RE2::Set> set{};
  mutable std::size_t taken = 0;  // entries that the set holds
};

PatternSet::PatternSet(std::int64_t max_bytes) : state_(std::make_unique<State>(max_bytes)) {}
PatternSet::~PatternSet() = default;
PatternSet::PatternSet(PatternSet&&) noexcept = default;
PatternSet& PatternSet::operator=(PatternSet&&) noexcept = default;

bool PatternSet::add(Expression::Source source, std::string* reason) {
  // Parsed by the set that keeps it: a pattern it refuses leaves nothing behind.
  if (!state_->take_up(state_->entries.size()) || state_->set->Add(source.rough, reason) < 0) return false;
  state_->entries.emplace_back(std::move(source));
  ++state_->taken;
  state_->sound = false;
  return true;
}

void PatternSet::add_sound(Expression::Source source) { state_->entries.emplace_back(std::move(source)); }

Status PatternSet::compile() {
  if (!state_->sound && state_->entries.size() > 1 && !state_->as_one())
    return Error{ErrorKind::stop_run, "the patterns of one field are too large together"};
  return Ok{};
}

bool PatternSet::empty() const { return state_->entries.empty(); }
std::size_t PatternSet::size() const { return state_->entries.size(); }
const Expression& PatternSet::expression(std::size_t number) const { return state_->expression(number); }

void PatternSet::match(std::string_view form, Scratch& scratch) const {
  scratch.found.clear();
  if (state_->entries.empty()) return;
  // One expression alone knows its anchors and its first bytes, which a set does not.
  if (state_->entries.size() == 1) {
    if (state_->expression(0).matches(form)) scratch.found.push_back(0);
    return;
  }
  const re2::StringPiece text(form.data(), form.size());
  RE2::Set::ErrorInfo info{RE2::Set::kNoError};
  // Most texts match nothing: asked for yes or no alone, RE2 allocates nothing and stops at the first match.
  const RE2::Set* const set = state_->as_one();
  if (!set) info.kind = RE2::Set::kOutOfMemory;
  else if (!set->Match(text, nullptr, &info) && info.kind == RE2::Set::kNoError) return;
  info.kind = set ? RE2::Set::kNoError : RE2::Set::kOutOfMemory;
  if (!set || !set->Match(text, &scratch.found, &info)) {
    if (info.kind == RE2::Set::kNoError) return;
    ++scratch.fallbacks;
    for (std::size_t i = 0; i < state_->entries.size(); ++i) scratch.found.push_back(static_cast<int>(i));
  }
  std::sort(scratch.found.begin(), scratch.found.end());
  // The set knows letters, digits and word boundaries of ASCII only; the expression itself knows all.
  std::erase_if(scratch.found, [&](int number) {
    const bool sure = info.kind == RE2::Set::kNoError && state_->entries[static_cast<std::size_t>(number)].source.is_sure();
    return !sure && !state_->expression(static_cast<std::size_t>(number)).matches(form);
  });
}

}  // namespace marrow
