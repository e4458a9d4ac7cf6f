// Micro-benchmarks by stage: stages_bench runs over the pages that MARROW_BENCH_PAGES names (a file or folder, as for
// `marrow clean`; at most 200 of them), a page an iteration, one after the other.
#include <benchmark/benchmark.h>
#include <gumbo.h>

#include <cstdlib>

#include "bench/inputs.h"
#include "label/label.h"
#include "label/models.h"
#include "marrow.h"
#include "page/decode.h"
#include "page/page.h"
#include "page/strip.h"
#include "record/json.h"
#include "rules/matches.h"
#include "rules/ruleset.h"

namespace marrow {
namespace {

constexpr std::size_t kPages = 200;

const std::vector<Input>& pages() {
  static const std::vector<Input> inputs = [] {
    const char* const path = std::getenv("MARROW_BENCH_PAGES");
    std::vector<Input> all = read_inputs(path ? path : "fixtures/site");
    std::vector<Input> some;
    const std::size_t step = std::max<std::size_t>(1, all.size() / kPages);
    for (std::size_t i = 0; i < all.size(); i += step) some.push_back(std::move(all[i]));
    return some;
  }();
  return inputs;
}

const Cleaner& cleaner() {
  static const Result<Cleaner> made = Cleaner::create({});
  return *made;
}

// Runs f(page) a page an iteration; counts the bytes of the pages as they came.
template <typename F>
void each_page(benchmark::State& state, F f) {
  std::size_t at = 0, bytes = 0;
  for (auto _ : state) {
    const Input& input = pages()[at++ % pages().size()];
    bytes += input.bytes.size();
    f(input);
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}

void gumbo_raw(benchmark::State& state) {
  each_page(state, [](const Input& input) {
    gumbo_destroy_output(&kGumboDefaultOptions, gumbo_parse_with_options(&kGumboDefaultOptions, input.bytes.data(), input.bytes.size()));
  });
}

void strip_page(benchmark::State& state) {
  StripOutput out;
  std::string scratch;
  each_page(state, [&](const Input& input) { strip(decode(input.bytes, input.charset, scratch).text, {}, out); });
}

void read_page(benchmark::State& state) {
  PageReader reader;
  each_page(state, [&](const Input& input) { benchmark::DoNotOptimize(&reader.read_html(input.bytes, {input.url, input.charset})); });
}

void match_rules(benchmark::State& state) {
  PageReader reader;
  Matcher matcher(cleaner().rule_set());
  each_page(state, [&](const Input& input) {
    state.PauseTiming();
    const Document& document = reader.read_html(input.bytes, {input.url, input.charset});
    state.ResumeTiming();
    benchmark::DoNotOptimize(&matcher.match(document));
  });
}

void label_page(benchmark::State& state) {
  const Result<Models> models = Models::load(cleaner().rule_set(), "");
  PageReader reader;
  Matcher matcher(cleaner().rule_set());
  Labeller labeller(cleaner().rule_set(), &*models);
  each_page(state, [&](const Input& input) {
    state.PauseTiming();
    const Document& document = reader.read_html(input.bytes, {input.url, input.charset});
    const Matches& matches = matcher.match(document);
    state.ResumeTiming();
    benchmark::DoNotOptimize(&labeller.label(document, matches));
  });
}

void clean_page(benchmark::State& state) {
  Workspace workspace(cleaner());
  std::string json;
  each_page(state, [&](const Input& input) {
    json.clear();
    append_json(cleaner().clean(input, workspace), json);
  });
}

void start_up(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(Cleaner::create({}));
}

BENCHMARK(gumbo_raw);
BENCHMARK(strip_page);
BENCHMARK(read_page);
BENCHMARK(match_rules);
BENCHMARK(label_page);
BENCHMARK(clean_page);
BENCHMARK(start_up)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace marrow

BENCHMARK_MAIN();
