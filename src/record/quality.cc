#include "record/quality.h"

#include <algorithm>

#include "base/text.h"
#include "base/url.h"

namespace marrow {
namespace {

// An error page says so in its headline and says little else (words of the whole page's body).
constexpr std::uint32_t kSoft404Words = 120;
// A page drawn by script leaves a line or two of text in the HTML.
constexpr std::uint32_t kScriptedWords = 40;
// A page with a body longer than this is not a wall: the longest consent texts looked at had some 300 words.
constexpr std::uint32_t kWallWords = 400;
// T16b: the page's own data holds more than this many times the body …
constexpr std::size_t kTruncatedFactor = 2;
// … and is itself an article, not a summary (bytes).
constexpr std::size_t kTruncatedChars = 600;

// Whole phrases at the beginning or end of a headline, case folded.
constexpr std::string_view kNotFound[] = {
    "404", "error 404", "404 error", "http 404", "page not found", "not found", "page cannot be found",
    "page can't be found", "page could not be found", "page does not exist", "page doesn't exist",
    "page no longer exists", "page isn't available", "nothing found", "content not available",
    "seite nicht gefunden", "seite wurde nicht gefunden", "seite existiert nicht", "nicht gefunden",
    "page non trouvée", "page introuvable", "page inexistante", "página no encontrada",
    "no se ha encontrado la página", "página não encontrada", "pagina non trovata",
    "pagina niet gevonden", "sidan hittades inte", "sidan kunde inte hittas", "siden ble ikke funnet",
    "siden blev ikke fundet", "siden findes ikke", "sivua ei löydy", "sivua ei löytynyt",
    "nie znaleziono strony", "strona nie istnieje", "stránka nenalezena", "stránka nebyla nalezena",
    "stránka sa nenašla", "az oldal nem található", "pagina nu a fost găsită", "pagina nu există",
    "страница не найдена", "сторінку не знайдено", "страницата не е намерена", "stranica nije pronađena",
    "stran ni najdena", "η σελίδα δεν βρέθηκε", "sayfa bulunamadı", "الصفحة غير موجودة",
    "העמוד לא נמצא", "הדף לא נמצא", "صفحه یافت نشد", "पृष्ठ नहीं मिला", "ไม่พบหน้า",
    "không tìm thấy trang", "halaman tidak ditemukan", "halaman tidak dijumpai", "ページが見つかりません",
    "お探しのページ", "페이지를 찾을 수 없습니다", "页面不存在", "找不到页面", "页面未找到", "找不到頁面", "puslapis nerastas",
    "lapa nav atrasta", "lehte ei leitud",
};

// A number in a headline ("Route 404 reopens") is none of HTTP's: that stands alone or behind a mark ("404 – Sorry").
bool stands_apart(std::string_view text, std::size_t at, std::size_t size) {
  const auto before = trim(text.substr(0, at)), after = trim(text.substr(at + size));
  const auto ends = [](char c) { return !is_word(static_cast<unsigned char>(c)) || static_cast<unsigned char>(c) >= 0x80; };
  return (before.empty() || ends(before.back())) && (after.empty() || ends(after.front()));
}

bool says_not_found(std::string_view headline) {
  const std::string text = collapse_spaces(fold_case(headline));
  for (std::string_view phrase : kNotFound) {
    const auto at = text.find(phrase);
    if (at == std::string::npos) continue;
    if (phrase == "404" && !stands_apart(text, at, phrase.size())) continue;
    const bool ascii_edge_before = at > 0 && is_word(static_cast<unsigned char>(text[at - 1]));
    const auto end = at + phrase.size();
    const bool ascii_edge_after = end < text.size() && is_word(static_cast<unsigned char>(text[end]));
    if (ascii_edge_before || ascii_edge_after) continue;
    // "404" and "not found" are also words of ordinary headlines: there they must stand alone.
    if (text.size() <= phrase.size() + 40) return true;
  }
  return false;
}

bool soft_404(const Document& doc, const QualityFacts& facts) {
  if (facts.words > kSoft404Words) return false;
  if (says_not_found(facts.title) || says_not_found(doc.title)) return true;
  return std::any_of(doc.blocks.begin(), doc.blocks.end(), [](const Block& block) {
    return block.heading_level == 1 && !block.hidden && says_not_found(block.text);
  });
}

bool names_consent(std::string_view name) {
  constexpr std::string_view kNames[] = {
      "cookie", "consent", "gdpr", "onetrust", "didomi", "usercentrics", "truste", "qc-cmp", "sp_message",
      "cmpbox", "cmp-", "privacy-wall", "datenschutz-wall", "tcf-", "cybot"};
  if (name.size() < 4) return false;
  const std::string lower = ascii_lower(name);
  return std::any_of(std::begin(kNames), std::end(kNames),
                     [&](std::string_view n) { return lower.find(n) != std::string::npos; });
}

std::uint32_t consent_words(const Document& doc) {
  std::uint32_t words = 0;
  Id until = 0;  // the subtree counted last
  for (Id id = 0; id < doc.elements.size(); ++id) {
    const Element& e = doc.elements[id];
    // <html class="cookies-enabled"> says nothing of the text inside.
    if (id < until || e.tag == Tag::html_ || e.tag == Tag::body_) continue;
    if (!names_consent(e.cls) && !names_consent(e.id)) continue;
    for (Id b = e.first_block; b < e.end_block; ++b)
      if (!doc.blocks[b].hidden) words += doc.blocks[b].words;
    until = e.end;
  }
  return words;
}

bool consent_url(std::string_view url) {
  UrlParts parts;
  if (!split_url(url, &parts)) return false;
  return parts.host.starts_with("consent.") || parts.host.starts_with("cmp-consent") ||
         parts.path.starts_with("/consent/") || parts.path.starts_with("/collectConsent") ||
         parts.path.starts_with("/cookiewall");
}

// T15: the page's own address is a consent page, or most of its words stand in consent boxes.
bool consent_wall(const Document& doc, std::uint32_t body_words) {
  if (consent_url(doc.url)) return true;
  if (body_words > kWallWords) return false;  // spares real pages the walk over their elements
  return doc.words > 0 && consent_words(doc) * 2 > doc.words;
}

// T16.
bool paywalled(const QualityFacts& facts) {
  return facts.paid || facts.status == 401 || facts.status == 402 || facts.status == 403 || facts.status == 451;
}

}  // namespace

std::vector<std::string> quality_flags(const Document& doc, const Labels& labels, const QualityFacts& facts) {
  std::vector<std::string> flags;  // in alphabetical order
  auto flag = [&](bool set, const char* name) {
    if (set) flags.emplace_back(name);
  };
  flag(facts.from_data, "body_from_data");
  flag(doc.type == ContentType::html && consent_wall(doc, facts.words), "consent_wall");
  flag(facts.body_chars == 0, "empty");
  flag(!labels.emptied_by.empty(), "needs_review");
  flag(doc.over_budget, "over_budget");
  flag(paywalled(facts), "paywalled");
  flag(facts.article_body_chars > kTruncatedChars && facts.article_body_chars > kTruncatedFactor * facts.body_chars,
       "possibly_truncated");
  flag(doc.scripted && facts.words < kScriptedWords, "script_rendered");
  flag(doc.type == ContentType::html && soft_404(doc, facts), "soft_404");
  flag(doc.truncated_input, "truncated_input");
  return flags;
}

}  // namespace marrow
