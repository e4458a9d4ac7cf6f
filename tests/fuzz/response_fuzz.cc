// HTTP answers: head, types, dates and waiting times, redirects, bodies unchunked and unpacked, what the page says of its feeds. The first
// byte says from when a Retry-After counts.
#include <algorithm>

#include "base/http_head.h"
#include "base/url.h"
#include "fetch/content_type.h"
#include "fetch/front_page.h"
#include "fetch/inflate.h"
#include "fetch/retry.h"
#include "fuzz/fuzz.h"
#include "source/http_body.h"

namespace {

using namespace marrow;

constexpr std::size_t kMaxBody = 4096;
constexpr std::string_view kBase = "http://host.localhost/a/b?c";

bool is_lower(std::string_view text) { return std::none_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; }); }

void look_at(const HeaderFields& fields, std::int64_t now) {
  const MediaType type = parse_content_type(fields.find("Content-Type"));
  fuzz::expect(is_lower(type.type) && is_lower(type.charset), "types and charsets are in lower case");
  if (const auto wait = parse_retry_after(fields.find("Retry-After"), now)) fuzz::expect(wait->count() >= 0, "no waiting time goes back");
  parse_http_date(fields.find("Last-Modified"));
  const std::string target = resolve_url(kBase, fields.find("Location"));
  fuzz::expect(target.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos, "where it leads is one line");
}

void look_at_body(const HeaderFields& fields, std::string_view body) {
  const Result<std::string> decoded = decoded_body(fields, body, kMaxBody);
  if (decoded) fuzz::expect(decoded->size() <= kMaxBody, "a body is bounded");
  const std::string_view bytes = decoded ? std::string_view(*decoded) : body;
  const MediaType type = parse_content_type(fields.find("Content-Type"));
  for (const Accept accept : {Accept::page, Accept::feed, Accept::any}) refused_content(accept, type, bytes);
  for (const auto unpack : {&gunzip, &gunzip_member})
    if (const Result<std::string> out = unpack(body, kMaxBody)) fuzz::expect(out->size() <= kMaxBody, "what is unpacked is bounded");
  const Advertised found = advertised_listings(bytes, kBase);
  for (const auto* list : {&found.sitemaps, &found.feeds})
    for (const std::string& url : *list) fuzz::expect(url.starts_with("http://") || url.starts_with("https://"), "listings are of the web");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text = fuzz::text_of(data, size);
  const std::int64_t now = std::int64_t{fuzz::take(text)} << 24;
  const std::size_t end = header_end(text);
  fuzz::expect(end == std::string_view::npos || end <= text.size(), "the head ends within the bytes");
  // Searched in two steps, as it comes from the network, it ends in the same place.
  const std::size_t half = text.size() / 2;
  if (header_end(text.substr(0, half)) == std::string_view::npos) fuzz::expect(header_end(text, half) == end, "the head ends where it ends");
  if (const std::optional<HttpHead> head = parse_http_head(text)) {
    fuzz::expect(head->status >= 100 && head->status <= 999 && head->size <= text.size(), "a status is one");
    look_at(head->fields, now);
    look_at_body(head->fields, text.substr(head->size));
  } else {
    look_at(parse_header_fields(text), now);
    look_at_body({}, text);
  }
  return 0;
}
