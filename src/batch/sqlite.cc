#include "batch/sqlite.h"

#include <sqlite3.h>

#include <utility>

namespace marrow {

void SqliteClose::operator()(sqlite3* db) const { sqlite3_close_v2(db); }
void SqliteFinalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

Query& Query::bind(int at, std::string_view text) {
  if (busy_) reset();
  // A null pointer would bind NULL; an empty text is a text.
  const char* data = text.data() ? text.data() : "";
  sqlite3_bind_text64(statement_.get(), at, data, text.size(), SQLITE_STATIC, SQLITE_UTF8);
  return *this;
}

Query& Query::bind(int at, std::int64_t number) {
  if (busy_) reset();
  sqlite3_bind_int64(statement_.get(), at, number);
  return *this;
}

Query& Query::blob(int at, std::string_view bytes) {
  if (busy_) reset();
  sqlite3_bind_blob64(statement_.get(), at, bytes.data() ? bytes.data() : "", bytes.size(),
                      SQLITE_STATIC);
  return *this;
}

bool Query::row() {
  busy_ = true;
  const int code = sqlite3_step(statement_.get());
  failed_ = code != SQLITE_ROW && code != SQLITE_DONE;
  return code == SQLITE_ROW;
}

bool Query::run() {
  while (row()) {
  }
  const bool fine = !failed_;
  reset();
  return fine;
}

void Query::reset() {
  sqlite3_reset(statement_.get());
  busy_ = false;
}

std::int64_t Query::number(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

std::string_view Query::view(int column) const {
  const void* data = sqlite3_column_blob(statement_.get(), column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
  return data ? std::string_view(static_cast<const char*>(data), size) : std::string_view();
}

std::string Query::text(int column) const { return std::string(view(column)); }

int Query::columns() const { return sqlite3_column_count(statement_.get()); }

Result<Database> Database::open(const std::string& path) {
  Database database;
  database.path_ = path;
  sqlite3* db = nullptr;
  const int code = sqlite3_open_v2(
      path.c_str(), &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
  database.db_.reset(db);
  if (code != SQLITE_OK) return database.error("open the state file");
  sqlite3_busy_timeout(db, 5000);  // `marrow state` may be looking
  return database;
}

Status Database::execute(const char* sql) {
  if (sqlite3_exec(db_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK)
    return error("use the state file");
  return Ok{};
}

Result<Query> Database::prepare(const char* sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v3(db_.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr) !=
      SQLITE_OK)
    return error("use the state file");
  return Query(statement);
}

std::int64_t Database::last_id() const { return sqlite3_last_insert_rowid(db_.get()); }

Error Database::error(std::string_view doing) const {
  const char* reason = db_ ? sqlite3_errmsg(db_.get()) : "out of memory";
  return {ErrorKind::stop_run, path_ + ": cannot " + std::string(doing) + ": " + reason};
}

bool Database::is_no_database() const {
  const int code = sqlite3_errcode(db_.get());
  return code == SQLITE_NOTADB || code == SQLITE_CORRUPT;
}

}  // namespace marrow
