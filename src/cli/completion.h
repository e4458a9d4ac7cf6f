// Completion: the outline as a script that completes marrow's command line in bash. Needs nothing
// but bash itself. Pure.
#pragma once

#include <string>

#include "cli/outline.h"

namespace marrow::cli {

std::string bash_completion(const Outline& outline);

}  // namespace marrow::cli
