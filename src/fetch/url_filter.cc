#include "fetch/url_filter.h"

#include <string_view>
#include <utility>

#include "base/text.h"
#include "base/url.h"

namespace marrow {
namespace {

Status compile(const std::vector<std::string>& texts, std::vector<Pattern>& patterns) {
  for (const std::string& text : texts) {
    auto pattern = Pattern::compile(text);
    if (!pattern)
      return Error{ErrorKind::stop_run, "'" + text + "' is no pattern: " + pattern.error().message};
    patterns.push_back(*std::move(pattern));
  }
  return Ok{};
}

bool is_unreserved(char c) {
  return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '-' || c == '.' || c == '_' || c == '~';
}

}  // namespace

std::string normal_url(std::string_view url) {
  std::string out = strip_tracking(resolve_url({}, url));
  std::size_t to = 0;
  for (std::size_t at = 0; at < out.size(); ++at, ++to) {
    out[to] = out[at];
    if (out[at] != '%' || at + 2 >= out.size()) continue;
    const int high = hex_value(out[at + 1]), low = hex_value(out[at + 2]);
    if (high < 0 || low < 0) continue;
    const char c = static_cast<char>(high * 16 + low);
    at += 2;
    if (is_unreserved(c)) {
      out[to] = c;
      continue;
    }
    out[++to] = "0123456789ABCDEF"[high];
    out[++to] = "0123456789ABCDEF"[low];
  }
  out.resize(to);
  return out;
}

Result<UrlFilter> UrlFilter::create(const std::vector<std::string>& include, const std::vector<std::string>& exclude) {
  UrlFilter filter;
  if (Status status = compile(include, filter.include_); !status) return status.error();
  if (Status status = compile(exclude, filter.exclude_); !status) return status.error();
  return filter;
}

bool UrlFilter::wanted(const std::string& url) const {
  bool in = include_.empty();
  for (const Pattern& pattern : include_) in = in || pattern.matches(url);
  for (const Pattern& pattern : exclude_) in = in && !pattern.matches(url);
  return in;
}

UrlFilter::Verdict UrlFilter::admit(std::string& url) const {
  url = normal_url(url);
  if (url.empty()) return Verdict::no_url;
  return wanted(url) ? Verdict::taken : Verdict::unwanted;
}

}  // namespace marrow
