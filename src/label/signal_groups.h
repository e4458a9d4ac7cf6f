// Which signals of the rule files are columns of what, by the first step of their names: el, role, prop and type look at
// elements; href, host, rel and link at links alone; text at blocks alone; all others (phrase) at texts, of blocks
// and of links.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "rules/ruleset.h"

namespace marrow {

struct SignalGroups {
  std::vector<Id> element, block, link;

  explicit SignalGroups(const RuleSet& rules) {
    constexpr std::array<std::string_view, 4> kElement = {"el", "role", "prop", "type"};
    constexpr std::array<std::string_view, 4> kLink = {"href", "host", "rel", "link"};
    const auto among = [](const auto& names, std::string_view name) {
      return std::find(names.begin(), names.end(), name) != names.end();
    };
    for (Id s = 0; s < rules.signal_count(); ++s) {
      const std::string_view name = rules.signal_name(s);
      const std::string_view group = name.substr(0, name.find('.'));
      if (among(kElement, group)) {
        element.push_back(s);
        continue;
      }
      if (group != "text") link.push_back(s);
      if (!among(kLink, group)) block.push_back(s);
    }
  }
};

}  // namespace marrow
