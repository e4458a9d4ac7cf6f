#include "rules/tally.h"

#include <algorithm>

#include "rules/compiled.h"
#include "rules/decide.h"
#include "rules/scope.h"

namespace marrow {
namespace {

// Digits of a count in the table; larger ones push their line out.
constexpr std::size_t kCountWidth = 9;

std::string row(std::string_view name, std::size_t width, std::string_view pages, std::string_view hits,
                std::string_view decided) {
  std::string out(name);
  out.append(width - std::min(width, name.size()), ' ');
  for (std::string_view count : {pages, hits, decided}) {
    if (count.empty()) continue;
    out.append(count.size() < kCountWidth ? kCountWidth - count.size() : 1, ' ');
    out += count;
  }
  return out + "\n";
}

}  // namespace

struct Tally::State {
  explicit State(const RuleSet& set) : rules(set), decide(set.compiled()) {}
  const RuleSet& rules;
  Decide decide;
  ActiveScopes scopes;
  std::vector<Id> applicable, elements;
};

Tally::Tally(const RuleSet& rules)
    : state_(std::make_unique<State>(rules)), filters_(rules.filter_count()), signals_(rules.signal_count()) {}
Tally::~Tally() = default;
Tally::Tally(Tally&&) noexcept = default;

void Tally::count(const Document& document, const Matches& matches) {
  ++pages_;
  for (Id s = 0; s < signals_.size(); ++s) {
    std::uint64_t hits = 0;
    for (Id e = 0; e < document.elements.size(); ++e) hits += matches.element_has(e, s);
    for (Id b = 0; b < document.blocks.size(); ++b) hits += matches.block_has(b, s);
    for (Id l = 0; l < document.links.size(); ++l) hits += matches.link_has(l, s);
    signals_[s].hits += hits;
    signals_[s].pages += hits > 0;
  }
  const CompiledRules& rules = state_->rules.compiled();
  state_->scopes.set(rules, document.url, document.lang);
  state_->decide.applicable(state_->scopes, &state_->applicable);
  state_->decide.begin();
  const FilterOn on_block = document.type == ContentType::text ? FilterOn::line : FilterOn::block;
  for (Id f : state_->applicable) {
    const CompiledFilter& filter = rules.filters[f];
    std::uint64_t hits = 0, won = 0;
    if (filter.on == on_block) {
      for (Id b = 0; b < document.blocks.size(); ++b) hits += state_->decide.holds_for_block(f, document, matches, b);
    } else if (filter.on == FilterOn::link) {
      for (Id l = 0; l < document.links.size(); ++l) hits += state_->decide.holds_for_link(f, document, matches, l);
    } else if (filter.on == FilterOn::container) {
      state_->decide.elements_of(f, document, &state_->elements);
      hits = state_->elements.size();
      if (filter.label == FilterLabel::body) won = matches.body_filter == f ? hits : 0;
    }
    for (Id winner : matches.block_filter) won += winner == f;
    for (Id winner : matches.link_filter) won += winner == f;
    filters_[f].hits += hits;
    filters_[f].won += won;
    filters_[f].pages += hits > 0;
  }
}

void Tally::add(const Tally& other) {
  auto sum = [](std::vector<RuleCount>& into, const std::vector<RuleCount>& from) {
    for (std::size_t i = 0; i < into.size() && i < from.size(); ++i) {
      into[i].pages += from[i].pages;
      into[i].hits += from[i].hits;
      into[i].won += from[i].won;
    }
  };
  pages_ += other.pages_;
  sum(filters_, other.filters_);
  sum(signals_, other.signals_);
}

std::string Tally::format() const {
  const RuleSet& rules = state_->rules;
  std::size_t width = 0;
  for (Id f = 0; f < filters_.size(); ++f) width = std::max(width, rules.filter(f).id.size());
  for (Id s = 0; s < signals_.size(); ++s) width = std::max(width, rules.signal_name(s).size());
  std::string table = row("filter", width, "pages", "hits", "decided"), never, preempted;
  for (Id f = 0; f < filters_.size(); ++f) {
    const RuleCount& c = filters_[f];
    const Filter& filter = rules.filter(f);
    const std::string place = filter.id + "  " + filter.place.file + ":" + std::to_string(filter.place.line) + "\n";
    table += row(filter.id, width, std::to_string(c.pages), std::to_string(c.hits), std::to_string(c.won));
    if (c.hits == 0) never += place;
    else if (c.won == 0) preempted += place;
  }
  if (!signals_.empty()) table += "\n" + row("signal", width, "pages", "hits", "");
  for (Id s = 0; s < signals_.size(); ++s) {
    const RuleCount& c = signals_[s];
    table += row(rules.signal_name(s), width, std::to_string(c.pages), std::to_string(c.hits), "");
    if (c.hits == 0) never += std::string(rules.signal_name(s)) + "\n";
  }
  const std::string pages = std::to_string(pages_) + (pages_ == 1 ? " page" : " pages");
  if (!never.empty()) table += "\nnever fired on " + pages + ":\n" + never;
  if (!preempted.empty()) table += "\nfired on " + pages + ", always pre-empted by another filter:\n" + preempted;
  return table;
}

}  // namespace marrow
