// The fetcher's insides, shared by fetcher.cc (the loop, what starts), fetcher_names.cc (from names to
// addresses that may be connected to) and fetcher_answer.cc (what comes back). Private to these three.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <poll.h>

#include "fetch/fetcher.h"
#include "fetch/resolver.h"
#include "fetch/robots_cache.h"
#include "fetch/robots_keeper.h"
#include "fetch/schedule.h"
#include "fetch/wire.h"

namespace marrow {

// One request on its way, over all its hops and tries.
struct Task {
  Request request;
  std::string url;                   // of the current hop
  std::vector<std::string> visited;  // earlier hops
  int tries = 0;                     // of the current hop
  int all_tries = 0;
  bool identity = false;
  std::uint64_t serial = 0;
  std::uint64_t received = 0;
};

struct Flight {
  bool robots = false;
  Schedule::Item item = 0;  // pages
  Schedule::Host host = 0;
  std::string origin, url;  // robots: of which origin, at which hop
  Schedule::Time started{};
};

struct Fetcher::State {
  State(const FetchOptions& o, Wire w, Resolver r)
      : options(o), wire(std::move(w)), resolver(std::move(r)), schedule({o.per_host, o.delay, o.max_delay}) {}

  FetchOptions options;
  Wire wire;
  Resolver resolver;
  Schedule schedule;
  RobotsCache robots;
  RobotsKeeper* keeper = nullptr;
  FetchClient* client = nullptr;
  std::vector<Task> tasks;
  std::vector<Schedule::Item> free_tasks;
  std::unordered_map<std::uint64_t, Flight> flights;
  std::unordered_map<std::string, std::vector<WireRequest>> nameless;  // requests that wait for a host's addresses
  std::vector<WireAnswer> unsent;                                      // faults found before anything was sent
  std::vector<pollfd> polled;                                          // the resolver's sockets
  std::unordered_map<Schedule::Host, int> silent;  // pages in a row that a host gave no answer for
  std::uint64_t flight_ids = 0, serials = 0;
  bool ended = false;     // the client has no more
  bool stopping = false;  // … or wants no more
  FetchStats stats;

  void run();
  void fill();
  void admit(Request request);
  void start_due(Schedule::Time now);
  void begin(Schedule::Due due, Schedule::Time now);
  bool pass_robots(Schedule::Due due, Schedule::Time now);
  bool kept_robots(const std::string& origin, RobotsCache::Entry& entry, Schedule::Host host, Schedule::Time now);
  void ask_robots(const std::string& origin, const std::string& url, Schedule::Host host,
                  Schedule::Time now);
  void launch(Schedule::Due due, Schedule::Time now);
  void send(WireRequest request, Schedule::Time now);
  void send_to(WireRequest request, const Resolver::Answer& answer);
  void refuse(std::uint64_t flight, Outcome outcome, std::string reason, bool settled);
  void wait(Schedule::Time now);
  void named();
  void answered(WireAnswer answer);
  void robots_answered(const Flight& flight, WireAnswer answer, Schedule::Time now);
  void page_answered(const Flight& flight, WireAnswer answer, Schedule::Time now);
  bool try_again(const Flight& flight, WireAnswer& answer, Schedule::Time now);
  std::optional<Millis> waiting_time(const WireAnswer& answer, int tries,
                                     std::uint64_t serial) const;
  void follow(const Flight& flight, WireAnswer& answer);
  void end(Schedule::Item item, Outcome outcome, std::string reason, WireAnswer answer = {});
  void note_health(Schedule::Host host, Outcome outcome);
  void interrupt();
  Millis patience(Schedule::Time now) const;
};

std::string without_fragment(std::string url);
std::string without_userinfo(std::string url);  // user name and password

}  // namespace marrow
