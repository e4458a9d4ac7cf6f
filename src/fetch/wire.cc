#include "fetch/wire.h"

#include <poll.h>

#include <algorithm>
#include <cassert>
#include <csignal>
#include <deque>
#include <mutex>
#include <utility>

#include "fetch/address.h"
#include "fetch/transfer.h"

namespace marrow {
namespace {

struct CurlMultiDeleter {
  void operator()(CURLM* handle) const { curl_multi_cleanup(handle); }
};
using CurlMulti = std::unique_ptr<CURLM, CurlMultiDeleter>;

// Idle connections are worth keeping over a host's delay, and too small a cache is worse than none
// (libcurl then closes what it is about to need); 1024 descriptors is what a process may have by
// default.
constexpr std::size_t kLeastConnections = 256, kMostConnections = 900;

}  // namespace

std::string user_agent_of(const FetchOptions& options) {
  if (!options.user_agent.empty()) return options.user_agent;
  const std::string program = std::string("marrow/") + MARROW_VERSION;
  return options.contact.empty() ? program : program + " (+" + options.contact + ")";
}

struct Wire::State {
  explicit State(const FetchOptions& o)
      : options(o), agent(user_agent_of(o)), multi(curl_multi_init()) {}
  ~State() {
    for (auto& transfer : busy) curl_multi_remove_handle(multi.get(), transfer->handle());
  }

  FetchOptions options;
  std::string agent;
  std::size_t buffered = 0;
  CurlMulti multi;
  std::vector<std::unique_ptr<Transfer>> busy, idle;
  std::deque<WireAnswer> answers;
  std::vector<curl_waitfd> waits;

  void collect();
  void retire(Transfer* transfer, CURLcode code);
};

Wire::Wire(std::unique_ptr<State> state) : state_(std::move(state)) {}
Wire::Wire(Wire&&) noexcept = default;
Wire::~Wire() = default;

Result<Wire> Wire::create(const FetchOptions& options) {
  static std::once_flag once;
  static CURLcode ready = CURLE_OK;
  std::call_once(once, [] {
    ready = curl_global_init(CURL_GLOBAL_DEFAULT);
    // NOSIGNAL leaves SIGPIPE to the program; a peer that has gone is an error value here, not a
    // death.
    if (std::signal(SIGPIPE, SIG_IGN) == SIG_ERR) ready = CURLE_FAILED_INIT;
  });
  if (ready != CURLE_OK) return Error{ErrorKind::stop_run, "libcurl cannot be initialised"};
  auto state = std::make_unique<State>(options);
  if (!state->multi) return Error{ErrorKind::stop_run, "libcurl gives no multi handle"};
  const std::size_t connections = std::clamp(options.concurrency * 4, kLeastConnections,
                                             std::max(kMostConnections, options.concurrency));
  curl_multi_setopt(state->multi.get(), CURLMOPT_MAXCONNECTS, static_cast<long>(connections));
  curl_multi_setopt(state->multi.get(), CURLMOPT_MAX_TOTAL_CONNECTIONS,
                    static_cast<long>(connections));
  return Wire(std::move(state));
}

void Wire::start(WireRequest request) {
  if (state_->idle.empty())
    state_->idle.push_back(
        std::make_unique<Transfer>(state_->options, state_->agent, state_->buffered));
  std::unique_ptr<Transfer> transfer = std::move(state_->idle.back());
  state_->idle.pop_back();
  const std::uint64_t id = request.id;
  transfer->prepare(std::move(request));
  if (!transfer->handle() ||
      curl_multi_add_handle(state_->multi.get(), transfer->handle()) != CURLM_OK) {
    WireAnswer answer;
    answer.id = id;
    answer.outcome = Outcome::connect_failed;
    answer.reason = "libcurl gives no handle";
    state_->answers.push_back(std::move(answer));
    return;
  }
  state_->busy.push_back(std::move(transfer));
}

std::size_t Wire::active() const { return state_->busy.size() + state_->answers.size(); }
std::size_t Wire::buffered() const { return state_->buffered; }

void Wire::State::retire(Transfer* done, CURLcode code) {
  curl_multi_remove_handle(multi.get(), done->handle());
  answers.push_back(done->finish(code));
  const auto at = std::find_if(busy.begin(), busy.end(), [&](auto& t) { return t.get() == done; });
  assert(at != busy.end());
  idle.push_back(std::move(*at));
  *at = std::move(busy.back());
  busy.pop_back();
}

void Wire::State::collect() {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi.get(), &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    const CURLcode code = message->data.result;
    char* owner = nullptr;
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &owner);
    retire(reinterpret_cast<Transfer*>(owner), code);  // the message dies with the handle's removal
  }
}

void Wire::poll(Millis timeout, std::vector<pollfd>* extra) {
  State& state = *state_;
  int running = 0;
  if (!state.answers.empty()) timeout = Millis{0};
  state.waits.clear();
  if (extra)
    for (const pollfd& fd : *extra)
      state.waits.push_back({fd.fd,
                             static_cast<short>(((fd.events & POLLIN) ? CURL_WAIT_POLLIN : 0) |
                                                ((fd.events & POLLOUT) ? CURL_WAIT_POLLOUT : 0)),
                             0});
  curl_multi_poll(state.multi.get(), state.waits.data(), static_cast<unsigned>(state.waits.size()),
                  static_cast<int>(std::clamp<std::int64_t>(timeout.count(), 0, 3'600'000)),
                  nullptr);
  for (std::size_t i = 0; i < state.waits.size(); ++i)
    (*extra)[i].revents =
        static_cast<short>(((state.waits[i].revents & CURL_WAIT_POLLIN) ? POLLIN : 0) |
                           ((state.waits[i].revents & CURL_WAIT_POLLOUT) ? POLLOUT : 0));
  curl_multi_perform(state.multi.get(), &running);
  state.collect();
}

bool Wire::take(WireAnswer& answer) {
  if (state_->answers.empty()) return false;
  answer = std::move(state_->answers.front());
  state_->answers.pop_front();
  return true;
}

void Wire::wake() { curl_multi_wakeup(state_->multi.get()); }

std::string_view forbidden_address(const FetchOptions& options, std::string_view numeric) {
  if (options.allow_private) return {};
  const std::string_view refused = refused_address(numeric);
  if (refused.empty()) return {};
  if (numeric.starts_with('[') && numeric.ends_with(']')) numeric = numeric.substr(1, numeric.size() - 2);
  const auto& list = options.allow_addresses;
  return std::find(list.begin(), list.end(), numeric) == list.end() ? refused : std::string_view{};
}

std::string wire_version() { return curl_version(); }

}  // namespace marrow
