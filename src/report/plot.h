// Plots as SVG elements without style of their own: classes name what base.css and run.css colour. Each says its numbers in words
// to those who do not see it. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace marrow {

struct Bar {
  std::string label;  // under the axis; "" = none
  double value = 0;
  std::string note;   // "120 to 250 words: 17 pages"
};

// Vertical bars over an axis.
void append_bars(std::string_view title, const std::vector<Bar>& bars, std::string& out);

struct Point {
  std::string note;  // "run 7: 412 words"
  double value = 0;
  bool alarm = false;
};

// A line of values, oldest first, from 0 up; alarms as rings.
void append_line(std::string_view title, const std::vector<Point>& points, std::string& out);

// Powers of two from 0 up: 0, 1, 2 to 3, 4 to 7 …: lengths differ by magnitude.
std::vector<Bar> bars_by_magnitude(const std::vector<double>& values, std::string_view unit);
// Tenths from 0 to 1.
std::vector<Bar> bars_by_tenth(const std::vector<double>& values, std::string_view unit);

}  // namespace marrow
