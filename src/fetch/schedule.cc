#include "fetch/schedule.h"

#include <algorithm>

namespace marrow {

Schedule::Host Schedule::host(std::string_view name) {
  const auto [entry, fresh] = by_name_.try_emplace(std::string(name), Host(hosts_.size()));
  if (fresh) {
    hosts_.emplace_back();
    hosts_.back().name = entry->first;
    hosts_.back().delay = limits_.delay;
  }
  return entry->second;
}

void Schedule::enlist(Host number) {
  HostState& host = hosts_[number];
  host.ticket = 0;
  if (host.queue.empty() || host.in_flight >= limits_.per_host) return;
  host.ticket = ++tickets_;
  ready_.push({std::max(host.allowed, host.paused), host.ticket, number});
}

void Schedule::add(Host number, Item item) {
  hosts_[number].queue.push_back(item);
  ++waiting_;
  if (hosts_[number].ticket == 0) enlist(number);
}

void Schedule::add_first(Host number, Item item) {
  hosts_[number].queue.push_front(item);
  ++waiting_;
  if (hosts_[number].ticket == 0) enlist(number);
}

void Schedule::add_later(Host number, Item item, Time not_before) {
  later_.push({not_before, ++tickets_, number, item});
  ++waiting_;
}

void Schedule::wake_later(Time now) {
  while (!later_.empty() && later_.top().at <= now) {
    const Later due = later_.top();
    later_.pop();
    --waiting_;
    add_first(due.host, due.item);
  }
}

std::optional<Schedule::Due> Schedule::next(Time now) {
  wake_later(now);
  while (!ready_.empty()) {
    const Ready top = ready_.top();
    HostState& host = hosts_[top.host];
    if (top.ticket != host.ticket) {
      ready_.pop();
      continue;
    }
    if (top.at > now) return std::nullopt;
    ready_.pop();
    const Item item = host.queue.front();
    host.queue.pop_front();
    --waiting_;
    ++in_flight_;
    ++host.in_flight;
    host.allowed = now + host.delay;
    enlist(top.host);
    return Due{top.host, item};
  }
  return std::nullopt;
}

void Schedule::finished(Host number, Time now, Millis latency, bool free) {
  HostState& host = hosts_[number];
  --in_flight_;
  --host.in_flight;
  if (free)
    host.allowed = std::min(host.allowed, now);
  else if (host.delay.count() > 0)
    host.allowed = std::max(host.allowed, now + std::min(latency, limits_.max_delay));
  enlist(number);
}

void Schedule::pause(Host number, Time until) {
  hosts_[number].paused = std::max(hosts_[number].paused, until);
  enlist(number);
}

void Schedule::resume(Host number, Time now) {
  hosts_[number].paused = now;
  enlist(number);
}

void Schedule::at_least(Host number, Millis delay) {
  HostState& host = hosts_[number];
  host.delay = std::max(host.delay, std::min(delay, limits_.max_delay));
}

void Schedule::slow_down(Host number) {
  constexpr Millis kLeast{250};  // so that a host without a delay gets one, too
  HostState& host = hosts_[number];
  host.delay = std::min(std::max(host.delay * 2, kLeast), limits_.max_delay);
}

std::vector<Schedule::Item> Schedule::drop(Host number) {
  HostState& host = hosts_[number];
  std::vector<Item> items(host.queue.begin(), host.queue.end());
  host.queue.clear();
  std::vector<Later> others;
  while (!later_.empty()) {
    if (later_.top().host == number)
      items.push_back(later_.top().item);
    else
      others.push_back(later_.top());
    later_.pop();
  }
  later_ = MinHeap<Later>(std::greater<Later>(), std::move(others));
  waiting_ -= items.size();
  enlist(number);
  return items;
}

std::vector<Schedule::Item> Schedule::drop_all() {
  std::vector<Item> items;
  for (Host number = 0; number < hosts_.size(); ++number) {
    HostState& host = hosts_[number];
    items.insert(items.end(), host.queue.begin(), host.queue.end());
    host.queue.clear();
    enlist(number);
  }
  for (; !later_.empty(); later_.pop()) items.push_back(later_.top().item);
  waiting_ = 0;
  return items;
}

std::optional<Schedule::Time> Schedule::wake() const {
  while (!ready_.empty() && ready_.top().ticket != hosts_[ready_.top().host].ticket) ready_.pop();
  if (ready_.empty() && later_.empty()) return std::nullopt;
  if (ready_.empty()) return later_.top().at;
  if (later_.empty()) return ready_.top().at;
  return std::min(ready_.top().at, later_.top().at);
}

}  // namespace marrow
