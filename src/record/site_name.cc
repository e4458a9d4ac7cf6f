#include "record/site_name.h"

#include "base/text.h"
#include "base/url.h"

namespace marrow {
namespace {

// Words of the longest tail that names_kind_of_site() takes: "Ansible Community Documentation" has three.
constexpr std::uint32_t kSiteNameWords = 4;

// The label of a host that names its owner: the longest one before the suffix ("docs.python.org" -> "python").
std::string_view owner_label(std::string_view host) {
  const auto suffix = host.rfind('.');
  std::string_view rest = suffix == std::string_view::npos ? host : host.substr(0, suffix), best;
  while (!rest.empty()) {
    const auto dot = rest.find('.');
    if (const std::string_view label = rest.substr(0, dot); label.size() > best.size()) best = label;
    rest = dot == std::string_view::npos ? std::string_view{} : rest.substr(dot + 1);
  }
  return best;
}

// "Doom9's Forum", "Ansible Community Documentation": what only sites are called.
bool names_kind_of_site(std::string_view part) {
  const std::string folded = fold_case(trim(part));
  if (count_words(folded) > kSiteNameWords) return false;
  for (std::string_view word : {"forum", "forums", "foren", "foros", "community", "documentation", "docs", "wiki", "blog", "magazine", "форум", "论坛", "論壇", "フォーラム"})
    if (folded.ends_with(word) && folded.size() > word.size()) return true;
  return false;
}

// Some pages give their own title as the name of the site: then no part of it is the site's name.
bool swallows(std::string_view site, std::string_view title) {
  return squeezed(site).size() * 10 >= squeezed(title).size() * 7;
}

}  // namespace

std::string squeezed(std::string_view text) {
  std::string out;
  const std::string folded = fold_case(text);
  for (std::size_t at = 0; at < folded.size();) {
    const char32_t c = next_code_point(folded, at);
    if (is_letter(c) || is_digit(c)) append_utf8(out, c);
  }
  return out;
}

std::vector<TitlePart> title_parts(std::string_view title) {
  constexpr std::string_view kSigns[] = {" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " › ", " / ", " ~ ", " ⋆ ", "|", "｜", " ‹ ", "_", ": "};
  // Bytes that a sign may begin with.
  const auto may_begin = [](char c) { return c == ' ' || c == '|' || c == '_' || c == ':' || static_cast<unsigned char>(c) >= 0x80; };
  std::vector<TitlePart> parts{{0, title.size(), {}}};
  for (std::size_t at = 0; at < title.size(); ++at) {
    if (!may_begin(title[at])) continue;
    for (std::string_view sign : kSigns) {
      if (!title.substr(at).starts_with(sign) || (sign == "_" && title.find(' ') != std::string_view::npos)) continue;
      parts.back().end = at;
      parts.push_back({at + sign.size(), title.size(), sign});
      at += sign.size() - 1;
      break;
    }
  }
  return parts;
}

bool names_site(std::string_view part, std::string_view site, std::string_view host) {
  const std::string p = squeezed(part);
  if (p.empty()) return true;
  const std::string s = squeezed(site);
  if (!s.empty() && (p == s || (s.size() >= 4 && (p.starts_with(s) || p.ends_with(s)) && p.size() < 2 * s.size() + 8) ||
                     (p.size() >= 4 && s.find(p) != std::string::npos)))
    return true;
  const std::string h = squeezed(host_without_www(host));
  const std::string stem = squeezed(owner_label(host_without_www(host)));
  return p == h || (stem.size() >= 3 && p == stem) || (p.size() >= 5 && h.find(p) != std::string::npos) ||
         (stem.size() >= 5 && p.find(stem) != std::string::npos && p.size() < 3 * stem.size());
}

bool is_site_name(std::string_view part, std::string_view site, std::string_view host) {
  const std::string p = squeezed(part);
  if (p.empty()) return true;
  const std::string s = squeezed(site);
  const std::string_view bare = host_without_www(host);
  if (!s.empty() && (p == s || (p.size() >= 4 && (s.starts_with(p) || s.ends_with(p))))) return true;
  return p == squeezed(bare) || (p.size() >= 3 && p == squeezed(owner_label(bare)));
}

std::string without_tail(std::string_view title, std::string_view site, std::string_view host) {
  std::string_view rest = trim(title);
  for (int round = 0; round < 3; ++round) {
    auto parts = title_parts(rest);
    if (parts.size() < 2 || parts.back().sign == ": ") break;
    const std::string_view last = rest.substr(parts.back().begin);
    if (!names_site(last, site, host) && !names_kind_of_site(last)) break;
    const std::string_view sign = parts.back().sign;
    while (sign == " / " && parts.size() > 2 && parts[parts.size() - 2].sign == sign) parts.pop_back();
    rest = trim(rest.substr(0, parts.back().begin - sign.size()));
  }
  return std::string(rest.empty() ? trim(title) : rest);
}

std::string without_site(std::string_view title, std::string_view site, std::string_view host) {
  if (swallows(site, title)) site = {};
  std::string rest = without_tail(title, site, host);
  for (int round = 0; round < 2; ++round) {
    const auto parts = title_parts(rest);
    if (parts.size() < 2 || !is_site_name(std::string_view(rest).substr(0, parts[0].end), site, host)) break;
    rest.erase(0, parts[1].begin);
  }
  return std::string(trim(rest));
}

}  // namespace marrow
