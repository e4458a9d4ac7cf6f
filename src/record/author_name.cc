#include "record/author_name.h"

#include <algorithm>

#include "base/text.h"
#include "record/dates.h"
#include "record/entities.h"
#include "record/month_names.h"

namespace marrow {
namespace {

constexpr std::size_t kMaxName = 160;     // bytes of one clean author line before it counts as prose
constexpr std::size_t kMaxPartWords = 8;  // words between two commas; the longest real one seen is a committee of 7

// Words before the name, case folded. Longest first where one begins another.
constexpr std::string_view kLeads[] = {
    "view all posts by", "all posts by", "posts by", "all articles by", "articles by", "more from", "read more about", "written and photographed by", "story and photos by", "words and photos by", "medically reviewed by", "contributed by",
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
    " - ", " / ", " min read", " mins read", " minutes read", " minute read", " @", " http", " www.", " follow", " comments", " comment", " leave a", " share", " reviewed by",
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
    "logged", "find", "sun", "mon", "tue", "wed", "thu", "fri", "sat", "today", "yesterday", "search", "search this", "the author", "about", "more", "twitter", "facebook", "linkedin", "instagram", "marketing", "content", "seo", "hubspot"};

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

// "Jane Doe December 8": a day without its year.
std::string_view before_day(std::string_view name) {
  for (std::size_t space = name.find(' '); space != std::string_view::npos; space = name.find(' ', space + 1)) {
    const std::string_view rest = name.substr(space + 1);
    const auto end = rest.find(' ');
    if (end == std::string_view::npos || end + 1 >= rest.size()) break;
    if (rest[end + 1] >= '0' && rest[end + 1] <= '9' && month_named(fold_case(rest.substr(0, end)), {})) return trim(name.substr(0, space));
  }
  return name;
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
  if (text.find(' ') == std::string_view::npos && text.find('@') == std::string_view::npos && std::count(text.begin(), text.end(), '.') > 2)
    return false;  // page.head.extra.author: a template's variable
  if (text.find("{{") != std::string_view::npos || text.find("[%") != std::string_view::npos) return false;
  return text.find(" badge") == std::string_view::npos;  // what a question site counts behind its users' names
}

}  // namespace

// "ByJane Doe", "Written byJane Doe": two inline elements without a space between them.
bool glued(std::string_view text, std::string_view folded, std::string_view lead) {
  if (!lead.ends_with("by") || !folded.starts_with(lead) || text.find(' ', lead.size()) == std::string_view::npos) return false;
  std::size_t at = lead.size();
  return text[lead.size() - 1] == 'y' && is_upper(next_code_point(text, at)) && !is_upper(next_code_point(text, at));
}

// The folded text keeps its byte lengths for ASCII leads only; others are measured on the folded side.
std::string_view drop_lead(std::string_view text, bool* dropped) {
  for (int round = 0; round < 3; ++round) {
    const std::string folded = fold_case(text);
    if (folded.size() != text.size()) return text;
    std::string_view best;
    for (std::string_view lead : kLeads)
      if (lead.size() > best.size() && (starts_folded(folded, lead) || glued(text, folded, lead))) best = lead;
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

std::string clean_author(std::string_view text) {
  std::string value = plain_text(text);
  if (is_url(value)) return {};
  value = without_brackets(value);
  std::string_view name = drop_lead(trim(value), nullptr);
  // "Jun 2 Written By Jane Doe"
  const std::string folded = fold_case(name);
  for (std::string_view lead : {" written by ", " posted by ", " started by ", " by "})
    if (const auto at = folded.find(lead); at != std::string::npos && folded.size() == name.size() && (lead == " started by " || has_digit(name.substr(0, at)))) {
      name = trim(name.substr(at + lead.size()));
      break;
    }
  name = cut_stops(name);
  if (const auto found = find_date(name, {.language = {}, .order = NumericOrder::day_first})) name = trim(name.substr(0, found->begin));
  name = before_day(name);
  if (const auto space = name.rfind(' '); space != std::string_view::npos && name.find_first_not_of("0123456789", space + 1) == std::string_view::npos)
    name = trim(name.substr(0, space));  // how many posts
  constexpr std::string_view kEdges = ",;:|-–—•·\"'*/";
  while (!name.empty() && (kEdges.find(name.back()) != std::string_view::npos) && static_cast<unsigned char>(name.back()) < 0x80) name = trim(name.substr(0, name.size() - 1));
  while (!name.empty() && (kEdges.find(name.front()) != std::string_view::npos) && static_cast<unsigned char>(name.front()) < 0x80) name = trim(name.substr(1));
  if (name.starts_with("Visit ") || is_host(name)) return {};  // a shop's link; "example.com"
  if (name.empty() || is_url(name) || nobody(name) || !looks_like_names(name)) return {};
  return std::string(name);
}

}  // namespace marrow
