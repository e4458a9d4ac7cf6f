// RobotsCache: what robots.txt of each origin (scheme, host, port) says, and for how long. Takes
// answers of the wire, gives a verdict a URL. Decides what an answer means (RFC 9309 2.3.1): 2xx is
// parsed, 4xx allows everything, 5xx, 429 and silence forbid everything for now, at most five
// redirects. Pure; one thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/keyed_hash.h"
#include "fetch/response.h"
#include "fetch/robots.h"

namespace marrow {

class RobotsCache {
 public:
  using Time = std::chrono::steady_clock::time_point;
  static constexpr std::chrono::hours kFresh{24};         // RFC 9309 2.4
  static constexpr std::chrono::minutes kUnavailable{5};  // then it is asked for again
  static constexpr int kRedirects = 5;                    // RFC 9309 2.3.1.2

  enum class State : unsigned char { missing, asked, known, unavailable };
  struct Entry {
    State state = State::missing;
    Robots robots;
    Time until{};        // known and unavailable: when to ask again
    std::string reason;  // unavailable: why
    Outcome outcome = Outcome::robots_unavailable;  // … and what its pages end as: a host without address has none either
    int tries = 0, redirects = 0;
  };

  // The entry of an origin, with what has expired already forgotten.
  Entry& look(std::string_view origin, Time now);

  // What a final answer means. `status` 0 = none came, `fault` says why and `outcome` how.
  static void settle(Entry& entry, int status, std::string_view body, Outcome outcome, std::string_view fault,
                     std::string_view agent, Time now);

 private:
  std::unordered_map<std::string, Entry, KeyedHash, std::equal_to<>> entries_;
};

// "https://example.org" of any URL there; "" where it is no http(s) URL.
std::string origin_of(std::string_view url);
// The name a host is asked politely under: "example.org", "example.org:8080"; http and https are
// one.
std::string politeness_key(std::string_view url);

}  // namespace marrow
