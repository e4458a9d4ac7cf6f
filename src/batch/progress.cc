#include "batch/progress.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "batch/figures.h"

namespace marrow {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kQuietStart{500};  // shorter work ends before anyone could read a bar
constexpr milliseconds kTick{100};     // ten drawings a second: smooth to the eye, free to the CPU
constexpr double kRateWindow = 3.0;    // seconds the shown rate looks back over (time constant)
constexpr std::size_t kBarWidth = 24;  // characters between the brackets

std::string bar(double share) {
  const auto full = static_cast<std::size_t>(share * static_cast<double>(kBarWidth));
  std::string out(full, '=');
  if (full < kBarWidth) out += '>';
  out.resize(kBarWidth, ' ');
  return "[" + out + "]";
}

std::string time_left(const ProgressFigures& f) {
  if (f.expected <= f.done || f.pages_per_second <= 0) return {};
  const double seconds = static_cast<double>(f.expected - f.done) / f.pages_per_second;
  return "ETA " + clock_text(seconds);
}

struct Part {
  std::string text;
  int rank;  // the highest is left out first
  Colour colour = Colour::plain;
};

std::vector<Part> parts_of(const ProgressFigures& f) {
  std::vector<Part> parts;
  const bool known = f.expected >= f.done && f.expected > 0;
  const double share = known ? static_cast<double>(f.done) / static_cast<double>(f.expected) : 0;
  if (known) parts.push_back({bar(share), 4, Colour::cyan});
  parts.push_back({known ? fmt::format("{}/{} pages {:3.0f}%", thousands(f.done),
                                       thousands(f.expected), share * 100)
                         : thousands(f.done) + " pages",
                   0});
  parts.push_back({fmt::format("{} pages/s", rate_text(f.pages_per_second)), 2});
  if (f.seconds > 0)
    parts.push_back(
        {fmt::format("{} MB/s", rate_text(static_cast<double>(f.bytes) / 1e6 / f.seconds)), 5});
  if (f.failed) parts.push_back({thousands(f.failed) + " failed", 1, Colour::red});
  if (std::string eta = time_left(f); !eta.empty()) parts.push_back({std::move(eta), 3});
  return parts;
}

std::size_t width_of(const std::vector<Part>& parts) {
  std::size_t width = 0;
  for (const Part& part : parts) width += part.text.size() + 2;
  return width;
}

}  // namespace

std::string progress_line(const ProgressFigures& figures, unsigned columns, bool colours) {
  std::vector<Part> parts = parts_of(figures);
  while (parts.size() > 1 && width_of(parts) >= columns) {
    parts.erase(std::max_element(parts.begin(), parts.end(),
                                 [](const Part& a, const Part& b) { return a.rank < b.rank; }));
  }
  if (width_of(parts) >= columns) parts[0].text.resize(columns > 3 ? columns - 3 : 0);
  std::string line;
  for (const Part& part : parts) {
    if (!line.empty()) line += "  ";
    line += in_colour(part.text, part.colour, colours);
  }
  return line;
}

Progress::Progress(Terminal& terminal, bool wanted) : terminal_(terminal) {
  if (wanted && terminal.interactive()) timer_ = std::thread([this] { draw_until_stopped(); });
}

void Progress::finish() {
  if (!timer_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  wake_.notify_one();
  timer_.join();
  terminal_.status("");
}

ProgressFigures Progress::figures() const {
  ProgressFigures f;
  f.done = done_;
  f.failed = failed_;
  f.bytes = bytes_;
  f.expected = expected_;
  f.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  return f;
}

void Progress::draw_until_stopped() {
  std::unique_lock lock(mutex_);
  if (wake_.wait_for(lock, kQuietStart, [this] { return stop_; })) return;
  ProgressFigures before;
  double rate = 0;
  do {
    ProgressFigures now = figures();
    const double passed = now.seconds - before.seconds;
    const double recent = static_cast<double>(now.done - before.done) / passed;
    const double weight = before.seconds == 0 ? 1 : std::min(1.0, passed / kRateWindow);
    rate += (recent - rate) * weight;
    now.pages_per_second = rate;
    before = now;
    terminal_.status(progress_line(now, terminal_.columns(), terminal_.colours()));
  } while (!wake_.wait_for(lock, kTick, [this] { return stop_; }));
}

}  // namespace marrow
