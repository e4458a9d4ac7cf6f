#include <algorithm>
#include <utility>

#include "base/url.h"
#include "fetch/address.h"
#include "fetch/fetcher_state.h"

namespace marrow {
namespace {

// "host:port:address,address", as libcurl takes it.
std::string pinned(const UrlParts& parts, const std::vector<std::string>& addresses) {
  std::string out(parts.host);
  out += ':';
  if (parts.port.empty())
    out += parts.scheme == "https" ? "443" : "80";
  else
    out += parts.port;
  const char* sign = ":";
  for (const std::string& address : addresses) {
    out += sign;
    out += address.find(':') == std::string::npos ? address : "[" + address + "]";
    sign = ",";
  }
  return out;
}

}  // namespace

// A request goes out once the addresses of its host are known. Behind a proxy they are the proxy's business.
void Fetcher::State::send(WireRequest request, Schedule::Time now) {
  UrlParts parts;
  split_url(request.url, &parts);
  if (!options.proxy.empty()) return wire.start(std::move(request));
  const std::string host(parts.host);
  if (is_numeric_address(host)) {
    const std::string_view refused = forbidden_address(options, host);
    if (refused.empty()) return wire.start(std::move(request));
    return refuse(request.id, Outcome::refused_address, std::string(refused) + " address", true);
  }
  if (const Resolver::Answer* answer = resolver.look(host, now)) return send_to(std::move(request), *answer);
  nameless[host].push_back(std::move(request));
  resolver.ask(host, now);
}

// Only addresses that were looked at are handed on: a name that resolves differently the second time leads nowhere
// else. The wire looks again at each address it opens a socket to.
void Fetcher::State::send_to(WireRequest request, const Resolver::Answer& answer) {
  if (answer.addresses.empty()) return refuse(request.id, Outcome::dns_failed, answer.fault, answer.settled);
  std::vector<std::string> good;
  std::string_view refused;
  for (const std::string& address : answer.addresses) {
    const std::string_view why = forbidden_address(options, address);
    if (why.empty())
      good.push_back(address);
    else if (refused.empty())
      refused = why;
  }
  if (good.empty()) return refuse(request.id, Outcome::refused_address, std::string(refused) + " address", true);
  UrlParts parts;
  split_url(request.url, &parts);
  request.resolve = pinned(parts, good);
  wire.start(std::move(request));
}

void Fetcher::State::refuse(std::uint64_t flight, Outcome outcome, std::string reason, bool settled) {
  WireAnswer answer;
  answer.id = flight;
  answer.outcome = outcome;
  answer.reason = std::move(reason);
  answer.settled = settled;
  const auto entry = flights.find(flight);
  if (entry != flights.end())
    answer.millis = std::chrono::duration_cast<Millis>(std::chrono::steady_clock::now() - entry->second.started);
  unsent.push_back(std::move(answer));
}

void Fetcher::State::wait(Schedule::Time now) {
  resolver.sockets(polled);
  const Millis most = unsent.empty() ? std::min(patience(now), resolver.patience(now)) : Millis{0};
  wire.poll(most, &polled);
  const Schedule::Time later = std::chrono::steady_clock::now();
  resolver.serve(polled, later);
  named();
}

void Fetcher::State::named() {
  std::string host;
  for (Resolver::Answer answer; resolver.take(host, answer);) {
    const auto waiting = nameless.extract(host);
    if (waiting.empty()) continue;
    for (WireRequest& request : waiting.mapped()) send_to(std::move(request), answer);
  }
  for (WireAnswer& answer : std::exchange(unsent, {})) answered(std::move(answer));
}

}  // namespace marrow
