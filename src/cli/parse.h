// Parse: argv -> the verb that was meant, with its options set. The only door to CLI11. Takes the
// outline, calls the setters bound in it, gives an error that names the word at fault and the
// nearest one that exists. Never prints.
#pragma once

#include <string>

#include "base/result.h"
#include "cli/outline.h"

namespace marrow::cli {

struct Parsed {
  std::size_t verb = kNoVerb;  // index into Outline::verbs
  std::string group;           // "rules" where the second word is missing
  bool help = false;
  bool version = false;
};

Result<Parsed> parse(const Outline& outline, int argc, const char* const* argv);

}  // namespace marrow::cli
