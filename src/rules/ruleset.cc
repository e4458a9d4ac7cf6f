#include "rules/ruleset.h"

#include "rules/compile.h"
#include "rules/files.h"

namespace marrow {
namespace {

// Faults shown at once; the rest is counted.
constexpr std::size_t kMaxFaults = 20;

std::string joined(const std::vector<std::string>& faults) {
  std::string out;
  for (std::size_t i = 0; i < faults.size() && i < kMaxFaults; ++i) {
    if (i > 0) out += '\n';
    out += faults[i];
  }
  if (faults.size() > kMaxFaults) out += "\n… and " + std::to_string(faults.size() - kMaxFaults) + " more";
  return out;
}

}  // namespace

RuleSet::RuleSet(std::unique_ptr<CompiledRules> compiled) : compiled_(std::move(compiled)) {}
RuleSet::RuleSet(RuleSet&&) noexcept = default;
RuleSet& RuleSet::operator=(RuleSet&&) noexcept = default;
RuleSet::~RuleSet() = default;

Result<RuleSet> RuleSet::load(const RuleSources& sources) {
  Result<std::vector<RuleFile>> files = read_rule_files(sources);
  if (!files) return files.error();
  std::vector<std::string> faults;
  std::unique_ptr<CompiledRules> compiled = compile_rules(*files, &faults);
  if (!compiled) return Error{ErrorKind::stop_run, joined(faults)};
  return RuleSet(std::move(compiled));
}

std::string_view RuleSet::digest() const { return compiled_->digest; }
std::size_t RuleSet::signal_count() const { return compiled_->names.size(); }
std::string_view RuleSet::signal_name(Id signal) const { return compiled_->names[signal]; }

Id RuleSet::find_signal(std::string_view name) const {
  const auto found = compiled_->columns.find(std::string(name));
  return found == compiled_->columns.end() ? kNone : found->second;
}

const std::vector<PageTest>& RuleSet::tests() const { return compiled_->tests; }
const std::vector<std::string>& RuleSet::files() const { return compiled_->files; }
std::size_t RuleSet::filter_count() const { return compiled_->filters.size(); }
const Filter& RuleSet::filter(Id filter) const { return compiled_->filter_facts[filter]; }
std::size_t RuleSet::metadata_count() const { return compiled_->metadata.size(); }
const MetadataRule& RuleSet::metadata_rule(Id rule) const { return compiled_->metadata_facts[rule]; }

}  // namespace marrow
