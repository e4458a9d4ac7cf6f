#include "record/title.h"

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "base/url.h"
#include "record/entities.h"
#include "record/site_name.h"

namespace marrow {
namespace {

// Two texts agree from this share of common words on (F1): leaves room for a subtitle or a kicker.
constexpr double kAgree = 0.5;
// What an h1 of two words or more is worth whose words all stand in the title: "Pricing | Plans for teams".
constexpr double kContained = 0.75;
// Two titles this alike say the same.
constexpr double kSame = 0.8;
// A page's only headline of this many words is believed against a <title> that nothing else on the page bears out.
constexpr std::uint32_t kTellingWords = 4;
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
  std::erase_if(out, [](const Heading& h) { return squeezed(h.text).empty() || h.text.size() > kMaxTitle; });
  return out;
}

// "News | The Society" opens with "News".
bool opens(std::string_view claim, std::string_view heading) {
  const auto parts = title_parts(claim);
  return parts.size() > 1 && fold_case(claim.substr(0, parts.front().end)) == fold_case(heading);
}

// The last part of a longer title: there stands the site, the book, the forum.
bool closes_title(std::string_view title, std::string_view heading) {
  const auto parts = title_parts(title);
  if (parts.size() < 2 || parts.back().sign == ": ") return false;
  const std::string tail = fold_case(title.substr(parts.back().begin));
  const std::string folded = fold_case(heading);
  return tail == folded || (tail.starts_with(folded) && tail.size() < folded.size() + 16);
}

// Common words of two texts (F1).
double likeness(std::string_view a, std::string_view b) {
  const auto x = words_of(a), y = words_of(b);
  return x.empty() || y.empty() ? 0 : 2.0 * static_cast<double>(common(x, y)) / static_cast<double>(x.size() + y.size());
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
  return likeness(text, slug);
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

bool home_page(std::string_view url) {
  UrlParts parts;
  return split_url(url, &parts) && (parts.path.empty() || parts.path == "/");
}

// Titles that name no page: what a home page is called by its own template.
bool says_home(std::string_view text) {
  const std::string folded = fold_case(trim(text));
  for (std::string_view word : {"home", "home page", "homepage", "index", "welcome", "main page", "start", "startseite", "accueil", "inicio", "início", "главная"})
    if (folded == word) return true;
  return false;
}

// What head and data call the page, in the order of trust.
struct Claims {
  std::vector<std::string> texts;  // site names off
  std::string first;               // the first of them as the page's title
};

Claims claims_of(const SelfDescription& facts, std::string_view host) {
  const Document& doc = *facts.doc;
  const bool home = home_page(doc.url);
  Claims claims;
  auto claim = [&](std::string_view text) {
    const std::string plain = plain_text(text);
    std::string clean = without_site(plain, facts.site, host);
    // On a home page the site's name in front is the title's own ("Acme: anvils since 1949").
    std::string title = home ? without_tail(plain, facts.site, host) : clean;
    if (squeezed(clean).empty() || clean.size() > kMaxTitle || says_home(clean)) return;
    if (const auto bar = clean.find(" | "); bar != std::string::npos && bar > 0) clean.resize(bar);  // the rest is for search engines
    if (!home) title = clean;
    const std::string key = squeezed(clean);
    const bool site = key == squeezed(facts.site) || key == squeezed(host_without_www(host));
    if (claims.first.empty() || (claims.texts.empty() && !site && !home)) claims.first = std::move(title);
    if (!site) claims.texts.push_back(std::move(clean));
  };
  claim(facts.meta({"og:title"}));
  if (facts.main) claim(facts.main->headline.empty() ? facts.main->name : facts.main->headline);
  claim(facts.meta({"citation_title", "parsely-title", "sailthru.title", "dc.title", "dcterms.title", "twitter:title", "title"}));
  claim(doc.title);
  if (claims.first.empty() && home) claims.first = facts.site;
  return claims;
}

// h1s that hold the name of the site, book or forum instead of the page's: they are dropped, and cut from the end of
// the claims.
void drop_site_headings(const Document& doc, std::string_view site, std::string_view host, std::vector<Heading>& h1, Claims& claims) {
  const std::string whole = plain_text(doc.title);
  const bool home = home_page(doc.url);
  std::vector<std::string> names;
  std::erase_if(h1, [&](const Heading& h) {
    const bool closes = closes_title(whole, h.text);
    const bool leads = !home && !claims.texts.empty() && opens(whole, h.text) && likeness(h.text, claims.texts.front()) == 0;
    if (!(names_site(h.text, site, host) || closes || leads) || (agreement(h, claims.texts) >= 1 && !leads)) return false;
    if (closes && !home) names.push_back(fold_case(h.text));
    return true;
  });
  auto cut = [&](std::string& claim) {
    const auto parts = title_parts(claim);
    const TitlePart& last = parts.back();
    if (parts.size() > 1 && std::find(names.begin(), names.end(), fold_case(std::string_view(claim).substr(last.begin))) != names.end())
      claim.resize(last.begin - last.sign.size());
  };
  std::for_each(claims.texts.begin(), claims.texts.end(), cut);
  cut(claims.first);
}

// Is the page's only h1 to be believed though no claim agrees with it?
bool outweighs(const Heading& h1, const Claims& claims, const SelfDescription& facts) {
  const std::string_view url = facts.doc->url;
  if (claims.first.empty()) return true;
  if (claims.texts.empty()) return !home_page(url);
  const double mine = slug_likeness(h1.text, url), theirs = slug_likeness(claims.texts.front(), url);
  if (mine != theirs || theirs > 0) return mine > theirs;
  return claims.texts.size() == 1 && facts.item && facts.meta({"og:title"}).empty() && count_words(h1.text) >= kTellingWords;
}

// Old and bare pages set their headline as text: the first block that says just what the title says, and links nowhere.
Id headline_in_text(const Document& doc, std::string_view title) {
  const std::string wanted = squeezed(title);
  if (wanted.empty()) return kNone;
  for (Id id = 0; id < doc.blocks.size(); ++id) {
    const Block& block = doc.blocks[id];
    if (!block.hidden && block.link_chars == 0 && block.text.size() <= kMaxTitle && squeezed(block.text) == wanted) return id;
  }
  return kNone;
}

}  // namespace

std::string decide_site(const SelfDescription& facts) {
  if (auto name = facts.meta({"og:site_name"}); !name.empty()) return plain_text(name);
  if (facts.main && !facts.main->publisher.empty()) return facts.main->publisher;
  for (const LdNode& node : facts.nodes)
    if (node.type == LdType::web_site && !node.name.empty() && !node.name.starts_with("http")) return node.name;
  for (const LdNode& node : facts.nodes)
    if (!node.publisher.empty()) return node.publisher;
  return plain_text(facts.meta({"application-name", "apple-mobile-web-app-title", "al:ios:app_name", "dc.publisher", "citation_journal_title"}));
}

std::string decide_title(SelfDescription& facts) {
  const Document& doc = *facts.doc;
  const std::string_view host = host_of(doc);
  auto h1 = headings_of(doc, 1);
  Claims claims = claims_of(facts, host);
  drop_site_headings(doc, facts.site, host, h1, claims);
  const auto& texts = claims.texts;

  const Heading* match = best_of(h1, texts);
  if (!match && h1.size() == 1 && outweighs(h1.front(), claims, facts)) match = &h1.front();
  if (match) {
    facts.headline = match->block;
    // Companies put a slogan over the page of a service; what it is called stands in the title.
    const bool slogan = facts.kind == PageKind::service && !texts.empty() && likeness(match->text, texts.front()) < kSame &&
                        !(opens(doc.title, match->text) && title_parts(doc.title)[1].sign != ": ");
    return slogan ? claims.first : without_tail(match->text, facts.site, host);
  }
  if (!h1.empty()) facts.headline = h1.front().block;
  if (h1.size() != 1) {
    const auto h2 = headings_of(doc, 2);
    if (const Heading* lower = best_of(h2, texts)) facts.headline = lower->block;
  }
  if (facts.headline == kNone) facts.headline = headline_in_text(doc, claims.first);
  return claims.first;
}

}  // namespace marrow
