// UrlFilter: which URLs a run asks for, and how they are written. Takes URLs from lists, sitemaps, feeds and pages, gives
// them normalised, so that two that are written differently are equal texts: WHATWG form (lower case, IDN as punycode, no
// default port, no dot segments), no fragment, no user name, no tracking parameters, escapes only where they are needed and
// in capitals (RFC 3986 6.2.2). Or says why not. Patterns are RE2, searched anywhere in the normalised URL. Const once
// made: any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/pattern.h"
#include "base/result.h"

namespace marrow {

class UrlFilter {
 public:
  enum class Verdict : unsigned char { taken, no_url, unwanted };

  // A URL must match one of `include` (empty = all do) and none of `exclude`. The error names the pattern.
  static Result<UrlFilter> create(const std::vector<std::string>& include, const std::vector<std::string>& exclude);

  // Normalises `url` in place.
  Verdict admit(std::string& url) const;

 private:
  bool wanted(const std::string& url) const;

  std::vector<Pattern> include_, exclude_;
};

std::string normal_url(std::string_view url);  // "" where it is no http or https URL

}  // namespace marrow
