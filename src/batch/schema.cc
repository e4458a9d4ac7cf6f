#include "batch/schema.h"

#include <string>

namespace marrow {
namespace {

constexpr std::int64_t kApplication = 0x6d61726f;  // "maro", in the file's header: it is ours

// Files of up to 64 MiB (at 4 KiB a page) are read through before they are trusted, which takes
// under a tenth of a second; in larger ones damage is found where it is met, and by `marrow state check`.
constexpr std::int64_t kPagesToCheck = 16 << 10;

// What leads from each version to the next; a fresh file goes all the way. Never change one that was released.
//
// 1  page:   one row a URL, never deleted; `round` = the pass in which it was visited last.
//    run:    one row a run; open = 1 while it goes on (or after it was killed).
//    record: what a run has to write. Kept beyond the run where the output is the whole picture.
//    fact:   small facts that last beyond a run.
// 2  page:   where its last body came from and as what; when its body or outcome changed last and when it is due again
//            (seconds since 1970); the file its last record stands in and that record's SHA-256; facts: what its last record
//            looked like (batch/page_look.h).
//    record: one a page and run, so that an older one stays until the younger is published.
//    rule:   numbers for the names of rules, for page.facts and drift.rules.
//    change: what the open run cleaned: the page's facts before and after, and what it tells of its site (PageSummary).
//    host:   site memory (memory/FORMAT.md) and what it did so far.
//    drift:  by host, run and kind of page: figures that later runs are compared with (batch/drift.h).
// 3  robots: by origin, what robots.txt answered last and when (seconds since 1970): good for a day (RFC 9309, 2.4).
constexpr const char* kMigrations[] = {
    R"(
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
)",
    R"(
ALTER TABLE page ADD COLUMN final_url TEXT NOT NULL DEFAULT '';
ALTER TABLE page ADD COLUMN content_type TEXT NOT NULL DEFAULT '';
ALTER TABLE page ADD COLUMN charset TEXT NOT NULL DEFAULT '';
ALTER TABLE page ADD COLUMN changed_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE page ADD COLUMN next_visit INTEGER NOT NULL DEFAULT 0;
ALTER TABLE page ADD COLUMN file TEXT NOT NULL DEFAULT '';
ALTER TABLE page ADD COLUMN record_hash TEXT NOT NULL DEFAULT '';
ALTER TABLE page ADD COLUMN facts BLOB NOT NULL DEFAULT x'';
CREATE TABLE record_of_run(
  page INTEGER NOT NULL, run INTEGER NOT NULL, id TEXT NOT NULL, url TEXT NOT NULL, rendered BLOB NOT NULL,
  PRIMARY KEY(page, run));
INSERT INTO record_of_run SELECT page,run,id,url,rendered FROM record;
DROP TABLE record;
ALTER TABLE record_of_run RENAME TO record;
CREATE INDEX record_run ON record(run);
CREATE TABLE rule(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE change(
  page INTEGER PRIMARY KEY, host TEXT NOT NULL, was BLOB NOT NULL, now BLOB NOT NULL, summary BLOB NOT NULL);
CREATE TABLE host(
  host TEXT PRIMARY KEY, memory BLOB NOT NULL DEFAULT x'', pages INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0, bytes INTEGER NOT NULL DEFAULT 0, last_run INTEGER NOT NULL DEFAULT 0);
CREATE TABLE drift(
  host TEXT NOT NULL, run INTEGER NOT NULL, kind INTEGER NOT NULL, pages INTEGER NOT NULL, words INTEGER NOT NULL,
  empty INTEGER NOT NULL, review INTEGER NOT NULL, unsure INTEGER NOT NULL, rules BLOB NOT NULL,
  alarmed INTEGER NOT NULL, PRIMARY KEY(host, run, kind));
)",
    R"(
CREATE TABLE robots(
  origin TEXT PRIMARY KEY, status INTEGER NOT NULL, body BLOB NOT NULL, asked_at INTEGER NOT NULL);
)"};
static_assert(std::size(kMigrations) == kStateVersion);

Error refused(const Database& db, const std::string& why) {
  return {ErrorKind::stop_run, db.path() + ": " + why +
                                   "; it is left as it is. Name another file under [state], or move this one away"};
}

Result<std::int64_t> number_of(Database& db, const char* sql) {
  auto query = db.prepare(sql);
  if (!query) return query.error();
  if (!query->row()) return db.error("read the state file");
  return query->number(0);
}

// The version of a file that is ours and whole, 0 where it was made just now.
Result<std::int64_t> trusted_version(Database& db) {
  const auto application = number_of(db, "PRAGMA application_id");
  if (!application) {
    if (db.is_no_database()) return refused(db, "this is not a state file of marrow, or it is damaged");
    return application.error();
  }
  const auto version = number_of(db, "PRAGMA user_version");
  if (!version) return version.error();
  const auto tables = number_of(db, "SELECT count(*) FROM sqlite_master");
  if (!tables) return refused(db, "this state file is damaged");
  if (*application == 0 && *version == 0 && *tables == 0) return std::int64_t{0};
  if (*application != kApplication) return refused(db, "this is a database of another program");
  if (*version > kStateVersion) return refused(db, "this state file was made by a newer marrow");
  const auto pages = number_of(db, "PRAGMA page_count");
  if (!pages || *version < 1) return refused(db, "this state file is damaged");
  if (*pages < kPagesToCheck) {
    auto check = db.prepare("PRAGMA quick_check(1)");
    if (!check || !check->row() || check->text(0) != "ok") return refused(db, "this state file is damaged");
  }
  return *version;
}

Status migrate(Database& db, std::int64_t from) {
  std::string sql = "BEGIN IMMEDIATE;";
  for (std::int64_t version = from; version < kStateVersion; ++version) sql += kMigrations[version];
  sql += "PRAGMA application_id=" + std::to_string(kApplication) +
         "; PRAGMA user_version=" + std::to_string(kStateVersion) + "; COMMIT;";
  return db.execute(sql.c_str());
}

}  // namespace

Result<bool> check_and_migrate(Database& db) {
  const auto version = trusted_version(db);
  if (!version) return version.error();
  if (Status status = db.execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;");
      !status)
    return status.error();
  if (*version < kStateVersion)
    if (Status status = migrate(db, *version); !status) return status.error();
  return *version == 0;
}

}  // namespace marrow
