#include "rules/which.h"

#include "rules/compiled.h"
#include "rules/decide.h"
#include "rules/scope.h"

namespace marrow {
namespace {

std::string scope_text(const CompiledRules& rules, Id scope) {
  if (scope == kNone) return "everywhere";
  const Scope& s = rules.scopes[scope];
  std::string out;
  auto add = [&](const std::string& part) { out += (out.empty() ? "" : " ") + part; };
  for (const std::string& host : s.hosts) add(host);
  for (const std::string& domain : s.domains) add("*." + domain);
  if (s.url_path) add("url_path " + s.url_path->source().pattern);
  if (!s.language.empty()) add("language " + s.language);
  return out;
}

std::string place_text(const RulePlace& place) { return place.file + ":" + std::to_string(place.line); }

}  // namespace

std::vector<AppliedRule> which_rules(const RuleSet& rules, std::string_view where, std::string_view language) {
  const CompiledRules& compiled = rules.compiled();
  const std::string url = where.find("://") == std::string_view::npos ? "https://" + std::string(where) + "/" : std::string(where);
  ActiveScopes scopes;
  scopes.set(compiled, url, language);
  std::vector<AppliedRule> out;
  for (Id f = 0; f < compiled.filters.size(); ++f)
    if (scopes.holds(compiled.filters[f].scope)) out.push_back({false, f, scope_text(compiled, compiled.filters[f].scope)});
  for (Id m = 0; m < compiled.metadata.size(); ++m)
    if (scopes.holds(compiled.metadata[m].scope)) out.push_back({true, m, scope_text(compiled, compiled.metadata[m].scope)});
  return out;
}

std::string format_which(const RuleSet& rules, const std::vector<AppliedRule>& applied) {
  std::string out;
  std::size_t number = 0;
  for (const AppliedRule& one : applied) {
    out += std::to_string(++number) + "  ";
    if (one.metadata) {
      const MetadataRule& rule = rules.metadata_rule(one.rule);
      out += rule.id + "  metadata " + std::string(name_of(rule.field)) + "  [" + one.scope + "]  priority " +
             std::to_string(rule.priority) + "  " + place_text(rule.place) + (rule.why.empty() ? "" : "  " + rule.why);
    } else {
      const Filter& filter = rules.filter(one.rule);
      out += filter.id + "  " + std::string(name_of(filter.on)) + " -> " + std::string(name_of(filter.label));
      if (filter.kind != FilterKind::none) out += " (" + std::string(name_of(filter.kind)) + ")";
      out += "  [" + one.scope + "]  priority " + std::to_string(filter.priority) + "  " + place_text(filter.place) +
             (filter.why.empty() ? "" : "  " + filter.why);
    }
    out += '\n';
  }
  return out;
}

}  // namespace marrow
