// read_plain_toml: the plain part of TOML, which is nearly all that rule and job files are made of, read fast:
// [table] and [[table]] with one bare key, bare keys, strings without escapes on one line, decimal numbers, true and false, arrays,
// inline tables, comments. Takes valid UTF-8, gives the tree that toml++ would give, places included; false where the text holds
// anything else or is no TOML at all: toml++ reads it then, and finds the words for what is wrong. A program that cleans
// one page reads 340 kB of rule files first, and toml++ takes 16 ms for that. Any thread.
#pragma once

#include <string_view>

#include "base/toml.h"

namespace marrow {

bool read_plain_toml(std::string_view text, TomlValue* root);

}  // namespace marrow
