// Small facts about UTF-8 text, shared by all stages. Everything takes string_views, allocates only
// where it returns a string, and may be called from any thread. Text inside the house is always valid
// UTF-8 (src/page/decode makes it so), in NFC, with Unicode spaces folded to ' '.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace marrow {

// Decodes the code point at text[at] and moves `at` behind it. Invalid bytes give U+FFFD, one a byte.
char32_t next_code_point(std::string_view text, std::size_t& at);
void append_utf8(std::string& out, char32_t c);
std::size_t count_code_points(std::string_view text);

// Of characters beyond ASCII; those within are told on the spot.
bool is_wide_space(char32_t c);
bool is_wide_letter(char32_t c);
bool is_wide_digit(char32_t c);
bool is_wide_upper(char32_t c);
bool is_wide_spaceless(char32_t c);
bool is_wide_terminal(char32_t c);
bool is_wide_closing(char32_t c);

// Unicode White_Space, plus U+200B, U+FEFF
inline bool is_space(char32_t c) { return c < 0x80 ? c == ' ' || (c >= 9 && c <= 13) : is_wide_space(c); }
// L*, M*
inline bool is_letter(char32_t c) { return c < 0x80 ? (c | 0x20) >= 'a' && (c | 0x20) <= 'z' : is_wide_letter(c); }
// Nd
inline bool is_digit(char32_t c) { return c < 0x80 ? c >= '0' && c <= '9' : is_wide_digit(c); }
// Lu, Lt
inline bool is_upper(char32_t c) { return c < 0x80 ? c >= 'A' && c <= 'Z' : is_wide_upper(c); }
// letter, digit or '_'
inline bool is_word(char32_t c) { return c == '_' || is_letter(c) || is_digit(c); }
// of single bytes: what formats and protocols mean by these words
inline bool is_blank_ascii(char c) { return c == ' ' || (c >= 9 && c <= 13); }
inline bool is_digit_ascii(char c) { return c >= '0' && c <= '9'; }
// -1 = no hexadecimal digit
inline int hex_value(char c) {
  if (is_digit_ascii(c)) return c - '0';
  const int lower = c | 0x20;
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}
// Where `part` stands whole between characters that `parts` says part, or the ends; npos if it does not.
template <typename Parts>
std::size_t find_parted(std::string_view text, std::string_view part, Parts parts) {
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) {
    const std::size_t end = at + part.size();
    if ((at == 0 || parts(text[at - 1])) && (end == text.size() || parts(text[end]))) return at;
  }
  return std::string_view::npos;
}
// scripts written without spaces: Han, Kana, Thai, Lao, Khmer, Myanmar
inline bool is_spaceless(char32_t c) { return c >= 0x0E00 && is_wide_spaceless(c); }
// ends a sentence in any script: . ! ? … 。 ！ ？ । ؟ ། ։ ፡
inline bool is_terminal(char32_t c) { return c < 0x80 ? c == '.' || c == '!' || c == '?' : is_wide_terminal(c); }
// closing quotes and brackets that may follow an end mark
inline bool is_closing(char32_t c) {
  return c < 0x80 ? c == '"' || c == '\'' || c == ')' || c == ']' || c == '}' : is_wide_closing(c);
}

// Words as people count them: runs of word characters; in scripts without spaces every two characters
// make one word (the mean length of a Chinese word is 1.5 to 2 characters).
std::size_t count_words(std::string_view text);

// Leading and trailing Unicode space off.
std::string_view trim(std::string_view text);
// Runs of Unicode space -> one ' ', trimmed.
std::string collapse_spaces(std::string_view text);
// Simple case folding of every code point (Unicode), the form two texts are compared in.
std::string fold_case(std::string_view text);
// One code point folded further: case and accents off (é -> e, ё -> е, ά -> α). Hangul stays whole.
char32_t base_letter(char32_t c);
std::string ascii_lower(std::string_view text);
bool iequals_ascii(std::string_view a, std::string_view b);
// Canonical composition; returns the text unchanged where it is NFC already (the fast path).
std::string to_nfc(std::string_view text);
bool is_valid_utf8(std::string_view text);
// The longest beginning of at most so many bytes that ends with a whole character.
std::string_view utf8_prefix(std::string_view text, std::size_t max_bytes);

// FNV-1a style 64-bit hash, the same on every machine and in every run.
std::uint64_t hash64(std::string_view text);

}  // namespace marrow
