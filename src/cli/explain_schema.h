// The JSON Schema of what `marrow explain --json` prints: every field with its meaning, in the wording of
// record/schema.h. Static text; tests check the output against it.
#pragma once

#include <string_view>

namespace marrow::cli {

std::string_view explain_schema();

}  // namespace marrow::cli
