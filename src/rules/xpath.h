// XPath -> selector: the part of XPath 1.0 that site configs are written in, as selectors of rules/path.h. Takes one
// expression, gives the selector or the reason why it has none. Steps along descendants, children and following siblings,
// tests of attributes (=, contains, starts-with, whole words), and/or/not, positions, self::, text that contains.
#pragma once

#include <string>
#include <string_view>

namespace marrow {

// False with *reason filled. *attribute is set where the expression ends in /@name.
bool selector_of_xpath(std::string_view xpath, std::string* selector, std::string* attribute, std::string* reason);

}  // namespace marrow
