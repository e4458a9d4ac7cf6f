// Schedule: which request may start next, so that every host is asked politely and none waits for
// another. Takes numbered requests of named hosts and the time, gives the request that may start
// now. Pure: knows no clock and no network, so that tests run a day in a millisecond. One thread. A
// host asks again `delay` after the last start, and not before the host's own latency has passed
// since the last answer (a slow host is asked less often); both are bounded by max_delay.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <queue>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/keyed_hash.h"
#include "fetch/options.h"

namespace marrow {

class Schedule {
 public:
  using Time = std::chrono::steady_clock::time_point;
  using Host = std::uint32_t;
  using Item = std::uint64_t;
  struct Limits {
    std::size_t per_host = 1;
    Millis delay{1000}, max_delay{30'000};
  };
  struct Due {
    Host host;
    Item item;
  };

  explicit Schedule(Limits limits) : limits_(limits) {}

  Host host(std::string_view name);  // its number; made at first sight
  const std::string& name(Host host) const { return hosts_[host].name; }

  void add(Host host, Item item);        // behind the host's others
  void add_first(Host host, Item item);  // before them (a redirect, a request put back)
  void add_later(Host host, Item item, Time not_before);  // a retry; blocks no other of its host

  // The request that may start now, counted as in flight until finished(). Hosts take turns.
  std::optional<Due> next(Time now);
  // The answer came (or failed) after `latency`. `free`: costs the host no delay (robots.txt,
  // nothing sent).
  void finished(Host host, Time now, Millis latency, bool free = false);

  void pause(Host host, Time until);       // starts nothing of this host before; moves later only
  void resume(Host host, Time now);        // ends a pause
  void at_least(Host host, Millis delay);  // Crawl-delay
  void slow_down(Host host);               // 429 and its like: doubles the delay
  std::vector<Item> drop(Host host);       // takes all its waiting requests out
  std::vector<Item> drop_all();

  // When next() may give something if nothing else happens; none = not before an add() or
  // finished().
  std::optional<Time> wake() const;
  std::size_t waiting() const { return waiting_; }
  std::size_t in_flight() const { return in_flight_; }
  std::size_t in_flight(Host host) const { return hosts_[host].in_flight; }
  Millis delay(Host host) const { return hosts_[host].delay; }

 private:
  struct HostState {
    std::string name;
    std::deque<Item> queue;
    std::size_t in_flight = 0;
    Time allowed{};  // not before, by delay
    Time paused{};   // not before, by pause()
    Millis delay{};
    std::uint64_t ticket = 0;  // of its valid entry in ready_; 0 = none
  };
  struct Ready {
    Time at;
    std::uint64_t ticket;
    Host host;
    bool operator>(const Ready& other) const {
      return at != other.at ? at > other.at : ticket > other.ticket;
    }
  };
  struct Later {
    Time at;
    std::uint64_t ticket;
    Host host;
    Item item;
    bool operator>(const Later& other) const {
      return at != other.at ? at > other.at : ticket > other.ticket;
    }
  };
  template <typename T>
  using MinHeap = std::priority_queue<T, std::vector<T>, std::greater<T>>;

  void enlist(Host host);  // makes the host's entry in ready_ true again
  void wake_later(Time now);

  Limits limits_;
  std::vector<HostState> hosts_;
  std::unordered_map<std::string, Host, KeyedHash, std::equal_to<>> by_name_;
  mutable MinHeap<Ready> ready_;  // stale entries are dropped when they come up
  MinHeap<Later> later_;
  std::uint64_t tickets_ = 0;
  std::size_t waiting_ = 0, in_flight_ = 0;
};

}  // namespace marrow
