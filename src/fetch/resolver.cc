#include "fetch/resolver.h"

#include <ares.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <algorithm>
#include <deque>
#include <map>
#include <unordered_map>
#include <utility>

#include "fetch/address.h"

namespace marrow {
namespace {

using Time = Resolver::Time;

// An unanswered query is sent again after a quarter of the patience, then after half of it: two losses are borne.
constexpr int kShareOfPatience = 4;
constexpr int kTries = 3;
// More addresses of one name than this are not tried.
constexpr std::size_t kMaxAddresses = 16;

struct ChannelDeleter {
  void operator()(ares_channeldata* channel) const { ares_destroy(channel); }
};
struct AddrinfoDeleter {
  void operator()(ares_addrinfo* info) const { ares_freeaddrinfo(info); }
};

bool is_localhost(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  return host == "localhost" || host.ends_with(".localhost");
}

// Both queries of a name that is being asked for.
struct Lookup {
  std::vector<std::string> v4, v6;
  std::chrono::seconds fresh = Resolver::kMostFresh;
  int open = 0;  // queries without an answer
  bool missing = false, failed = false;  // one said "no such name"; one had a fault
  Time until{};
};

}  // namespace

struct Resolver::State {
  struct Known {
    Answer answer;
    Time until{};
  };
  // What c-ares hands back; a lookup that was given up is not in `lookups` any more.
  struct Query {
    State* state;
    std::string host;
    std::uint64_t serial;
  };

  explicit State(Millis p) : patience(p) {}
  static void on_answer(void* data, int status, int timeouts, ares_addrinfo* info);
  static void on_socket(void* data, ares_socket_t fd, int readable, int writable);
  void query(const std::string& host, int family);
  void note(Lookup& lookup, int status, const ares_addrinfo* info) const;
  void settle(const std::string& host, Lookup lookup);
  void give_up(Time at);

  const Millis patience;
  std::unordered_map<std::string, Known> known;
  std::map<std::string, std::pair<std::uint64_t, Lookup>> lookups;
  std::deque<std::pair<std::string, Answer>> answered;
  std::map<ares_socket_t, short> polled;
  std::uint64_t serials = 0;
  Time now{};
  std::unique_ptr<ares_channeldata, ChannelDeleter> channel;  // last: its end calls on_answer
};

Resolver::Resolver(std::unique_ptr<State> state) : state_(std::move(state)) {}
Resolver::Resolver(Resolver&&) noexcept = default;
Resolver::~Resolver() = default;

Result<Resolver> Resolver::create(const FetchOptions& options) {
  static const int ready = ares_library_init(ARES_LIB_INIT_ALL);
  auto state = std::make_unique<State>(options.connect_timeout);
  ares_options wanted{};
  wanted.timeout = static_cast<int>(std::max<std::int64_t>(options.connect_timeout.count() / kShareOfPatience, 1));
  wanted.tries = kTries;
  wanted.flags = ARES_FLAG_NOSEARCH;
  wanted.sock_state_cb = &State::on_socket;
  wanted.sock_state_cb_data = state.get();
  ares_channel channel = nullptr;
  const int made = ready != ARES_SUCCESS ? ready
                                         : ares_init_options(&channel, &wanted,
                                                             ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_FLAGS |
                                                                 ARES_OPT_SOCK_STATE_CB);
  if (made != ARES_SUCCESS)
    return Error{ErrorKind::stop_run, std::string("the resolver cannot be initialised: ") + ares_strerror(made)};
  state->channel.reset(channel);
  if (!options.dns_servers.empty() && ares_set_servers_ports_csv(channel, options.dns_servers.c_str()) != ARES_SUCCESS)
    return Error{ErrorKind::stop_run, "dns_servers: '" + options.dns_servers + "' is no list of addresses"};
  return Resolver(std::move(state));
}

const Resolver::Answer* Resolver::look(const std::string& host, Time now) const {
  const auto at = state_->known.find(host);
  return at == state_->known.end() || now >= at->second.until ? nullptr : &at->second.answer;
}

void Resolver::State::on_socket(void* data, ares_socket_t fd, int readable, int writable) {
  auto* state = static_cast<State*>(data);
  if (!readable && !writable)
    state->polled.erase(fd);
  else
    state->polled[fd] = static_cast<short>((readable ? POLLIN : 0) | (writable ? POLLOUT : 0));
}

void Resolver::ask(const std::string& host, Time now) {
  State& state = *state_;
  state.now = now;
  if (is_localhost(host)) {
    State::Known& entry = state.known[host];
    entry = {{{"127.0.0.1", "::1"}, {}, true}, now + kMostFresh};
    state.answered.emplace_back(host, entry.answer);
    return;
  }
  const auto [entry, fresh] = state.lookups.try_emplace(host);
  if (!fresh) return;
  entry->second.first = ++state.serials;
  entry->second.second.until = now + state.patience;
  entry->second.second.open = 2;
  state.query(host, AF_INET);
  state.query(host, AF_INET6);
}

void Resolver::State::query(const std::string& host, int family) {
  const auto at = lookups.find(host);
  if (at == lookups.end()) return;  // the first answer came at once, and settled it
  ares_addrinfo_hints hints{};
  hints.ai_family = family;
  hints.ai_flags = ARES_AI_NOSORT;
  auto query = std::make_unique<Query>(Query{this, host, at->second.first});
  // on_answer is called once, whatever happens, and takes the query back.
  ares_getaddrinfo(channel.get(), host.c_str(), nullptr, &hints, &State::on_answer, query.release());
}

void Resolver::State::on_answer(void* data, int status, int, ares_addrinfo* info) {
  const std::unique_ptr<Query> query(static_cast<Query*>(data));
  const std::unique_ptr<ares_addrinfo, AddrinfoDeleter> addresses(info);
  if (status == ARES_EDESTRUCTION) return;
  State& state = *query->state;
  const auto at = state.lookups.find(query->host);
  if (at == state.lookups.end() || at->second.first != query->serial) return;
  Lookup& lookup = at->second.second;
  --lookup.open;
  state.note(lookup, status, addresses.get());
  if (lookup.open > 0) {
    if (!lookup.v4.empty() || !lookup.v6.empty()) lookup.until = std::min(lookup.until, state.now + kOtherFamily);
    return;
  }
  Lookup done = std::move(lookup);
  state.lookups.erase(at);
  state.settle(query->host, std::move(done));
}

void Resolver::State::note(Lookup& lookup, int status, const ares_addrinfo* info) const {
  if (status == ARES_ENOTFOUND || status == ARES_ENODATA || status == ARES_EBADNAME) lookup.missing = true;
  else if (status != ARES_SUCCESS) lookup.failed = true;
  if (!info) return;
  for (const ares_addrinfo_node* node = info->nodes; node; node = node->ai_next) {
    std::vector<std::string>& list = node->ai_family == AF_INET ? lookup.v4 : lookup.v6;
    std::string address = address_text(node->ai_addr);
    if (address.empty() || list.size() >= kMaxAddresses) continue;
    list.push_back(std::move(address));
    lookup.fresh = std::min(lookup.fresh, std::chrono::seconds{std::max(node->ai_ttl, 0)});
  }
}

void Resolver::State::settle(const std::string& host, Lookup lookup) {
  Answer answer;
  answer.addresses = std::move(lookup.v4);
  answer.addresses.insert(answer.addresses.end(), lookup.v6.begin(), lookup.v6.end());
  const bool found = !answer.addresses.empty();
  if (!found) {
    answer.settled = lookup.missing && !lookup.failed && lookup.open == 0;
    answer.fault = answer.settled     ? "no such host"
                   : lookup.open > 0 ? "the name servers did not answer in time"
                                     : "the name servers gave no answer";
  }
  // What may pass is asked for again at the next try.
  if (found || answer.settled)
    known[host] = {answer, now + (found ? std::clamp(lookup.fresh, kLeastFresh, kMostFresh) : kLeastFresh)};
  answered.emplace_back(host, std::move(answer));
}

void Resolver::State::give_up(Time at) {
  for (auto entry = lookups.begin(); entry != lookups.end();) {
    if (entry->second.second.until > at) {
      ++entry;
      continue;
    }
    Lookup late = std::move(entry->second.second);
    const std::string host = entry->first;
    entry = lookups.erase(entry);
    settle(host, std::move(late));
  }
}

bool Resolver::take(std::string& host, Answer& answer) {
  if (state_->answered.empty()) return false;
  host = std::move(state_->answered.front().first);
  answer = std::move(state_->answered.front().second);
  state_->answered.pop_front();
  return true;
}

void Resolver::sockets(std::vector<pollfd>& polled) const {
  polled.clear();
  for (const auto& [fd, events] : state_->polled) polled.push_back({fd, events, 0});
}

Millis Resolver::patience(Time now) const {
  if (!state_->answered.empty()) return Millis{0};
  if (state_->lookups.empty()) return Millis::max();
  Time first = Time::max();
  for (const auto& [host, entry] : state_->lookups) first = std::min(first, entry.second.until);
  Millis wait = std::chrono::ceil<Millis>(first - now);
  timeval next{};
  if (ares_timeout(state_->channel.get(), nullptr, &next))
    wait = std::min(wait, Millis{next.tv_sec * 1000 + next.tv_usec / 1000 + 1});
  return std::max(wait, Millis{0});
}

void Resolver::serve(const std::vector<pollfd>& polled, Time now) {
  state_->now = now;
  for (const pollfd& one : polled)
    if (one.revents)
      ares_process_fd(state_->channel.get(), (one.revents & ~POLLOUT) ? one.fd : ARES_SOCKET_BAD,
                      (one.revents & POLLOUT) ? one.fd : ARES_SOCKET_BAD);
  if (state_->lookups.empty()) return;
  ares_process_fd(state_->channel.get(), ARES_SOCKET_BAD, ARES_SOCKET_BAD);  // what is to be sent again
  state_->give_up(now);
}

}  // namespace marrow
