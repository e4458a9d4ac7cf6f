#include "batch/state.h"

#include <utility>

#include "batch/schema.h"
#include "batch/sqlite.h"
#include "batch/state_statements.h"
#include "sink/file.h"

namespace marrow {
namespace {

constexpr const char* kPageColumns =
    "id,etag,last_modified,body_hash,rules,program,fetched_at,outcome,status,round,warc,warc_offset,final_url,"
    "content_type,charset,changed_at,next_visit,file,record_hash,facts";

PageState page_of(const Query& row) {
  PageState page;
  page.id = row.number(0);
  std::string* const texts[] = {&page.etag, &page.last_modified, &page.body_hash, &page.rules, &page.program, &page.fetched_at, &page.outcome};
  for (int i = 0; i < 7; ++i) *texts[i] = row.text(i + 1);
  page.status = static_cast<int>(row.number(8));
  page.round = row.number(9);
  page.warc = row.text(10);
  page.warc_offset = row.number(11);
  page.final_url = row.text(12);
  page.content_type = row.text(13);
  page.charset = row.text(14);
  page.changed_at = row.number(15);
  page.next_visit = row.number(16);
  page.file = row.text(17);
  page.record_hash = row.text(18);
  page.look = row.text(19);
  return page;
}

}  // namespace

Status State::Statements::prepare() {
  const std::string select = std::string("SELECT ") + kPageColumns + " FROM page WHERE ";
  const std::string by_url = select + "url=?", by_number = select + "id=?";
  const std::pair<Query*, const char*> all[] = {
      {&find, by_url.c_str()},
      {&by_id, by_number.c_str()},
      {&add, "INSERT INTO page(url) VALUES(?)"},
      {&save,
       "UPDATE page SET etag=?,last_modified=?,body_hash=?,rules=?,program=?,fetched_at=?,outcome=?,status=?,round=?,"
       "warc=?,warc_offset=?,final_url=?,content_type=?,charset=?,changed_at=?,next_visit=?,file=?,record_hash=?,facts=? "
       "WHERE id=?"},
      {&put_record, "INSERT OR REPLACE INTO record(page,run,id,url,rendered) VALUES(?,?,?,?,?)"},
      {&get_record, 
       "SELECT record.id,record.url,rendered,run,page.url,page.rules,page.program FROM record JOIN page ON page.id=record.page "
       "WHERE page=?1 AND (?2=0 OR run=?2) ORDER BY run DESC LIMIT 1"},
      {&has_record, "SELECT 1 FROM record WHERE page=?"},
      {&with_records, "SELECT DISTINCT page FROM record WHERE ?1=0 OR run=?1 ORDER BY page"},
      {&save_place, "UPDATE page SET file=?,record_hash=? WHERE id=?"},
      {&drop_record, "DELETE FROM record WHERE page=? AND run=?"},
      {&put_change, "INSERT OR REPLACE INTO change(page,host,was,now,summary) VALUES(?,?,?,?,?)"},
      {&get_fact, "SELECT value FROM fact WHERE name=?"},
      {&put_fact, "INSERT OR REPLACE INTO fact(name,value) VALUES(?,?)"},
      {&find_rule, "SELECT id FROM rule WHERE name=?"},
      {&add_rule, "INSERT INTO rule(name) VALUES(?)"}};
  for (const auto& [query, sql] : all) {
    auto prepared = db.prepare(sql);
    if (!prepared) return prepared.error();
    *query = *std::move(prepared);
  }
  return Ok{};
}

State::State(std::unique_ptr<Statements> statements) : statements_(std::move(statements)) {}
State::State(State&&) noexcept = default;
State& State::operator=(State&&) noexcept = default;
State::~State() = default;

Result<State> State::open(const std::string& path) {
  auto db = Database::open(path);
  if (!db) return db.error();
  const auto fresh = check_and_migrate(*db);
  if (!fresh) return fresh.error();
  // SQLite syncs the file, not that it has this name.
  if (*fresh)
    if (Status status = sync_folder(folder_of(path)); !status) return status.error();
  auto statements = std::make_unique<Statements>(*std::move(db));
  if (Status status = statements->prepare(); !status) return status.error();
  return State(std::move(statements));
}

Result<RunState> State::begin_run(std::string_view now) {
  Database& db = statements_->db;
  auto last = db.prepare("SELECT run,round,open,complete,started FROM run ORDER BY run DESC LIMIT 1");
  if (!last) return last.error();
  RunState state{1, 1, false, std::string(now)};
  if (last->row()) {
    state.run = last->number(0);
    state.round = last->number(1);
    if (last->number(2)) {
      state.resumed = true;
      state.started = last->text(4);
      return state;
    }
    ++state.run;
    if (last->number(3)) ++state.round;
  }
  if (last->failed()) return db.error("read the runs");
  last->reset();
  auto add = db.prepare("INSERT INTO run(run,round,open,started) VALUES(?,?,1,?)");
  if (!add) return add.error();
  if (!add->bind(1, state.run).bind(2, state.round).bind(3, now).run()) return db.error("note the run");
  return state;
}

Status State::end_run(const RunState& run, bool complete, bool by_run, std::string_view now,
                      std::string_view report) {
  Database& db = statements_->db;
  auto close = db.prepare("UPDATE run SET open=0,complete=?,ended=?,report=? WHERE run=?");
  if (!close) return close.error();
  if (!close->bind(1, std::int64_t{complete}).bind(2, now).bind(3, report).bind(4, run.run).run())
    return db.error("close the run");
  // Where the output is the whole picture, of each page the youngest record stays.
  if (Status status = db.execute(by_run ? "DELETE FROM record;"
                                        : "DELETE FROM record WHERE EXISTS(SELECT 1 FROM record AS younger "
                                          "WHERE younger.page=record.page AND younger.run>record.run);");
      !status)
    return status;
  return db.execute("DELETE FROM change;");
}

Result<PageState> State::page(PageId id) {
  Query& query = statements_->by_id;
  if (query.bind(1, id).row()) {
    PageState page = page_of(query);
    query.reset();
    return page;
  }
  query.reset();
  return statements_->db.error("look a page up");
}

Result<std::optional<PageState>> State::find(std::string_view url) {
  Query& query = statements_->find;
  std::optional<PageState> found;
  if (query.bind(1, url).row()) found = page_of(query);
  if (Status status = statements_->ended(query, "look a page up"); !status) return status.error();
  return found;
}

Result<PageState> State::page(std::string_view url) {
  auto found = find(url);
  if (!found) return found.error();
  if (*found) return **std::move(found);
  PageState page;
  if (!statements_->add.bind(1, url).run()) return statements_->db.error("note a page");
  page.id = statements_->db.last_id();
  return page;
}

Status State::save(const PageState& page) {
  Query& save = statements_->save;
  save.bind(1, page.etag).bind(2, page.last_modified).bind(3, page.body_hash).bind(4, page.rules);
  save.bind(5, page.program).bind(6, page.fetched_at).bind(7, page.outcome).bind(8, std::int64_t{page.status});
  save.bind(9, page.round).bind(10, page.warc).bind(11, page.warc_offset).bind(12, page.final_url);
  save.bind(13, page.content_type).bind(14, page.charset).bind(15, page.changed_at).bind(16, page.next_visit);
  save.bind(17, page.file).bind(18, page.record_hash).blob(19, page.look);
  return statements_->done(save.bind(20, page.id).run(), "note a page");
}

Status State::each_page(std::string_view rules, std::string_view program,
                        const std::function<void(const PageGlance&)>& take) {
  auto query = statements_->db.prepare(
      "SELECT id,url,round,next_visit,body_hash='' OR (rules=?1 AND program=?2),warc_offset>=0 FROM page");
  if (!query) return query.error();
  query->bind(1, rules).bind(2, program);
  while (query->row())
    take({query->number(0), query->view(1), query->number(2), query->number(3), query->number(4) != 0, query->number(5) != 0});
  return statements_->ended(*query, "list the pages");
}

Result<std::string> State::url(PageId page) {
  auto query = statements_->db.prepare("SELECT url FROM page WHERE id=?");
  if (!query) return query.error();
  std::string url;
  if (query->bind(1, page).row()) url = query->text(0);
  if (Status status = statements_->ended(*query, "look a page up"); !status) return status.error();
  return url;
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
  if (get.bind(1, page).bind(2, run).row()) 
    found = Pending{get.text(0), get.text(1), get.text(2), get.number(3), get.text(4), get.text(5), get.text(6)};
  if (Status status = statements_->ended(get, "read a record"); !status) return status.error();
  return found;
}

Result<bool> State::has_record(PageId page) {
  Query& has = statements_->has_record;
  const bool found = has.bind(1, page).row();
  if (Status status = statements_->ended(has, "look a record up"); !status) return status.error();
  return found;
}

Result<std::vector<PageId>> State::pages_with_records(std::int64_t run) {
  Query& with = statements_->with_records;
  std::vector<PageId> pages;
  with.bind(1, run);
  while (with.row()) pages.push_back(with.number(0));
  if (Status status = statements_->ended(with, "list the records"); !status) return status.error();
  return pages;
}

Status State::save_place(PageId page, std::string_view file, std::string_view hash) {
  return statements_->done(statements_->save_place.bind(1, file).bind(2, hash).bind(3, page).run(), "note a record's place");
}

Status State::drop_record(PageId page, std::int64_t run) {
  return statements_->done(statements_->drop_record.bind(1, page).bind(2, run).run(), "drop a record");
}

Result<std::string> State::fact(std::string_view name) {
  Query& get = statements_->get_fact;
  std::string value;
  if (get.bind(1, name).row()) value = get.text(0);
  if (Status status = statements_->ended(get, "read the state"); !status) return status.error();
  return value;
}

Status State::set_fact(std::string_view name, std::string_view value) {
  return statements_->done(statements_->put_fact.bind(1, name).bind(2, value).run(),
                           "note the state");
}

Status State::begin(bool durable) {
  return statements_->db.execute(durable ? "PRAGMA synchronous=FULL; BEGIN IMMEDIATE"
                                         : "PRAGMA synchronous=NORMAL; BEGIN IMMEDIATE");
}
Status State::commit() { return statements_->db.execute("COMMIT"); }
Status State::execute(const char* sql) { return statements_->db.execute(sql); }

}  // namespace marrow
