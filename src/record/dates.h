// Dates as pages write them -> a day. Takes any text, gives calendar days between 1990 and 2100 only; never
// guesses what is not written (no year = no date). Month names of some 50 languages (month_names.inc, from
// CLDR), numeric dates by the order the language uses, ISO 8601, year-month-day of East Asia, Thai Buddhist
// years, digits of every script. Any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace marrow {

struct Day {
  std::uint16_t year = 0;
  std::uint8_t month = 0, day = 0;
  auto operator<=>(const Day&) const = default;
  std::string iso() const;  // YYYY-MM-DD
};

// Of a numeric date such as 03/04/2025: month first where the page is American English, else day first.
enum class NumericOrder : std::uint8_t { day_first, month_first, unknown };
NumericOrder numeric_order(std::string_view language_tag);

struct DateHints {
  std::string_view language;  // ISO code: decides between equal month names; may be ""
  NumericOrder order = NumericOrder::unknown;
};

// A value that is a date (meta content, datetime attribute, JSON-LD): ISO 8601 and its looser relatives,
// seconds or milliseconds since 1970, or any form find_date knows.
std::optional<Day> parse_date(std::string_view value, const DateHints& hints);

struct FoundDate {
  Day day;
  std::size_t begin = 0, end = 0;  // bytes of the text
};
// The first complete date in running text at or after byte `from`.
std::optional<FoundDate> find_date(std::string_view text, const DateHints& hints, std::size_t from = 0);

// The day in a URL's path: /2025/11/20/, /2025-11-20-title, /20251120/.
std::optional<Day> date_of_url(std::string_view url);


}  // namespace marrow
