#include "rules/gather.h"

#include <map>
#include <string>
#include <utility>

#include "rules/parse.h"

namespace marrow {
namespace {

class Gathering {
 public:
  Gathering(const std::vector<RuleFile>& files, bool keep_trees, RuleFaults& faults) : files_(files), keep_trees_(keep_trees), faults_(faults) {}

  std::vector<GatheredRules> run() {
    read();
    replace();
    return std::move(rules_);
  }

 private:
  void read() {
    for (const RuleFile& file : files_) {
      rules_.emplace_back();
      rules_.back().source = file.source;
      Result<TomlFile> toml = TomlFile::parse(file.path, file.text);
      if (!toml) {
        faults_.add(toml.error().message);
        continue;
      }
      parse_rules(*toml, static_cast<Id>(rules_.size() - 1), &rules_.back().rules, faults_.all());
      if (keep_trees_) rules_.back().toml = *std::move(toml);
    }
  }

  void replace() {
    for (std::size_t i = 0; i < rules_.size(); ++i) {
      for (const Placed& name : rules_[i].rules.disable) disable(static_cast<Id>(i), name);
    }
    one_of_each([](FileRules& rules) -> auto& { return rules.filters; },
                [](const FilterRule& rule) -> const std::string& { return rule.filter.id; });
    one_of_each([](FileRules& rules) -> auto& { return rules.metadata; },
                [](const MetadataFileRule& rule) -> const std::string& { return rule.rule.id; });
  }

  void disable(Id by, const Placed& name) {
    bool found = false;
    for (GatheredRules& file : rules_) {
      if (file.source >= rules_[by].source) continue;
      found |= std::erase_if(file.rules.filters, [&](const FilterRule& r) { return r.filter.id == name.text; }) > 0;
      found |= std::erase_if(file.rules.metadata, [&](const MetadataFileRule& r) { return r.rule.id == name.text; }) > 0;
      found |= std::erase_if(file.rules.signals, [&](const SignalRule& r) { return r.name == name.text; }) > 0;
    }
    if (!found) faults_.at(by, name.at, name.text.size() + 2, "'disable' names '" + name.text + "', which no earlier source has");
  }

  template <typename List, typename IdOf>
  void one_of_each(List list, IdOf id_of) {
    struct Seen {
      std::size_t file;
      std::uint32_t source;
      TomlAt at;
    };
    std::map<std::string, Seen> seen;
    for (std::size_t i = rules_.size(); i-- > 0;) {  // later sources first: they win
      auto& rules = list(rules_[i].rules);
      std::erase_if(rules, [&](const auto& rule) {
        if (id_of(rule).empty()) return false;  // reported already
        const auto [place, added] = seen.try_emplace(id_of(rule), Seen{i, rules_[i].source, rule.at});
        if (added) return false;
        if (place->second.source != rules_[i].source) return true;
        // The later one is the one to point at, whatever the order of this walk.
        const bool later = place->second.file > i || (place->second.file == i && place->second.at.line > rule.at.line);
        const std::size_t file = later ? place->second.file : i;
        const TomlAt at = later ? place->second.at : rule.at;
        const std::size_t other = later ? i : place->second.file;
        const TomlAt other_at = later ? rule.at : place->second.at;
        faults_.at(static_cast<Id>(file), at, 1, "the id '" + id_of(rule) + "' is taken",
                   "first at " + files_[other].path + ":" + std::to_string(other_at.line));
        return false;
      });
    }
  }

  const std::vector<RuleFile>& files_;
  const bool keep_trees_;
  RuleFaults& faults_;
  std::vector<GatheredRules> rules_;
};

}  // namespace

std::vector<GatheredRules> gather_rules(const std::vector<RuleFile>& files, bool keep_trees, RuleFaults& faults) {
  return Gathering(files, keep_trees, faults).run();
}

}  // namespace marrow
