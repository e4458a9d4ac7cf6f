// The JSON Schema of a record: every field with its meaning. Draft-07 wording that draft-4 validators
// accept as well. Static text; what `marrow schema` prints and what every output of the tests is checked
// against (tests/support/schema_check.h).
#pragma once

#include <string_view>

namespace marrow {

std::string_view record_schema();

}  // namespace marrow
