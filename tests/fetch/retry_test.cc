#include "fetch/retry.h"

#include <gtest/gtest.h>

#include <set>

namespace marrow {
namespace {

constexpr std::int64_t kSample = 784111777;  // Sun, 06 Nov 1994 08:49:37 GMT, RFC 9110's example

struct DateRow {
  const char* name;
  const char* text;
  std::optional<std::int64_t> seconds;
};

TEST(ParseHttpDate, ReadsTheThreeFormsAndNothingElse) {
  const DateRow rows[] = {
      {"fixdate", "Sun, 06 Nov 1994 08:49:37 GMT", kSample},
      {"rfc850", "Sunday, 06-Nov-94 08:49:37 GMT", kSample},
      {"asctime", "Sun Nov  6 08:49:37 1994", kSample},
      {"around spaces", "  Sun, 06 Nov 1994 08:49:37 GMT\r\n", kSample},
      {"epoch", "Thu, 01 Jan 1970 00:00:00 GMT", 0},
      {"leap day", "Thu, 29 Feb 2024 00:00:00 GMT", 1709164800},
      {"no leap day", "Wed, 29 Feb 2023 00:00:00 GMT", std::nullopt},
      {"rfc850 this century", "Monday, 23-Nov-26 00:00:00 GMT", 1795392000},
      {"not GMT", "Sun, 06 Nov 1994 08:49:37 EST", std::nullopt},
      {"hour 24", "Sun, 06 Nov 1994 24:49:37 GMT", std::nullopt},
      {"month in German", "Sun, 06 Okt 1994 08:49:37 GMT", std::nullopt},
      {"month across names", "Sun, 06 anF 1994 08:49:37 GMT", std::nullopt},
      {"ISO", "1994-11-06T08:49:37Z", std::nullopt},
      {"empty", "", std::nullopt},
      {"cut", "Sun, 06 Nov 1994", std::nullopt},
      {"sign", "Sun, -6 Nov 1994 08:49:37 GMT", std::nullopt},
  };
  for (const DateRow& row : rows) EXPECT_EQ(parse_http_date(row.text), row.seconds) << row.name;
}

TEST(ParseRetryAfter, SecondsAndDates) {
  EXPECT_EQ(parse_retry_after("120", kSample), Millis{120'000});
  EXPECT_EQ(parse_retry_after(" 0 ", kSample), Millis{0});
  EXPECT_EQ(parse_retry_after("Sun, 06 Nov 1994 08:50:37 GMT", kSample), Millis{60'000});
  EXPECT_EQ(parse_retry_after("Sun, 06 Nov 1994 08:49:00 GMT", kSample), Millis{0});  // past
  EXPECT_EQ(parse_retry_after("99999999999999999999999", kSample), Millis{366LL * 86400 * 1000});
  EXPECT_EQ(parse_retry_after("soon", kSample), std::nullopt);
  EXPECT_EQ(parse_retry_after("-5", kSample), std::nullopt);
  EXPECT_EQ(parse_retry_after("1.5", kSample), std::nullopt);
  EXPECT_EQ(parse_retry_after("", kSample), std::nullopt);
}

TEST(MayPass, TransientStatusesOnly) {
  for (int status : {408, 429, 500, 502, 503, 504, 522}) EXPECT_TRUE(may_pass(status)) << status;
  for (int status : {200, 301, 304, 400, 401, 403, 404, 410, 451, 501, 505})
    EXPECT_FALSE(may_pass(status)) << status;
}

TEST(Backoff, DoublesWithinItsBoundsAndIsRepeatable) {
  FetchOptions options;
  options.backoff = Millis{1000};
  options.max_backoff = Millis{10'000};
  std::set<Millis> seen;
  for (std::uint64_t request = 0; request < 100; ++request) {
    for (int attempt = 1; attempt <= 8; ++attempt) {
      const Millis full{std::min(1000LL << (attempt - 1), 10'000LL)};
      const Millis wait = backoff(options, attempt, request);
      EXPECT_LE(wait, full);
      EXPECT_GE(wait, full / 2);
      EXPECT_EQ(wait, backoff(options, attempt, request));
      if (attempt == 1) seen.insert(wait);
    }
  }
  EXPECT_GT(seen.size(), 50U);  // jitter: requests do not come back together
  options.backoff = Millis{0};
  EXPECT_EQ(backoff(options, 3, 1), Millis{0});
  EXPECT_LE(backoff(options, 1'000'000, 1), Millis{10'000});
}

}  // namespace
}  // namespace marrow
