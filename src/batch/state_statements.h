// The prepared statements behind State, shared by state.cc (pages, runs) and state_hosts.cc (hosts, drift). Private.
#pragma once

#include <string_view>
#include <utility>

#include "batch/sqlite.h"
#include "batch/state.h"

namespace marrow {

struct State::Statements {
  explicit Statements(Database database) : db(std::move(database)) {}
  Status prepare();
  Status done(bool fine, std::string_view doing) {
    if (!fine) return db.error(doing);
    return Ok{};
  }
  // After the last row(): was that the end, or an error?
  Status ended(Query& query, std::string_view doing) {
    const bool failed = query.failed();
    query.reset();
    return done(!failed, doing);
  }

  Database db;
  Query find, by_id, add, save, put_record, get_record, has_record, with_records, save_place, drop_record, put_change, get_fact,
      put_fact, find_rule, add_rule;
};

}  // namespace marrow
