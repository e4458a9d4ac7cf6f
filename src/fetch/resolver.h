// Resolver: host names -> addresses, all names side by side on the caller's event loop. The only door to c-ares:
// libcurl as Debian builds it asks the system's resolver on threads, and taking a timed-out transfer off waits for
// its thread, so that one slow name server would stop every other transfer (curl issue 8515). Takes names, gives
// addresses or why there are none, each name once while it is fresh. Knows /etc/hosts and DNS (resolv.conf, or the
// servers of FetchOptions); not the other sources of nsswitch.conf. "localhost" and names under it are the
// loopback addresses (RFC 6761). Does not judge addresses: fetch/address.h does. One thread.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "fetch/options.h"

struct pollfd;

namespace marrow {

class Resolver {
 public:
  using Time = std::chrono::steady_clock::time_point;
  static constexpr std::chrono::seconds kLeastFresh{60};   // also of a name that is not there
  static constexpr std::chrono::seconds kMostFresh{3600};  // whatever its time to live says
  // Once one family is known, so long the other is waited for (RFC 8305 section 3).
  static constexpr Millis kOtherFamily{50};

  struct Answer {
    std::vector<std::string> addresses;  // numeric, IPv4 before IPv6; empty: `fault` says why
    std::string fault;                   // "no such host", "the name servers did not answer"
    bool settled = false;                // asking again would give the same
  };

  static Result<Resolver> create(const FetchOptions& options);
  Resolver(Resolver&&) noexcept;
  ~Resolver();

  // The answer if it is known and fresh, for as long as nothing else is called.
  const Answer* look(const std::string& host, Time now) const;
  void ask(const std::string& host, Time now);   // a host that is being asked for is not asked for twice
  bool take(std::string& host, Answer& answer);  // of a host that was asked for

  // For the event loop: what to poll, at most how long, and what poll said (the same vector).
  void sockets(std::vector<pollfd>& polled) const;
  Millis patience(Time now) const;
  void serve(const std::vector<pollfd>& polled, Time now);

 private:
  struct State;
  explicit Resolver(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace marrow
