#include "base/url.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/text.h"
#include "base/url_host.h"
#include "base/url_into.h"

namespace marrow {
namespace {

// What the standard percent-encodes where (its "percent-encode sets"), one bit a place.
enum Set : std::uint8_t { kPath = 1, kQuery = 2, kFragment = 4, kGap = 8 };

constexpr std::array<std::uint8_t, 256> make_sets() {
  std::array<std::uint8_t, 256> sets{};
  for (std::size_t c = 0; c < 256; ++c)
    if (c <= 0x20 || c >= 0x7F) sets[c] = kPath | kQuery | kFragment;
  for (const char c : {'"', '<', '>'}) sets[static_cast<std::size_t>(c)] = kPath | kQuery | kFragment;
  for (const char c : {'{', '}', '^'}) sets[static_cast<std::size_t>(c)] = kPath;
  sets['#'] = kPath | kQuery;
  sets['?'] = kPath;
  sets['`'] = kPath | kFragment;
  sets['\''] = kQuery;
  for (const char c : {'\t', '\n', '\r'}) sets[static_cast<std::size_t>(c)] |= kGap;
  return sets;
}
constexpr auto kSets = make_sets();

bool in_set(char c, std::uint8_t set) { return (kSets[static_cast<unsigned char>(c)] & set) != 0; }
bool is_slash(char c) { return c == '/' || c == '\\'; }

void append_encoded(std::string_view text, std::uint8_t set, std::string& out) {
  constexpr char kHex[] = "0123456789ABCDEF";
  for (const char c : text) {
    if (!in_set(c, set)) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += kHex[byte >> 4];
    out += kHex[byte & 15];
  }
}

std::string_view trim_controls(std::string_view text) {
  auto blank = [](char c) { return static_cast<unsigned char>(c) <= 0x20; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

// Tabs and line ends vanish from anywhere in a URL.
std::string_view without_gaps(std::string_view text, std::string& storage) {
  for (const char c : text) {
    if (!in_set(c, kGap)) continue;
    for (const char d : text)
      if (!in_set(d, kGap)) storage += d;
    return storage;
  }
  return text;
}

// The scheme before ':', "" if the text has none.
std::string_view scheme_of(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    if (c == ':') return text.substr(0, i);
    if (letter || (i > 0 && ((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.'))) continue;
    break;
  }
  return {};
}

std::size_t find_or_end(std::string_view text, char sign) { return std::min(text.find(sign), text.size()); }

// Where the first byte of `stops` stands. A table, for std::string_view::find_first_of calls memchr for every byte.
std::size_t find_any(std::string_view text, const std::array<bool, 256>& stops) {
  std::size_t at = 0;
  while (at < text.size() && !stops[static_cast<unsigned char>(text[at])]) ++at;
  return at;
}

constexpr std::array<bool, 256> make_stops(std::string_view signs) {
  std::array<bool, 256> stops{};
  for (const char sign : signs) stops[static_cast<unsigned char>(sign)] = true;
  return stops;
}
constexpr auto kSlashes = make_stops("/\\");
constexpr auto kAuthorityEnds = make_stops("/\\?#");

// 1 for "." and its escapes, 2 for "..", else 0.
int dots(std::string_view segment) {
  if (segment.size() > 6) return 0;
  int count = 0;
  while (!segment.empty()) {
    if (segment[0] == '.') {
      segment.remove_prefix(1);
    } else if (segment.size() >= 3 && segment[0] == '%' && segment[1] == '2' && (segment[2] | 0x20) == 'e') {
      segment.remove_prefix(3);
    } else {
      return 0;
    }
    ++count;
  }
  return count <= 2 ? count : 0;
}

// Appends `path` behind out[root], the path's own '/' at which ".." stops. `out` ends with '/'.
void append_path(std::string_view path, std::size_t root, std::string& out) {
  while (true) {
    const std::size_t end = find_any(path, kSlashes);
    const std::string_view segment = path.substr(0, end);
    const int up = dots(segment);
    if (up == 0) append_encoded(segment, kPath, out);
    if (up == 2 && out.size() - 1 > root) out.resize(out.rfind('/', out.size() - 2) + 1);
    if (end == path.size()) return;
    if (up == 0) out += '/';
    path.remove_prefix(end + 1);
  }
}

// "path?query#fragment" behind a '/' that stands at out[root] or later.
void append_tail(std::string_view text, std::size_t root, std::string& out) {
  const std::size_t hash = find_or_end(text, '#');
  const std::string_view fragment = text.substr(hash);
  text = text.substr(0, hash);
  const std::size_t mark = find_or_end(text, '?');
  append_path(text.substr(0, mark), root, out);
  if (mark < text.size()) {
    out += '?';
    append_encoded(text.substr(mark + 1), kQuery, out);
  }
  if (!fragment.empty()) {
    out += '#';
    append_encoded(fragment.substr(1), kFragment, out);
  }
}

bool append_port(std::string_view digits, bool https, std::string& out) {
  unsigned port = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return false;
    port = port * 10 + static_cast<unsigned>(c - '0');
    if (port > 65535) return false;
  }
  if (digits.empty() || port == (https ? 443U : 80U)) return true;
  out += ':';
  out += std::to_string(port);
  return true;
}

// "host:port/path…" (slashes before it and userinfo in it are dropped) -> absolute URL, "" if refused. Here and below the URL is
// written to an empty `out`.
void from_authority(std::string_view scheme, std::string_view text, std::string& out) {
  while (!text.empty() && is_slash(text.front())) text.remove_prefix(1);
  const std::size_t end = find_any(text, kAuthorityEnds);
  std::string_view authority = text.substr(0, end);
  authority = authority.substr(authority.rfind('@') + 1);
  const std::size_t bracket = authority.rfind(']');
  const std::size_t colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
  const bool https = scheme == "https";
  out.append(scheme).append("://");
  if (!append_host(authority.substr(0, colon), out)) return out.clear();
  if (colon != std::string_view::npos && !append_port(authority.substr(colon + 1), https, out)) return out.clear();
  const std::size_t root = out.size();
  out += '/';
  text.remove_prefix(end);
  if (!text.empty() && is_slash(text.front())) text.remove_prefix(1);
  append_tail(text, root, out);
}

// Are path, query and fragment as we would write them? May say no where they are.
bool is_plain_tail(std::string_view tail) {
  if (tail.empty() || tail[0] != '/') return false;
  std::uint8_t set = kPath;
  for (std::size_t i = 0; i < tail.size(); ++i) {
    const char c = tail[i];
    if (c == '?' && set == kPath) {
      set = kQuery;
    } else if (c == '#' && set != kFragment) {
      set = kFragment;
    } else if (in_set(c, set)) {
      return false;
    } else if (set == kPath) {
      if (c == '\\') return false;
      // Might be a dot segment: leave it to the long way.
      if (c == '/' && i + 1 < tail.size() && (tail[i + 1] == '.' || tail[i + 1] == '%')) return false;
    }
  }
  return true;
}

// The number of bytes of "https://host" where that is as we would write it, else 0.
std::size_t plain_origin(std::string_view url) {
  const std::size_t begin = url.starts_with("https://") ? 8 : url.starts_with("http://") ? 7 : 0;
  if (begin == 0) return 0;
  const std::size_t end = begin + find_any(url.substr(begin), kAuthorityEnds);
  return is_plain_host(url.substr(begin, end - begin)) ? end : 0;
}

bool is_normal(std::string_view url) {
  const std::size_t origin = plain_origin(url);
  return origin > 0 && is_plain_tail(url.substr(origin));
}

// `base` is normal or was made so.
void from_base(std::string_view base, std::string_view reference, std::string& out) {
  const std::size_t root = base.find('/', base.find("://") + 3);
  const std::size_t hash = find_or_end(base, '#');
  if (reference.empty() || reference[0] == '#') {
    out = base.substr(0, hash);
    if (reference.empty()) return;
    out += '#';
    append_encoded(reference.substr(1), kFragment, out);
    return;
  }
  const std::size_t path_end = find_or_end(base.substr(0, hash), '?');
  if (reference[0] == '?') {
    out = base.substr(0, path_end);
    const std::size_t end = find_or_end(reference, '#');
    out += '?';
    append_encoded(reference.substr(1, end - 1), kQuery, out);
    if (end == reference.size()) return;
    out += '#';
    append_encoded(reference.substr(end + 1), kFragment, out);
    return;
  }
  if (is_slash(reference[0])) {
    if (is_plain_tail(reference)) {
      out.append(base.substr(0, root)).append(reference);
      return;
    }
    out = base.substr(0, root + 1);
    reference.remove_prefix(1);
  } else {
    out = base.substr(0, base.rfind('/', path_end - 1) + 1);
  }
  append_tail(reference, root, out);
}

void resolve_clean(std::string_view base, std::string_view reference, std::string& out) {
  const std::string_view written = scheme_of(reference);
  std::string scheme;
  if (!written.empty()) {
    scheme = ascii_lower(written);
    if (scheme != "http" && scheme != "https") return;
    reference.remove_prefix(written.size() + 1);
    const bool slashes = reference.size() > 1 && is_slash(reference[0]) && is_slash(reference[1]);
    const bool same = base.size() > scheme.size() && base.starts_with(scheme) && base[scheme.size()] == ':';
    if (slashes || !same) return from_authority(scheme, reference, out);
  }
  if (base.empty()) return;
  if (reference.size() > 1 && is_slash(reference[0]) && is_slash(reference[1]))
    return from_authority(base.substr(0, base.find(':')), reference, out);
  from_base(base, reference, out);
}

}  // namespace

bool split_url(std::string_view url, UrlParts* parts) {
  const std::size_t colon = url.find("://");
  if (colon != 4 && colon != 5) return false;
  const std::string_view scheme = url.substr(0, colon);
  if (!iequals_ascii(scheme, "http") && !iequals_ascii(scheme, "https")) return false;
  *parts = {};
  parts->scheme = scheme;
  url.remove_prefix(colon + 3);
  const std::size_t end = find_any(url, kAuthorityEnds);
  std::string_view authority = url.substr(0, end);
  authority = authority.substr(authority.rfind('@') + 1);
  const std::size_t bracket = authority.rfind(']');
  const std::size_t port = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
  parts->host = authority.substr(0, port);
  if (port != std::string_view::npos) parts->port = authority.substr(port + 1);
  url.remove_prefix(end);
  const std::size_t hash = find_or_end(url, '#');
  if (hash < url.size()) parts->fragment = url.substr(hash + 1);
  url = url.substr(0, hash);
  const std::size_t mark = find_or_end(url, '?');
  if (mark < url.size()) parts->query = url.substr(mark + 1);
  parts->path = url.substr(0, mark);
  return !parts->host.empty();
}

std::string_view resolve_url(std::string_view base, std::string_view reference, std::string& out) {
  if (is_normal(reference)) return reference;
  out.clear();
  std::string storage;
  reference = without_gaps(trim_controls(reference), storage);
  if (base.empty() || is_normal(base)) {
    resolve_clean(base, reference, out);
    return out;
  }
  std::string base_storage, normal;
  resolve_clean({}, without_gaps(trim_controls(base), base_storage), normal);
  resolve_clean(normal, reference, out);
  return out;
}

std::string resolve_url(std::string_view base, std::string_view reference) {
  std::string out;
  return std::string(resolve_url(base, reference, out));
}

}  // namespace marrow
