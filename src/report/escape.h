// Escape: the one way by which text from outside gets into a report. Takes bytes of a page, a file name, a rule (any bytes at
// all), gives characters that a browser shows and never reads as markup: in an element's text, in a quoted attribute, or in a
// <script> that holds data. Controls and bytes that are no UTF-8 become U+FFFD. Pure; any thread.
// Source: HTML, 4.12.1.3 (restrictions for script contents); ECMA-262, 12.3 (line terminators U+2028, U+2029).
#pragma once

#include <string>
#include <string_view>

namespace marrow {

void append_escaped(std::string_view text, std::string& out);
std::string escaped(std::string_view text);

// A finished JSON text, fit to stand in <script type="application/json">: what could end the script, or a line in it, is
// written as \uXXXX, which JSON reads back as the same character.
void append_script_json(std::string_view json, std::string& out);

// May a report link to it? http and https alone: a page's javascript: and data: addresses are shown, never followed.
bool is_safe_link(std::string_view url);

// <a href=…>text</a> where the address is safe, the text alone where it is not.
void append_link(std::string_view url, std::string_view text, std::string& out);

}  // namespace marrow
