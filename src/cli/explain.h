// Explain: what a cleaner saw of a page and decided, as text for people or as JSON. Takes the page
// as seen (marrow.h) and its record, gives a whole text. Formats only: decides nothing. Pure.
#pragma once

#include <string>
#include <string_view>

#include "report/explained.h"

namespace marrow::cli {

inline constexpr std::size_t kTextShown = 80;  // characters of a block or link
inline constexpr int kPathLevels = 3;  // enough to find the place, short enough for a line
std::string first_characters(std::string_view text);

std::string explain_text(const Explained& page, bool colours);
std::string explain_json(const Explained& page);  // one object, one line

}  // namespace marrow::cli
