#include "rules/path.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "base/text.h"

namespace marrow {
namespace {

bool has_word(std::string_view value, std::string_view word) { return find_parted(value, word, is_blank_ascii) != std::string_view::npos; }

bool holds(const Path::Attribute& test, std::string_view value, bool present) {
  switch (test.test) {
    case Path::Test::present: return present;
    case Path::Test::equals: return present && value == test.value;
    case Path::Test::word: return has_word(value, test.value);
    case Path::Test::contains: return value.find(test.value) != std::string_view::npos;
    case Path::Test::begins: return value.starts_with(test.value);
    case Path::Test::ends: return value.ends_with(test.value);
  }
  return false;
}

// One question about one page. Recursion follows the selector (bounded by Path::kMaxDepth and its length), never the page.
class Walk {
 public:
  Walk(const Document& document, std::uint32_t& steps) : document_(document), steps_(steps) {}

  bool any(const std::vector<Path::Selector>& selectors, Id element, Id scope) {
    for (const Path::Selector& selector : selectors)
      if (chain(selector, selector.compounds.size() - 1, element, scope)) return true;
    return false;
  }

 private:
  bool spend() {
    if (steps_ == 0) return false;
    --steps_;
    return true;
  }

  // Does compounds[at] match `element`, and all before it what stands before the element?
  bool chain(const Path::Selector& selector, std::size_t at, Id element, Id scope) {
    if (!compound(selector.compounds[at], element)) return false;
    const Path::Join join = selector.joins[at];
    if (at == 0) return anchored(join, element, scope);
    const Element& e = document_.elements[element];
    switch (join) {
      case Path::Join::child:
        return e.parent != kNone && chain(selector, at - 1, e.parent, scope);
      case Path::Join::descendant:
        for (Id up = e.parent; up != kNone; up = document_.elements[up].parent)
          if (chain(selector, at - 1, up, scope)) return true;
        return false;
      case Path::Join::next: {
        const Id before = sibling_before(element);
        return before != kNone && chain(selector, at - 1, before, scope);
      }
      case Path::Join::later:
        if (e.parent == kNone) return false;
        for (Id other = e.parent + 1; other < element; other = document_.elements[other].end)
          if (chain(selector, at - 1, other, scope)) return true;
        return false;
      case Path::Join::none: break;
    }
    return false;
  }

  // The left end of a relative selector (:has) hangs on the scope.
  bool anchored(Path::Join join, Id element, Id scope) const {
    switch (join) {
      case Path::Join::none: return true;
      case Path::Join::child: return document_.elements[element].parent == scope;
      case Path::Join::descendant: return element != scope && document_.inside(element, scope);
      case Path::Join::next: return element == document_.elements[scope].end;
      case Path::Join::later:
        return element > scope && document_.elements[element].parent == document_.elements[scope].parent;
    }
    return false;
  }

  Id sibling_before(Id element) {
    const Id parent = document_.elements[element].parent;
    if (parent == kNone) return kNone;
    Id last = kNone;
    for (Id other = parent + 1; other < element && spend(); other = document_.elements[other].end) last = other;
    return last;
  }

  bool attribute(const Path::Attribute& test, const Element& e, Id element) {
    if (test.of == Path::Of::cls) return holds(test, e.cls, !e.cls.empty());
    if (test.of == Path::Of::id) return holds(test, e.id, !e.id.empty());
    for (Id i = e.first_attr; i < e.end_attr; ++i)
      if (document_.attrs[i].name == test.name) return holds(test, document_.attrs[i].value, true);
    // The reader resolves where links lead and keeps href of them apart.
    std::string_view value;
    const bool present = test.name == "href" && link_href(e, element, &value);
    return holds(test, value, present);
  }

  bool link_href(const Element& e, Id element, std::string_view* value) const {
    if (e.first_link >= e.end_link || document_.links[e.first_link].element != element) return false;
    *value = document_.links[e.first_link].href;
    return true;
  }

  bool simple(const Path::Compound& test, Id element) {
    const Element& e = document_.elements[element];
    if (!test.tag.empty() && test.tag != e.name) return false;
    if (test.nth_of_type != 0 && e.ordinal != test.nth_of_type) return false;
    for (const Path::Attribute& one : test.attributes)
      if (!attribute(one, e, element)) return false;
    return true;
  }

  bool contains(const std::string& text, Id element) {
    const Element& e = document_.elements[element];
    for (Id block = e.first_block; block < e.end_block && spend(); ++block)
      if (document_.blocks[block].text.find(text) != std::string_view::npos) return true;
    return false;
  }

  bool without_position(const Path::Compound& test, Id element) {
    if (!spend() || !simple(test, element)) return false;
    for (const auto& selectors : test.is)
      if (!any(selectors, element, kNone)) return false;
    for (const auto& selectors : test.is_not)
      if (any(selectors, element, kNone)) return false;
    for (const std::string& text : test.contains)
      if (!contains(text, element)) return false;
    for (const auto& selectors : test.has)
      if (!has(selectors, element)) return false;
    return true;
  }

  bool has(const std::vector<Path::Selector>& selectors, Id element) {
    const Element& e = document_.elements[element];
    // Siblings behind the element count for :has(+ …) and :has(~ …); all others stand inside it.
    const Id end = e.parent == kNone ? e.end : document_.elements[e.parent].end;
    for (const Path::Selector& selector : selectors) {
      const Path::Join join = selector.joins[0];
      const bool outside = join == Path::Join::next || join == Path::Join::later;
      for (Id inner = element + 1; inner < (outside ? end : e.end) && spend(); ++inner)
        if (chain(selector, selector.compounds.size() - 1, inner, element)) return true;
    }
    return false;
  }

  bool compound(const Path::Compound& test, Id element) {
    if (!without_position(test, element)) return false;
    if (test.nth == 0) return true;
    const Id parent = document_.elements[element].parent;
    if (parent == kNone) return test.nth == 1;
    std::uint32_t number = 1;
    for (Id other = parent + 1; other < element && number <= test.nth; other = document_.elements[other].end)
      if (without_position(test, other)) ++number;
    return number == test.nth;
  }

  const Document& document_;
  std::uint32_t& steps_;
};

// May an element with no value there pass?
bool needs_value(const Path::Attribute& test) { return test.test == Path::Test::present || test.test == Path::Test::equals || !test.value.empty(); }

// Asked before the whole selector is, which hardly any element gets to.
bool may_name(const Path::Compound& last, const Element& e) {
  for (const Path::Attribute& test : last.attributes) {
    const bool may = test.of == Path::Of::cls  ? holds(test, e.cls, !e.cls.empty())
                     : test.of == Path::Of::id ? holds(test, e.id, !e.id.empty())
                                               : e.first_attr != e.end_attr || !needs_value(test) || test.name == "href";
    if (!may) return false;
  }
  return last.tag.empty() || last.tag == e.name;
}

}  // namespace

Path::Needs Path::needs_of(const Selector& selector) {
  Needs needs = Needs::nothing;
  for (const Attribute& test : selector.compounds.back().attributes)
    if (needs_value(test)) needs = std::max(needs, test.of == Of::id ? Needs::id : test.of == Of::cls ? Needs::cls : Needs::nothing);
  return needs;
}

void Path::add(Path other) {
  std::move(other.selectors_.begin(), other.selectors_.end(), std::back_inserter(selectors_));
  arrange();
}

void Path::arrange() {
  std::stable_sort(selectors_.begin(), selectors_.end(), [](const Selector& a, const Selector& b) { return needs_of(a) < needs_of(b); });
  for (std::size_t needs = 0; needs < kNeeds; ++needs)
    ends_[needs] = static_cast<std::size_t>(
        std::count_if(selectors_.begin(), selectors_.end(), [&](const Selector& s) { return static_cast<std::size_t>(needs_of(s)) <= needs; }));
}

bool Path::matches(const Document& document, Id element, std::uint32_t& steps) const {
  const Element& e = document.elements[element];
  const std::array<bool, kNeeds> has = {true, !e.cls.empty(), !e.id.empty()};
  for (std::size_t needs = 0, at = 0; needs < kNeeds; at = ends_[needs++]) {
    if (!has[needs]) continue;
    for (; at < ends_[needs]; ++at)
      if (may_name(selectors_[at].compounds.back(), e)) return Walk(document, steps).any(selectors_, element, kNone);
  }
  return false;
}

}  // namespace marrow
