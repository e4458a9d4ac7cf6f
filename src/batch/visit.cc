#include "batch/visit.h"

#include <utility>

#include "batch/agenda.h"
#include "batch/clock.h"

namespace marrow {
namespace {

// Would the next run get the same answer? Then the page is asked for again as seldom as one that does not change.
bool lasting(const Response& response) {
  switch (response.outcome) {
    case Outcome::http_error:
      return response.status >= 400 && response.status < 500 && response.status != 408 && response.status != 425 &&
             response.status != 429;
    case Outcome::bad_url:
    case Outcome::robots_disallowed:
    case Outcome::refused_address:
    case Outcome::bad_redirect:
    case Outcome::too_many_redirects:
    case Outcome::too_large:
    case Outcome::bomb:
    case Outcome::wrong_type:
      return true;
    default:
      return false;
  }
}

}  // namespace

void note_visit(PageState& page, const Response& response, bool changed, std::int64_t round, const JobVisits& visits) {
  const std::int64_t now = seconds_of(response.fetched_at.empty() ? rfc3339_now() : response.fetched_at);
  if (changed || page.changed_at == 0) page.changed_at = now;
  page.outcome = name_of(response.outcome);
  page.status = response.status;
  page.round = round;
  page.next_visit = response.good() || lasting(response) ? next_visit(visits, now, page.changed_at) : 0;
}

void note_answer(PageState& page, const Response& response) {
  page.etag = response.etag;
  page.last_modified = response.last_modified;
  page.fetched_at = response.fetched_at;
  page.final_url = response.final_url == response.url ? std::string() : response.final_url;
  page.content_type = response.content_type;
  page.charset = response.charset;
}

Response kept_response(const PageState& page, std::string_view url, std::string body) {
  Response response;
  response.url = url;
  response.final_url = page.final_url.empty() ? std::string(url) : page.final_url;
  response.status = 200;  // nothing else is kept as a page; what a later visit got does not change that
  response.content_type = page.content_type;
  response.charset = page.charset;
  response.fetched_at = page.fetched_at;
  response.body = std::move(body);
  return response;
}

}  // namespace marrow
