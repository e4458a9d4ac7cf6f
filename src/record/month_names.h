// Names of the months: the table made by scripts/make_month_names. Case folded, sorted by name.
#pragma once

#include <string_view>

namespace marrow {

// 0 where the word names no month, or names different months in different languages and `language` (ISO
// code) is none of them.
int month_named(std::string_view folded, std::string_view language);

}  // namespace marrow
