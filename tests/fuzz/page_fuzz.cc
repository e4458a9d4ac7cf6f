// A page -> its record: valid JSON of valid UTF-8 that fits the schema, every block and link with one verdict, and the same
// record for the same page, whatever was cleaned between.
#include "base/text.h"
#include "fuzz/record_checks.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view bytes = marrow::fuzz::text_of(data, size);
  marrow::fuzz::check_record(marrow::Input::Content::html, bytes);
  return 0;
}
