// PageExtras: what a run wants to know of a page beside its record: which rules decided on it, what it tells of its site, where
// its time went. And CleanPage, the one call that gives both. Plain values; any thread.
#pragma once

#include <concepts>
#include <cstdint>
#include <functional>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/stages.h"
#include "memory/site_memory.h"
#include "record/record.h"
#include "source/input.h"

namespace marrow {

struct PageExtras {
  // Filters that decided a block or link, then metadata rules that found something, numbered behind them; ascending, each once.
  std::vector<std::uint32_t> rules{};
  std::optional<PageSummary> summary{};
  StageTimes times{};
};

// What one cleaning thread does with a page, with the memory that is its own; made on that thread. Who asks for no extras
// pays for none; a cleaner that knows of none gives none.
class CleanPage {
 public:
  CleanPage() = default;
  template <typename Clean>
    requires(!std::same_as<std::remove_cvref_t<Clean>, CleanPage> &&
             std::is_invocable_r_v<Record, Clean&, const Input&, PageExtras*>)
  CleanPage(Clean clean) : clean_(std::move(clean)) {}  // NOLINT: implicit by design
  template <typename Clean>
    requires(!std::same_as<std::remove_cvref_t<Clean>, CleanPage> && std::is_invocable_r_v<Record, Clean&, const Input&>)
  CleanPage(Clean clean)  // NOLINT: implicit by design
      : clean_([clean = std::move(clean)](const Input& input, PageExtras*) mutable { return clean(input); }) {}

  Record operator()(const Input& input, PageExtras* extras = nullptr) const { return clean_(input, extras); }
  explicit operator bool() const { return static_cast<bool>(clean_); }

 private:
  std::function<Record(const Input&, PageExtras*)> clean_;
};

}  // namespace marrow
