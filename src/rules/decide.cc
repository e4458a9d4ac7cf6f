#include "rules/decide.h"

#include <algorithm>

#include "base/text.h"
#include "rules/normal.h"
#include "rules/path.h"

namespace marrow {
namespace {

// Is `word` in `form` as whole tokens (class, id) or names?
bool has_tokens(std::string_view form, std::string_view word, bool names) {
  auto is_break = [&](char c) { return c == ' ' || (!names && c == '-'); };
  for (std::size_t at = form.find(word); at != std::string_view::npos; at = form.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || is_break(form[at - 1])) && (end == form.size() || is_break(form[end]))) return true;
  }
  return false;
}

void merge_scoped(const std::vector<std::vector<Id>>& scoped, const ActiveScopes& scopes, std::vector<Id>* out) {
  const std::size_t before = out->size();
  for (Id scope : scopes.list()) out->insert(out->end(), scoped[scope].begin(), scoped[scope].end());
  if (out->size() > before) std::sort(out->begin(), out->end());
}

// The first word of a block's text stands in this position of the page, 0 to 1.
double position_of(const Document& document, const Block& block) {
  return document.words > 0 ? std::min(1.0, double(block.words_before) / document.words) : 0.0;
}

}  // namespace

void Decide::applicable(const ActiveScopes& scopes, std::vector<Id>* filters) const {
  filters->assign(rules_.general_filters.begin(), rules_.general_filters.end());
  merge_scoped(rules_.scope_filters, scopes, filters);
}

void Decide::begin() { steps_ = Path::kMaxSteps; }

void Decide::run(const Document& document, const ActiveScopes& scopes, Matches* matches, Id without) {
  begin();
  matches->block_filter.assign(document.blocks.size(), kNone);
  matches->link_filter.assign(document.links.size(), kNone);
  matches->containers.clear();
  matches->body_filter = kNone;
  matches->body_elements.clear();
  matches->metadata.clear();
  applicable(scopes, &filters_);
  std::erase(filters_, without);
  if (!filters_.empty()) {
    containers(document, matches);
    const FilterOn on_block = document.type == ContentType::text ? FilterOn::line : FilterOn::block;
    for (Id filter : filters_) {
      const CompiledFilter& compiled = rules_.filters[filter];
      if (compiled.on == on_block) {
        for (Id b = 0; b < document.blocks.size(); ++b)
          if (filter < matches->block_filter[b] && holds_for_block(filter, document, *matches, b)) matches->block_filter[b] = filter;
      } else if (compiled.on == FilterOn::link) {
        for (Id l = 0; l < document.links.size(); ++l)
          if (filter < matches->link_filter[l] && holds_for_link(filter, document, *matches, l)) matches->link_filter[l] = filter;
      }
    }
  }
  metadata(document, scopes, matches);
}

void Decide::elements_of(Id filter, const Document& document, std::vector<Id>* elements) {
  elements->clear();
  const CompiledFilter& compiled = rules_.filters[filter];
  for (Id e = 0; e < document.elements.size();) {
    const bool hit = compiled.path.matches(document, e, steps_);
    if (hit) elements->push_back(e);
    e = hit ? std::max(document.elements[e].end, e + 1) : e + 1;
  }
}

void Decide::containers(const Document& document, Matches* matches) {
  for (Id filter : filters_) {
    const CompiledFilter& compiled = rules_.filters[filter];
    if (compiled.on != FilterOn::container) continue;
    const bool body = compiled.label == FilterLabel::body;
    if (body && matches->body_filter != kNone) continue;  // the first that hits anything
    elements_of(filter, document, &elements_);
    if (!compiled.where.empty || !compiled.unless.empty) {
      std::erase_if(elements_, [&](Id e) { return !holds(compiled, document, *matches, {kNone, kNone, e}); });
    }
    if (elements_.empty()) continue;
    if (body) {
      matches->body_filter = filter;
      matches->body_elements = elements_;
      continue;
    }
    for (Id e : elements_) {
      matches->containers.push_back({filter, e});
      const Element& element = document.elements[e];
      for (Id b = element.first_block; b < element.end_block; ++b) matches->block_filter[b] = std::min(matches->block_filter[b], filter);
      for (Id l = element.first_link; l < element.end_link; ++l) matches->link_filter[l] = std::min(matches->link_filter[l], filter);
    }
  }
}

bool Decide::holds_for_block(Id filter, const Document& document, const Matches& matches, Id block) {
  return holds(rules_.filters[filter], document, matches, {block, kNone, document.blocks[block].element});
}

bool Decide::holds_for_link(Id filter, const Document& document, const Matches& matches, Id link) {
  const Link& l = document.links[link];
  const Id block = l.first_block < l.end_block ? l.first_block : kNone;
  return holds(rules_.filters[filter], document, matches, {block, link, l.element});
}

bool Decide::holds(const CompiledFilter& filter, const Document& document, const Matches& matches, const Subject& subject) {
  return all_hold(filter.where, filter.within, document, matches, subject) &&
         (filter.unless.empty || !any_holds(filter.unless, filter.within, document, matches, subject));
}

bool Decide::all_hold(const CompiledConditions& c, std::uint8_t within, const Document& document, const Matches& matches,
                      const Subject& subject) {
  for (const NumberTest& test : c.numbers)
    if (!number_holds(test.number, test.limits, document, subject)) return false;
  for (Id signal : c.signals)
    if (!signal_holds(signal, within, document, matches, subject)) return false;
  for (Id signal : c.heading_signals)
    if (!heading_holds(signal, document, matches, subject)) return false;
  for (const CompiledTest& test : c.tests)
    if (!test_holds(test, within, document, subject)) return false;
  return true;
}

bool Decide::any_holds(const CompiledConditions& c, std::uint8_t within, const Document& document, const Matches& matches,
                       const Subject& subject) {
  for (const NumberTest& test : c.numbers)
    if (number_holds(test.number, test.limits, document, subject)) return true;
  for (Id signal : c.signals)
    if (signal_holds(signal, within, document, matches, subject)) return true;
  for (Id signal : c.heading_signals)
    if (heading_holds(signal, document, matches, subject)) return true;
  for (const CompiledTest& test : c.tests)
    if (test_holds(test, within, document, subject)) return true;
  return false;
}

bool Decide::number_holds(Number number, const Limits& limits, const Document& document, const Subject& subject) const {
  if (subject.block == kNone) return false;
  const Block& block = document.blocks[subject.block];
  double value = 0;
  switch (number) {
    case Number::words: value = block.words; break;
    case Number::chars: value = block.chars; break;
    case Number::link_density: value = block.link_density(); break;
    case Number::position: value = position_of(document, block); break;
    case Number::repeats: value = block.repeats; break;
    case Number::links:
      for (Id s = block.first_span; s < block.end_span; ++s) value += document.spans[s].link != kNone ? 1 : 0;
      break;
  }
  return value >= limits.min && value <= limits.max;
}

bool Decide::signal_holds(Id signal, std::uint8_t within, const Document& document, const Matches& matches,
                          const Subject& subject) const {
  if (signal == kNone) return false;
  if (subject.link != kNone ? matches.link_has(subject.link, signal)
                            : subject.block != kNone && matches.block_has(subject.block, signal))
    return true;
  Id up = subject.element;
  for (int level = 0; level <= within && up != kNone; ++level, up = document.elements[up].parent)
    if (matches.element_has(up, signal)) return true;
  return false;
}

bool Decide::heading_holds(Id signal, const Document& document, const Matches& matches, const Subject& subject) const {
  if (subject.block == kNone || signal == kNone) return false;
  const Id heading = document.blocks[subject.block].heading;
  return heading != kNone && matches.block_has(heading, signal);
}

bool Decide::test_holds(const CompiledTest& test, std::uint8_t within, const Document& document, const Subject& subject) {
  if (group_of(test.field) == FieldGroup::element) {
    Id up = subject.element;
    const int levels = test.field == Field::path ? 255 : within;
    for (int level = 0; level <= levels && up != kNone; ++level, up = document.elements[up].parent)
      if (element_test(test, document, up)) return true;
    return false;
  }
  const Block* block = subject.block == kNone ? nullptr : &document.blocks[subject.block];
  Id link_id = subject.link;
  if (link_id == kNone && block) link_id = document.whole_link(*block);
  const Link* link = link_id == kNone ? nullptr : &document.links[link_id];
  switch (test.field) {
    case Field::text:
      if (subject.link != kNone) return value_test(test, document.links[subject.link].text);
      return block && value_test(test, block->text);
    case Field::heading: return block && block->heading != kNone && value_test(test, document.blocks[block->heading].text);
    case Field::lang: return value_test(test, document.lang);
    case Field::href: return link && value_test(test, link->url.empty() ? link->href : link->url);
    case Field::link_text: return link && value_test(test, link->text);
    case Field::host: return link && value_test(test, host_form(link->url));
    case Field::rel: return link && value_test(test, link->rel);
    case Field::title: return link && link->element != kNone && value_test(test, document.attr(link->element, "title"));
    default: return false;
  }
}

bool Decide::element_test(const CompiledTest& test, const Document& document, Id element) {
  const Element& e = document.elements[element];
  switch (test.field) {
    case Field::cls: return value_test(test, e.cls);
    case Field::id: return value_test(test, e.id);
    case Field::tag: return value_test(test, e.name);
    case Field::path: return test.path && test.path->matches(document, element, steps_);
    default: return value_test(test, document.attr(element, name_of(test.field)));
  }
}

// A pattern: anywhere in the value; words: whole tokens or names, of texts the whole text.
bool Decide::value_test(const CompiledTest& test, std::string_view value) {
  if (value.empty()) return false;
  if (group_of(test.field) == FieldGroup::element || test.field == Field::rel) {
    normal_form(test.field, false, value, form_);
    const bool names = test.field != Field::cls && test.field != Field::id;
    if (test.pattern) return test.pattern->matches(form_);
    return std::any_of(test.words.begin(), test.words.end(), [&](const std::string& word) { return has_tokens(form_, word, names); });
  }
  if (test.pattern) return test.pattern->matches(value);
  phrase_form(value, form_);
  return std::find(test.words.begin(), test.words.end(), form_) != test.words.end();
}

void Decide::metadata(const Document& document, const ActiveScopes& scopes, Matches* matches) {
  if (rules_.metadata.empty()) return;
  filters_.assign(rules_.general_metadata.begin(), rules_.general_metadata.end());
  merge_scoped(rules_.scope_metadata, scopes, &filters_);
  for (Id rule : filters_) {
    const CompiledMetadata& compiled = rules_.metadata[rule];
    const bool known = std::any_of(matches->metadata.begin(), matches->metadata.end(), [&](const auto& f) { return f.field == compiled.field; });
    for (Id e = 0; !known && e < document.elements.size(); ++e) {
      if (!compiled.path.matches(document, e, steps_)) continue;
      const Element& element = document.elements[e];
      std::string_view text;
      if (!compiled.attribute.empty()) text = document.attr(e, compiled.attribute);
      else if (element.first_block < element.end_block) text = document.blocks[element.first_block].text;
      if (compiled.pattern) text = compiled.pattern->capture(text);
      text = trim(text);
      if (text.empty()) continue;
      matches->metadata.push_back({rule, compiled.field, e, text});
      break;
    }
  }
}

}  // namespace marrow
