#include "rules/columns.h"
#include "rules/decide.h"
#include "rules/matches.h"
#include "rules/ruleset.h"
#include "rules/scope.h"

namespace marrow {

struct Matcher::State {
  explicit State(const CompiledRules& compiled) : rules(compiled), columns(compiled), decide(compiled) {}
  const CompiledRules& rules;
  ActiveScopes scopes;
  Columns columns;
  Decide decide;
  Matches matches;
};

Matcher::Matcher(const RuleSet& rules) : state_(std::make_unique<State>(rules.compiled())) {}
Matcher::~Matcher() = default;
Matcher::Matcher(Matcher&&) noexcept = default;

const Matches& Matcher::match(const Document& document) {
  state_->scopes.set(state_->rules, document.url, document.lang);
  state_->columns.fill(document, state_->scopes, &state_->matches);
  state_->decide.run(document, state_->scopes, &state_->matches);
  return state_->matches;
}

}  // namespace marrow
