#include "record/author.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/url.h"
#include "record/author_name.h"
#include "record/dates.h"
#include "record/entities.h"
#include "record/site_name.h"

namespace marrow {
namespace {

constexpr Id kOneByline = 6;               // elements between two authors of one byline
constexpr Id kBylineReach = 14;            // blocks behind the headline that may be its byline

constexpr Id kBylineBefore = 6;              // blocks in front of the headline that may be its byline
constexpr std::uint32_t kBylineWords = 20;   // longer lines are prose
constexpr std::uint32_t kNameWords = 6;      // of one or two names without titles
constexpr std::uint32_t kPortraitWords = 4;  // of a name that no word introduces
constexpr std::uint32_t kJoinedWords = 40;   // of a byline of several names
constexpr std::size_t kJoiningBytes = 12;    // that "and", "und", "et" may add to names parted by commas
constexpr Id kPortraitReach = 2;             // blocks between a name and the portrait beside it
constexpr std::size_t kManyNames = 4;        // more links to authors beside one headline are a list of them

// Class words that forums set on the name of a post's user.
constexpr std::string_view kUserTokens[] = {"username", "author", "poster", "creator", "nickname", "nick", "postauthor", "bigusername"};

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

std::string from_json_ld(const SelfDescription& facts) {
  const LdNode* node = facts.main;
  if ((!node || node->authors.empty()) && facts.item) node = facts.web_page;
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

std::string from_meta(const SelfDescription& facts) {
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
std::string name_inside(const SelfDescription& facts, const Property& author) {
  const Document& doc = *facts.doc;
  for (const Property& inner : facts.properties)
    if (inner.element != author.element && doc.inside(inner.element, author.element) && iequals_ascii(inner.name, "name"))
      if (std::string name = clean_author(inner.value); !name.empty()) return name;
  const Element& e = doc.elements[author.element];
  for (Id inner = author.element + 1; inner < e.end; ++inner)
    if (doc.elements[inner].tag == Tag::meta_ && iequals_ascii(doc.attr(inner, "itemprop"), "name"))
      if (std::string name = clean_author(doc.attr(inner, "content")); !name.empty()) return name;
  for (Id link = e.first_link; link < e.end_link && link < e.first_link + 3; ++link)
    if (std::string name = clean_author(doc.links[link].text); !name.empty() && !doc.links[link].image) return name;
  return clean_author(author.value);
}

// itemprop=author. Where several stand far apart, the first is the author and the others answered.
std::string from_properties(const SelfDescription& facts) {
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
  for (std::string_view token : {"author", "byline", "authors", "authorname", "writer", "contributor", "autor", "auteur", "redacteur"})
    if (has_token(e.cls, token) || has_token(e.id, token)) return true;
  return false;
}

bool other_people(const Element& e) {
  for (std::string_view token : {"comment", "comments", "related", "sidebar", "footer", "recommended"})
    if (has_token(e.cls, token) || has_token(e.id, token)) return true;
  return e.tag == Tag::footer_ || e.tag == Tag::nav_;
}

// Stands in a list of comments, a sidebar and the like, and the headline does not stand there, too.
bool amid_other_people(const SelfDescription& facts, Id element) {
  const Document& doc = *facts.doc;
  int up = 0;
  for (Id e = element; e != kNone && up < 12; e = doc.elements[e].parent, ++up) {
    const Element& el = doc.elements[e];
    if (el.tag == Tag::body_ || el.tag == Tag::html_) break;
    if (facts.headline != kNone && facts.headline >= el.first_block && facts.headline < el.end_block) return false;
    if (other_people(el)) return true;
  }
  return false;
}

// The element near the headline whose class or rel says author.
std::string from_markup(const SelfDescription& facts) {
  const Document& doc = *facts.doc;
  if (facts.headline == kNone) return {};
  const Id low = facts.headline > 4 ? facts.headline - 4 : 0, high = facts.headline + kBylineReach;
  std::string fallback;
  for (Id id = 0; id < doc.elements.size(); ++id) {
    const Element& e = doc.elements[id];
    if (e.first_block < low || e.first_block > high || e.hidden) continue;
    const bool rel = e.tag == Tag::a_ && has_token(doc.attr(id, "rel"), "author");
    if (!rel && !names_author(e)) continue;
    if (e.end_block - e.first_block > 4 || amid_other_people(facts, id)) continue;
    std::string name = clean_author(text_inside(doc, id, 200));
    if (name.empty()) continue;
    if (e.end_link == e.first_link + 1)  // the name is linked, a date or a count behind it is not
      if (std::string linked = clean_author(doc.links[e.first_link].text); !linked.empty() && name.starts_with(linked)) name = std::move(linked);
    // The innermost wins: <div class="byline">By <a rel="author">Jane</a> in News</div>.
    if (rel) return name;
    if (fallback.empty() || fallback.find(name) != std::string::npos) fallback = name;
  }
  return fallback;
}

// Words that say more than "by": a line that begins so is about who wrote the page.
constexpr std::string_view kWritings[] = {"written by", "article by", "post by", "posted by", "published by", "words by", "text by", "story by", "authored by", "contributed by", "author:",
                                "author(s)", "authors:", "this post was written by", "this article was written by", "escrito por", "publicado por", "écrit par", "publié par",
                                "rédigé par", "geschrieben von", "verfasst von", "autor:", "autorin:", "autora:", "scritto da", "pubblicato da", "a cura di", "geschreven door",
                                "skriven av", "skrevet av", "skrevet af", "kirjoittanut", "napisał", "yazan:", "yazar:", "tác giả:", "ditulis oleh", "penulis:", "автор:", "συντάκτης:",
                                "szerző:", "作者：", "作者:", "文／", "記者", "撰文", "執筆", "著者", "بقلم", "كتب", "מאת", "نویسنده", "लेखक", "ผู้เขียน"};

bool names_a_writing(std::string_view text) {
  static constexpr auto kFirst = [] {  // what they begin with; most lines begin otherwise
    std::array<bool, 128> table{};
    for (const std::string_view word : kWritings)
      if (const auto c = static_cast<unsigned char>(word[0]); c < 0x80) table[c] = true;
    return table;
  }();
  if (text.empty()) return false;
  const auto first = static_cast<unsigned char>(text[0]);
  if (first < 0x80 && !kFirst[first >= 'A' && first <= 'Z' ? first + 32 : first]) return false;
  const std::string folded = fold_case(text.substr(0, 60));
  return std::any_of(std::begin(kWritings), std::end(kWritings),
                     [&](std::string_view word) { return word[0] == folded[0] && word[1] == folded[1] && folded.starts_with(word); });
}

bool begins_like_a_name(const std::string& name) {
  std::size_t at = 0;
  return count_words(name) <= kNameWords && (is_upper(next_code_point(name, at)) || static_cast<unsigned char>(name[0]) >= 0xE0);
}

// "12. Januar 2023, von Karin Vogel", "2004-11-14 08:22 来源：岛报 作者：李明": behind the day, at a sign or as a label.
std::string name_behind_day(const std::string& text) {
  const auto day = find_date(text, {.language = {}, .order = NumericOrder::day_first});
  if (!day) return {};
  bool parted = true;
  for (std::size_t at = day->end; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string_view word = std::string_view(text).substr(at, end - at);
    constexpr std::string_view kParting[] = {",", ";", "|", "/", "-", "·", "•", "–", "—"};
    if (std::any_of(std::begin(kParting), std::end(kParting), [&](std::string_view sign) { return word == sign; })) {
      parted = true;
    } else if (!word.empty()) {
      bool lead = false;
      const bool label = word.find(':') != std::string_view::npos || word.find("：") != std::string_view::npos;
      if (parted || label) drop_lead(std::string_view(text).substr(at), &lead);
      if (lead) return clean_author(std::string_view(text).substr(at));
      parted = std::any_of(std::begin(kParting), std::end(kParting), [&](std::string_view sign) { return sign != "-" && word.ends_with(sign); });
    }
    at = end + 1;
  }
  return {};
}

// The name on a line that says "By Jane Doe", "Written by" (the name stands on the next line), "3 May, by Jane Doe".
std::string name_on_line(const Document& doc, Id id, std::uint32_t max_words) {
  const Block& block = doc.blocks[id];
  if (block.hidden || block.words > max_words || block.heading_level == 1) return {};
  std::string text = collapse_spaces(block.text);
  if (is_lead(text)) {
    if (id + 1 >= doc.blocks.size() || doc.blocks[id + 1].words > kNameWords) return {};
    text += " " + collapse_spaces(doc.blocks[id + 1].text);
  }
  bool lead = false;
  drop_lead(text, &lead);
  const std::string folded = fold_case(text);
  if (!lead && folded.find(" by ") == std::string::npos) {
    const std::string name = name_behind_day(text);
    return !name.empty() && begins_like_a_name(name) ? name : std::string();
  }
  const std::string name = clean_author(text);
  if (!lead && (name.size() + 4 > text.size() || fold_case(name) == folded.substr(0, name.size()))) return {};
  return !name.empty() && (begins_like_a_name(name) || folded.find(" started by ") != std::string::npos) ? name : std::string();
}

// "By Jane Doe" as a short line beside the headline.
std::string from_byline(const SelfDescription& facts) {
  const Document& doc = *facts.doc;
  if (facts.headline == kNone) return {};
  const Id end = std::min<Id>(static_cast<Id>(doc.blocks.size()), facts.headline + kBylineReach);
  for (Id id = facts.headline + 1; id < end; ++id)
    if (std::string name = name_on_line(doc, id, kBylineWords); !name.empty() && !amid_other_people(facts, doc.blocks[id].element)) return name;
  for (Id id = facts.headline; id-- > 0 && id + kBylineBefore >= facts.headline;)
    if (std::string name = name_on_line(doc, id, kBylineWords); !name.empty() && !amid_other_people(facts, doc.blocks[id].element)) return name;
  return {};
}

// "Written by Jane Doe" anywhere below, if it names one person only.
std::string from_signature(const SelfDescription& facts) {
  const Document& doc = *facts.doc;
  std::string one;
  for (Id id = facts.headline == kNone ? 0 : facts.headline; id < doc.blocks.size(); ++id) {
    const Block& block = doc.blocks[id];
    if (block.hidden || block.words > kBylineWords || !names_a_writing(block.text) || amid_other_people(facts, block.element)) continue;
    std::string name = name_on_line(doc, id, kBylineWords);
    if (name.empty()) continue;
    if (!one.empty() && squeezed(one) != squeezed(name)) return {};
    one = std::move(name);
  }
  return one;
}

// A URL of the pages that sites keep of their authors: "/author/jane-doe", "/blog/authors/jane".
bool leads_to_author(std::string_view url) {
  UrlParts parts;
  if (!split_url(url, &parts)) return false;
  bool named = false;
  for (std::string_view path = parts.path; !path.empty();) {
    const auto slash = path.find('/');
    const std::string_view segment = path.substr(0, slash);
    if (named && !segment.empty()) return true;
    for (std::string_view word : {"author", "authors", "autor", "autores", "auteur", "auteurs", "autore", "autori", "autoren", "contributor", "contributors", "writer", "writers"})
      named = named || segment == word;
    path = slash == std::string_view::npos ? std::string_view{} : path.substr(slash + 1);
  }
  return false;
}

// Links to pages about an author or with rel=author: the only person they name, else those beside the headline.
std::string from_links(const SelfDescription& facts) {
  const Document& doc = *facts.doc;
  std::vector<std::string> all, near;
  for (const Link& link : doc.links) {
    if (link.image || link.text.empty() || (!has_token(link.rel, "author") && !leads_to_author(link.url))) continue;
    if (doc.elements[link.element].hidden || amid_other_people(facts, link.element)) continue;
    std::string name = clean_author(link.text);
    if (name.empty() || count_words(name) > kNameWords) continue;
    if (facts.headline != kNone && link.first_block + kBylineBefore >= facts.headline && link.first_block <= facts.headline + kBylineReach) add_name(near, name);
    add_name(all, std::move(name));
  }
  if (all.size() == 1) return all.front();
  return near.size() <= kManyNames ? joined(near) : std::string();
}

// A name of two to four words beside the headline, and a portrait with the same name beside it.
std::string from_portrait(const SelfDescription& facts) {
  const Document& doc = *facts.doc;
  if (facts.headline == kNone) return {};
  const Id begin = facts.headline > kBylineBefore ? facts.headline - kBylineBefore : 0;
  const Id end = std::min<Id>(static_cast<Id>(doc.blocks.size()), facts.headline + kBylineReach);
  const std::string title = squeezed(facts.title);
  UrlParts parts;
  const std::string_view host = split_url(doc.url, &parts) ? parts.host : std::string_view{};
  for (Id id = begin; id < end; ++id) {
    const Block& block = doc.blocks[id];
    if (id == facts.headline || block.hidden || block.words < 2 || block.words > kPortraitWords || block.heading_level || amid_other_people(facts, block.element))
      continue;
    std::string name = clean_author(block.text);
    const std::string key = squeezed(name);
    if (key.empty() || title.find(key) != std::string::npos || names_site(name, facts.site, host) || block.text.find(':') != std::string_view::npos) continue;
    for (const Image& image : doc.images)
      if (image.block + kPortraitReach >= id && image.block <= id + kPortraitReach && !image.alt.empty() && squeezed(image.alt).starts_with(key)) return name;
  }
  return {};
}

// The user of a thread's first post.
std::string from_first_post(const SelfDescription& facts) {
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

// The site or its publisher, not a person.
bool is_house(const SelfDescription& facts, const std::string& name) {
  const std::string key = squeezed(name);
  if (key == squeezed(facts.site)) return true;
  if (!facts.main) return false;
  if (key == squeezed(facts.main->publisher)) return true;
  return std::any_of(facts.main->authors.begin(), facts.main->authors.end(), [&](const LdName& a) { return a.organization && squeezed(a.name) == key; });
}

// Pages that are no article or thread: a person named in the page's own data. Shops name makers there.
std::string signed_by(const SelfDescription& facts, std::string said) {
  if (said.empty() && (facts.kind == PageKind::listing || facts.kind == PageKind::service || facts.kind == PageKind::documentation)) said = from_meta(facts);
  return is_house(facts, said) ? std::string() : said;
}

// Several names as the page's own byline joins them ("Jane Doe and Jim Poe"), where there is one.
std::string as_written(const Document& doc, std::string names) {
  std::vector<std::string_view> each;
  for (std::string_view rest = names; !rest.empty();) {
    const auto comma = rest.find(", ");
    each.push_back(rest.substr(0, comma));
    rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 2);
  }
  if (each.size() < 2) return names;
  for (const Block& block : doc.blocks) {
    if (block.hidden || block.words > kJoinedWords) continue;
    const auto begin = block.text.find(each.front());
    std::size_t end = begin;
    for (std::string_view name : each)
      if (end != std::string_view::npos)
        if (end = block.text.find(name, end); end != std::string_view::npos) end += name.size();
    if (end == std::string_view::npos || end - begin > names.size() + kJoiningBytes) continue;
    std::string written = collapse_spaces(block.text.substr(begin, end - begin));
    return written.size() > names.size() && written.find(" ,") == std::string::npos ? written : names;
  }
  return names;
}

}  // namespace

std::string decide_author(const SelfDescription& facts) {
  const std::string said = from_json_ld(facts);
  if (!facts.item) return signed_by(facts, said);
  std::string house;  // a site that signs its own pages: only where no person does, and only in its own data
  for (auto source : {from_json_ld, from_meta, from_properties, from_markup, from_byline, from_links, from_signature, from_portrait, from_first_post}) {
    std::string name = source(facts);
    if (name.empty()) continue;
    if (!is_house(facts, name)) return as_written(*facts.doc, std::move(name));
    if (house.empty() && (source == from_json_ld || source == from_meta)) house = std::move(name);
  }
  return house;
}

}  // namespace marrow
