// JSONL: pages, or failures that name their line; the lines behind a bad one are read.
#include <algorithm>

#include "fuzz/fuzz.h"
#include "source/jsonl.h"

namespace {

class Nothing final : public marrow::ByteStream {
 public:
  marrow::Result<std::size_t> read(char*, std::size_t) override { return std::size_t{0}; }
};

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace marrow;
  const std::string text(fuzz::text_of(data, size));
  JsonlReader reader("fuzzed.jsonl", "fuzzed", put_back(text, std::make_unique<Nothing>()), 4096);
  Source::Item item;
  std::size_t items = 0;
  while (reader.next(item)) ++items;
  fuzz::expect(items <= static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1, "an item a line at most");
  return 0;
}
