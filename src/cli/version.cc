#include "cli/version.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

namespace marrow::cli {
namespace {

struct Library {
  std::string_view name, version, use;
};

// Taken by CMake from the packages the build found; all are linked as Debian ships them.
constexpr std::array kLibraries{
#define MARROW_LIBRARY(name, version, use) Library{name, version, use},
#include "marrow_libraries.inc"
#undef MARROW_LIBRARY
};

}  // namespace

std::string program_version() { return MARROW_VERSION; }

std::string version_text() {
  std::string text = "marrow " MARROW_VERSION "\n";
  text += fmt::format("  {:<12} {:<10} {}\n", "build", MARROW_BUILD_TYPE, MARROW_COMPILER);
  for (const Library& library : kLibraries)
    text += fmt::format("  {:<12} {:<10} {}\n", library.name, library.version, library.use);
  return text;
}

}  // namespace marrow::cli
