// JSON: Record -> one line of JSON, without the final line end. The fields and their order are those of
// `marrow schema`: every field always present; unknown strings and numbers null, lists empty.
// Always valid JSON and valid UTF-8, whatever the bytes of the record (a bad byte becomes U+FFFD).
// Own code: a record is written once a page, and escaping a string is a loop of ten lines. Any thread.
#pragma once

#include <string>
#include <string_view>

#include "record/record.h"

namespace marrow {

void append_json(const Record& record, std::string& out);
// A JSON string with its quotes.
void append_json_string(std::string_view text, std::string& out);

}  // namespace marrow
