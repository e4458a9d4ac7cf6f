// Fetcher: URLs -> Responses, politely, safely and fast. One event loop on the caller's thread;
// hosts are asked in turn under their robots.txt, delays and back-off, redirects are followed hop
// by hop (each hop is checked and scheduled like a request of its own), faults that may pass are
// tried again. Every request pulled gives exactly one Response, in the order in which they end.
//
//   auto fetcher = Fetcher::create(options);
//   fetcher->run(client);   // until client.next() says `end` and all has been delivered
//
// Memory: at most max_waiting requests, and bodies of about max_buffered bytes; a client without
// room slows the network, not the memory.
#pragma once

#include <memory>

#include "base/result.h"
#include "fetch/response.h"

namespace marrow {

// What a fetcher asks of its owner. All calls come on the thread that runs run(), and must not
// block.
class FetchClient {
 public:
  enum class Pull : unsigned char { ready, wait, end };
  virtual ~FetchClient() = default;
  virtual Pull next(Request& request) = 0;  // `wait`: none now; Fetcher::wake() when there is
  virtual bool room() { return true; }      // may one more transfer be started?
  virtual void done(Response response) = 0;
  // Once true: nothing is started any more, what is in flight is finished, the rest ends as
  // `interrupted`.
  virtual bool stopped() { return false; }
  virtual void tick() {}  // once a turn of the loop, at least five times a second
};

class RobotsKeeper;

struct FetchStats {
  std::uint64_t transfers = 0, robots = 0, retries = 0, redirects = 0;
  std::size_t waiting = 0, in_flight = 0;
};

class Fetcher {
 public:
  // After stopped(), transfers under way get this long.
  static constexpr std::chrono::seconds kGrace{10};

  static Result<Fetcher> create(const FetchOptions& options);
  Fetcher(Fetcher&&) noexcept;
  ~Fetcher();
  void run(FetchClient& client);
  void wake();  // from any thread
  // Between runs of run(): robots.txt that the keeper knows is not asked for, and what is asked for is kept there. It must outlive
  // the fetcher.
  void keep_robots_in(RobotsKeeper& keeper);
  FetchStats stats() const;

 private:
  struct State;
  explicit Fetcher(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Now, as "2026-11-23T04:40:00Z"; the second that SOURCE_DATE_EPOCH names, where it is set.
std::string rfc3339_now();

}  // namespace marrow
