#include "record/title.h"

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "base/url.h"
#include "record/entities.h"

namespace marrow {
namespace {

// Two texts agree from this share of common words on (F1): leaves room for a subtitle or a kicker.
constexpr double kAgree = 0.5;
// What an h1 of two words or more is worth whose words all stand in the title: "Pricing | Plans for teams".
constexpr double kContained = 0.75;
constexpr std::size_t kMaxHeadings = 12;
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

// Signs that themes set behind a heading to link to it.
std::string_view without_anchor(std::string_view text) {
  text = trim(text);
  for (std::string_view sign : {"¶", "#", "🔗", "§", "\uE9CB", "\uF0C1"})
    while (text.size() > sign.size() && text.ends_with(sign)) text = trim(text.substr(0, text.size() - sign.size()));
  return text;
}

Id heading_element(const Document& doc, const Block& block) {
  Id e = block.element;
  for (int up = 0; up < 4 && e != kNone; ++up, e = doc.elements[e].parent)
    if (doc.elements[e].tag >= Tag::h1_ && doc.elements[e].tag <= Tag::h6_) return e;
  return kNone;
}

// The headings of one level; the blocks of one element joined.
std::vector<Heading> headings_of(const Document& doc, int level) {
  std::vector<Heading> out;
  Id last = kNone;
  for (Id id = 0; id < doc.blocks.size() && out.size() < kMaxHeadings; ++id) {
    const Block& block = doc.blocks[id];
    if (block.heading_level != level || block.hidden) continue;
    const Id element = heading_element(doc, block);
    const std::string text = collapse_spaces(without_anchor(block.text));
    if (element != kNone && element == last && !out.empty())
      out.back().text += " " + text;
    else
      out.push_back({id, text});
    last = element;
  }
  std::erase_if(out, [](const Heading& h) { return h.text.empty() || h.text.size() > kMaxTitle; });
  return out;
}

// "News | The Society" opens with "News".
bool opens(std::string_view claim, std::string_view heading) {
  const auto parts = parts_of(claim);
  return fold_case(claim.substr(0, parts.front().end)) == fold_case(heading);
}

// The last part of a longer title: there stands the site, the book, the forum.
bool closes_title(std::string_view title, std::string_view heading) {
  const auto parts = parts_of(title);
  if (parts.size() < 2) return false;
  const std::string tail = fold_case(title.substr(parts.back().begin));
  const std::string folded = fold_case(heading);
  return tail == folded || (tail.starts_with(folded) && tail.size() < folded.size() + 16);
}

// What a URL's last long part and a text share: slugs are made from headlines.
double slug_likeness(std::string_view text, std::string_view url) {
  UrlParts parts;
  if (!split_url(url, &parts)) return 0;
  std::string_view best, path = parts.path;
  while (!path.empty()) {
    const auto slash = path.find('/');
    const std::string_view segment = path.substr(0, slash);
    if (segment.size() > best.size()) best = segment;
    path = slash == std::string_view::npos ? std::string_view{} : path.substr(slash + 1);
  }
  std::string slug(best);
  std::replace(slug.begin(), slug.end(), '_', ' ');
  const auto x = words_of(text), y = words_of(slug);
  return x.empty() || y.empty() ? 0 : 2.0 * static_cast<double>(common(x, y)) / static_cast<double>(x.size() + y.size());
}

// How well a heading agrees with what the head says: common words (F1), or the claim holds all of it.
double agreement(const Heading& heading, const std::vector<std::string>& claims) {
  double best = 0;
  const auto mine = words_of(heading.text);
  if (mine.empty()) return 0;
  for (const std::string& claim : claims) {
    const auto other = words_of(claim);
    const auto both = static_cast<double>(common(mine, other));
    best = std::max(best, 2 * both / static_cast<double>(mine.size() + other.size()));
    const bool held = common(mine, other) == mine.size();
    if (held && (mine.size() >= 2 || opens(claim, heading.text))) best = std::max(best, kContained);
  }
  return best;
}

const Heading* best_of(const std::vector<Heading>& headings, const std::vector<std::string>& claims) {
  const Heading* best = nullptr;
  double best_score = kAgree;
  for (const Heading& heading : headings)
    if (const double score = agreement(heading, claims); score > best_score || (!best && score >= kAgree)) {
      best_score = score;
      best = &heading;
    }
  return best;
}

// Drops the site's name behind the last separators; never the whole title.
std::string without_tail(std::string_view title, std::string_view site, std::string_view host) {
  std::string_view rest = trim(title);
  for (int round = 0; round < 3; ++round) {
    const auto parts = parts_of(rest);
    if (parts.size() < 2 || parts.back().sign == ": ") break;
    const Part& last = parts.back();
    if (!names_site(rest.substr(last.begin), site, host)) break;
    rest = trim(rest.substr(0, last.begin - last.sign.size()));
  }
  return std::string(rest.empty() ? trim(title) : rest);
}

}  // namespace

std::string without_site(std::string_view title, std::string_view site, std::string_view host) {
  std::string rest = without_tail(title, site, host);
  for (int round = 0; round < 2; ++round) {
    const auto parts = parts_of(rest);
    if (parts.size() < 2 || !names_site(std::string_view(rest).substr(0, parts[0].end), site, host)) break;
    rest.erase(0, parts[1].begin);
  }
  return std::string(trim(rest));
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
    if (const auto bar = clean.find(" | "); bar != std::string::npos && bar > 0) clean.resize(bar);  // the rest is for search engines
    if (!clean.empty() && clean.size() <= kMaxTitle) claims.push_back(std::move(clean));
  };
  claim(facts.meta({"og:title"}));
  if (facts.main) claim(facts.main->headline.empty() ? facts.main->name : facts.main->headline);
  claim(facts.meta({"citation_title", "parsely-title", "sailthru.title", "dc.title", "dcterms.title", "twitter:title", "title"}));
  claim(doc.title);

  auto h1 = headings_of(doc, 1);
  const std::string whole = plain_text(doc.title);
  std::erase_if(h1, [&](const Heading& h) {
    return (names_site(h.text, facts.site, host) || closes_title(whole, h.text)) && agreement(h, claims) < 1;
  });
  const Heading* match = best_of(h1, claims);
  if (!match && h1.size() == 1 && (claims.empty() || slug_likeness(h1.front().text, doc.url) > slug_likeness(claims.front(), doc.url)))
    match = &h1.front();
  if (match) {
    facts.headline = match->block;
    return without_tail(match->text, facts.site, host);
  }
  if (!h1.empty()) facts.headline = h1.front().block;
  const auto h2 = headings_of(doc, 2);
  if (const Heading* lower = best_of(h2, claims)) facts.headline = lower->block;
  return claims.empty() ? std::string() : claims.front();
}

}  // namespace marrow
