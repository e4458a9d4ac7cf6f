// Output: whole texts to standard output, for verbs that print one. Gives the verb's exit code: a
// reader that went away is no error (as with `| head`), a full disk is, and is named.
#pragma once

#include <string>
#include <string_view>

#include "batch/terminal.h"

namespace marrow::cli {

int write_out(Terminal& terminal, std::string_view text);

// Each line made printable: lines of files that others wrote must not steer a terminal.
std::string printable_lines(std::string_view text);

}  // namespace marrow::cli
