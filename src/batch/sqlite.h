// Database: one SQLite connection and its prepared statements, as values that clean up after
// themselves. The only door to SQLite. Errors are Results with a sentence that names the file. One
// thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace marrow {

struct SqliteClose {
  void operator()(sqlite3* db) const;
};
struct SqliteFinalize {
  void operator()(sqlite3_stmt* statement) const;
};

// A prepared statement: bind by position from 1, step, read columns from 0. Reset by the next bind.
class Query {
 public:
  Query() = default;
  explicit Query(sqlite3_stmt* statement) : statement_(statement) {}
  Query& bind(int at, std::string_view text);  // the text must live until the query is done
  Query& bind(int at, std::int64_t number);
  Query& blob(int at, std::string_view bytes);
  bool row();  // one more row? false at the end and on errors (failed())
  bool run();  // to the end; false on errors
  void reset();
  std::int64_t number(int column) const;
  std::string text(int column) const;
  std::string_view view(int column) const;  // until the next row
  int columns() const;
  bool failed() const { return failed_; }

 private:
  std::unique_ptr<sqlite3_stmt, SqliteFinalize> statement_;
  bool busy_ = false, failed_ = false;
};

class Database {
 public:
  // Opens or creates. Nothing is read yet: a file that is no database is seen at the first
  // execute().
  static Result<Database> open(const std::string& path);
  Status execute(const char* sql);
  Result<Query> prepare(const char* sql);
  std::int64_t last_id() const;
  Error error(std::string_view doing) const;  // "PATH: cannot DOING: reason"
  bool is_no_database() const;                // the last error: not SQLite, or corrupt
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  std::unique_ptr<sqlite3, SqliteClose> db_;
};

}  // namespace marrow
