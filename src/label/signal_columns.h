// SignalColumns: a run of columns of a row, each a signal of the rule files. Filled from a row of Matches' bits, and only
// those that somebody asks for (a model reads less than half of them); the others hold whatever they held.
// Made once, const while rows are filled.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "label/columns.h"
#include "page/document.h"
#include "rules/ruleset.h"

namespace marrow {

// By column: does anybody read it? Empty: all are read.
using AskedColumns = std::vector<bool>;

class SignalColumns {
 public:
  SignalColumns() = default;
  explicit SignalColumns(std::span<const Id> signals) : signals_(signals.begin(), signals.end()) { ask({}, 0); }

  // The run stands at column `first` and those behind it.
  void ask(const AskedColumns& asked, std::size_t first) {
    asked_.clear();
    for (std::size_t i = 0; i < signals_.size(); ++i) {
      if (!asked.empty() && !asked[first + i]) continue;
      asked_.push_back({static_cast<std::uint16_t>(i), static_cast<std::uint16_t>(signals_[i] / 64),
                        static_cast<std::uint8_t>(signals_[i] % 64)});
    }
  }
  void ask(const AskedColumns& asked, const std::vector<FeatureInfo>& columns, std::string_view prefix, const RuleSet& rules) {
    if (signals_.empty()) return;
    const std::string name = std::string(prefix) + std::string(rules.signal_name(signals_[0]));
    std::size_t first = 0;
    while (columns[first].name != name) ++first;
    ask(asked, first);
  }

  // The run's columns, named or filled in. `bits`: the row of a block, link or element; nullptr: no signal holds.
  template <typename Out>
  void run(Out& out, const RuleSet& rules, std::string_view prefix, std::string_view note, const std::uint64_t* bits) const {
    if constexpr (Out::naming) {
      out.group(prefix);
      for (const Id signal : signals_) out(rules.signal_name(signal), note, 0);
    } else {
      if (bits == nullptr) {
        for (const Column& column : asked_) out.at[column.at] = 0;
      } else {
        for (const Column& column : asked_) out.at[column.at] = static_cast<float>(bits[column.word] >> column.shift & 1);
      }
      out.at += signals_.size();
    }
  }

 private:
  struct Column {
    std::uint16_t at, word;
    std::uint8_t shift;
  };
  std::vector<Id> signals_;
  std::vector<Column> asked_;
};

}  // namespace marrow
