// PageLook: what a page's record looked like in a few numbers, kept by page so that the next time it is cleaned something can
// be compared: its kind, its words, whether it was empty, and which rules decided on it. Some twenty bytes. Plain values.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "record/record.h"

namespace marrow {

struct PageLook {
  // A body that nobody should trust: predicted word F1 below this. 0.5 is where half of the words are expected to be wrong;
  // of the pages of tests/README.md's table 10 % lie below 0.64.
  static constexpr float kUnsure = 0.5F;

  std::uint8_t kind = 0;  // PageKind
  bool empty = false, review = false, unsure = false;
  std::uint32_t words = 0;
  std::vector<std::int64_t> rules;  // numbers of the state, ascending
};

PageLook look_of(const Record& record);  // without rules
std::string to_bytes(const PageLook& look);
// False where the bytes are none of ours; "" is no look.
bool from_bytes(std::string_view bytes, PageLook& look);

// Rule number -> pages, as bytes.
using RulePages = std::map<std::int64_t, std::int64_t>;
std::string to_bytes(const RulePages& pages);
bool from_bytes(std::string_view bytes, RulePages& pages);

}  // namespace marrow
