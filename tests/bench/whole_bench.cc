// Whole runs in one process and one thread: bytes in, JSON record out, beside gumbo_parse of the raw bytes with malloc.
//
//   whole_bench PAGES ROUNDS        a JSON object: seconds of processor time of marrow and of gumbo_parse, peak memory
//   whole_bench --alone PAGES ROUNDS   without gumbo_parse (plain texts)
//   whole_bench --growth            pages made to measure, 10 kB to 10 MB: MB/s of each size
//
// Pages are in memory. The two take turns every few pages, so that a machine that slows down slows both.
#include <gumbo.h>
#include <sys/resource.h>
#include <time.h>

#include <algorithm>
#include <cstring>

#include "bench/inputs.h"
#include "marrow.h"
#include "record/json.h"

namespace marrow {
namespace {

constexpr std::size_t kTurn = 25;    // pages of one turn
constexpr std::size_t kWarmUp = 50;  // pages cleaned beforehand: memory is had, automata are built

double seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

struct Bench {
  const Cleaner& cleaner;
  Workspace workspace{cleaner};
  std::string json{};
  void clean(const Input& input) {
    json.clear();
    append_json(cleaner.clean(input, workspace), json);
  }
};

void parse(const Input& input) {
  gumbo_destroy_output(&kGumboDefaultOptions, gumbo_parse_with_options(&kGumboDefaultOptions, input.bytes.data(), input.bytes.size()));
}

void compare(const Cleaner& cleaner, const std::vector<Input>& inputs, int rounds, bool with_gumbo) {
  Bench bench{cleaner};
  for (std::size_t i = 0; i < std::min(kWarmUp, inputs.size()); ++i) bench.clean(inputs[i]);
  double marrow = 0, gumbo = 0;
  std::size_t bytes = 0;
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t begin = 0; begin < inputs.size(); begin += kTurn) {
      const std::size_t end = std::min(inputs.size(), begin + kTurn);
      double start = seconds();
      for (std::size_t i = begin; i < end && with_gumbo; ++i) parse(inputs[i]);
      gumbo += seconds() - start;
      start = seconds();
      for (std::size_t i = begin; i < end; ++i) bench.clean(inputs[i]);
      marrow += seconds() - start;
    }
  }
  for (const Input& input : inputs) bytes += input.bytes.size();
  std::printf("{\"pages\": %zu, \"bytes\": %zu, \"marrow\": %.6f, \"gumbo_parse\": %.6f}\n", inputs.size(), bytes, marrow / rounds,
              gumbo / rounds);
}

// A page of about so many bytes: articles of like paragraphs, each with its links.
Input made(std::size_t bytes) {
  Input input;
  input.id = std::to_string(bytes);
  input.url = "https://example.org/long";
  input.bytes = "<!DOCTYPE html><html lang=en><head><title>A long page</title></head><body><main><h1>A long page</h1>\n";
  for (std::size_t n = 1; input.bytes.size() < bytes; ++n) {
    const std::string number = std::to_string(n);
    input.bytes += "<div class=\"entry entry-" + number + "\"><h2>Part " + number +
                   "</h2><p>The bridge was closed in the spring of the year " + std::to_string(1900 + n % 100) +
                   ", when the ice broke two of its seven pillars; the <a href=\"/bridge/" + number +
                   "\">repair of the bridge</a> took until autumn, and the ferries went twice as often as before.</p></div>\n";
  }
  return input;
}

void growth(const Cleaner& cleaner) {
  Bench bench{cleaner};
  std::printf("[");
  for (const std::size_t size : {std::size_t{10'000}, std::size_t{100'000}, std::size_t{1'000'000}, std::size_t{10'000'000}}) {
    const Input input = made(size);
    const std::size_t times = std::max<std::size_t>(1, 10'000'000 / size);
    bench.clean(input);
    const double start = seconds();
    for (std::size_t i = 0; i < times; ++i) bench.clean(input);
    std::printf("%s{\"bytes\": %zu, \"mb_per_s\": %.2f}", size == 10'000 ? "" : ", ", input.bytes.size(),
                static_cast<double>(input.bytes.size() * times) / 1e6 / (seconds() - start));
  }
  std::printf("]\n");
}

}  // namespace
}  // namespace marrow

int main(int argc, char** argv) {
  // The budgets stand for hostile pages; growth is measured without.
  marrow::CleanOptions options;
  const bool grow = argc == 2 && std::strcmp(argv[1], "--growth") == 0;
  const bool alone = argc == 4 && std::strcmp(argv[1], "--alone") == 0;
  if (!grow && !alone && argc != 3) {
    std::fprintf(stderr, "usage: whole_bench [--alone] PAGES ROUNDS | --growth\n");
    return 2;
  }
  if (grow)
    options.budget = {.max_memory = std::size_t{4} << 30, .max_millis = 600'000, .max_elements = 10'000'000, .max_attributes = 10'000'000,
                      .max_blocks = 10'000'000, .max_links = 10'000'000, .max_text = std::size_t{1} << 30};
  auto cleaner = marrow::Cleaner::create(options);
  if (!cleaner) {
    std::fprintf(stderr, "%s\n", cleaner.error().message.c_str());
    return 2;
  }
  if (grow) marrow::growth(*cleaner);
  else marrow::compare(*cleaner, marrow::read_inputs(argv[argc - 2]), std::max(1, std::atoi(argv[argc - 1])), !alone);
  return 0;
}
