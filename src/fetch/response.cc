#include "fetch/response.h"

namespace marrow {

std::string_view name_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::ok:
      return "ok";
    case Outcome::not_modified:
      return "not_modified";
    case Outcome::http_error:
      return "http_error";
    case Outcome::bad_url:
      return "bad_url";
    case Outcome::robots_disallowed:
      return "robots_disallowed";
    case Outcome::robots_unavailable:
      return "robots_unavailable";
    case Outcome::refused_address:
      return "refused_address";
    case Outcome::bad_redirect:
      return "bad_redirect";
    case Outcome::too_many_redirects:
      return "too_many_redirects";
    case Outcome::dns_failed:
      return "dns_failed";
    case Outcome::connect_failed:
      return "connect_failed";
    case Outcome::tls_failed:
      return "tls_failed";
    case Outcome::timed_out:
      return "timed_out";
    case Outcome::too_slow:
      return "too_slow";
    case Outcome::too_large:
      return "too_large";
    case Outcome::bomb:
      return "bomb";
    case Outcome::headers_too_large:
      return "headers_too_large";
    case Outcome::bad_encoding:
      return "bad_encoding";
    case Outcome::cut_off:
      return "cut_off";
    case Outcome::protocol_error:
      return "protocol_error";
    case Outcome::wrong_type:
      return "wrong_type";
    case Outcome::host_down:
      return "host_down";
    case Outcome::interrupted:
      return "interrupted";
  }
  return "unknown";
}

}  // namespace marrow
