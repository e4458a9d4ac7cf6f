// Man: the outline as a manual page, marrow(1), in the man(7) macros of roff. Pure.
#pragma once

#include <string>

#include "cli/outline.h"

namespace marrow::cli {

std::string man_page(const Outline& outline);

}  // namespace marrow::cli
