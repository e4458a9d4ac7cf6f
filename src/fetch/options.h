// FetchOptions: how politely, how safely and how fast pages are fetched. Plain values with the
// defaults that a job gets when it says nothing; src/batch/job.h fills them from a job file.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace marrow {

using Millis = std::chrono::milliseconds;

struct FetchOptions {
  // Who asks. Sites see "marrow/0.1.0 (+contact)"; `agent` is the token that robots.txt groups
  // name.
  std::string contact;     // a URL or mail address; "" = none, said by a warning of the job
  std::string user_agent;  // the whole header, "" = made from the version and the contact
  std::string agent = "marrow";

  // Politeness.
  std::size_t concurrency = 64;  // transfers at once, over all hosts
  std::size_t per_host = 1;      // transfers at once to one host
  Millis delay{1000};            // between two requests to one host; grows with the host's latency
  Millis max_delay{30'000};      // what latency, 429 or Crawl-delay may stretch it to
  bool robots = true;

  // Patience.
  Millis connect_timeout{10'000};     // DNS, TCP and TLS
  Millis total_timeout{60'000};       // one transfer
  std::int64_t low_speed_bytes = 50;  // a second, in the mean over low_speed_time: less is cut
  std::chrono::seconds low_speed_time{20};
  int retries = 2;       // after the first try, for faults that may pass
  Millis backoff{2000};  // before the first retry; doubles, with jitter
  Millis max_backoff{60'000};
  Millis max_retry_after{120'000};  // a longer Retry-After is not waited for
  std::uint64_t seed = 1;           // of the jitter

  // Safety.
  std::size_t max_bytes = std::size_t{20} << 20;          // of a body, decompressed
  std::size_t max_header_bytes = std::size_t{128} << 10;  // of all headers of one response
  std::size_t max_ratio = 200;  // decompressed / received, counted from 1 MiB on
  int max_redirects = 10;
  bool allow_private = false;  // private, loopback, link-local … addresses
  std::vector<std::string> allow_addresses;  // single ones that are connected to all the same ("10.0.0.7", "::1")

  // Network.
  std::string proxy;        // as libcurl takes it; "" = none, the environment is not asked
  std::string netrc;        // path of a netrc file; "" = none
  std::string ca_file;      // PEM certificates to trust instead of the system's; "" = the system's
  std::string dns_servers;  // "address[:port],…"; "" = /etc/resolv.conf
  bool keep_exchange = false;  // give raw request and response headers (for WARC)

  // Memory.
  std::size_t max_waiting = 50'000;                   // requests held in the schedule
  std::size_t max_buffered = std::size_t{256} << 20;  // bytes of bodies under way
};

}  // namespace marrow
