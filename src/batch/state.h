// State: what a job remembers from run to run, in one SQLite file (WAL), and the records of a run
// that are not yet published. Committed page by page in batches, so that a run killed at any moment
// goes on where it was: pages that were recorded are not fetched again, their records are not lost,
// and none is written twice. A file that is not ours, is damaged or comes from a newer program is
// refused and never written to; one of an older program is migrated. Tables: batch/schema.cc. One thread.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace marrow {

using PageId = std::int64_t;

// What is known of a page from its last visit.
struct PageState {
  PageId id = 0;
  std::string etag, last_modified;  // validators of the last body
  std::string body_hash;            // sha256 of the body that was cleaned last, "" = none was
  std::string rules, program;       // that cleaned it
  std::string fetched_at;           // last success; unchanged pages keep it young
  std::string outcome;              // name_of(Outcome) of the last visit
  int status = 0;
  std::int64_t round = 0;         // in which it was visited last
  std::string warc;               // where its last body is kept: file …
  std::int64_t warc_offset = -1;  // … and offset of the response record; -1 = not kept
  std::string final_url, content_type, charset;  // of the last body
  std::int64_t changed_at = 0;    // when body or outcome were first as they are; seconds since 1970
  std::int64_t next_visit = 0;    // not to be asked for before
  std::string file, record_hash;  // where its last record stands, and its sha256
  std::string look;               // bytes of the last record's PageLook (batch/page_look.h)

  bool kept() const { return warc_offset >= 0; }
};

// What scheduling needs of a page.
struct PageGlance {
  PageId id = 0;
  std::string_view url;  // until the next one
  std::int64_t round = 0, next_visit = 0;
  bool current = false;  // cleaned by these rules and this program, or never cleaned
  bool kept = false;     // its body is in a WARC file
};

struct RunState {
  std::int64_t run = 0;
  std::int64_t round = 0;  // one pass over all sources; takes several runs where runs are cut short
  bool resumed = false;    // this run was begun by a process that died
  std::string started;     // RFC 3339; by that process
};

// What the open run did to a page, until the run ends.
struct PageChange {
  PageId page = 0;
  std::string host, was, now;  // PageLooks; `was` is "" for a page seen for the first time
  std::string summary;         // bytes of a PageSummary, "" = none
};

// Figures of a host in one run, of pages of one kind; what later runs are compared with.
struct DriftRow {
  std::string host;
  std::int64_t run = 0;
  int kind = 0;
  std::int64_t pages = 0, words = 0;  // median words of a body
  std::int64_t empty = 0, review = 0, unsure = 0;
  std::string rules;  // bytes: rule number, pages; batch/page_look.h
  bool alarmed = false;
};

class State {
 public:
  static Result<State> open(const std::string& path);
  State(State&&) noexcept;
  State& operator=(State&&) noexcept;
  ~State();

  // Goes on with a run that was not closed, or begins a new one.
  Result<RunState> begin_run(std::string_view now);
  // Publishes nothing: forgets what only the open run needed (its records, if `by_run`) and notes that it is over. Within a
  // durable transaction of the caller: what has been published must be known as such after a power cut, too.
  Status end_run(const RunState& run, bool complete, bool by_run, std::string_view now,
                 std::string_view report);

  Result<PageState> page(PageId id);
  Result<std::optional<PageState>> find(std::string_view url);
  Result<PageState> page(std::string_view url);  // made at first sight
  Status save(const PageState& page);
  // All pages, by number. Whoever is called must not use the state.
  Status each_page(std::string_view rules, std::string_view program,
                   const std::function<void(const PageGlance&)>& take);
  Result<std::string> url(PageId page);

  Status save_record(PageId page, std::int64_t run, std::string_view id, std::string_view url,
                     std::string_view rendered);
  struct Pending {
    std::string id, url, rendered;
    std::int64_t run = 0;
    std::string url_asked, rules, program;  // of the page
  };
  // The record of a page: of this run, or the youngest where run = 0.
  Result<std::optional<Pending>> record(PageId page, std::int64_t run);
  Result<bool> has_record(PageId page);
  Result<std::vector<PageId>> pages_with_records(std::int64_t run);  // ascending; run = 0: of any
  Status save_place(PageId page, std::string_view file, std::string_view hash);  // of its last record
  Status drop_record(PageId page, std::int64_t run);

  Status save_change(const PageChange& change);
  Status each_change(const std::function<void(const PageChange&)>& take);  // by page

  // Numbers for the names of rules, given at first sight; the same in every run.
  Result<std::int64_t> rule_number(std::string_view name);
  Result<std::map<std::int64_t, std::string>> rule_names();

  Result<std::vector<DriftRow>> drift_rows(std::string_view host);  // youngest first
  Status save_drift(const DriftRow& row);
  Status forget_drift(std::string_view host, int kind, std::int64_t before);  // rows of older runs

  struct HostTotals {
    std::int64_t pages = 0, failed = 0, bytes = 0;
  };
  Status add_to_host(std::string_view host, const HostTotals& totals, std::int64_t run);
  Status each_memory(const std::function<void(const std::string& host, const std::string& memory)>& take);
  Status save_memory(std::string_view host, std::string_view memory);
  Result<std::string> memory(std::string_view host);  // "" = none

  // What robots.txt of an origin answered the last time, and when (seconds since 1970).
  struct RobotsAnswer {
    int status = 0;
    std::string body;
    std::int64_t asked_at = 0;
  };
  Result<std::optional<RobotsAnswer>> robots(std::string_view origin);
  Status save_robots(std::string_view origin, const RobotsAnswer& answer);

  // Small facts that last beyond a run. "" where there is none.
  Result<std::string> fact(std::string_view name);
  Status set_fact(std::string_view name, std::string_view value);

  // Everything between is one transaction; commit() makes it outlast the process, and the machine where it is `durable`.
  Status begin(bool durable = false);
  Status commit();
  // Whole statements, for `marrow state`: rows of texts. `take` gives false where it wants no more, and must not use the state.
  Status each_row(const char* sql, const std::function<bool(const std::vector<std::string>&)>& take);
  Result<std::vector<std::vector<std::string>>> rows(const char* sql);
  Status execute(const char* sql);

 private:
  struct Statements;
  explicit State(std::unique_ptr<Statements> statements);
  std::unique_ptr<Statements> statements_;
};

}  // namespace marrow
