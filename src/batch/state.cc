#include "batch/state.h"

#include <utility>

#include "batch/sqlite.h"

namespace marrow {
namespace {

constexpr std::int64_t kApplication = 0x6d61726f;  // "maro", in the file's header: it is ours
constexpr std::int64_t kVersion = 1;

// Files of up to 64 MiB (at 4 KiB a page) are read through before they are trusted, which takes
// under a tenth of a second; in larger ones damage is found where it is met.
constexpr std::int64_t kPagesToCheck = 16 << 10;

// page:   one row a URL, never deleted; `round` = the pass in which it was visited last.
// run:    one row a run; open = 1 while it goes on (or after it was killed).
// record: what a run has to write. Kept beyond the run where the output is the whole picture.
constexpr const char* kSchema = R"(
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
)";

Error refused(const std::string& path, const std::string& why) {
  return {ErrorKind::stop_run,
          path + ": " + why +
              "; it is left as it is. Name another file under [state], or move this one away"};
}

Result<std::int64_t> pragma(Database& db, const char* sql) {
  auto query = db.prepare(sql);
  if (!query) return query.error();
  if (!query->row()) return db.error("read the state file");
  return query->number(0);
}

Status check_and_migrate(Database& db) {
  const auto application = pragma(db, "PRAGMA application_id");
  if (!application) {
    if (db.is_no_database())
      return refused(db.path(), "this is not a state file of marrow, or it is damaged");
    return application.error();
  }
  const auto version = pragma(db, "PRAGMA user_version");
  if (!version) return version.error();
  const auto tables = pragma(db, "SELECT count(*) FROM sqlite_master");
  if (!tables) return refused(db.path(), "this state file is damaged");
  const bool fresh = *application == 0 && *version == 0 && *tables == 0;
  if (!fresh && *application != kApplication)
    return refused(db.path(), "this is a database of another program");
  if (*version > kVersion) return refused(db.path(), "this state file was made by a newer marrow");
  const auto pages = pragma(db, "PRAGMA page_count");
  if (!pages) return refused(db.path(), "this state file is damaged");
  if (!fresh && *pages < kPagesToCheck) {
    auto check = db.prepare("PRAGMA quick_check(1)");
    if (!check || !check->row() || check->text(0) != "ok")
      return refused(db.path(), "this state file is damaged");
  }
  if (Status status =
          db.execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;");
      !status)
    return status;
  if (!fresh) return Ok{};
  const std::string create = std::string("BEGIN IMMEDIATE;") + kSchema +
                             "PRAGMA application_id=" + std::to_string(kApplication) +
                             "; PRAGMA user_version=" + std::to_string(kVersion) + "; COMMIT;";
  return db.execute(create.c_str());
}

}  // namespace

struct State::Statements {
  explicit Statements(Database database) : db(std::move(database)) {}
  Status prepare();
  Status done(bool fine, std::string_view doing) {
    if (!fine) return db.error(doing);
    return Ok{};
  }

  Database db;
  Query find, add, save, put_record, get_record, has_record, with_records, get_fact, put_fact;
};

Status State::Statements::prepare() {
  const std::pair<Query*, const char*> all[] = {
      {&find,
       "SELECT "
       "id,etag,last_modified,body_hash,rules,program,fetched_at,outcome,status,round,warc,warc_"
       "offset "
       "FROM page WHERE url=?"},
      {&add, "INSERT INTO page(url) VALUES(?)"},
      {&save,
       "UPDATE page SET "
       "etag=?,last_modified=?,body_hash=?,rules=?,program=?,fetched_at=?,outcome=?,"
       "status=?,round=?,warc=?,warc_offset=? WHERE id=?"},
      {&put_record, "INSERT OR REPLACE INTO record(page,run,id,url,rendered) VALUES(?,?,?,?,?)"},
      {&get_record, "SELECT id,url,rendered FROM record WHERE page=?1 AND (?2=0 OR run=?2)"},
      {&has_record, "SELECT 1 FROM record WHERE page=?"},
      {&with_records, "SELECT page FROM record WHERE run=? ORDER BY page"},
      {&get_fact, "SELECT value FROM fact WHERE name=?"},
      {&put_fact, "INSERT OR REPLACE INTO fact(name,value) VALUES(?,?)"}};
  for (const auto& [query, sql] : all) {
    auto prepared = db.prepare(sql);
    if (!prepared) return prepared.error();
    *query = *std::move(prepared);
  }
  return Ok{};
}

State::State(std::unique_ptr<Statements> statements) : statements_(std::move(statements)) {}
State::State(State&&) noexcept = default;
State::~State() = default;

Result<State> State::open(const std::string& path) {
  auto db = Database::open(path);
  if (!db) return db.error();
  if (Status status = check_and_migrate(*db); !status) return status.error();
  auto statements = std::make_unique<Statements>(*std::move(db));
  if (Status status = statements->prepare(); !status) return status.error();
  return State(std::move(statements));
}

Result<RunState> State::begin_run(std::string_view now) {
  Database& db = statements_->db;
  auto last = db.prepare("SELECT run,round,open,complete FROM run ORDER BY run DESC LIMIT 1");
  if (!last) return last.error();
  RunState state{1, 1, false};
  if (last->row()) {
    state.run = last->number(0);
    state.round = last->number(1);
    if (last->number(2)) {
      state.resumed = true;
      return state;
    }
    ++state.run;
    if (last->number(3)) ++state.round;
  }
  if (last->failed()) return db.error("read the runs");
  auto add = db.prepare("INSERT INTO run(run,round,open,started) VALUES(?,?,1,?)");
  if (!add) return add.error();
  if (!add->bind(1, state.run).bind(2, state.round).bind(3, now).run())
    return db.error("note the run");
  return state;
}

Status State::end_run(const RunState& run, bool complete, bool by_run, std::string_view now,
                      std::string_view report) {
  Database& db = statements_->db;
  // What has been published must be known as such after a power cut, too.
  if (Status status = db.execute("PRAGMA synchronous=FULL; BEGIN IMMEDIATE;"); !status)
    return status;
  auto close = db.prepare("UPDATE run SET open=0,complete=?,ended=?,report=? WHERE run=?");
  if (!close) return close.error();
  if (!close->bind(1, std::int64_t{complete}).bind(2, now).bind(3, report).bind(4, run.run).run())
    return db.error("close the run");
  if (by_run)
    if (Status status = db.execute("DELETE FROM record;"); !status) return status;
  if (Status status = db.execute("COMMIT;"); !status) return status;
  return db.execute("PRAGMA synchronous=NORMAL;");
}

Result<PageState> State::page(std::string_view url) {
  Query& find = statements_->find;
  PageState page;
  if (find.bind(1, url).row()) {
    page = {find.number(0), find.text(1),  find.text(2),
            find.text(3),   find.text(4),  find.text(5),
            find.text(6),   find.text(7),  static_cast<int>(find.number(8)),
            find.number(9), find.text(10), find.number(11)};
  }
  const bool failed = find.failed();
  find.reset();
  if (failed) return statements_->db.error("look a page up");
  if (page.id) return page;
  if (!statements_->add.bind(1, url).run()) return statements_->db.error("note a page");
  page.id = statements_->db.last_id();
  return page;
}

Status State::save(const PageState& page) {
  Query& save = statements_->save;
  save.bind(1, page.etag).bind(2, page.last_modified).bind(3, page.body_hash).bind(4, page.rules);
  save.bind(5, page.program).bind(6, page.fetched_at).bind(7, page.outcome);
  save.bind(8, std::int64_t{page.status})
      .bind(9, page.round)
      .bind(10, page.warc)
      .bind(11, page.warc_offset);
  return statements_->done(save.bind(12, page.id).run(), "note a page");
}

Status State::save_record(PageId page, std::int64_t run, std::string_view id, std::string_view url,
                          std::string_view rendered) {
  Query& put = statements_->put_record;
  return statements_->done(
      put.bind(1, page).bind(2, run).bind(3, id).bind(4, url).blob(5, rendered).run(),
      "keep a record");
}

Result<std::optional<State::Pending>> State::record(PageId page, std::int64_t run) {
  Query& get = statements_->get_record;
  std::optional<Pending> found;
  if (get.bind(1, page).bind(2, run).row()) found = Pending{get.text(0), get.text(1), get.text(2)};
  const bool failed = get.failed();
  get.reset();
  if (failed) return statements_->db.error("read a record");
  return found;
}

Result<bool> State::has_record(PageId page) {
  Query& has = statements_->has_record;
  const bool found = has.bind(1, page).row();
  const bool failed = has.failed();
  has.reset();
  if (failed) return statements_->db.error("look a record up");
  return found;
}

Result<std::vector<PageId>> State::pages_with_records(std::int64_t run) {
  Query& with = statements_->with_records;
  std::vector<PageId> pages;
  with.bind(1, run);
  while (with.row()) pages.push_back(with.number(0));
  const bool failed = with.failed();
  with.reset();
  if (failed) return statements_->db.error("list the records");
  return pages;
}

Result<std::string> State::fact(std::string_view name) {
  Query& get = statements_->get_fact;
  std::string value;
  if (get.bind(1, name).row()) value = get.text(0);
  const bool failed = get.failed();
  get.reset();
  if (failed) return statements_->db.error("read the state");
  return value;
}

Status State::set_fact(std::string_view name, std::string_view value) {
  return statements_->done(statements_->put_fact.bind(1, name).bind(2, value).run(),
                           "note the state");
}

Status State::begin() { return statements_->db.execute("BEGIN IMMEDIATE"); }
Status State::commit() { return statements_->db.execute("COMMIT"); }

}  // namespace marrow
