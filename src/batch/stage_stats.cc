#include "batch/stage_stats.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdio>

namespace marrow {

std::size_t StageStats::step_of(std::uint64_t nanos) {
  const std::uint64_t n = std::max<std::uint64_t>(nanos, 1);
  const std::size_t octave = static_cast<std::size_t>(std::bit_width(n)) - 1;
  // The bits behind the highest one say how far into the octave.
  const std::size_t step = octave >= 3 ? n >> (octave - 3) & (kSteps - 1) : 0;
  return std::min(octave * kSteps + step, kSteps * kOctaves - 1);
}

void StageStats::Column::add(std::uint64_t nanos) {
  ++count;
  sum += nanos;
  most = std::max(most, nanos);
  ++histogram[step_of(nanos)];
}

double StageStats::Column::quantile(double share) const {
  const auto wanted = static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(count)));
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < histogram.size(); ++i) {
    seen += histogram[i];
    if (seen < wanted || seen == 0) continue;
    const double octave = std::ldexp(1.0, static_cast<int>(i / kSteps));
    const double middle = octave * (1.0 + (static_cast<double>(i % kSteps) + 0.5) / kSteps);
    return std::min(middle, static_cast<double>(most));
  }
  return 0;
}

void StageStats::add(const StageTimes& page) {
  if (passed_to_) {
    *passed_to_ = page;
    return;
  }
  const std::lock_guard lock(mutex_);
  std::uint64_t all = 0;
  for (std::size_t s = 0; s < kStages; ++s) {
    const Stage stage = static_cast<Stage>(s);
    if (stage == Stage::read || stage == Stage::write) continue;
    columns_[s].add(page.nanos[s]);
    all += page.nanos[s];
  }
  clean_.add(all);
}

void StageStats::add(Stage stage, std::uint64_t nanos) {
  const std::lock_guard lock(mutex_);
  columns_[static_cast<std::size_t>(stage)].add(nanos);
}

std::string StageStats::table() const {
  const std::lock_guard lock(mutex_);
  std::uint64_t all = 0;
  for (const Column& column : columns_) all += column.sum;
  std::string out = "  stage     seconds   share    mean ms     p50     p99     max\n";
  const auto line = [&](std::string_view name, const Column& column) {
    const double mean = column.count ? static_cast<double>(column.sum) / static_cast<double>(column.count) : 0;
    const double share = all ? static_cast<double>(column.sum) / static_cast<double>(all) : 0;
    char text[128];
    std::snprintf(text, sizeof text, "  %-8.*s %8.2f  %5.1f %%  %9.3f %7.3f %7.3f %7.3f\n", static_cast<int>(name.size()),
                  name.data(), static_cast<double>(column.sum) / 1e9, share * 100, mean / 1e6, column.quantile(0.5) / 1e6,
                  column.quantile(0.99) / 1e6, static_cast<double>(column.most) / 1e6);
    out += text;
  };
  for (std::size_t s = 0; s < kStages; ++s) line(name_of(static_cast<Stage>(s)), columns_[s]);
  line("clean", clean_);
  return out;
}

}  // namespace marrow
