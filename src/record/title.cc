#include "record/title.h"

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "base/url.h"
#include "record/entities.h"

namespace marrow {
namespace {

// Two texts agree from this share of common words on (F1): leaves room for a subtitle or a kicker.
constexpr double kAgree = 0.6;
constexpr std::size_t kMaxTitle = 400;  // bytes; longer h1s are pages caught in a heading

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out;
  const std::string folded = fold_case(text);
  std::size_t begin = std::string::npos;
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t here = at;
    const char32_t c = next_code_point(folded, at);
    const bool word = is_word(c);
    const bool alone = is_spaceless(c);
    if (begin != std::string::npos && (!word || alone)) {
      out.push_back(folded.substr(begin, here - begin));
      begin = std::string::npos;
    }
    if (alone)
      out.push_back(folded.substr(here, at - here));
    else if (word && begin == std::string::npos)
      begin = here;
  }
  if (begin != std::string::npos) out.push_back(folded.substr(begin));
  std::sort(out.begin(), out.end());
  return out;
}

std::size_t common(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  std::vector<std::string> both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  return both.size();
}

double likeness(std::string_view a, std::string_view b) {
  const auto x = words_of(a), y = words_of(b);
  if (x.empty() || y.empty()) return 0;
  return 2.0 * static_cast<double>(common(x, y)) / static_cast<double>(x.size() + y.size());
}

// Letters and digits only, folded: "The Daily-News" = "thedailynews".
std::string squeezed(std::string_view text) {
  std::string out;
  const std::string folded = fold_case(text);
  for (std::size_t at = 0; at < folded.size();) {
    const char32_t c = next_code_point(folded, at);
    if (is_letter(c) || is_digit(c)) append_utf8(out, c);
  }
  return out;
}

bool names_site(std::string_view part, std::string_view site, std::string_view host) {
  const std::string p = squeezed(part);
  if (p.empty()) return true;
  const std::string s = squeezed(site);
  if (!s.empty() && (p == s || (s.size() >= 4 && (p.starts_with(s) || p.ends_with(s)) && p.size() < 2 * s.size() + 8) ||
                     (p.size() >= 4 && s.find(p) != std::string::npos)))
    return true;
  const std::string h = squeezed(host_without_www(host));
  const std::string stem = squeezed(host_without_www(host).substr(0, host_without_www(host).find('.')));
  return p == h || (stem.size() >= 3 && p == stem) || (p.size() >= 5 && h.find(p) != std::string::npos) ||
         (stem.size() >= 5 && p.find(stem) != std::string::npos && p.size() < 3 * stem.size());
}

struct Part {
  std::size_t begin, end;    // of the part
  std::string_view sign;     // the separator before it
};

std::vector<Part> parts_of(std::string_view title) {
  constexpr std::string_view kSigns[] = {" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " › ", " / ", " ~ ", " ⋆ ", "|", "｜", " ‹ ", "_", ": "};
  std::vector<Part> parts{{0, title.size(), {}}};
  for (std::size_t at = 0; at < title.size(); ++at) {
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

std::string_view host_of(const Document& doc) {
  UrlParts parts;
  return split_url(doc.url, &parts) ? parts.host : std::string_view{};
}

struct Heading {
  Id block;
  std::string text;
};

std::vector<Heading> headings_of(const Document& doc, int level) {
  std::vector<Heading> out;
  for (Id id = 0; id < doc.blocks.size() && out.size() < 12; ++id) {
    const Block& block = doc.blocks[id];
    if (block.heading_level == level && !block.hidden && block.text.size() <= kMaxTitle) out.push_back({id, collapse_spaces(block.text)});
  }
  return out;
}

const Heading* best_match(const std::vector<Heading>& headings, const std::vector<std::string>& claims) {
  const Heading* best = nullptr;
  double best_score = kAgree;
  for (const Heading& heading : headings)
    for (const std::string& claim : claims)
      if (const double score = likeness(heading.text, claim); score > best_score + 1e-9 || (!best && score >= kAgree)) {
        best_score = score;
        best = &heading;
      }
  return best;
}

}  // namespace

std::string without_site(std::string_view title, std::string_view site, std::string_view host) {
  std::string_view rest = trim(title);
  for (int round = 0; round < 3; ++round) {
    const auto parts = parts_of(rest);
    if (parts.size() < 2) break;
    const Part &first = parts.front(), &last = parts.back();
    const std::string_view tail = rest.substr(last.begin, last.end - last.begin);
    const std::string_view head = rest.substr(first.begin, first.end - first.begin);
    if (last.sign != ": " && names_site(tail, site, host))
      rest = trim(rest.substr(0, last.begin - last.sign.size()));
    else if (names_site(head, site, host))
      rest = trim(rest.substr(parts[1].begin));
    else
      break;
  }
  return std::string(rest.empty() ? trim(title) : rest);
}

std::string decide_site(const PageFacts& facts) {
  if (auto name = facts.meta({"og:site_name"}); !name.empty()) return plain_text(name);
  if (facts.main && !facts.main->publisher.empty()) return facts.main->publisher;
  for (const LdNode& node : facts.nodes)
    if (node.type == LdType::web_site && !node.name.empty() && !node.name.starts_with("http")) return node.name;
  for (const LdNode& node : facts.nodes)
    if (!node.publisher.empty()) return node.publisher;
  return plain_text(facts.meta({"application-name", "apple-mobile-web-app-title", "al:ios:app_name", "dc.publisher", "citation_journal_title"}));
}

std::string decide_title(PageFacts& facts) {
  const Document& doc = *facts.doc;
  const std::string_view host = host_of(doc);
  std::vector<std::string> claims;
  auto claim = [&](std::string_view text) {
    std::string clean = without_site(plain_text(text), facts.site, host);
    if (!clean.empty() && clean.size() <= kMaxTitle) claims.push_back(std::move(clean));
  };
  claim(facts.meta({"og:title"}));
  if (facts.main) claim(facts.main->headline.empty() ? facts.main->name : facts.main->headline);
  claim(facts.meta({"citation_title", "parsely-title", "sailthru.title", "dc.title", "dcterms.title", "twitter:title", "title"}));
  claim(doc.title);

  const auto h1 = headings_of(doc, 1);
  if (const Heading* match = best_match(h1, claims)) {
    facts.headline = match->block;
    return match->text;
  }
  const auto h2 = headings_of(doc, 2);
  if (const Heading* match = best_match(h2, claims)) facts.headline = match->block;
  if (facts.headline == kNone && !h1.empty()) facts.headline = h1.front().block;
  if (!claims.empty()) return claims.front();
  return h1.empty() ? std::string() : h1.front().text;
}

}  // namespace marrow
