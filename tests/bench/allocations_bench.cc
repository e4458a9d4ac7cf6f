// How often a worker asks for memory in its steady state: allocations_bench PAGES cleans all pages once, then again, and counts the
// calls of malloc, calloc and realloc (operator new is one of them) by stage: a JSON object, calls a page in the mean.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>
#include <cstdlib>

#include "bench/inputs.h"
#include "label/label.h"
#include "label/models.h"
#include "marrow.h"
#include "page/page.h"
#include "record/json.h"
#include "record/make.h"
#include "rules/matches.h"
#include "rules/ruleset.h"

namespace {
std::size_t calls = 0;
}

extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* at, std::size_t size);
void* malloc(std::size_t size) {
  ++calls;
  return __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size) {
  ++calls;
  return __libc_calloc(count, size);
}
void* realloc(void* at, std::size_t size) {
  ++calls;
  return __libc_realloc(at, size);
}
}

namespace marrow {
namespace {

constexpr std::array<const char*, 5> kNames = {"page", "rules", "label", "record", "json"};

int count(const char* path) {
  const Result<Cleaner> cleaner = Cleaner::create({});
  if (!cleaner) return 2;
  const Result<Models> models = Models::load(cleaner->rule_set(), "");
  if (!models) return 2;
  const std::vector<Input> inputs = read_inputs(path);
  PageReader reader;
  Matcher matcher(cleaner->rule_set());
  Labeller labeller(cleaner->rule_set(), &*models);
  std::string json;
  std::array<std::size_t, kNames.size()> sums{};
  for (int round = 0; round < 2; ++round) {
    sums = {};
    for (const Input& input : inputs) {
      std::size_t last = calls;
      const auto lap = [&](std::size_t stage) {
        sums[stage] += calls - last;
        last = calls;
      };
      const PageHints hints{input.url, input.charset};
      const Document& document = input.content == Input::Content::html ? reader.read_html(input.bytes, hints) : reader.read_text(input.bytes, hints);
      lap(0);
      const Matches& matches = matcher.match(document);
      lap(1);
      const Labels& labels = labeller.label(document, matches);
      lap(2);
      const Record record = make_record(document, labels, nullptr, {});
      lap(3);
      json.clear();
      append_json(record, json);
      lap(4);
    }
  }
  std::printf("{");
  for (std::size_t i = 0; i < kNames.size(); ++i)
    std::printf("%s\"%s\": %.1f", i ? ", " : "", kNames[i], static_cast<double>(sums[i]) / static_cast<double>(std::max<std::size_t>(1, inputs.size())));
  std::printf("}\n");
  return 0;
}

}  // namespace
}  // namespace marrow

int main(int argc, char** argv) {
  if (argc == 2) return marrow::count(argv[1]);
  std::fprintf(stderr, "usage: allocations_bench PAGES\n");
  return 2;
}
