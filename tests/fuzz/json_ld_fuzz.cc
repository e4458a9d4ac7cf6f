// JSON-LD, whole and broken: facts, or nothing.
#include "fuzz/fuzz.h"
#include "record/json_ld.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace marrow;
  const std::string_view text = fuzz::text_of(data, size);
  const std::size_t half = text.find("\n---\n");
  std::vector<std::string_view> scripts = {text.substr(0, half)};
  if (half != std::string_view::npos) scripts.push_back(text.substr(half + 5));
  read_json_ld(scripts);
  repair_json(text);
  return 0;
}
