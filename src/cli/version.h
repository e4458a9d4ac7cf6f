// Version: of the program and of the libraries it was built with.
#pragma once

#include <string>

namespace marrow::cli {

std::string program_version();  // "0.1.0"
std::string version_text();     // a line for the program, the build and each library

}  // namespace marrow::cli
