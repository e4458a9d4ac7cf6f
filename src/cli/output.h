// Output: whole texts to standard output, for verbs that print one. Gives the verb's exit code: a
// reader that went away is no error (as with `| head`), a full disk is, and is named.
#pragma once

#include <string_view>

#include "batch/terminal.h"

namespace marrow::cli {

int write_out(Terminal& terminal, std::string_view text);

}  // namespace marrow::cli
