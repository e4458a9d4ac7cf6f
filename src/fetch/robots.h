// robots.txt by RFC 9309: the text of one origin -> what one crawler may fetch there. Takes bytes
// (the first 500 KiB count), never fails: what cannot be understood is no rule. Immutable; any
// thread. Whether the file could be had at all (4xx allow, 5xx not now) is decided by its caller,
// fetch/robots_cache.h.
//
//   Robots robots = Robots::parse(body, "marrow");
//   if (!robots.decide("https://example.org/private/x").allowed) …
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fetch/options.h"

namespace marrow {

class Robots {
 public:
  static constexpr std::size_t kMaxBytes = std::size_t{500} << 10;  // RFC 9309 2.5

  struct Decision {
    bool allowed = true;
    std::uint32_t line = 0;  // 1-based, of the rule that decided; 0 = no rule did
    std::string rule;        // "Disallow: /private"
  };

  // Keeps the rules of the groups that name `agent` (a product token, case ignored), all of them
  // merged; where none does, those of "*".
  static Robots parse(std::string_view bytes, std::string_view agent);
  // Allows everything; disallows everything.
  static Robots allow_all() { return Robots{}; }

  // `url`: absolute, or path and query only. The longest matching pattern wins, Allow wins a tie.
  Decision decide(std::string_view url) const;

  std::optional<Millis> crawl_delay() const { return crawl_delay_; }
  // "Sitemap:" lines of the whole file, as written.
  const std::vector<std::string>& sitemaps() const { return sitemaps_; }

 private:
  struct Rule {
    std::string pattern;  // normalised; '*' and a final '$' are special
    bool allow;
    std::uint32_t line;
  };
  friend class RobotsReader;

  std::vector<Rule> rules_;
  std::vector<std::string> sitemaps_;
  std::optional<Millis> crawl_delay_;
};

// The form in which paths and patterns are compared (RFC 9309 2.2.2): percent-encoded unreserved
// characters decoded, everything outside ASCII encoded, hex digits in capitals. Of a URL, '*' and
// '$' are encoded, so that they are matched by "%2A" and "%24" in a pattern, where the bare signs
// are special.
std::string normalize_robots_path(std::string_view path, bool is_pattern);

}  // namespace marrow
