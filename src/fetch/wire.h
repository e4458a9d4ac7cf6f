// Wire: HTTP transfers side by side on one event loop. The only door to libcurl. Takes single
// requests (no redirects followed, no retries, no politeness: fetch/fetcher.h has these), gives
// single answers. Bounds every transfer in time, size and ratio, and checks every address it is
// about to connect to. One thread, but for wake(). Source: libcurl 7.88.1 and what it does not do
// itself (size after decompression).
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "fetch/response.h"

struct pollfd;

namespace marrow {

struct WireRequest {
  std::uint64_t id = 0;
  std::string url;
  std::string etag, last_modified;
  std::string resolve;  // "host:port:address,address" from fetch/resolver.h, "" = numeric, or a
                        // proxy's business
  Accept accept = Accept::page;
  std::size_t max_bytes = 0;  // 0 = that of the options
  bool keep_cut = false;      // a body over max_bytes is cut there, and is no fault (robots.txt)
  bool identity = false;      // ask for no compression
};

struct WireAnswer {
  std::uint64_t id = 0;
  Outcome outcome = Outcome::ok;  // ok = an HTTP answer came whole, whatever its status
  std::string reason;
  bool settled = false;  // a fault of a kind that may pass, but surely will not (no such host)
  int status = 0;
  MediaType type;
  std::string etag, last_modified, location, retry_after;
  std::string body;
  std::string address;
  std::string request_head, response_head;
  Millis millis{0};
  std::uint64_t received = 0;
};

class Wire {
 public:
  static Result<Wire> create(const FetchOptions& options);
  Wire(Wire&&) noexcept;
  ~Wire();  // cuts what is under way

  void start(WireRequest request);
  std::size_t active() const;
  std::size_t buffered() const;  // bytes of bodies under way

  // Waits at most `timeout` for the network, for one of `extra` (its revents are set) or for
  // wake().
  void poll(Millis timeout, std::vector<pollfd>* extra = nullptr);
  bool take(WireAnswer& answer);  // an answer that has come, false if there is none
  void wake();                    // from any thread: ends a poll()

 private:
  struct State;
  explicit Wire(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// What sites see as User-Agent.
std::string user_agent_of(const FetchOptions& options);

// Why these options forbid to connect to a numeric address: "loopback", …; "" = they do not.
std::string_view forbidden_address(const FetchOptions& options, std::string_view numeric);

// "libcurl/7.88.1 OpenSSL/3.0 …" for `marrow --version`.
std::string wire_version();

}  // namespace marrow
