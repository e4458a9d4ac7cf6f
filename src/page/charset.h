// Encodings and their labels, as in the WHATWG Encoding Standard, section 4.2. Constant tables; any thread.
#pragma once

#include <string_view>

namespace marrow {

struct Charset {
  std::string_view name;  // lower case
  const char* icu;        // the converter that reads it as browsers do; nullptr where no converter is needed
};

// "ISO-8859-1", " latin1 " -> windows-1252. nullptr for labels the standard does not know.
const Charset* find_charset(std::string_view label);

}  // namespace marrow
