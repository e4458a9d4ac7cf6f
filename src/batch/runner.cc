#include "batch/runner.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "base/url.h"
#include "batch/clock.h"
#include "batch/visit.h"
#include "fetch/robots_cache.h"

namespace marrow {
namespace {

// What a killed run loses is what came since the last commit; a commit in WAL mode costs no sync of the state, and one of
// the WARC file where pages are kept.
constexpr std::chrono::milliseconds kCommitEvery{250};
constexpr std::chrono::milliseconds kShowEvery{100};

}  // namespace

std::string host_name(std::string_view url) {
  UrlParts parts;
  return split_url(url, &parts) ? std::string(host_without_www(parts.host)) : std::string();
}

std::string links_fact(std::string_view url) { return "links " + std::string(url); }

std::string program_key(const Job& job) {
  constexpr const char* kFormats[] = {"jsonl", "text", "markdown"};
  return std::string(MARROW_VERSION) + " " + kFormats[static_cast<int>(job.output.format)] +
         (job.clean.body == BodyFormat::markdown ? " markdown" : " text") +
         (job.clean.images ? " images" : "") + (job.memory ? "" : " no-memory") +
         (job.crawl.depth > 0 ? " links" : "");  // where pages lead is known of pages cleaned for a crawl only
}

Runner::Runner(const Parts& parts, const RunState& run, const Plan& plan, const Agenda& agenda, RunSummary& summary)
    : parts_(parts), run_(run), plan_(plan), agenda_(agenda), summary_(summary), program_(program_key(parts.job)),
      rule_numbers_(parts.cleaner.rule_names.size(), 0),
      order_(parts.job.limits.max_pages ? std::vector<std::uint32_t>() : order_of_asking(plan, parts.job.fetch.max_waiting)) {
  PageWorkers::Keep keep;
  if (parts.warc.is_open()) keep = [](PageWork& work) { pack_exchange(work); };
  workers_ = std::make_unique<PageWorkers>(parts.job.limits.threads, parts.cleaner.make, parts.job.output.format, std::move(keep),
                                           [this] { parts_.fetcher.wake(); });
}

Status Runner::run() {
  check(parts_.state.begin());
  parts_.fetcher.run(*this);
  drain();
  workers_.reset();
  if (!error_) {
    check(parts_.warc.mark(parts_.state));
    check(parts_.state.commit());
  }
  if (error_) return *error_;
  summary_.not_reached += plan_.size() - position_;
  show_progress();
  return Ok{};
}

// What was fetched is cleaned; after a stop for no longer than transfers under way get.
void Runner::drain() {
  while (!error_ && workers_->under_way() > 0) {
    if (stopped() && Clock::now() - stopped_at_ > Fetcher::kGrace) {
      const std::size_t dropped = workers_->drop_waiting();
      summary_.not_reached += dropped;
      if (dropped)
        parts_.observer.log(RunObserver::Level::warning,
                            std::to_string(dropped) + " pages that were fetched are left for the next run");
    }
    workers_->wait(kShowEvery);
    tick();
  }
}

void Runner::check(Status status) {
  if (!status && !error_) error_ = status.error();
}

bool Runner::stopped() {
  if (error_) return true;
  const auto limit = parts_.job.limits.max_runtime;
  const bool asked = parts_.stop && parts_.stop->load(std::memory_order_relaxed);
  const bool late = limit.count() > 0 && Clock::now() - parts_.started >= limit;
  if (!asked && !late) return false;
  summary_.interrupted = asked;
  summary_.out_of_time = late;
  if (stopped_at_ == Clock::time_point()) {
    stopped_at_ = Clock::now();
    parts_.observer.log(RunObserver::Level::warning,
                        std::string(asked ? "interrupted" : "max_runtime is reached") +
                            ": pages in flight are finished, for at most " +
                            std::to_string(Fetcher::kGrace.count()) + " s, and written; the next run does the rest");
  }
  return true;
}

std::string Runner::host_at(std::size_t position) const { return host_name(plan_.url(position)); }

std::optional<PageState> Runner::page_at(std::size_t position) {
  PageId id = agenda_.pages[position];
  if (!id && !new_pages_.empty()) id = new_pages_[position];
  auto page = id ? parts_.state.page(id) : parts_.state.page(plan_.url(position));
  if (!page) {
    check(page.error());
    return std::nullopt;
  }
  if (!id) {
    if (new_pages_.empty()) new_pages_.assign(plan_.size(), 0);
    new_pages_[position] = page->id;
  }
  return *std::move(page);
}

// Whether what was made of the page the last time is still what would be made of the same bytes
// now.
bool Runner::settled(const PageState& page) {
  if (page.body_hash.empty() || page.rules != parts_.cleaner.rules || page.program != program_)
    return false;
  if (!parts_.job.output.whole()) return true;
  const auto has = parts_.state.has_record(page.id);
  return has && *has;
}

FetchClient::Pull Runner::next(Request& request) {
  const std::uint64_t limit = parts_.job.limits.max_pages;
  while (!error_ && position_ < plan_.size() && (limit == 0 || asked_ < limit)) {
    const std::size_t position = order_.empty() ? position_ : order_[position_];
    const Todo todo = agenda_.todo[position];
    if (todo == Todo::reclean && !workers_->has_room()) return Pull::wait;
    ++position_;
    if (todo == Todo::earlier || todo == Todo::not_due) {
      ++(todo == Todo::earlier ? summary_.earlier : summary_.not_due);
      ++done_;
      continue;
    }
    auto page = page_at(position);
    if (!page) break;
    if (todo == Todo::reclean && reclean(position, *page)) continue;
    ++asked_;
    request.url = plan_.url(position);
    request.tag = position;
    if (settled(*page) || (page->kept() && !parts_.job.warc.empty())) {
      request.etag = page->etag;
      request.last_modified = page->last_modified;
    }
    return Pull::ready;
  }
  return Pull::end;
}

// Cleans what an earlier run kept, without the network. False where that is not there any more.
bool Runner::reclean(std::size_t position, PageState page) {
  if (!page.kept() || parts_.job.warc.empty()) return false;
  auto body = read_kept(parts_.job, page);
  if (!body) {
    parts_.observer.log(RunObserver::Level::warning, body.error().message);
    page.warc_offset = -1;
    page.etag.clear();
    page.last_modified.clear();
    page.next_visit = 0;
    check(parts_.state.save(page));
    return false;
  }
  PageWork work;
  work.want_links = parts_.job.crawl.depth > 0;
  work.position = position;
  work.id = plan_.id(position);
  work.kept = true;
  work.response = kept_response(page, plan_.url(position), *std::move(body));
  workers_->push(std::move(work));
  return true;
}

void Runner::done(Response response) {
  if (response.outcome == Outcome::interrupted) {
    ++summary_.not_reached;
    return;
  }
  summary_.received += response.received;
  auto page = page_at(response.tag);
  if (!page) return;
  if (response.outcome == Outcome::not_modified) return unchanged(*std::move(page), response);
  if (response.outcome != Outcome::ok) return fail(*std::move(page), response);
  summary_.count_fetched(host_at(response.tag), politeness_key(response.final_url), response.body.size());
  PageWork work;
  work.want_links = parts_.job.crawl.depth > 0;
  work.position = response.tag;
  work.id = plan_.id(response.tag);
  if (settled(*page)) work.known_hash = page->body_hash;
  work.response = std::move(response);
  workers_->push(std::move(work));
}

void Runner::unchanged(PageState page, const Response& response) {
  page.fetched_at = response.fetched_at;
  note_visit(page, response, false, run_.round, parts_.job.visits);
  page.status = 200;  // of the body that is still true
  check(parts_.state.save(page));
  ++done_;
  if (settled(page)) {
    summary_.count_unchanged(host_at(response.tag));
  } else if (!reclean(response.tag, page)) {  // as it was, but the rules have changed and the body is gone
    summary_.count_failure(host_at(response.tag), "not_kept");
  }
}

// The last good visit stays known: its validators and its record are still true of the page.
void Runner::fail(PageState page, const Response& response) {
  const std::string reason(name_of(response.outcome));
  ++done_;
  summary_.count_failure(host_at(response.tag), reason);
  parts_.observer.log(RunObserver::Level::warning, response.url + ": " + response.reason);
  note_visit(page, response, page.outcome != reason, run_.round, parts_.job.visits);
  check(parts_.state.save(page));
  if (page.kept() && !page.body_hash.empty() && !settled(page)) reclean(response.tag, std::move(page));
}

void Runner::not_cleaned(PageState page, const PageWork& work) {
  const std::string reason = work.crashed ? "crash" : "not_cleaned";
  summary_.count_failure(host_at(work.position), reason);
  parts_.observer.log(RunObserver::Level::error, work.response.url + ": " + work.problem);
  if (work.crashed) page.outcome = reason;
  check(parts_.state.save(page));
}

void Runner::collect(PageWork work) {
  if (!work.kept) ++done_;
  summary_.clean_seconds += work.seconds;
  auto page = page_at(work.position);
  if (!page) return;
  const Response& response = work.response;
  const bool same = page->body_hash == work.body_hash;
  if (!work.kept) note_visit(*page, response, !same, run_.round, parts_.job.visits);
  if (!work.problem.empty()) return not_cleaned(*std::move(page), work);
  if (!work.warc.empty()) {
    const auto at = parts_.warc.append(work.warc);
    if (!at) return check(at.error());
    page->warc = parts_.warc.name();
    page->warc_offset = *at + static_cast<std::int64_t>(work.warc_response);
  }
  if (work.unchanged) {
    summary_.count_unchanged(host_at(work.position));
  } else {
    summary_.count_cleaned(host_at(work.position), same);
    summary_.note_slow(plan_.url(work.position), work.seconds);
    cleaned(*page, work);
  }
  page->body_hash = std::move(work.body_hash);
  page->rules = parts_.cleaner.rules;
  page->program = program_;
  if (!work.kept) note_answer(*page, response);
  check(parts_.state.save(*page));
}

// The record, what it looked like, and what the page tells of its site.
void Runner::cleaned(PageState& page, PageWork& work) {
  check(parts_.state.save_record(page.id, run_.run, work.id, work.url, work.rendered));
  if (work.want_links) check(parts_.state.set_fact(links_fact(plan_.url(work.position)), work.links));
  for (std::size_t stage = 0; stage < kStages; ++stage)
    summary_.stage_seconds[stage] += static_cast<double>(work.extras.times.nanos[stage]) / 1e9;
  for (const std::uint32_t rule : work.extras.rules)
    if (rule < parts_.cleaner.rule_names.size()) ++summary_.rules_hit[parts_.cleaner.rule_names[rule]];
  work.look.rules = rule_numbers(work.extras.rules);
  PageChange change;
  change.page = page.id;
  change.host = host_at(work.position);
  change.was = page.look;
  change.now = page.look = to_bytes(work.look);
  if (work.extras.summary && parts_.job.memory && parts_.memory.wants(*work.extras.summary)) {
    SiteMemory one;
    one.add(*work.extras.summary);
    change.summary = one.encode();
  }
  check(parts_.state.save_change(change));
}

std::vector<std::int64_t> Runner::rule_numbers(const std::vector<std::uint32_t>& rules) {
  std::vector<std::int64_t> numbers;
  for (const std::uint32_t rule : rules) {
    if (rule >= rule_numbers_.size()) continue;
    if (!rule_numbers_[rule]) {
      const auto number = parts_.state.rule_number(parts_.cleaner.rule_names[rule]);
      if (!number) {
        check(number.error());
        continue;
      }
      rule_numbers_[rule] = *number;
    }
    numbers.push_back(rule_numbers_[rule]);
  }
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  return numbers;
}

void Runner::commit() {
  check(parts_.warc.mark(parts_.state));
  check(parts_.state.commit());
  check(parts_.state.begin());
}

void Runner::show_progress() {
  RunProgress progress;
  progress.total = plan_.size();
  progress.done = done_;
  progress.failed = summary_.failed;
  progress.in_flight = parts_.fetcher.stats().in_flight;
  progress.bytes = summary_.bytes;
  parts_.observer.progress(progress);
}

void Runner::tick() {
  for (PageWork work; !error_ && workers_->take(work);) collect(std::move(work));
  const auto now = Clock::now();
  if (now - committed_ >= kCommitEvery && !error_) {
    commit();
    committed_ = now;
  }
  if (now - shown_ >= kShowEvery) {
    show_progress();
    shown_ = now;
  }
}

}  // namespace marrow
