// The attributes of one start tag as strip() writes them: those that somebody reads, in the tag or aside (strip.h, AsideTag), and
// what they say that decides something. Views into the input; one a page, in the thread that strips it. Internal to src/page.
#pragma once

#include <cstdint>
#include <string_view>

#include "page/strip.h"
#include "page/strip_names.h"

namespace marrow {

// Attributes of one tag that decide something.
struct TagFacts {
  std::string_view type;  // of a script
  bool self_closing = false;
  bool html_encoding = false;   // of MathML's annotation-xml: HTML stands inside
  bool font_attribute = false;  // one that makes <font> end svg and math
  std::uint32_t hash = 0;       // of all attributes of a formatting element
};

class AttributeStripper {
 public:
  AttributeStripper(const StripLimits& limits, StripOutput& result) : limits_(limits), result_(result) {}

  // `at` stands behind the name of `tag`; writes to `out` and gives the position behind the tag, `end` where the input stops inside
  // it (`*closed` false). `aside`: what the parser needs not see is put aside.
  const char* strip(const char* at, const char* end, const strip_names::Tag& tag, bool aside, char*& out, TagFacts& facts, bool* closed);

 private:
  struct Written {
    const strip_names::Tag& tag;
    TagFacts& facts;
    bool aside;
    char* out;
    std::uint32_t count = 0;
    std::uint64_t seen = 0;  // names met, by AttrFact::bit
  };
  void attribute(std::string_view name, std::string_view raw, Written& written);
  std::string_view bounded(std::string_view raw);

  const StripLimits& limits_;
  StripOutput& result_;
};

}  // namespace marrow
