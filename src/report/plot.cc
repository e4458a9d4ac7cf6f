#include "report/plot.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/escape.h"

namespace marrow {
namespace {

constexpr double kWidth = 420, kHeight = 130, kAxis = 18;  // units of the view box
constexpr double kLineWidth = 180, kLineHeight = 36;

void begin(const char* cls, double width, double height, std::string_view says, std::string& out) {
  out += fmt::format("<svg class=\"{}\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">", cls, width, height, escaped(says));
}

double most_of(const auto& values) {
  double most = 0;
  for (const auto& v : values) most = std::max(most, std::isfinite(v.value) ? v.value : 0);
  return most > 0 ? most : 1;
}

}  // namespace

void append_bars(std::string_view title, const std::vector<Bar>& bars, std::string& out) {
  std::string says(title);
  for (const Bar& bar : bars)
    if (bar.value > 0) says += "; " + bar.note;
  begin("bars", kWidth, kHeight, says, out);
  const double most = most_of(bars), step = kWidth / static_cast<double>(std::max<std::size_t>(bars.size(), 1));
  for (std::size_t i = 0; i < bars.size(); ++i) {
    const double height = bars[i].value / most * (kHeight - kAxis - 14), x = static_cast<double>(i) * step;
    const double top = kHeight - kAxis - height;
    out += fmt::format("<g><title>{}</title><rect class=\"catch\" x=\"{:.1f}\" y=\"0\" width=\"{:.1f}\" height=\"{}\"/>", escaped(bars[i].note), x, step, kHeight - kAxis);
    if (bars[i].value > 0) {
      out += fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\"/>", x + 1.5, top, std::max(step - 3, 1.0), std::max(height, 1.0));
      out += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\">{}</text>", x + step / 2, top - 3, bars[i].value);
    }
    out += fmt::format("<text class=\"axis\" x=\"{:.1f}\" y=\"{}\">{}</text></g>", x + step / 2, kHeight - 5, escaped(bars[i].label));
  }
  out += fmt::format("<path class=\"axis\" d=\"M0 {0}H{1}\"/></svg>", kHeight - kAxis, kWidth);
}

void append_line(std::string_view title, const std::vector<Point>& points, std::string& out) {
  std::string says(title), path;
  for (const Point& point : points) says += "; " + point.note;
  begin("line", kLineWidth, kLineHeight, says, out);
  const double most = most_of(points), step = points.size() > 1 ? (kLineWidth - 10) / static_cast<double>(points.size() - 1) : 0;
  std::string dots;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const double x = 5 + static_cast<double>(i) * step, y = kLineHeight - 5 - points[i].value / most * (kLineHeight - 10);
    path += fmt::format("{}{:.1f} {:.1f}", i ? "L" : "M", x, y);
    dots += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{}\"{}><title>{}</title></circle>", x, y, points[i].alarm ? 4 : 2,
                        points[i].alarm ? " class=\"alarm\"" : "", escaped(points[i].note));
  }
  out += "<path d=\"" + path + "\"/>" + dots + "</svg>";
}

std::vector<Bar> bars_by_magnitude(const std::vector<double>& values, std::string_view unit) {
  std::vector<std::size_t> counts;
  for (const double value : values) {
    const auto bin = static_cast<std::size_t>(value < 1 ? 0 : std::floor(std::log2(value)) + 1);
    if (bin > 40) continue;
    if (counts.size() <= bin) counts.resize(bin + 1);
    ++counts[bin];
  }
  std::vector<Bar> bars;
  for (std::size_t bin = 0; bin < counts.size(); ++bin) {
    const auto from = bin ? std::int64_t{1} << (bin - 1) : 0, to = bin ? (std::int64_t{1} << bin) - 1 : 0;
    bars.push_back({bin % 2 == 0 || counts.size() < 9 ? std::to_string(from) : "", static_cast<double>(counts[bin]),
                    fmt::format("{} to {} {}: {} pages", from, to, unit, counts[bin])});
  }
  return bars;
}

std::vector<Bar> bars_by_tenth(const std::vector<double>& values, std::string_view unit) {
  std::vector<Bar> bars;
  for (int i = 0; i < 10; ++i) bars.push_back({fmt::format("{:.1f}", i / 10.0), 0, ""});
  for (const double value : values) bars[static_cast<std::size_t>(std::clamp(value * 10, 0.0, 9.0))].value += 1;
  for (int i = 0; i < 10; ++i) bars[static_cast<std::size_t>(i)].note = fmt::format("{} {:.1f} to {:.1f}: {} pages", unit, i / 10.0, (i + 1) / 10.0, bars[static_cast<std::size_t>(i)].value);
  return bars;
}

}  // namespace marrow
