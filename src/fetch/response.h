// Request and Response: what goes into the fetcher and what comes out, one Response a Request,
// whatever happened. Plain values that own their memory.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "fetch/content_type.h"
#include "fetch/options.h"

namespace marrow {

struct Request {
  std::string url;
  std::string etag, last_modified;  // validators of the last answer; set = ask conditionally
  std::uint64_t tag = 0;            // the caller's own; comes back in the Response
  Accept accept = Accept::page;
};

// Why a request ended as it did. The names (name_of) are the reasons in reports.
enum class Outcome : std::uint8_t {
  ok,                  // 2xx, body complete
  not_modified,        // 304 to a conditional request
  http_error,          // any other final status
  bad_url,             // not http or https, no host
  robots_disallowed,   // robots.txt forbids it
  robots_unavailable,  // robots.txt could not be had (5xx, no answer): not now
  refused_address,     // private, loopback … and the job does not allow them
  bad_redirect,        // to another scheme, to nowhere, in a loop
  too_many_redirects,
  dns_failed,
  connect_failed,
  tls_failed,  // certificate, handshake; never retried without verification
  timed_out,   // connect or total time
  too_slow,    // below the least rate
  too_large,   // body over max_bytes, decompressed
  bomb,        // decompressed / received over max_ratio
  headers_too_large,
  bad_encoding,    // a Content-Encoding that is not what it says
  cut_off,         // fewer bytes than announced, connection reset
  protocol_error,  // not HTTP
  wrong_type,      // an image, a PDF … by header or first bytes
  host_down,       // given up after many failures of its host in a row
  interrupted,     // the run was stopped before its turn
};
inline constexpr int kOutcomes = static_cast<int>(Outcome::interrupted) + 1;
std::string_view name_of(Outcome outcome);

struct Response {
  std::uint64_t tag = 0;
  std::string url;        // of the request
  std::string final_url;  // after redirects; where it failed, the URL that failed
  Outcome outcome = Outcome::ok;
  std::string reason;  // a few words for people: "connection refused", "HTTP 404"; "" when ok
  int status = 0;      // HTTP, of the last answer; 0 = none came
  std::string content_type, charset, etag, last_modified;
  std::string body;            // decompressed; of ok only
  std::string fetched_at;      // RFC 3339, UTC: when the last answer came
  Millis millis{0};            // of the last transfer
  std::uint64_t received = 0;  // bytes of bodies as they came over the wire, all tries
  int tries = 0, redirects = 0;
  std::string address;  // that answered, ""
  // FetchOptions::keep_exchange only: the last request and answer as sent, up to and with the empty
  // line.
  std::string request_head, response_head;

  bool good() const { return outcome == Outcome::ok || outcome == Outcome::not_modified; }
};

}  // namespace marrow
