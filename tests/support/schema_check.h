// Checks a line of JSON against the schema of records (record/schema.h) with RapidJSON's validator.
//
//   EXPECT_EQ(record_fault(line), "");
#pragma once

#include <string>
#include <string_view>

#include "record/schema.h"

namespace marrow::testing {

// "" where the line is valid JSON, valid UTF-8 and fits the schema; else what is wrong and where.
std::string schema_fault(std::string_view line, std::string_view schema);
inline std::string record_fault(std::string_view line) { return schema_fault(line, record_schema()); }

}  // namespace marrow::testing
