#include "record/author.h"

#include <algorithm>

#include "base/text.h"
#include "base/url.h"
#include "record/dates.h"
#include "record/entities.h"
#include "record/site_name.h"

namespace marrow {
namespace {

constexpr std::size_t kMaxName = 160;     // bytes of one clean author line before it counts as prose
constexpr std::size_t kMaxPartWords = 8;  // words between two commas; the longest real one seen is a committee of 7
constexpr Id kOneByline = 6;               // elements between two authors of one byline
constexpr Id kBylineReach = 14;            // blocks behind the headline that may be its byline

// Class words that forums set on the name of a post's user.
constexpr std::string_view kUserTokens[] = {"username", "author", "poster", "creator", "nickname", "nick", "postauthor", "bigusername"};

// Words before the name, case folded. Longest first where one begins another.
constexpr std::string_view kLeads[] = {
    "written and photographed by", "story and photos by", "words and photos by", "medically reviewed by", "contributed by",
    "article written by", "article by", "written by", "posted by", "published by", "created by", "submitted by", "reported by",
    "reviewed by", "authored by", "edited by", "story by", "words by", "text by", "photos by", "by author", "added by", "uploaded by",
    "about the author", "by:", "by", "authors:", "authors", "author:", "author", "von:", "von", "par", "écrit par", "publié par",
    "rédigé par", "por:", "por", "escrito por", "publicado por", "autor:", "autora:", "autor", "di", "a cura di", "scritto da",
    "pubblicato da", "door", "geschreven door", "av", "skrevet av", "skriven av", "af", "skrevet af", "text:", "texte :", "texto:",
    "foto:", "autorka:", "napisał", "napisała", "opublikował", "kirjoittaja", "kirjoittanut", "yazan:", "yazar:", "tác giả:",
    "penulis:", "oleh:", "oleh", "ditulis oleh", "автор:", "автор", "текст:", "автори:", "συντάκτης:", "γράφει ο", "γράφει η",
    "szerző:", "írta:", "autoři:", "de:", "publicat de", "scris de", "作者：", "作者:", "文／", "文/", "文：", "記者", "撰文：", "執筆：",
    "著者：", "글", "기자", "โดย", "ผู้เขียน", "بقلم", "كتب", "بقلم:", "مأת", "מאת:", "מאת", "نویسنده:", "लेखक:", "द्वारा", "published:"};

// Words behind the name that begin something else.
constexpr std::string_view kStops[] = {
    " updated", " published", " posted on", " posted in", " posted ", " last updated", " modified", " on ", " in ", " | ", " • ", " · ", " – ", " — ",
    " - ", " / ", " min read", " minutes read", " @", " http", " www.", " follow", " comments", " comment", " leave a", " share", " reviewed by",
    " fact checked", " fact-checked", " medically reviewed", " edited by", " photo", " veröffentlicht", " aktualisiert", " am ", " publié", " le ",
    " mis à jour", " publicado", " actualizado", " el ", " em ", " il ", " op ", "\n", " view bio", " view all", " read more", " more from",
    " contact", " email", " e-mail", " bio", "{{", " updated:", " writer", " co-founder", " senior ", " former "};

// Whole values that name nobody.
constexpr std::string_view kNobody[] = {
    "admin", "administrator", "editor", "editors", "staff", "guest", "user", "author", "authors", "anonymous", "webmaster", "unknown", "by",
    "root", "wordpress", "none", "null", "undefined", "n/a", "na", "default", "test", "owner", "site admin", "siteadmin", "web admin", "webadmin",
    "super admin", "superadmin", "super user", "redaktion", "redacción", "redazione", "rédaction", "la rédaction", "redactie", "redakcja", "redakce",
    "editorial", "moderator", "moderators", "system", "wpadmin", "wp admin", "backend", "demo", "false", "true", "contributor", "website",
    "join date", "posts", "profile", "view profile", "log in", "login", "sign in", "read more", "share", "follow", "subscribe", "home", "menu", "updated", "insights from", "human", "published", "written by", "posted by", "visit", "this review is",
    "search", "search this", "the author", "about", "more", "twitter", "facebook", "linkedin", "instagram", "marketing", "content", "seo", "hubspot"};

bool starts_folded(std::string_view folded, std::string_view lead) {
  if (!folded.starts_with(lead)) return false;
  if (folded.size() == lead.size()) return true;
  std::size_t at = lead.size();
  const char32_t next = next_code_point(folded, at);
  std::size_t last_at = lead.size();
  do --last_at; while (last_at > 0 && (static_cast<unsigned char>(lead[last_at]) & 0xC0) == 0x80);
  const char32_t last = next_code_point(lead, last_at);
  return !is_letter(last) || !is_letter(next) || is_spaceless(last);
}

// The folded text keeps its byte lengths for ASCII leads only; others are measured on the folded side.
std::string_view drop_lead(std::string_view text, bool* dropped) {
  for (int round = 0; round < 3; ++round) {
    const std::string folded = fold_case(text);
    if (folded.size() != text.size()) return text;
    std::string_view best;
    for (std::string_view lead : kLeads)
      if (lead.size() > best.size() && starts_folded(folded, lead)) best = lead;
    if (best.empty()) return text;
    std::string_view rest = trim(text.substr(best.size()));
    while (!rest.empty() && (rest.front() == ':' || rest.front() == '-' || rest.front() == '|')) rest = trim(rest.substr(1));
    if (rest.empty()) return rest;
    text = rest;
    if (dropped) *dropped = true;
  }
  return text;
}

bool is_lead(std::string_view text) {
  std::string folded = fold_case(trim(text));
  while (!folded.empty() && folded.back() == ':') folded.pop_back();
  return folded.size() >= 2 && std::find(std::begin(kLeads), std::end(kLeads), folded) != std::end(kLeads);
}

bool has_letter(std::string_view text) {
  for (std::size_t at = 0; at < text.size();)
    if (is_letter(next_code_point(text, at))) return true;
  return false;
}

std::string without_brackets(std::string_view text) {
  std::string out(text);
  for (std::string_view pair : {"()", "[]", "<>"}) {
    const auto open = out.find(pair[0]);
    if (open == std::string::npos) continue;
    const auto close = out.find(pair[1], open);
    const std::string_view inside = std::string_view(out).substr(open, close == std::string::npos ? std::string::npos : close - open);
    if (inside.find('@') == std::string_view::npos && inside.find("http") == std::string_view::npos && pair == "()") continue;
    out.erase(open, close == std::string::npos ? std::string::npos : close - open + 1);
  }
  return out;
}

std::string_view cut_stops(std::string_view text) {
  const std::string folded = fold_case(text);
  if (folded.size() != text.size()) return text;
  std::size_t end = text.size();
  for (std::string_view stop : kStops) {
    const auto at = folded.find(stop);
    if (at != std::string::npos && at > 0) end = std::min(end, at);
  }
  return trim(text.substr(0, end));
}

bool has_digit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool nobody(std::string_view name) {
  const std::string folded = fold_case(name);
  return std::find(std::begin(kNobody), std::end(kNobody), folded) != std::end(kNobody);
}

bool is_url(std::string_view text) {
  return text.starts_with("http") || text.starts_with("www.") || text.starts_with("//") || text.find("://") != std::string_view::npos;
}

bool is_host(std::string_view text) {
  return text.find(' ') == std::string_view::npos && text.find('@') == std::string_view::npos &&
         (text.ends_with(".com") || text.ends_with(".net") || text.ends_with(".org"));
}

// Sentences are no names.
bool looks_like_names(std::string_view text) {
  if (text.size() > kMaxName || !has_letter(text)) return false;
  for (std::string_view rest = text; !rest.empty();) {
    const auto comma = rest.find(',');
    if (count_words(rest.substr(0, comma)) > kMaxPartWords) return false;
    rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
  }
  if (text.find("{{") != std::string_view::npos || text.find("[%") != std::string_view::npos) return false;
  return text.find(" badge") == std::string_view::npos;  // what a question site counts behind its users' names
}

void add_name(std::vector<std::string>& names, std::string name) {
  if (name.empty()) return;
  const std::string key = squeezed(name);
  for (std::string& known : names) {
    const std::string other = squeezed(known);
    if (other.find(key) != std::string::npos) return;
    if (key.find(other) != std::string::npos) {
      known = std::move(name);
      return;
    }
  }
  names.push_back(std::move(name));
}

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

std::string from_json_ld(const PageFacts& facts) {
  const LdNode* node = facts.main;
  if (!node || node->authors.empty()) return {};
  std::vector<std::string> names;
  for (const LdName& author : node->authors) add_name(names, clean_author(author.name));
  return joined(names);
}

// Journals write "Doe, Jane".
std::string surname_last(const std::string& name) {
  const auto comma = name.find(", ");
  if (comma == std::string::npos || name.find(',', comma + 1) != std::string::npos) return name;
  return name.substr(comma + 2) + " " + name.substr(0, comma);
}

std::string from_meta(const PageFacts& facts) {
  constexpr std::string_view kMany[] = {"citation_author", "dc.creator", "article:author", "author", "dcterms.creator", "parsely-author"};
  for (std::string_view key : {std::string_view("parsely-author"), std::string_view("sailthru.author"), std::string_view("byl"), std::string_view("author"),
                               std::string_view("article:author"), std::string_view("article:author_name"), std::string_view("og:author"),
                               std::string_view("book:author"), std::string_view("citation_author"), std::string_view("dc.creator"),
                               std::string_view("dcterms.creator"), std::string_view("dc.contributor"), std::string_view("rbauthors"),
                               std::string_view("cxenseparse:author"), std::string_view("twitter:data1")}) {
    std::vector<std::string> names;
    if (key == "twitter:data1" && fold_case(facts.meta({"twitter:label1"})) != "written by") continue;
    for (const Meta& meta : facts.doc->metas) {
      if (meta.name != key) continue;
      add_name(names, clean_author(key == "citation_author" ? surname_last(plain_text(meta.content)) : plain_text(meta.content)));
      if (std::find(std::begin(kMany), std::end(kMany), key) == std::end(kMany) && !names.empty()) break;
    }
    if (!names.empty()) return joined(names);
  }
  return {};
}

// The name inside an author's element: what itself calls so, a link's text, else all of it.
std::string name_inside(const PageFacts& facts, const Property& author) {
  const Document& doc = *facts.doc;
  for (const Property& inner : facts.properties)
    if (inner.element != author.element && doc.inside(inner.element, author.element) && iequals_ascii(inner.name, "name"))
      if (std::string name = clean_author(inner.value); !name.empty()) return name;
  const Element& e = doc.elements[author.element];
  for (Id link = e.first_link; link < e.end_link && link < e.first_link + 3; ++link)
    if (std::string name = clean_author(doc.links[link].text); !name.empty() && !doc.links[link].image) return name;
  return clean_author(author.value);
}

// itemprop=author. Where several stand far apart, the first is the author and the others answered.
std::string from_properties(const PageFacts& facts) {
  std::vector<std::string> names;
  Id last = 0;
  for (const Property& property : facts.properties) {
    if (!iequals_ascii(property.name, "author") && !iequals_ascii(property.name, "creator")) continue;
    if (!names.empty() && property.element > last + kOneByline) break;
    add_name(names, name_inside(facts, property));
    last = facts.doc->elements[property.element].end;
  }
  return joined(names);
}

bool names_author(const Element& e) {
  for (std::string_view token : {"author", "byline", "authors", "writer", "contributor", "autor", "auteur", "redacteur"})
    if (has_token(e.cls, token) || has_token(e.id, token)) return true;
  return false;
}

bool other_people(const Element& e) {
  for (std::string_view token : {"comment", "comments", "related", "sidebar", "footer", "recommended"})
    if (has_token(e.cls, token) || has_token(e.id, token)) return true;
  return e.tag == Tag::footer_ || e.tag == Tag::nav_;
}

bool amid_other_people(const Document& doc, Id element) {
  int up = 0;
  for (Id e = element; e != kNone && up < 12; e = doc.elements[e].parent, ++up)
    if (doc.elements[e].tag != Tag::body_ && doc.elements[e].tag != Tag::html_ && other_people(doc.elements[e])) return true;
  return false;
}

// The element near the headline whose class or rel says author.
std::string from_markup(const PageFacts& facts) {
  const Document& doc = *facts.doc;
  if (facts.headline == kNone) return {};
  const Id low = facts.headline > 4 ? facts.headline - 4 : 0, high = facts.headline + kBylineReach;
  std::string fallback;
  for (Id id = 0; id < doc.elements.size(); ++id) {
    const Element& e = doc.elements[id];
    if (e.first_block < low || e.first_block > high || e.hidden) continue;
    const bool rel = e.tag == Tag::a_ && has_token(doc.attr(id, "rel"), "author");
    if (!rel && !names_author(e)) continue;
    if (e.end_block - e.first_block > 4 || amid_other_people(doc, id)) continue;
    const std::string name = clean_author(text_inside(doc, id, 200));
    if (name.empty()) continue;
    // The innermost wins: <div class="byline">By <a rel="author">Jane</a> in News</div>.
    if (rel) return name;
    if (fallback.empty() || fallback.find(name) != std::string::npos) fallback = name;
  }
  return fallback;
}

// "By Jane Doe" as a short line beside the headline.
std::string from_byline(const PageFacts& facts) {
  const Document& doc = *facts.doc;
  if (facts.headline == kNone) return {};
  const Id end = std::min<Id>(static_cast<Id>(doc.blocks.size()), facts.headline + kBylineReach);
  for (Id id = facts.headline + 1; id < end; ++id) {
    const Block& block = doc.blocks[id];
    if (block.hidden || block.words > 20 || block.heading_level == 1) continue;
    bool lead = false;
    std::string text = collapse_spaces(block.text);
    if (is_lead(text)) {  // "Written by" on a line of its own: the name stands on the next
      if (id + 1 >= end || doc.blocks[id + 1].words > 6) continue;
      text += " " + collapse_spaces(doc.blocks[id + 1].text);
    }
    drop_lead(text, &lead);
    if (!lead) continue;
    const std::string name = clean_author(text);
    std::size_t at = 0;
    if (!name.empty() && count_words(name) <= 6 && (is_upper(next_code_point(name, at)) || static_cast<unsigned char>(name[0]) >= 0xE0)) return name;
  }
  return {};
}

// The user of a thread's first post.
std::string from_first_post(const PageFacts& facts) {
  if (!facts.forum) return {};
  const Document& doc = *facts.doc;
  const Id low = facts.headline == kNone || facts.headline < 4 ? 0 : facts.headline - 4;
  for (Id id = 0; id < doc.elements.size(); ++id) {
    const Element& e = doc.elements[id];
    if (e.hidden || e.first_block < low || e.end_block > e.first_block + 2) continue;
    const bool user = std::any_of(std::begin(kUserTokens), std::end(kUserTokens), [&](std::string_view token) { return has_token(e.cls, token); });
    if (!user) continue;
    std::string name = clean_author(text_inside(doc, id, 100));
    if (!name.empty() && count_words(name) <= 3) return name;
  }
  return {};
}

bool is_site(const PageFacts& facts, const std::string& name) {
  return !facts.site.empty() && squeezed(name) == squeezed(facts.site);
}

}  // namespace

std::string clean_author(std::string_view text) {
  std::string value = plain_text(text);
  if (is_url(value)) return {};
  value = without_brackets(value);
  std::string_view name = drop_lead(trim(value), nullptr);
  // "Jun 2 Written By Jane Doe"
  const std::string folded = fold_case(name);
  for (std::string_view lead : {" written by ", " posted by ", " by "})
    if (const auto at = folded.find(lead); at != std::string::npos && folded.size() == name.size() && has_digit(name.substr(0, at))) {
      name = trim(name.substr(at + lead.size()));
      break;
    }
  name = cut_stops(name);
  if (const auto found = find_date(name, {.language = {}, .order = NumericOrder::day_first})) name = trim(name.substr(0, found->begin));
  constexpr std::string_view kEdges = ",;:|-–—•·\"'*/";
  while (!name.empty() && (kEdges.find(name.back()) != std::string_view::npos) && static_cast<unsigned char>(name.back()) < 0x80) name = trim(name.substr(0, name.size() - 1));
  while (!name.empty() && (kEdges.find(name.front()) != std::string_view::npos) && static_cast<unsigned char>(name.front()) < 0x80) name = trim(name.substr(1));
  if (name.starts_with("Visit ") || is_host(name)) return {};  // a shop's link; "example.com"
  if (name.empty() || is_url(name) || nobody(name) || !looks_like_names(name)) return {};
  return std::string(name);
}

std::string decide_author(const PageFacts& facts) {
  const std::string said = from_json_ld(facts);
  if (!facts.item) return is_site(facts, said) ? std::string() : said;
  std::string house;  // a site that signs its own pages: only where no person does, and only in its own data
  for (auto source : {from_json_ld, from_meta, from_properties, from_markup, from_byline, from_first_post}) {
    std::string name = source(facts);
    if (name.empty()) continue;
    if (!is_site(facts, name)) return name;
    if (house.empty() && (source == from_json_ld || source == from_meta)) house = std::move(name);
  }
  return house;
}

}  // namespace marrow
