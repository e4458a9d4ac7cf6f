// The state: migration from version 1, what scheduling reads, looks as bytes, when a page is due.
#include "batch/state.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "batch/agenda.h"
#include "batch/clock.h"
#include "batch/page_look.h"
#include "batch/sqlite.h"
#include "support/program.h"

namespace marrow {
namespace {

// As the first version of the program made it, with a page, an open run and a record in it.
constexpr const char* kVersion1 = R"(
PRAGMA journal_mode=WAL;
CREATE TABLE page(
  id INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE, etag TEXT NOT NULL DEFAULT '',
  last_modified TEXT NOT NULL DEFAULT '', body_hash TEXT NOT NULL DEFAULT '', rules TEXT NOT NULL DEFAULT '',
  program TEXT NOT NULL DEFAULT '', fetched_at TEXT NOT NULL DEFAULT '', outcome TEXT NOT NULL DEFAULT '',
  status INTEGER NOT NULL DEFAULT 0, round INTEGER NOT NULL DEFAULT 0, warc TEXT NOT NULL DEFAULT '',
  warc_offset INTEGER NOT NULL DEFAULT -1);
CREATE TABLE run(
  run INTEGER PRIMARY KEY, round INTEGER NOT NULL, open INTEGER NOT NULL, complete INTEGER NOT NULL DEFAULT 0,
  started TEXT NOT NULL, ended TEXT NOT NULL DEFAULT '', report TEXT NOT NULL DEFAULT '');
CREATE TABLE record(
  page INTEGER PRIMARY KEY, run INTEGER NOT NULL, id TEXT NOT NULL, url TEXT NOT NULL, rendered BLOB NOT NULL);
CREATE INDEX record_run ON record(run);
CREATE TABLE fact(name TEXT PRIMARY KEY, value TEXT NOT NULL);
INSERT INTO page(url,etag,body_hash,rules,program,outcome,status,round) VALUES('http://a.example/','"1"','h','r','p','ok',200,3);
INSERT INTO run VALUES(7,3,1,0,'2026-11-20T00:00:00Z','','');
INSERT INTO record VALUES(1,7,'a','http://a.example/',x'7b7d0a');
INSERT INTO fact VALUES('warc.good_until','x 12');
PRAGMA application_id=1835102831;
PRAGMA user_version=1;
)";

TEST(State, AFileOfVersion1IsMigratedWithAllItHolds) {
  const test::TempDir dir;
  const std::string path = dir / "old.state";
  {
    auto db = Database::open(path);
    ASSERT_TRUE(db);
    const Status made = db->execute(kVersion1);
    ASSERT_TRUE(made) << made.error().message;
  }
  for (int time = 0; time < 2; ++time) {  // the second time there is nothing to do
    auto state = State::open(path);
    ASSERT_TRUE(state) << state.error().message;
    const auto page = state->find("http://a.example/");
    ASSERT_TRUE(page && *page);
    EXPECT_EQ((*page)->etag, "\"1\"");
    EXPECT_EQ((*page)->round, 3);
    EXPECT_EQ((*page)->next_visit, 0);
    EXPECT_EQ((*page)->look, "");
    const auto run = state->begin_run("2026-11-23T00:00:00Z");
    ASSERT_TRUE(run);
    EXPECT_TRUE(run->resumed);
    EXPECT_EQ(run->run, 7);
    EXPECT_EQ(run->started, "2026-11-20T00:00:00Z");
    const auto record = state->record((*page)->id, 7);
    ASSERT_TRUE(record && *record);
    EXPECT_EQ((*record)->rendered, "{}\n");
    EXPECT_EQ(*state->fact("warc.good_until"), "x 12");
    const auto version = state->rows("PRAGMA user_version");
    ASSERT_TRUE(version);
    EXPECT_EQ(version->front().front(), "3");
  }
}

TEST(State, RowsAreGivenOneByOneUntilNoMoreAreWanted) {
  const test::TempDir dir;
  auto state = State::open(dir / "s");
  ASSERT_TRUE(state);
  ASSERT_TRUE(state->begin());
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(state->page("http://a.example/" + std::to_string(i)));
  ASSERT_TRUE(state->commit());
  std::vector<std::string> seen;
  ASSERT_TRUE(state->each_row("SELECT url,status FROM page ORDER BY id", [&](const std::vector<std::string>& row) {
    seen.push_back(row[0] + " " + row[1]);
    return seen.size() < 3;
  }));
  EXPECT_EQ(seen, (std::vector<std::string>{"http://a.example/0 0", "http://a.example/1 0", "http://a.example/2 0"}));
  EXPECT_FALSE(state->each_row("SELECT nothing FROM nowhere", [](const std::vector<std::string>&) { return true; }));
}

TEST(State, AnOlderRecordStaysUntilTheYoungerIsPublished) {
  const test::TempDir dir;
  auto state = State::open(dir / "s");
  ASSERT_TRUE(state);
  const auto page = state->page("http://a.example/");
  ASSERT_TRUE(page);
  const auto first = state->begin_run("2026-11-23T00:00:00Z");
  ASSERT_TRUE(first && state->save_record(page->id, 1, "a", "u", "old") && state->begin(true));
  ASSERT_TRUE(state->end_run(*first, true, false, "2026-11-23T00:01:00Z", "{}") && state->commit());
  const auto second = state->begin_run("2026-11-24T00:00:00Z");
  ASSERT_TRUE(second && state->save_record(page->id, 2, "a", "u", "new"));
  EXPECT_EQ((*state->record(page->id, 1))->rendered, "old");
  EXPECT_EQ((*state->record(page->id, 0))->rendered, "new");
  ASSERT_TRUE(state->end_run(*second, true, false, "2026-11-24T00:01:00Z", "{}"));
  EXPECT_FALSE((*state->record(page->id, 1)).has_value());
  EXPECT_EQ((*state->record(page->id, 0))->run, 2);
}

TEST(Agenda, WhatIsToBeDoneWithEachPage) {
  const test::TempDir dir;
  auto state = State::open(dir / "s");
  ASSERT_TRUE(state);
  struct Row {
    const char* url;
    const char* rules;
    std::int64_t round, next_visit, warc_offset;
    Todo todo, offline;
  };
  const std::int64_t now = seconds_of("2026-11-23T00:00:00Z");
  const Row rows[] = {
      {"http://a.example/due", "r2", 1, 0, -1, Todo::visit, Todo::not_due},
      {"http://a.example/done", "r2", 2, 0, -1, Todo::earlier, Todo::earlier},
      {"http://a.example/later", "r2", 1, now + 1, -1, Todo::not_due, Todo::not_due},
      {"http://a.example/put-off-by-a-clock-that-was-set-back", "r2", 1, now + 7 * 86400 + 1, -1, Todo::visit, Todo::not_due},
      {"http://a.example/just-due", "r2", 1, now, -1, Todo::visit, Todo::not_due},
      {"http://a.example/later-old-rules-kept", "r1", 1, now + 1, 0, Todo::reclean, Todo::reclean},
      {"http://a.example/later-old-rules-not-kept", "r1", 1, now + 1, -1, Todo::not_due, Todo::not_due},
      {"http://a.example/due-old-rules-kept", "r1", 1, 0, 0, Todo::visit, Todo::reclean},
  };
  Plan plan;
  for (const Row& row : rows) {
    auto page = state->page(row.url);
    ASSERT_TRUE(page);
    page->body_hash = "h";
    page->rules = row.rules;
    page->program = "p";
    page->round = row.round;
    page->next_visit = row.next_visit;
    page->warc_offset = row.warc_offset;
    ASSERT_TRUE(state->save(*page));
    EXPECT_TRUE(plan.add("", row.url));
    EXPECT_FALSE(plan.add("", row.url));
  }
  plan.add("new", "http://a.example/new");
  const RunState run{5, 2, false, "2026-11-23T00:00:00Z"};
  for (const bool offline : {false, true}) {
    const auto agenda = make_agenda(plan, *state, run, {"r2", "p", offline, 7 * 86400});
    ASSERT_TRUE(agenda);
    for (std::size_t i = 0; i < std::size(rows); ++i) EXPECT_EQ(agenda->todo[i], offline ? rows[i].offline : rows[i].todo) << rows[i].url;
    EXPECT_EQ(agenda->pages.back(), 0);
    EXPECT_EQ(agenda->todo.back(), offline ? Todo::not_due : Todo::visit);
  }
  EXPECT_EQ(plan.id(std::size(rows)), "new");
  EXPECT_EQ(plan.id(0), rows[0].url);
}

TEST(Plan, FindsEachOfManyUrls) {
  Plan plan;
  EXPECT_EQ(plan.find("x"), Plan::kNone);
  for (int i = 0; i < 5000; ++i) ASSERT_TRUE(plan.add("", "http://a.example/" + std::to_string(i)));
  for (int i = 0; i < 5000; ++i) ASSERT_EQ(plan.find("http://a.example/" + std::to_string(i)), static_cast<std::size_t>(i));
  EXPECT_EQ(plan.find("http://a.example/5000"), Plan::kNone);
}

TEST(NextVisit, ATenthOfTheTimeThatThePageStayedAsItIs) {
  JobVisits visits;
  const std::int64_t day = 86400, now = 1000 * day;
  EXPECT_EQ(next_visit(visits, now, now), 0);
  EXPECT_EQ(next_visit(visits, now, now - 10 * day), now + day);
  EXPECT_EQ(next_visit(visits, now, now - 1000 * day + 1), now + 7 * day);  // no less often than once a week
  EXPECT_EQ(next_visit(visits, now, 0), 0);
  EXPECT_EQ(next_visit(visits, now, now + day), 0);  // a clock that was set back
  visits.least = std::chrono::hours{2};
  EXPECT_EQ(next_visit(visits, now, now - 1), now + 7200);
  visits.adaptive = false;
  EXPECT_EQ(next_visit(visits, now, now - 10 * day), 0);
}

TEST(PageLook, ComesBackFromItsBytesAndRefusesOthers) {
  PageLook look;
  look.kind = 3;
  look.empty = look.unsure = true;
  look.words = 70'000;
  look.rules = {1, 5, 300, 301};
  PageLook back;
  ASSERT_TRUE(from_bytes(to_bytes(look), back));
  EXPECT_EQ(back.kind, 3);
  EXPECT_TRUE(back.empty && back.unsure && !back.review);
  EXPECT_EQ(back.words, 70'000U);
  EXPECT_EQ(back.rules, look.rules);
  EXPECT_FALSE(from_bytes("", back));
  EXPECT_FALSE(from_bytes("\x01\x80", back));
  const RulePages pages{{2, 40}, {900, 1}};
  RulePages pages_back;
  ASSERT_TRUE(from_bytes(to_bytes(pages), pages_back));
  EXPECT_EQ(pages_back, pages);
}

TEST(Clock, SecondsAndText) {
  EXPECT_EQ(seconds_of("1970-01-02T00:00:01Z"), 86401);
  EXPECT_EQ(rfc3339_of(86401), "1970-01-02T00:00:01Z");
  for (const char* bad : {"", "yesterday", "2026-11-23", "2026-11-23T00:00:00Z!"}) EXPECT_EQ(seconds_of(bad), 0) << bad;
}

}  // namespace
}  // namespace marrow
