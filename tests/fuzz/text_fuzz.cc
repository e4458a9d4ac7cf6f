// A plain text -> its record, by the same checks as a page's.
#include "fuzz/record_checks.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view bytes = marrow::fuzz::text_of(data, size);
  marrow::fuzz::check_record(marrow::Input::Content::text, bytes);
  return 0;
}
