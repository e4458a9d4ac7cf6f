// Assets: the style sheets and scripts that reports are made with (src/report/assets/), as they stand in the program.
#pragma once

#include <string_view>

namespace marrow {

std::string_view asset(std::string_view name);  // "explain.css"; "" where there is none

}  // namespace marrow
