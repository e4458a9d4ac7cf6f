#include "fetch/front_page.h"

#include <algorithm>

#include "base/text.h"
#include "base/url.h"

namespace marrow {
namespace {

constexpr std::size_t kLookedAt = std::size_t{512} << 10;
// Feeds of single posts' comments and of each category are advertised too; more than this is no front page.
constexpr std::size_t kMost = 50;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

void skip_blanks(std::string_view text, std::size_t& at) {
  while (at < text.size() && (is_blank(text[at]) || text[at] == '/')) ++at;
}

// The attributes of one tag, one after the other. False behind the last.
bool next_attribute(std::string_view tag, std::size_t& at, std::string_view& name, std::string_view& value) {
  skip_blanks(tag, at);
  if (at >= tag.size() || tag[at] == '>') return false;
  const std::size_t begin = at++;
  while (at < tag.size() && !is_blank(tag[at]) && tag[at] != '=' && tag[at] != '>' && tag[at] != '/') ++at;
  name = tag.substr(begin, at - begin);
  value = {};
  std::size_t after = at;
  while (after < tag.size() && is_blank(tag[after])) ++after;
  if (after >= tag.size() || tag[after] != '=') return true;
  at = after + 1;
  while (at < tag.size() && is_blank(tag[at])) ++at;
  if (at >= tag.size()) return true;
  const char quote = tag[at];
  if (quote == '"' || quote == '\'') {
    const std::size_t end = std::min(tag.find(quote, at + 1), tag.size());
    value = tag.substr(at + 1, end - at - 1);
    at = std::min(end + 1, tag.size());
  } else {
    const std::size_t from = at;
    while (at < tag.size() && !is_blank(tag[at]) && tag[at] != '>') ++at;
    value = tag.substr(from, at - from);
  }
  return true;
}

// "&amp;" is what URLs in attributes hold; other references are not needed to tell one listing from another.
std::string unescaped(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t at = std::min(text.find("&amp;"), text.size());
    out += text.substr(0, at);
    if (at == text.size()) break;
    out += '&';
    text.remove_prefix(at + 5);
  }
  return out;
}

bool has_word(std::string_view words, std::string_view word) {
  while (!words.empty()) {
    const std::size_t end = std::min(words.find_first_of(" \t\r\n\f"), words.size());
    if (iequals_ascii(words.substr(0, end), word)) return true;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return false;
}

class FrontPage {
 public:
  FrontPage(std::string_view base, Advertised& found) : base_(base), found_(found) {}

  // `tag` begins behind the '<'. Gives how much of it was read.
  std::size_t read(std::string_view tag) {
    std::size_t at = 4;
    std::string_view name, value, rel, type, href;
    while (next_attribute(tag, at, name, value)) {
      if (iequals_ascii(name, "rel")) rel = value;
      if (iequals_ascii(name, "type")) type = trim(value);
      if (iequals_ascii(name, "href")) href = value;
    }
    if (iequals_ascii(tag.substr(0, 4), "base")) {
      const std::string base = href.empty() ? "" : resolve_url(base_, unescaped(href));
      if (!base.empty() && !has_base_) base_ = base;
      has_base_ = has_base_ || !base.empty();
      return at;
    }
    const bool feed = has_word(rel, "alternate") && (iequals_ascii(type, "application/rss+xml") ||
                                                     iequals_ascii(type, "application/atom+xml") ||
                                                     iequals_ascii(type, "application/rdf+xml"));
    if (feed) add(found_.feeds, href);
    if (has_word(rel, "sitemap")) add(found_.sitemaps, href);
    return at;
  }

 private:
  void add(std::vector<std::string>& list, std::string_view href) const {
    std::string url = resolve_url(base_, unescaped(href));
    if (href.empty() || url.empty() || list.size() >= kMost) return;
    if (std::find(list.begin(), list.end(), url) == list.end()) list.push_back(std::move(url));
  }

  std::string base_;
  bool has_base_ = false;
  Advertised& found_;
};

}  // namespace

Advertised advertised_listings(std::string_view html, std::string_view base_url) {
  Advertised found;
  FrontPage page(base_url, found);
  html = html.substr(0, kLookedAt);
  for (std::size_t at = 0; (at = html.find('<', at)) != std::string_view::npos;) {
    const std::string_view tag = html.substr(++at);
    if (tag.starts_with("!--")) {
      at = std::min(html.find("-->", at), html.size());
      continue;
    }
    const bool link = iequals_ascii(tag.substr(0, 4), "link") || iequals_ascii(tag.substr(0, 4), "base");
    if (link && tag.size() > 4 && (is_blank(tag[4]) || tag[4] == '/')) at += page.read(tag);
  }
  return found;
}

}  // namespace marrow
