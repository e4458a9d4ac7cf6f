// State: what a job remembers from run to run, in one SQLite file (WAL), and the records of a run
// that are not yet published. Committed page by page in batches, so that a run killed at any moment
// goes on where it was: pages that were recorded are not fetched again, their records are not lost,
// and none is written twice. A file that is not ours, is damaged or comes from a newer program is
// refused and never written to. Schema, version 1: docs beside kSchema in state.cc. One thread.
#pragma once

#include <cstdint>
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
};

struct RunState {
  std::int64_t run = 0;
  std::int64_t round = 0;  // one pass over all sources; takes several runs where runs are cut short
  bool resumed = false;    // this run was begun by a process that died
};

class State {
 public:
  static Result<State> open(const std::string& path);
  State(State&&) noexcept;
  ~State();

  // Goes on with a run that was not closed, or begins a new one.
  Result<RunState> begin_run(std::string_view now);
  // Publishes nothing: forgets the run's records (if `by_run`) and notes that it is over. Durable
  // when it returns.
  Status end_run(const RunState& run, bool complete, bool by_run, std::string_view now,
                 std::string_view report);

  // The page of a URL, made at first sight.
  Result<PageState> page(std::string_view url);
  Status save(const PageState& page);
  Status save_record(PageId page, std::int64_t run, std::string_view id, std::string_view url,
                     std::string_view rendered);

  struct Pending {
    std::string id, url, rendered;
  };
  // The record of a page: of this run, or of any where run = 0.
  Result<std::optional<Pending>> record(PageId page, std::int64_t run);
  Result<bool> has_record(PageId page);
  Result<std::vector<PageId>> pages_with_records(std::int64_t run);  // ascending

  // Small facts that last beyond a run. "" where there is none.
  Result<std::string> fact(std::string_view name);
  Status set_fact(std::string_view name, std::string_view value);

  // Everything between is one transaction; commit() makes it last.
  Status begin();
  Status commit();

 private:
  struct Statements;
  explicit State(std::unique_ptr<Statements> statements);
  std::unique_ptr<Statements> statements_;
};

}  // namespace marrow
