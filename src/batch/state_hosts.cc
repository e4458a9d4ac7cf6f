// What the state knows of hosts: changes of the open run, drift figures, memory, robots.txt; and whole questions for `marrow state`.
#include <utility>

#include "batch/state.h"
#include "batch/state_statements.h"

namespace marrow {

Status State::save_change(const PageChange& change) {
  Query& put = statements_->put_change;
  put.bind(1, change.page).bind(2, change.host).blob(3, change.was).blob(4, change.now).blob(5, change.summary);
  return statements_->done(put.run(), "note a change");
}

Status State::each_change(const std::function<void(const PageChange&)>& take) {
  auto query = statements_->db.prepare("SELECT page,host,was,now,summary FROM change ORDER BY page");
  if (!query) return query.error();
  while (query->row()) take({query->number(0), query->text(1), query->text(2), query->text(3), query->text(4)});
  return statements_->ended(*query, "list the changes");
}

Result<std::int64_t> State::rule_number(std::string_view name) {
  Query& find = statements_->find_rule;
  std::int64_t number = 0;
  if (find.bind(1, name).row()) number = find.number(0);
  if (Status status = statements_->ended(find, "look a rule up"); !status) return status.error();
  if (number) return number;
  if (!statements_->add_rule.bind(1, name).run()) return statements_->db.error("note a rule");
  return statements_->db.last_id();
}

Result<std::map<std::int64_t, std::string>> State::rule_names() {
  auto query = statements_->db.prepare("SELECT id,name FROM rule");
  if (!query) return query.error();
  std::map<std::int64_t, std::string> names;
  while (query->row()) names.emplace(query->number(0), query->text(1));
  if (Status status = statements_->ended(*query, "list the rules"); !status) return status.error();
  return names;
}

Result<std::vector<DriftRow>> State::drift_rows(std::string_view host) {
  auto query = statements_->db.prepare(
      "SELECT host,run,kind,pages,words,empty,review,unsure,rules,alarmed FROM drift WHERE host=? ORDER BY run DESC,kind");
  if (!query) return query.error();
  std::vector<DriftRow> rows;
  query->bind(1, host);
  while (query->row())
    rows.push_back({query->text(0), query->number(1), static_cast<int>(query->number(2)), query->number(3),
                    query->number(4), query->number(5), query->number(6), query->number(7), query->text(8),
                    query->number(9) != 0});
  if (Status status = statements_->ended(*query, "read the figures of a host"); !status) return status.error();
  return rows;
}

Status State::save_drift(const DriftRow& row) {
  auto put = statements_->db.prepare(
      "INSERT OR REPLACE INTO drift(host,run,kind,pages,words,empty,review,unsure,rules,alarmed) VALUES(?,?,?,?,?,?,?,?,?,?)");
  if (!put) return put.error();
  put->bind(1, row.host).bind(2, row.run).bind(3, std::int64_t{row.kind}).bind(4, row.pages).bind(5, row.words);
  put->bind(6, row.empty).bind(7, row.review).bind(8, row.unsure).blob(9, row.rules).bind(10, std::int64_t{row.alarmed});
  return statements_->done(put->run(), "note the figures of a host");
}

Status State::forget_drift(std::string_view host, int kind, std::int64_t before) {
  auto query = statements_->db.prepare("DELETE FROM drift WHERE host=? AND kind=? AND run<?");
  if (!query) return query.error();
  return statements_->done(query->bind(1, host).bind(2, std::int64_t{kind}).bind(3, before).run(),
                           "forget old figures");
}

Status State::add_to_host(std::string_view host, const HostTotals& totals, std::int64_t run) {
  auto put = statements_->db.prepare(
      "INSERT INTO host(host,pages,failed,bytes,last_run) VALUES(?1,?2,?3,?4,?5) ON CONFLICT(host) DO UPDATE SET "
      "pages=pages+?2,failed=failed+?3,bytes=bytes+?4,last_run=?5");
  if (!put) return put.error();
  put->bind(1, host).bind(2, totals.pages).bind(3, totals.failed).bind(4, totals.bytes).bind(5, run);
  return statements_->done(put->run(), "note a host");
}

Status State::each_memory(const std::function<void(const std::string&, const std::string&)>& take) {
  auto query = statements_->db.prepare("SELECT host,memory FROM host WHERE length(memory)>0 ORDER BY host");
  if (!query) return query.error();
  while (query->row()) take(query->text(0), query->text(1));
  return statements_->ended(*query, "read the site memory");
}

Result<std::string> State::memory(std::string_view host) {
  auto query = statements_->db.prepare("SELECT memory FROM host WHERE host=?");
  if (!query) return query.error();
  std::string memory;
  if (query->bind(1, host).row()) memory = query->text(0);
  if (Status status = statements_->ended(*query, "read the site memory"); !status) return status.error();
  return memory;
}

Status State::save_memory(std::string_view host, std::string_view memory) {
  auto put = statements_->db.prepare(
      "INSERT INTO host(host,memory) VALUES(?1,?2) ON CONFLICT(host) DO UPDATE SET memory=?2");
  if (!put) return put.error();
  return statements_->done(put->bind(1, host).blob(2, memory).run(), "keep the site memory");
}

Result<std::optional<State::RobotsAnswer>> State::robots(std::string_view origin) {
  auto query = statements_->db.prepare("SELECT status,body,asked_at FROM robots WHERE origin=?");
  if (!query) return query.error();
  std::optional<RobotsAnswer> answer;
  if (query->bind(1, origin).row()) answer = RobotsAnswer{static_cast<int>(query->number(0)), query->text(1), query->number(2)};
  if (Status status = statements_->ended(*query, "read robots.txt of a site"); !status) return status.error();
  return answer;
}

Status State::save_robots(std::string_view origin, const RobotsAnswer& answer) {
  auto put = statements_->db.prepare("INSERT OR REPLACE INTO robots(origin,status,body,asked_at) VALUES(?,?,?,?)");
  if (!put) return put.error();
  put->bind(1, origin).bind(2, std::int64_t{answer.status}).blob(3, answer.body).bind(4, answer.asked_at);
  return statements_->done(put->run(), "keep robots.txt of a site");
}

Status State::each_row(const char* sql, const std::function<bool(const std::vector<std::string>&)>& take) {
  auto query = statements_->db.prepare(sql);
  if (!query) return query.error();
  std::vector<std::string> row;
  while (query->row()) {
    row.clear();
    for (int column = 0; column < query->columns(); ++column) row.push_back(query->text(column));
    if (!take(row)) return Ok{};
  }
  return statements_->ended(*query, "read the state file");
}

Result<std::vector<std::vector<std::string>>> State::rows(const char* sql) {
  std::vector<std::vector<std::string>> rows;
  const Status read = each_row(sql, [&](const std::vector<std::string>& row) {
    rows.push_back(row);
    return true;
  });
  if (!read) return read.error();
  return rows;
}

}  // namespace marrow
