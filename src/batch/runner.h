// Runner: one run of a job over its plan, between the fetcher (whose client it is), the cleaners
// and the state. Private to batch/run.cc. All of it on the network's thread; cleaners hand their
// work back through PageWorkers.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "batch/agenda.h"
#include "batch/page_work.h"
#include "batch/plan.h"
#include "batch/run.h"
#include "batch/state.h"
#include "batch/warc_file.h"
#include "fetch/fetcher.h"

namespace marrow {

class Runner : public FetchClient {
 public:
  using Clock = std::chrono::steady_clock;
  struct Parts {
    const Job& job;
    const RunCleaner& cleaner;
    RunObserver& observer;
    State& state;
    Fetcher& fetcher;
    WarcFile& warc;
    const SiteMemory& memory;  // as the run found it
    const std::atomic<bool>* stop;
    Clock::time_point started;
  };

  Runner(const Parts& parts, const RunState& run, const Plan& plan, const Agenda& agenda, RunSummary& summary);

  // Fetches and cleans all that is due. An error ends the run (state, disk); what was committed
  // stays.
  Status run();

  Pull next(Request& request) override;
  bool room() override { return !error_ && workers_->has_room(); }
  void done(Response response) override;
  bool stopped() override;
  void tick() override;

 private:
  bool settled(const PageState& page);
  void collect(PageWork work);
  void not_cleaned(PageState page, const PageWork& work);
  void cleaned(PageState& page, PageWork& work);
  void unchanged(PageState page, const Response& response);
  void fail(PageState page, const Response& response);
  bool reclean(std::size_t position, PageState page);
  std::vector<std::int64_t> rule_numbers(const std::vector<std::uint32_t>& rules);
  std::optional<PageState> page_at(std::size_t position);
  std::string host_at(std::size_t position) const;
  void check(Status status);
  void commit();
  void drain();
  void show_progress();

  const Parts parts_;
  const RunState run_;
  const Plan& plan_;
  const Agenda& agenda_;
  std::vector<PageId> new_pages_;  // numbers of pages that the agenda does not know, by position; made when the first one comes
  RunSummary& summary_;
  const std::string program_;  // what besides the rules decides how a record looks
  std::vector<std::int64_t> rule_numbers_;  // of RunCleaner::rule_names in the state, 0 = not asked for yet
  const std::vector<std::uint32_t> order_;  // of asking (plan.h)
  std::size_t position_ = 0, asked_ = 0, done_ = 0;  // position_: in that order
  std::optional<Error> error_;
  Clock::time_point committed_, shown_, stopped_at_;
  std::unique_ptr<PageWorkers> workers_;
};

// The state's fact that says where a page leads, a URL a line: it outlasts the run, so that pages that have not changed,
// or were done before a kill, are followed as well.
std::string links_fact(std::string_view url);

// "0.1.0 jsonl text": program version and how records are written.
std::string program_key(const Job& job);

// Host of a URL as reports, site memory and drift know it: without "www." and port.
std::string host_name(std::string_view url);

}  // namespace marrow
