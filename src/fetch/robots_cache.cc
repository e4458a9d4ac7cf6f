#include "fetch/robots_cache.h"

#include "base/url.h"

namespace marrow {

RobotsCache::Entry& RobotsCache::look(std::string_view origin, Time now) {
  Entry& entry = entries_[std::string(origin)];
  const bool settled = entry.state == State::known || entry.state == State::unavailable;
  if (settled && now >= entry.until) entry = {};
  return entry;
}

void RobotsCache::settle(Entry& entry, int status, std::string_view body, Outcome outcome,
                         std::string_view fault, std::string_view agent, Time now) {
  const bool busy = status == 429 || status >= 500 || status < 200;
  if (busy || (status >= 200 && status < 300 && !fault.empty())) {
    entry.state = State::unavailable;
    entry.until = now + kUnavailable;
    const bool of_the_host = outcome == Outcome::dns_failed || outcome == Outcome::refused_address ||
                             outcome == Outcome::connect_failed;
    entry.outcome = of_the_host ? outcome : Outcome::robots_unavailable;
    entry.reason = "robots.txt: " + (status && fault.empty() ? "HTTP " + std::to_string(status)
                                                             : std::string(fault));
    return;
  }
  // A redirect that led nowhere within five hops counts as unavailable, which like 4xx forbids
  // nothing.
  entry.robots = status < 300 ? Robots::parse(body, agent) : Robots::allow_all();
  entry.state = State::known;
  entry.until = now + kFresh;
}

std::string origin_of(std::string_view url) {
  UrlParts parts;
  if (!split_url(url, &parts)) return {};
  std::string origin = std::string(parts.scheme) + "://" + std::string(parts.host);
  if (!parts.port.empty()) origin.append(":").append(parts.port);
  return origin;
}

std::string politeness_key(std::string_view url) {
  UrlParts parts;
  if (!split_url(url, &parts)) return {};
  std::string key(parts.host);
  if (!parts.port.empty()) key.append(":").append(parts.port);
  return key;
}

}  // namespace marrow
