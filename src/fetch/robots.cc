#include "fetch/robots.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "base/text.h"

namespace marrow {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }

std::string_view strip(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

bool is_unreserved(unsigned char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

void append_encoded(std::string& out, unsigned char c) {
  constexpr char kHex[] = "0123456789ABCDEF";
  out += '%';
  out += kHex[c >> 4];
  out += kHex[c & 15];
}

// Patterns are "/a*b$"; the segments between the stars are found leftmost first, which is enough
// for globs.
bool matches(std::string_view pattern, std::string_view path) {
  const bool anchored = !pattern.empty() && pattern.back() == '$';
  if (anchored) pattern.remove_suffix(1);
  std::size_t at = 0;
  bool first = true;
  while (true) {
    const std::size_t star = pattern.find('*');
    const std::string_view segment = pattern.substr(0, star);
    const bool last = star == std::string_view::npos;
    if (last && anchored) {
      if (first) return path == segment;
      return path.size() - at >= segment.size() && path.ends_with(segment);
    }
    if (first) {
      if (!path.starts_with(segment)) return false;
      at = segment.size();
    } else {
      const std::size_t found = path.find(segment, at);
      if (found == std::string_view::npos) return false;
      at = found + segment.size();
    }
    if (last) return true;
    first = false;
    pattern.remove_prefix(star + 1);
  }
}

// The product token of a "User-agent" line: its leading letters, '_' and '-' (RFC 9309 2.2.1), so
// that "marrow/1.0 (bot)" names marrow; "*" stands for all.
std::string_view product_token(std::string_view value) {
  if (!value.empty() && value.front() == '*' && (value.size() == 1 || is_blank(value[1])))
    return value.substr(0, 1);
  std::size_t end = 0;
  while (end < value.size() &&
         ((value[end] >= 'a' && value[end] <= 'z') || (value[end] >= 'A' && value[end] <= 'Z') ||
          value[end] == '_' || value[end] == '-'))
    ++end;
  return value.substr(0, end);
}

std::optional<Millis> seconds(std::string_view value) {
  double number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc{} || end != value.data() + value.size() || !std::isfinite(number) ||
      number < 0)
    return std::nullopt;
  constexpr double kDay = 86400;
  return Millis{static_cast<std::int64_t>(std::min(number, kDay) * 1000)};
}

std::string_view path_of(std::string_view url) {
  if (!url.starts_with('/')) {
    const std::size_t scheme = url.find("://");
    if (scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
    url.remove_prefix(std::min(url.find_first_of("/?#"), url.size()));
  }
  return url.substr(0, url.find('#'));
}

}  // namespace

std::string normalize_robots_path(std::string_view path, bool is_pattern) {
  std::string out;
  out.reserve(path.size());
  bool in_query = false;
  for (std::size_t i = 0; i < path.size(); ++i) {
    auto c = static_cast<unsigned char>(path[i]);
    const bool escaped = c == '%' && i + 2 < path.size() && hex_value(path[i + 1]) >= 0 &&
                         hex_value(path[i + 2]) >= 0;
    if (escaped) {
      c = static_cast<unsigned char>(hex_value(path[i + 1]) * 16 + hex_value(path[i + 2]));
      i += 2;
      // In a query ':' and '/' mean the same written either way (RFC 9309, second row of its
      // table).
      const bool same_bare = is_unreserved(c) || (in_query && (c == ':' || c == '/'));
      if (same_bare)
        out += static_cast<char>(c);
      else
        append_encoded(out, c);
      continue;
    }
    if (c == '?') in_query = true;
    const bool special = is_pattern && (c == '*' || (c == '$' && i + 1 == path.size()));
    // A '%' that escapes nothing is one of its own: bare, it would escape with what is unescaped behind it ("%%42a").
    if (!special && (c == '*' || c == '$' || c == '%' || c <= ' ' || c >= 0x7f))
      append_encoded(out, c);
    else
      out += static_cast<char>(c);
  }
  return out;
}

// One pass over the lines. Groups that name the agent and groups for all are gathered beside each
// other, since which of them counts is known at the end only.
class RobotsReader {
 public:
  explicit RobotsReader(std::string_view agent) : agent_(agent) {}

  void line(std::string_view text) {
    ++number_;
    text = text.substr(0, text.find('#'));
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return;
    const std::string_view key = strip(text.substr(0, colon));
    const std::string_view value = strip(text.substr(colon + 1));
    if (iequals_ascii(key, "user-agent")) return user_agent(value);
    if (iequals_ascii(key, "allow")) return rule(value, true);
    if (iequals_ascii(key, "disallow")) return rule(value, false);
    if (iequals_ascii(key, "crawl-delay")) return crawl_delay(value);
    if (iequals_ascii(key, "sitemap") && !value.empty()) sitemaps_.emplace_back(value);
  }

  Robots finish() && {
    Robots robots = named_ ? std::move(own_) : std::move(all_);
    robots.sitemaps_ = std::move(sitemaps_);
    return robots;
  }

 private:
  void user_agent(std::string_view value) {
    if (!naming_) for_own_ = for_all_ = false;  // the first agent line of a new group
    naming_ = true;
    const std::string_view token = product_token(value);
    if (token == "*") for_all_ = true;
    if (!token.empty() && iequals_ascii(token, agent_)) for_own_ = named_ = true;
  }

  void rule(std::string_view value, bool allow) {
    naming_ = false;
    if (value.empty()) return;  // an empty Disallow forbids nothing
    if (for_own_) own_.rules_.push_back({normalize_robots_path(value, true), allow, number_});
    if (for_all_) all_.rules_.push_back({normalize_robots_path(value, true), allow, number_});
  }

  // Not of the RFC, so it does not end a list of agents ("MUST NOT interfere").
  void crawl_delay(std::string_view value) {
    const auto delay = seconds(value);
    if (!delay) return;
    if (for_own_) own_.crawl_delay_ = std::max(own_.crawl_delay_.value_or(*delay), *delay);
    if (for_all_) all_.crawl_delay_ = std::max(all_.crawl_delay_.value_or(*delay), *delay);
  }

  std::string_view agent_;
  Robots own_, all_;
  std::vector<std::string> sitemaps_;
  std::uint32_t number_ = 0;
  bool naming_ = false, for_own_ = false, for_all_ = false, named_ = false;
};

Robots Robots::parse(std::string_view bytes, std::string_view agent) {
  if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
  if (bytes.size() >
      kMaxBytes) {  // a rule cut in the middle would mean something else: leave it out
    bytes = bytes.substr(0, kMaxBytes);
    const std::size_t line_end = bytes.find_last_of("\r\n");
    bytes = bytes.substr(0, line_end == std::string_view::npos ? 0 : line_end);
  }
  RobotsReader reader(agent);
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find_first_of("\r\n"), bytes.size());
    reader.line(bytes.substr(0, end));
    const bool crlf = bytes.substr(end).starts_with("\r\n");
    bytes.remove_prefix(std::min(bytes.size(), end + (crlf ? 2 : 1)));
  }
  return std::move(reader).finish();
}

Robots::Decision Robots::decide(std::string_view url) const {
  std::string path = normalize_robots_path(path_of(url), false);
  if (!path.starts_with('/')) path.insert(path.begin(), '/');
  if (path == "/robots.txt") return {};  // always allowed, RFC 9309 2.2.2
  const Rule* best = nullptr;
  for (const Rule& rule : rules_) {
    const bool longer = !best || rule.pattern.size() > best->pattern.size() ||
                        (rule.pattern.size() == best->pattern.size() && rule.allow && !best->allow);
    if (longer && matches(rule.pattern, path)) best = &rule;
  }
  if (!best) return {};
  return {best->allow, best->line, (best->allow ? "Allow: " : "Disallow: ") + best->pattern};
}

}  // namespace marrow
