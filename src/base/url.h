// URLs as links on pages need them. Takes what a page wrote, gives absolute, normalised URLs.
// Follows the WHATWG URL standard for http and https (the only schemes we keep): white space and
// control bytes stripped, backslash = slash, dot segments removed, scheme and host lower-cased, default
// port dropped. No library of Debian 12 follows that standard (uriparser and libcurl refuse what
// browsers accept), and links are resolved a few hundred times a page. All functions: any thread.
#pragma once

#include <string>
#include <string_view>

namespace marrow {

struct UrlParts {  // views into the URL they were split from
  std::string_view scheme, host, port, path, query, fragment;  // without : // ? # signs
};

// Splits an absolute http(s) URL. False for anything else.
bool split_url(std::string_view url, UrlParts* parts);

// `reference` as written on a page at `base` -> absolute http(s) URL, fragment kept; "" where it is not
// a link to a page (javascript:, mailto:, data:, broken). User names and passwords are dropped: they
// never tell one page from another, and have no place in a record.
std::string resolve_url(std::string_view base, std::string_view reference);

// Drops the fragment and the parameters that are surely tracking (utm_*, fbclid, gclid, …); those that may
// select content on some site (ref, src, source, cid, mod) stay.
std::string strip_tracking(std::string_view url);

// The key that two links to one item share: host without "www.", path without final slash, query
// without tracking parameters (here also those that only may be), sorted. Scheme ignored; "" for what is no page.
std::string url_key(std::string_view url);

// "www.news.example.co.uk" -> "news.example.co.uk": the host a rule or a site memory is kept under.
std::string_view host_without_www(std::string_view host);

}  // namespace marrow
