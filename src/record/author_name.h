// A name out of what stands where a page names its author: "By Jane Doe | 3 May 2025" -> "Jane Doe". Knows the words
// in front of names in some thirty languages and what begins behind them. "" for what names nobody (admin, a URL, a
// sentence). Takes texts, knows no page. Any thread.
#pragma once

#include <string>
#include <string_view>

namespace marrow {

std::string clean_author(std::string_view text);

// Without "By", "Written by:", "Von", "作者：" in front; `dropped` is set where there was one.
std::string_view drop_lead(std::string_view text, bool* dropped);
// Nothing but such words: the name stands elsewhere.
bool is_lead(std::string_view text);

}  // namespace marrow
