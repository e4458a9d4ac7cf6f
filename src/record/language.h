// Language of a page: its own word (html lang, og:locale, content-language, JSON-LD inLanguage) beside what
// CLD2 reads in the body. CLD2 decides where it is sure and disagrees: templates lie, text does not.
// Gives ISO 639-1 (639-3 where there is no short code), "" if unknown. The only door to CLD2. Any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace marrow {

// "de-AT", "en_US", "German" … -> "de", "en", "de"; "" if it names no language.
std::string normal_language(std::string_view tag);

struct DetectedLanguage {
  std::string code;       // "" = not known
  int percent = 0;        // of the text's letters
  std::size_t bytes = 0;  // of letters that were looked at
  bool reliable = false;
};
DetectedLanguage detect_language(std::string_view text);

// `claims`: the page's own words, the most trusted first, as written.
std::string decide_language(const std::vector<std::string>& claims, std::string_view body);

}  // namespace marrow
