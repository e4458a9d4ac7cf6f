#include "record/dates.h"

#include <gtest/gtest.h>

namespace marrow {
namespace {

std::string iso(std::optional<Day> day) { return day ? day->iso() : "none"; }

TEST(Dates, Values) {
  const struct {
    const char *text, *language, *day;
  } rows[] = {
      {"2025-11-20T10:00:00+01:00", "", "2025-11-20"},
      {"2025-11-20", "", "2025-11-20"},
      {"2025/11/20 10:00", "", "2025-11-20"},
      {"20251120", "", "2025-11-20"},
      {"20251120T101500Z", "", "2025-11-20"},
      {"2025-1-2", "", "2025-01-02"},
      {"1763632800", "", "2025-11-20"},
      {"1763632800000", "", "2025-11-20"},
      {"Thu, 20 Nov 2025 10:00:00 GMT", "", "2025-11-20"},
      {"November 20, 2025", "en", "2025-11-20"},
      {"Nov. 20th, 2025", "en", "2025-11-20"},
      {"the 3rd of May 2024", "en", "2024-05-03"},
      {"20. November 2025", "de", "2025-11-20"},
      {"3. März 2024", "de", "2024-03-03"},
      {"1er février 2024", "fr", "2024-02-01"},
      {"20 de noviembre de 2025", "es", "2025-11-20"},
      {"20 de novembro de 2025", "pt", "2025-11-20"},
      {"20 novembre 2025", "it", "2025-11-20"},
      {"20 november 2025", "nl", "2025-11-20"},
      {"20 listopada 2025", "pl", "2025-11-20"},
      {"20 listopada 2025", "hr", "2025-10-20"},
      {"20. listopadu 2025", "cs", "2025-11-20"},
      {"20 ноября 2025 г.", "ru", "2025-11-20"},
      {"20 листопада 2025", "uk", "2025-11-20"},
      {"20 Νοεμβρίου 2025", "el", "2025-11-20"},
      {"20 Kasım 2025", "tr", "2025-11-20"},
      {"2025. november 20.", "hu", "2025-11-20"},
      {"20. marraskuuta 2025", "fi", "2025-11-20"},
      {"2025年11月20日", "ja", "2025-11-20"},
      {"2025年 11月 20日（木）", "zh", "2025-11-20"},
      {"2025년 11월 20일", "ko", "2025-11-20"},
      {"20 พฤศจิกายน 2568", "th", "2025-11-20"},
      {"20 tháng 11, 2025", "vi", "2025-11-20"},
      {"20 नवंबर 2025", "hi", "2025-11-20"},
      {"٢٠ نوفمبر ٢٠٢٥", "ar", "2025-11-20"},
      {"20 בנובמבר 2025", "he", "none"},  // a prefix is written onto the month
      {"20.11.2025", "", "2025-11-20"},
      {"20/11/2025", "", "2025-11-20"},
      {"03.04.2025", "", "2025-04-03"},
      {"yesterday", "en", "none"},
      {"", "", "none"},
      {"November 2025", "en", "none"},
      {"2025-13-45", "", "none"},
      {"2025-02-30", "", "none"},
      {"1850-01-01", "", "none"},
      {"0000-00-00T00:00:00", "", "none"},
      {"192.168.10.2025", "", "none"},
      {"99999999999999999999", "", "none"},
      {"May 2025, 14 people", "en", "none"},
  };
  for (const auto& row : rows) EXPECT_EQ(iso(parse_date(row.text, {row.language, NumericOrder::unknown})), row.day) << row.text;
}

TEST(Dates, NumericOrderFollowsTheLanguage) {
  EXPECT_EQ(iso(parse_date("03/04/2025", {"", NumericOrder::unknown})), "none");
  EXPECT_EQ(iso(parse_date("03/04/2025", {"", numeric_order("en-US")})), "2025-03-04");
  EXPECT_EQ(iso(parse_date("03/04/2025", {"", numeric_order("en-GB")})), "2025-04-03");
  EXPECT_EQ(iso(parse_date("03/04/2025", {"", numeric_order("fr")})), "2025-04-03");
  EXPECT_EQ(iso(parse_date("13/04/2025", {"", numeric_order("en-US")})), "2025-04-13");
}

TEST(Dates, InUrls) {
  const std::pair<const char*, const char*> rows[] = {
      {"https://example.org/2025/11/20/title", "2025-11-20"}, {"https://example.org/news/2025-11-20-title", "2025-11-20"},
      {"https://example.org/20251120/a", "2025-11-20"},       {"https://example.org/2025/11/title", "none"},
      {"https://example.org/p/12025112", "none"},             {"https://example.org/1999999999", "none"},
      {"", "none"},                                           {"https://example.org/?d=2025/11/20", "none"},
  };
  for (const auto& [url, day] : rows) EXPECT_EQ(iso(date_of_url(url)), day) << url;
}

TEST(Dates, HostileTextsEnd) {
  for (const char* text : {"\xFF\xFE", "年月日", "1/1/1/1/1/1", "Nov Nov Nov 2025", ".", "2025.", "1.1.", "20 Nov", "\xE0\xB9\x90"})
    EXPECT_EQ(iso(parse_date(text, {"en", NumericOrder::month_first})), "none") << text;
  EXPECT_FALSE(find_date(std::string(100000, '1'), {}));
}

}  // namespace
}  // namespace marrow
