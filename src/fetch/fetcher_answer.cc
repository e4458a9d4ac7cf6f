#include <algorithm>
#include <ctime>
#include <utility>

#include "base/url.h"
#include "fetch/fetcher_state.h"
#include "fetch/retry.h"

namespace marrow {
namespace {

using Time = Schedule::Time;

// Pages of one host that failed in a row for want of an answer, each after its retries, before the
// rest of its queue is given up: a dead host must not hold a run up for queue x time-out.
constexpr int kDownAfter = 5;

bool no_answer(Outcome outcome) {
  return outcome == Outcome::dns_failed || outcome == Outcome::connect_failed ||
         outcome == Outcome::timed_out || outcome == Outcome::too_slow;
}

bool may_pass(const WireAnswer& answer) {
  if (answer.settled) return false;
  if (answer.outcome == Outcome::ok) return marrow::may_pass(answer.status);
  return no_answer(answer.outcome) || answer.outcome == Outcome::cut_off;
}

bool is_redirect(const WireAnswer& answer) {
  return answer.outcome == Outcome::ok &&
         (answer.status == 301 || answer.status == 302 || answer.status == 303 ||
          answer.status == 307 || answer.status == 308);
}

std::int64_t unix_now() { return static_cast<std::int64_t>(std::time(nullptr)); }

}  // namespace

void Fetcher::State::answered(WireAnswer answer) {
  const auto entry = flights.find(answer.id);
  if (entry == flights.end()) return;
  const Flight flight = std::move(entry->second);
  flights.erase(entry);
  const Time now = std::chrono::steady_clock::now();
  if (flight.robots)
    robots_answered(flight, std::move(answer), now);
  else
    page_answered(flight, std::move(answer), now);
}

void Fetcher::State::robots_answered(const Flight& flight, WireAnswer answer, Time now) {
  RobotsCache::Entry& entry = robots.look(flight.origin, now);
  if (is_redirect(answer) && entry.redirects < RobotsCache::kRedirects && !stopping) {
    const std::string target = without_fragment(resolve_url(flight.url, answer.location));
    if (!target.empty()) {
      ++entry.redirects;
      return ask_robots(flight.origin, target, flight.host, now);
    }
  }
  schedule.resume(flight.host, now);
  schedule.finished(flight.host, now, answer.millis, true);
  if (may_pass(answer) && entry.tries < options.retries && !stopping) {
    ++entry.tries;
    entry.redirects = 0;
    entry.state = RobotsCache::State::missing;  // the next page of the host asks again
    schedule.pause(
        flight.host,
        now + waiting_time(answer, entry.tries, answer.id).value_or(options.max_backoff));
    return;
  }
  const bool came = answer.outcome == Outcome::ok;
  RobotsCache::settle(entry, came ? answer.status : 0, answer.body, answer.outcome, answer.reason,
                      options.agent, now);
  if (entry.state != RobotsCache::State::known) return;
  if (keeper) keeper->keep(flight.origin, answer.status, answer.status < 300 ? std::string_view(answer.body) : std::string_view());
  if (const auto delay = entry.robots.crawl_delay()) schedule.at_least(flight.host, *delay);
}

void Fetcher::State::page_answered(const Flight& flight, WireAnswer answer, Time now) {
  schedule.finished(flight.host, now, answer.millis);
  Task& task = tasks[flight.item];
  task.received += answer.received;
  if (try_again(flight, answer, now)) return;
  note_health(flight.host, answer.outcome);
  if (answer.outcome != Outcome::ok) {
    std::string reason = std::move(answer.reason);
    return end(flight.item, answer.outcome, std::move(reason), std::move(answer));
  }
  if (is_redirect(answer)) return follow(flight, answer);
  const bool conditional = !task.request.etag.empty() || !task.request.last_modified.empty();
  if (answer.status == 304 && conditional)
    return end(flight.item, Outcome::not_modified, {}, std::move(answer));
  if (answer.status >= 200 && answer.status < 300)
    return end(flight.item, Outcome::ok, {}, std::move(answer));
  std::string reason = "HTTP " + std::to_string(answer.status);
  end(flight.item, Outcome::http_error, std::move(reason), std::move(answer));
}

// How long to wait before the next try; none where the server asks for more than a run waits.
std::optional<Millis> Fetcher::State::waiting_time(const WireAnswer& answer, int tries,
                                                   std::uint64_t serial) const {
  const Millis wait = backoff(options, tries, serial);
  const auto asked = parse_retry_after(answer.retry_after, unix_now());
  if (!asked) return wait;
  if (*asked > options.max_retry_after) return std::nullopt;
  return std::max(wait, *asked);
}

// True where the request goes back into the schedule.
bool Fetcher::State::try_again(const Flight& flight, WireAnswer& answer, Time now) {
  Task& task = tasks[flight.item];
  if (stopping) return false;
  if (answer.outcome == Outcome::bad_encoding &&
      !task.identity) {  // a mislabelled body: once more, plain
    task.identity = true;
    schedule.add_first(flight.host, flight.item);
    return true;
  }
  if (!may_pass(answer)) return false;
  const bool busy = answer.outcome == Outcome::ok && (answer.status == 429 || answer.status == 503);
  if (busy) schedule.slow_down(flight.host);
  const auto wait = waiting_time(answer, task.tries, task.serial);
  if (busy && wait)
    schedule.pause(flight.host, now + *wait);  // it is the host that is asked less, not the page
  if (task.tries > options.retries || !wait) return false;
  ++stats.retries;
  schedule.add_later(flight.host, flight.item, now + *wait);
  return true;
}

void Fetcher::State::follow(const Flight& flight, WireAnswer& answer) {
  Task& task = tasks[flight.item];
  const std::string target = without_fragment(resolve_url(task.url, answer.location));
  if (target.empty()) {
    std::string reason =
        "redirect to " + (answer.location.empty() ? "nowhere" : without_userinfo(answer.location).substr(0, 200));
    return end(flight.item, Outcome::bad_redirect, std::move(reason), std::move(answer));
  }
  const bool seen =
      std::find(task.visited.begin(), task.visited.end(), target) != task.visited.end();
  if (seen || target == task.url)
    return end(flight.item, Outcome::bad_redirect, "redirect loop at " + target, std::move(answer));
  if (std::cmp_greater_equal(task.visited.size(), options.max_redirects))
    return end(flight.item, Outcome::too_many_redirects,
               "over " + std::to_string(options.max_redirects) + " redirects", std::move(answer));
  if (stopping)
    return end(flight.item, Outcome::interrupted, "stopped at a redirect", std::move(answer));
  ++stats.redirects;
  task.visited.push_back(std::exchange(task.url, target));
  task.tries = 0;
  schedule.add_first(schedule.host(politeness_key(target)), flight.item);
}

void Fetcher::State::note_health(Schedule::Host host, Outcome outcome) {
  if (!no_answer(outcome)) {
    silent.erase(host);
    return;
  }
  if (++silent[host] < kDownAfter) return;
  const std::string reason = "given up: " + schedule.name(host) + " did not answer " +
                             std::to_string(kDownAfter) + " pages in a row";
  for (Schedule::Item item : schedule.drop(host)) end(item, Outcome::host_down, reason);
}

void Fetcher::State::end(Schedule::Item item, Outcome outcome, std::string reason,
                         WireAnswer answer) {
  Task& task = tasks[item];
  Response response;
  response.tag = task.request.tag;
  response.url = std::move(task.request.url);
  response.final_url = std::move(task.url);
  response.outcome = outcome;
  response.reason = std::move(reason);
  response.status = answer.status;
  response.content_type = std::move(answer.type.type);
  response.charset = std::move(answer.type.charset);
  response.etag = std::move(answer.etag);
  response.last_modified = std::move(answer.last_modified);
  if (outcome == Outcome::ok) response.body = std::move(answer.body);
  response.fetched_at = rfc3339_now();
  response.millis = answer.millis;
  response.received = task.received;
  response.tries = task.all_tries;
  response.redirects = static_cast<int>(task.visited.size());
  response.address = std::move(answer.address);
  response.request_head = std::move(answer.request_head);
  response.response_head = std::move(answer.response_head);
  task = {};
  free_tasks.push_back(item);
  client->done(std::move(response));
}

void Fetcher::State::interrupt() {
  const auto cut = std::exchange(flights, {});
  for (const auto& [id, flight] : cut)
    if (!flight.robots) end(flight.item, Outcome::interrupted, "cut at the end of the run");
}

}  // namespace marrow
