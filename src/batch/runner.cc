#include "batch/runner.h"

#include <thread>
#include <utility>

#include "base/url.h"
#include "fetch/robots_cache.h"

namespace marrow {
namespace {

// What a killed run loses is what came since the last commit; a commit in WAL mode costs no sync.
constexpr std::chrono::milliseconds kCommitEvery{250};
constexpr std::chrono::milliseconds kShowEvery{100};

}  // namespace

std::string program_key(const Job& job) {
  constexpr const char* kFormats[] = {"jsonl", "text", "markdown"};
  return std::string(MARROW_VERSION) + " " + kFormats[static_cast<int>(job.output.format)] +
         (job.clean.body == BodyFormat::markdown ? " markdown" : " text") +
         (job.clean.images ? " images" : "");
}

Runner::Runner(const Parts& parts, const RunState& run, const Plan& plan, RunSummary& summary)
    : parts_(parts), run_(run), plan_(plan), summary_(summary), program_(program_key(parts.job)) {
  const unsigned wanted = parts.job.limits.threads;
  PageWorkers::Keep keep;
  if (parts.warc.is_open()) keep = [](PageWork& work) { pack_exchange(work); };
  workers_ = std::make_unique<PageWorkers>(wanted ? wanted : std::thread::hardware_concurrency(),
                                           parts.cleaner.make, parts.job.output.format,
                                           std::move(keep), [this] { parts_.fetcher.wake(); });
}

Status Runner::run() {
  check(parts_.state.begin());
  parts_.fetcher.run(*this);
  while (!error_ && workers_->under_way() > 0) {
    workers_->wait(kShowEvery);
    tick();
  }
  workers_.reset();
  if (!error_) {
    check(parts_.warc.mark(parts_.state));
    check(parts_.state.commit());
  }
  if (error_) return *error_;
  summary_.not_reached += plan_.pages.size() - position_;
  show_progress();
  return Ok{};
}

void Runner::check(Status status) {
  if (!status && !error_) error_ = status.error();
}

bool Runner::stopped() {
  if (error_) return true;
  if (parts_.stop && parts_.stop->load(std::memory_order_relaxed)) {
    summary_.interrupted = true;
    return true;
  }
  const auto limit = parts_.job.limits.max_runtime;
  return limit.count() > 0 && Clock::now() - parts_.started >= limit;
}

std::optional<PageState> Runner::page_at(std::size_t position) {
  auto page = parts_.state.page(plan_.pages[position].url);
  if (page) return *std::move(page);
  if (!error_) error_ = page.error();
  return std::nullopt;
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
  while (!error_ && position_ < plan_.pages.size() && (limit == 0 || asked_ < limit)) {
    const std::size_t position = position_++;
    const auto page = page_at(position);
    if (!page) break;
    if (page->round == run_.round) {
      ++summary_.earlier;
      ++done_;
      continue;
    }
    ++asked_;
    request.url = plan_.pages[position].url;
    request.tag = position;
    if (settled(*page)) {
      request.etag = page->etag;
      request.last_modified = page->last_modified;
    }
    return Pull::ready;
  }
  return Pull::end;
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
  ++summary_.fetched;
  ++summary_.hosts[politeness_key(response.final_url)];
  summary_.bytes += response.body.size();
  PageWork work;
  work.position = response.tag;
  work.id = plan_.pages[response.tag].id;
  if (settled(*page)) work.known_hash = page->body_hash;
  work.response = std::move(response);
  workers_->push(std::move(work));
}

void Runner::unchanged(PageState page, const Response& response) {
  ++summary_.unchanged;
  ++done_;
  page.fetched_at = response.fetched_at;
  page.outcome = name_of(response.outcome);
  page.status = response.status;
  page.round = run_.round;
  check(parts_.state.save(page));
}

// The last good visit stays known: its validators and its record are still true of the page.
void Runner::fail(PageState page, const Response& response) {
  ++summary_.failed;
  ++done_;
  ++summary_.reasons[std::string(name_of(response.outcome))];
  parts_.observer.log(RunObserver::Level::warning, response.url + ": " + response.reason);
  page.outcome = name_of(response.outcome);
  page.status = response.status;
  page.round = run_.round;
  check(parts_.state.save(page));
}

void Runner::collect(PageWork work) {
  ++done_;
  summary_.clean_seconds += work.seconds;
  auto page = page_at(work.position);
  if (!page) return;
  const Response& response = work.response;
  page->outcome = name_of(response.outcome);
  page->status = response.status;
  page->round = run_.round;
  if (!work.problem.empty()) {
    ++summary_.failed;
    ++summary_.reasons[work.crashed ? "crash" : "not_cleaned"];
    if (work.crashed) page->outcome = "crash";
    parts_.observer.log(RunObserver::Level::error, response.url + ": " + work.problem);
    return check(parts_.state.save(*page));
  }
  if (!work.warc.empty()) {
    const auto at = parts_.warc.append(work.warc);
    if (!at) return check(at.error());
    page->warc = parts_.warc.name();
    page->warc_offset = *at + static_cast<std::int64_t>(work.warc_response);
  }
  if (work.unchanged) {
    ++summary_.unchanged;
  } else {
    ++summary_.cleaned;
    if (page->body_hash == work.body_hash) ++summary_.recleaned;
    check(parts_.state.save_record(page->id, run_.run, work.id, work.url, work.rendered));
  }
  page->etag = response.etag;
  page->last_modified = response.last_modified;
  page->body_hash = std::move(work.body_hash);
  page->rules = parts_.cleaner.rules;
  page->program = program_;
  page->fetched_at = response.fetched_at;
  check(parts_.state.save(*page));
}

void Runner::commit() {
  check(parts_.warc.mark(parts_.state));
  check(parts_.state.commit());
  check(parts_.state.begin());
}

void Runner::show_progress() {
  RunProgress progress;
  progress.total = plan_.pages.size();
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
