// What a run's summary counts, and what a visit means for the page.
#include "batch/run_summary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "batch/visit.h"

namespace marrow {
namespace {

using testing::ElementsAre;
using testing::Pair;

TEST(RunSummary, CountsOfHostsAddUpToThoseOfTheRun) {
  RunSummary summary;
  summary.count_fetched("a.example", "www.a.example", 100);
  summary.count_fetched("b.example", "b.example", 20);
  summary.count_cleaned("a.example", false);
  summary.count_cleaned("b.example", true);
  summary.count_unchanged("b.example");
  summary.count_failure("a.example", "timeout");
  summary.count_failure("a.example", "crash");
  EXPECT_EQ(summary.fetched, 2);
  EXPECT_EQ(summary.bytes, 120);
  EXPECT_EQ(summary.cleaned, 2);
  EXPECT_EQ(summary.recleaned, 1);
  EXPECT_EQ(summary.unchanged, 1);
  EXPECT_EQ(summary.failed, 2);
  EXPECT_THAT(summary.hosts, ElementsAre(Pair("b.example", 1), Pair("www.a.example", 1)));
  EXPECT_THAT(summary.reasons, ElementsAre(Pair("crash", 1), Pair("timeout", 1)));
  const HostSummary &a = summary.by_host["a.example"], &b = summary.by_host["b.example"];
  EXPECT_EQ(a.fetched + b.fetched, summary.fetched);
  EXPECT_EQ(a.bytes + b.bytes, summary.bytes);
  EXPECT_EQ(a.cleaned + b.cleaned, summary.cleaned);
  EXPECT_EQ(b.unchanged, 1);
  EXPECT_THAT(a.reasons, ElementsAre(Pair("crash", 1), Pair("timeout", 1)));
}

TEST(RunSummary, NamesTheSlowestPagesSlowestFirst) {
  RunSummary summary;
  for (std::size_t i = 0; i < 2 * kSlowestPages; ++i) summary.note_slow(std::to_string(i), static_cast<double>(i * 7 % 40));
  ASSERT_EQ(summary.slowest.size(), kSlowestPages);
  for (std::size_t i = 0; i < kSlowestPages; ++i) EXPECT_EQ(summary.slowest[i].seconds, static_cast<double>(39 - i)) << i;
}

TEST(Visit, WhatWillLastIsAskedForAsSeldomAsAPageThatDoesNotChange) {
  struct Row {
    Outcome outcome;
    int status;
    bool lasts;
  };
  const Row rows[] = {{Outcome::ok, 200, true},          {Outcome::http_error, 404, true},  {Outcome::http_error, 408, false},
                      {Outcome::http_error, 429, false}, {Outcome::http_error, 503, false}, {Outcome::robots_disallowed, 0, true},
                      {Outcome::timed_out, 0, false},      {Outcome::bomb, 200, true}};
  for (const Row& row : rows) {
    Response response;
    response.outcome = row.outcome;
    response.status = row.status;
    response.fetched_at = "2026-11-24T00:00:00Z";
    PageState page;
    page.changed_at = 1'700'000'000;
    JobVisits visits;
    visits.adaptive = true;
    note_visit(page, response, false, 5, visits);
    EXPECT_EQ(page.next_visit > 0, row.lasts) << name_of(row.outcome) << ' ' << row.status;
    EXPECT_EQ(page.changed_at, 1'700'000'000);
    EXPECT_EQ(page.round, 5);
    EXPECT_EQ(page.outcome, name_of(row.outcome));
  }
}

TEST(Visit, AKeptPageIsReadAsItsLastAnswerWas) {
  Response response;
  response.url = "http://a.example/old";
  response.final_url = "http://a.example/new";
  response.status = 200;
  response.etag = "\"1\"";
  response.content_type = "text/html";
  response.charset = "latin1";
  response.fetched_at = "2026-11-24T00:00:00Z";
  PageState page;
  note_answer(page, response);
  EXPECT_EQ(page.etag, "\"1\"");
  page.status = 304;
  const Response kept = kept_response(page, response.url, "bytes");
  EXPECT_EQ(kept.final_url, response.final_url);
  EXPECT_EQ(kept.status, 200);
  EXPECT_EQ(kept.charset, "latin1");
  EXPECT_EQ(kept.fetched_at, response.fetched_at);
  EXPECT_EQ(kept.body, "bytes");
  response.final_url = response.url;
  note_answer(page, response);
  EXPECT_EQ(page.final_url, "");
  EXPECT_EQ(kept_response(page, response.url, "").final_url, response.url);
}

}  // namespace
}  // namespace marrow
