// Path: where an element stands, as a selector. Takes a subset of CSS selectors, tells whether an element of a
// Document is named by it. Never recurses on the page's depth; a step budget bounds what a page can cost.
//
//   div.post-nav > a          tag, class (whole name), child
//   #content .sidebar         id, descendant
//   [itemprop=articleBody]    attribute: = ~= (word) *= (substring) ^= $=
//   p:not(.lead), li:is(.a, .b), section:has(> h2), p:contains("Read more")
//   h2 + p, h2 ~ ul           next sibling, later sibling
//   div.box:nth(2)            second among the siblings that match what stands before :nth
//   td:nth-of-type(3)
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "page/document.h"

namespace marrow {

class Path {
 public:
  struct Fault {
    std::size_t at = 0;  // byte in the selector
    std::string message;
  };
  // Longer or deeper selectors are refused: no honest one comes near.
  static constexpr std::size_t kMaxBytes = 4096;
  static constexpr int kMaxDepth = 8;
  // Steps the selectors of a rule set may cost one page: 3,000 elements and 100 selectors of three steps need about 400,000.
  static constexpr std::uint32_t kMaxSteps = 4'000'000;

  // False with *fault filled where the selector cannot be read.
  static bool parse(std::string_view selector, Path* path, Fault* fault);

  // Names from now on what the other names, too.
  void add(Path other);

  // `steps`: what is left of the page's budget; at 0 nothing matches any more.
  bool matches(const Document& document, Id element, std::uint32_t& steps) const;
  // Nothing but positions tells the element apart ("div > div:nth(5)"): brittle.
  bool positional_only() const;

  enum class Join : std::uint8_t { none, descendant, child, next, later };
  enum class Test : std::uint8_t { present, equals, word, contains, begins, ends };
  enum class Of : std::uint8_t { cls, id, other };  // what most selectors ask for is found without comparing names
  struct Attribute {
    std::string name, value;
    Test test = Test::present;
    Of of = Of::other;
  };
  struct Compound;
  struct Selector {
    std::vector<Compound> compounds;  // left to right
    std::vector<Join> joins;          // before each compound; joins[0] is `none`, or that of a relative selector
  };
  struct Compound {
    std::string tag;  // "" = any
    std::vector<Attribute> attributes;
    std::vector<std::vector<Selector>> is, is_not, has;
    std::vector<std::string> contains;
    std::uint32_t nth = 0, nth_of_type = 0;  // 0 = any
    bool bare() const {
      return tag.empty() && attributes.empty() && is.empty() && is_not.empty() && has.empty() && contains.empty();
    }
  };
  const std::vector<Selector>& selectors() const { return selectors_; }

 private:
  // What an element must have for a selector to name it, the rarer of it: most elements have no id, and most selectors ask for one.
  enum class Needs : std::uint8_t { nothing, cls, id };
  static constexpr std::size_t kNeeds = 3;
  static Needs needs_of(const Selector& selector);
  void arrange();

  std::vector<Selector> selectors_;             // by what they need
  std::array<std::size_t, kNeeds> ends_{};      // where those of each need end
};

}  // namespace marrow
