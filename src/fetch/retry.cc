#include "fetch/retry.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

namespace marrow {
namespace {

constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";

bool number(std::string_view text, int& value) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);  // asctime pads the day
  if (text.empty()) return false;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() && value >= 0;
}

bool month_of(std::string_view text, int& month) {
  if (text.size() != 3) return false;
  const std::size_t at = kMonths.find(text);
  if (at == std::string_view::npos || at % 3 != 0) return false;
  month = static_cast<int>(at / 3) + 1;
  return true;
}

std::optional<std::int64_t> seconds_of(int year, int month, int day, std::string_view clock) {
  int hour = 0, minute = 0, second = 0;
  if (clock.size() != 8 || clock[2] != ':' || clock[5] != ':' ||
      !number(clock.substr(0, 2), hour) || !number(clock.substr(3, 2), minute) ||
      !number(clock.substr(6, 2), second))
    return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
  const auto days = std::chrono::sys_days{date}.time_since_epoch().count();
  return std::int64_t{days} * 86400 + hour * 3600 + minute * 60 + second;
}

// "Sun, 06 Nov 1994 08:49:37 GMT"
std::optional<std::int64_t> fix_date(std::string_view t) {
  int day = 0, month = 0, year = 0;
  if (t.size() != 29 || t.substr(3, 2) != ", " || t.substr(25) != " GMT" || t[7] != ' ' ||
      t[11] != ' ' || t[16] != ' ' || !number(t.substr(5, 2), day) ||
      !month_of(t.substr(8, 3), month) || !number(t.substr(12, 4), year))
    return std::nullopt;
  return seconds_of(year, month, day, t.substr(17, 8));
}

// "Sunday, 06-Nov-94 08:49:37 GMT": two digits of the year, read as 1970..2069.
std::optional<std::int64_t> rfc850_date(std::string_view t) {
  const std::size_t comma = t.find(", ");
  if (comma == std::string_view::npos) return std::nullopt;
  t.remove_prefix(comma + 2);
  int day = 0, month = 0, year = 0;
  if (t.size() != 22 || t[2] != '-' || t[6] != '-' || t[9] != ' ' || t.substr(18) != " GMT" ||
      !number(t.substr(0, 2), day) || !month_of(t.substr(3, 3), month) ||
      !number(t.substr(7, 2), year))
    return std::nullopt;
  return seconds_of(year + (year < 70 ? 2000 : 1900), month, day, t.substr(10, 8));
}

// "Sun Nov  6 08:49:37 1994"
std::optional<std::int64_t> asctime_date(std::string_view t) {
  int day = 0, month = 0, year = 0;
  if (t.size() != 24 || t[3] != ' ' || t[7] != ' ' || t[10] != ' ' || t[19] != ' ' ||
      !month_of(t.substr(4, 3), month) || !number(t.substr(8, 2), day) ||
      !number(t.substr(20, 4), year))
    return std::nullopt;
  return seconds_of(year, month, day, t.substr(11, 8));
}

std::string_view stripped(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() &&
         (text.back() == ' ' || text.back() == '\t' || text.back() == '\r' || text.back() == '\n'))
    text.remove_suffix(1);
  return text;
}

// splitmix64 (Steele, Lea, Flood 2014): one good 64-bit number from a counter.
std::uint64_t mix(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15U;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
  return x ^ (x >> 31);
}

}  // namespace

std::optional<std::int64_t> parse_http_date(std::string_view text) {
  text = stripped(text);
  if (auto date = fix_date(text)) return date;
  if (auto date = rfc850_date(text)) return date;
  return asctime_date(text);
}

std::optional<Millis> parse_retry_after(std::string_view value, std::int64_t now) {
  value = stripped(value);
  if (value.empty()) return std::nullopt;
  constexpr std::int64_t kYear = 366 * 86400;  // longer is as good as for ever, and cannot overflow
  if (value.find_first_not_of("0123456789") == std::string_view::npos) {
    std::int64_t seconds = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
    if (error != std::errc{} || end != value.data() + value.size()) seconds = kYear;
    return Millis{std::min(seconds, kYear) * 1000};
  }
  const auto date = parse_http_date(value);
  if (!date) return std::nullopt;
  return Millis{std::clamp<std::int64_t>(*date - now, 0, kYear) * 1000};
}

bool may_pass(int status) {
  constexpr std::array kStatuses = {408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524};
  return std::find(kStatuses.begin(), kStatuses.end(), status) != kStatuses.end();
}

Millis backoff(const FetchOptions& options, int attempt, std::uint64_t request) {
  const int doublings = std::clamp(attempt - 1, 0, 20);
  const std::int64_t base = std::min(options.backoff.count(), options.max_backoff.count());
  const std::int64_t full = std::min(base << doublings, options.max_backoff.count());
  const std::uint64_t draw = mix(options.seed ^ mix(request ^ (std::uint64_t(attempt) << 56)));
  const auto half = static_cast<std::uint64_t>(full / 2);
  return Millis{full - static_cast<std::int64_t>(draw % (half + 1))};
}

}  // namespace marrow
