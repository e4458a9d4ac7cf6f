#include "fetch/fetcher.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/url.h"
#include "fetch/fetcher_state.h"

namespace marrow {
namespace {

using Time = Schedule::Time;
using Clock = std::chrono::steady_clock;

// So often at least the loop looks whether it was stopped.
constexpr Millis kTick{200};

}  // namespace

std::string without_fragment(std::string url) {
  if (const std::size_t hash = url.find('#'); hash != std::string::npos) url.resize(hash);
  return url;
}

std::string without_userinfo(std::string url) {
  const std::size_t slashes = url.find("//");
  if (slashes == std::string::npos) return url;
  const std::size_t from = slashes + 2, end = std::min(url.find_first_of("/?#", from), url.size());
  const std::size_t at = std::string_view(url).substr(0, end).rfind('@');
  return at == std::string::npos || at < from ? url : url.erase(from, at + 1 - from);
}

std::string rfc3339_now() {
  std::time_t now = std::time(nullptr);
  // https://reproducible-builds.org/specs/source-date-epoch/: two runs that should give the same bytes.
  if (const char* fixed = std::getenv("SOURCE_DATE_EPOCH")) {
    const std::string_view digits = fixed;
    std::int64_t seconds = 0;
    const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
    if (failed == std::errc{} && end == digits.data() + digits.size() && seconds >= 0) now = seconds;
  }
  std::tm parts{};
  gmtime_r(&now, &parts);
  char text[32];
  return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

Fetcher::Fetcher(std::unique_ptr<State> state) : state_(std::move(state)) {}
Fetcher::Fetcher(Fetcher&&) noexcept = default;
Fetcher::~Fetcher() = default;

Result<Fetcher> Fetcher::create(const FetchOptions& options) {
  auto wire = Wire::create(options);
  if (!wire) return wire.error();
  auto resolver = Resolver::create(options);
  if (!resolver) return resolver.error();
  return Fetcher(std::make_unique<State>(options, *std::move(wire), *std::move(resolver)));
}

void Fetcher::run(FetchClient& client) {
  state_->client = &client;
  state_->ended = false;
  state_->run();
}

void Fetcher::wake() { state_->wire.wake(); }

void Fetcher::keep_robots_in(RobotsKeeper& keeper) { state_->keeper = &keeper; }

FetchStats Fetcher::stats() const {
  FetchStats stats = state_->stats;
  stats.waiting = state_->schedule.waiting();
  stats.in_flight = state_->schedule.in_flight();
  return stats;
}

void Fetcher::State::run() {
  Time cut_at = Time::max();
  while (true) {
    client->tick();
    if (cut_at == Time::max() && client->stopped()) {
      cut_at = Clock::now() + kGrace;
      ended = stopping = true;
      for (Schedule::Item item : schedule.drop_all())
        end(item, Outcome::interrupted, "stopped before its turn");
    }
    if (Clock::now() >= cut_at) return interrupt();
    fill();
    start_due(Clock::now());
    if (ended && schedule.waiting() == 0 && flights.empty()) return;
    wait(Clock::now());
    for (WireAnswer answer; wire.take(answer);) answered(std::move(answer));
  }
}

void Fetcher::State::fill() {
  while (!ended && schedule.waiting() < options.max_waiting) {
    Request request;
    const FetchClient::Pull pull = client->next(request);
    if (pull == FetchClient::Pull::wait) return;
    if (pull == FetchClient::Pull::end)
      ended = true;
    else
      admit(std::move(request));
  }
}

void Fetcher::State::admit(Request request) {
  Schedule::Item item = tasks.size();
  if (free_tasks.empty()) {
    tasks.emplace_back();
  } else {
    item = free_tasks.back();
    free_tasks.pop_back();
  }
  Task& task = tasks[item];
  task = {};
  task.serial = ++serials;
  task.url = without_fragment(resolve_url({}, request.url));
  task.request = std::move(request);
  task.request.url = without_userinfo(std::move(task.request.url));  // it would come out in reports and logs
  if (task.url.empty()) return end(item, Outcome::bad_url, "not an http or https URL");
  schedule.add(schedule.host(politeness_key(task.url)), item);
}

Millis Fetcher::State::patience(Time now) const {
  const bool full = schedule.in_flight() >= options.concurrency || !client->room();
  const auto wake = schedule.wake();
  if (full || !wake) return kTick;
  return std::clamp(std::chrono::ceil<Millis>(*wake - now), Millis{0}, kTick);
}

void Fetcher::State::start_due(Time now) {
  while (!stopping && schedule.in_flight() < options.concurrency &&
         wire.buffered() < options.max_buffered && client->room()) {
    const auto due = schedule.next(now);
    if (!due) return;
    begin(*due, now);
  }
}

void Fetcher::State::begin(Schedule::Due due, Time now) {
  if (!options.robots || pass_robots(due, now)) launch(due, now);
}

// True where the page may be asked for. Otherwise the request has ended, or waits for robots.txt.
bool Fetcher::State::pass_robots(Schedule::Due due, Time now) {
  const std::string origin = origin_of(tasks[due.item].url);
  RobotsCache::Entry& entry = robots.look(origin, now);
  switch (entry.state) {
    case RobotsCache::State::known: {
      const Robots::Decision decision = entry.robots.decide(tasks[due.item].url);
      if (decision.allowed) return true;
      schedule.finished(due.host, now, Millis{0}, true);
      end(due.item, Outcome::robots_disallowed,
          "robots.txt line " + std::to_string(decision.line) + ": " + decision.rule);
      return false;
    }
    case RobotsCache::State::unavailable:
      schedule.finished(due.host, now, Millis{0}, true);
      end(due.item, entry.outcome, entry.reason);
      return false;
    case RobotsCache::State::missing:
      if (kept_robots(origin, entry, due.host, now)) return pass_robots(due, now);
      schedule.add_first(due.host, due.item);
      schedule.pause(due.host, Time::max());
      entry.state = RobotsCache::State::asked;
      ask_robots(origin, origin + "/robots.txt", due.host, now);  // keeps the slot of the page
      return false;
    case RobotsCache::State::asked:
      schedule.add_first(due.host, due.item);
      schedule.finished(due.host, now, Millis{0}, true);
      schedule.pause(due.host, Time::max());
      return false;
  }
  return false;
}

// True where an answer of an earlier run is fresh still; then the entry holds it.
bool Fetcher::State::kept_robots(const std::string& origin, RobotsCache::Entry& entry, Schedule::Host host, Time now) {
  const auto kept = keeper ? keeper->kept(origin) : std::nullopt;
  if (!kept || kept->age >= RobotsCache::kFresh) return false;
  RobotsCache::settle(entry, kept->status, kept->body, Outcome::ok, {}, options.agent, now);
  if (entry.state != RobotsCache::State::known) return false;
  entry.until -= kept->age;
  if (const auto delay = entry.robots.crawl_delay()) schedule.at_least(host, *delay);
  return true;
}

void Fetcher::State::ask_robots(const std::string& origin, const std::string& url,
                                Schedule::Host host, Time now) {
  const std::uint64_t id = ++flight_ids;
  flights[id] = {true, 0, host, origin, url, now};
  ++stats.robots;
  WireRequest request;
  request.id = id;
  request.url = url;
  request.accept = Accept::any;
  request.max_bytes = Robots::kMaxBytes + 1;
  request.keep_cut = true;
  send(std::move(request), now);
}

void Fetcher::State::launch(Schedule::Due due, Time now) {
  Task& task = tasks[due.item];
  const std::uint64_t id = ++flight_ids;
  flights[id] = {false, due.item, due.host, {}, {}, now};
  ++stats.transfers;
  ++task.tries;
  ++task.all_tries;
  WireRequest request;
  request.id = id;
  request.url = task.url;
  request.etag = task.request.etag;
  request.last_modified = task.request.last_modified;
  request.accept = task.request.accept;
  request.identity = task.identity;
  send(std::move(request), now);
}

}  // namespace marrow
