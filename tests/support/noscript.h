// What a browser that runs scripts makes of a page's <noscript>: text up to its end tag. Takes markup, gives the same
// markup without what is left open at a </noscript>; all else is as written. The reference that strip is held against:
// it asks the parser where the noscripts are and reads what stands in them by itself.
#pragma once

#include <string>
#include <string_view>

namespace marrow::test {

// `*unsure`: something is left open in a noscript that holds svg, math, select or template, whose rules for tags are
// others than those this reference knows; or one holds CDATA, whose end depends on them.
std::string end_noscripts(std::string_view html, bool* unsure);

}  // namespace marrow::test
