// What a page's first bytes declare its encoding to be: the prescan algorithm of the HTML standard
// (section 13.2.3.2) over <meta charset>, <meta http-equiv=content-type> and <?xml encoding?>. Takes
// bytes in any encoding that has ASCII at ASCII's places, gives a charset or nullptr. Any thread.
#pragma once

#include <string_view>

#include "page/charset.h"

namespace marrow {

// The first declaration within the first `limit` bytes. A declared UTF-16 means UTF-8 (the
// declaration could not have been read otherwise), x-user-defined means windows-1252.
const Charset* prescan_meta(std::string_view bytes, std::size_t limit);
const Charset* prescan_xml(std::string_view bytes);

}  // namespace marrow
