#include "report/assets.h"

#include <cstddef>

// Labels of the assembler file that embed_assets.cmake writes.
#define MARROW_ASSET(id, name) \
  extern "C" const char marrow_asset_##id; \
  extern "C" const char marrow_asset_##id##_end;
#include "assets.inc"
#undef MARROW_ASSET

namespace marrow {

std::string_view asset(std::string_view wanted) {
#define MARROW_ASSET(id, name) \
  if (wanted == (name)) return {&marrow_asset_##id, static_cast<std::size_t>(&marrow_asset_##id##_end - &marrow_asset_##id)};
#include "assets.inc"
#undef MARROW_ASSET
  return {};
}

}  // namespace marrow
