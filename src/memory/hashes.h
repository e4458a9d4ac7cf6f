// The hashes that pages of a site are compared by. Texts are folded first (case, digits, signs and spaces), so that a date
// or a counter in a template does not hide it. 32 bits: a chance match among the some thousand texts of a host is rare,
// and no decision rests on one match. 0 = too little text to say anything. The same on every machine. Any thread.
#pragma once

#include <cstdint>
#include <string_view>

namespace marrow {

// Letters that make an opening: about four English words, two dozen letters; scripts without spaces need fewer, their
// characters count as two.
inline constexpr unsigned kOpening = 24;
// What must agree where no link says which page is meant: about a dozen words.
inline constexpr unsigned kBeginning = 60;

std::uint32_t short_hash(std::uint64_t hash);
// Of a whole text: letters folded, every digit the same, all else left out.
std::uint32_t text_hash(std::string_view text);
// Of the letters and digits of a title, digits told apart.
std::uint32_t title_hash(std::string_view text);
// Of the first letters and digits, up to a weight of `letters`; 0 where there are not as many.
std::uint32_t opening_hash(std::string_view text, unsigned letters);
// Of a URL as url_key() makes it.
std::uint64_t page_key(std::string_view url);

}  // namespace marrow
