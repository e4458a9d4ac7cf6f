// Numeric character references (&#8230; &#x2026;) as the parser is to meet them. Views and buffers of the caller; any thread.
// Source: HTML Living Standard, 13.2.5.80 "Numeric character reference end state".
#pragma once

#include <cstdint>

namespace marrow {

// Writes zeros over the digits of references beyond the last code point: both stand for U+FFFD. Gumbo 0.10 adds up the digits in
// an int that overflows, and gives back any character, or bytes that are none. Gives the highest code point that is left.
std::uint32_t tame_references(char* begin, char* end);

}  // namespace marrow
