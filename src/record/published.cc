#include "record/published.h"

#include <algorithm>
#include <chrono>

#include "base/text.h"
#include "record/language.h"

namespace marrow {
namespace {

constexpr Id kDateReachBefore = 6;   // blocks before the headline that may hold its date line
constexpr Id kDateReachBehind = 14;  // and behind it
constexpr Id kDateLineReach = 60;    // … where its class or words call it a date line
constexpr std::uint32_t kDateLineWords = 24;  // longer blocks are prose, their dates are topics

class DayFinder {
 public:
  DayFinder(const PageFacts& facts, std::optional<Day> not_after) : facts_(facts), not_after_(not_after) {
    language_ = normal_language(facts.language);
    hints_ = {language_, numeric_order(facts.language)};
  }

  PageDates decide() {
    PageDates out;
    if (facts_.item)
      out.published = local(first({&DayFinder::json_ld, &DayFinder::metas, &DayFinder::properties, &DayFinder::page_node, &DayFinder::url,
                                   &DayFinder::times, &DayFinder::lines}));
    else
      out.published = json_ld();
    out.modified = first({&DayFinder::modified_json_ld, &DayFinder::modified_metas, &DayFinder::modified_properties});
    return out;
  }

 private:
  using Found = std::optional<Day>;

  Found first(std::initializer_list<Found (DayFinder::*)() const> sources) const {
    for (auto source : sources)
      if (Found day = (this->*source)(); sensible(day)) return day;
    return std::nullopt;
  }

  // Servers write midnight in Greenwich, readers see the day of the place: the URL or the line on the page says which.
  Found local(Found day) const {
    if (!day) return day;
    for (const Found& other : {url(), lines()})
      if (other && *other != *day && neighbours(*other, *day)) return other;
    return day;
  }

  static bool neighbours(const Day& a, const Day& b) {
    using namespace std::chrono;
    auto days_of = [](const Day& d) { return sys_days{year{d.year} / month{d.month} / day{d.day}}; };
    return abs(days_of(a) - days_of(b)) <= days{1};
  }

  bool sensible(const Found& day) const { return day && (!not_after_ || *day <= *not_after_); }

  Found parse(std::string_view text) const {
    if (text.empty()) return std::nullopt;
    Found day = parse_date(text, hints_);
    return sensible(day) ? day : std::nullopt;
  }

  Found metas_of(std::initializer_list<std::string_view> names) const {
    for (std::string_view name : names)
      for (const Meta& meta : facts_.doc->metas)
        if (meta.name == name)
          if (Found day = parse(meta.content)) return day;
    return std::nullopt;
  }

  Found property(std::string_view name) const {
    for (const Property& property : facts_.properties)
      if (iequals_ascii(property.name, name))
        if (Found day = parse(property.value)) return day;
    return std::nullopt;
  }

  Found json_ld() const {
    if (!facts_.main) return std::nullopt;
    if (Found day = parse(facts_.main->published)) return day;
    return parse(facts_.main->created);
  }
  Found page_node() const { return facts_.web_page ? parse(facts_.web_page->published) : std::nullopt; }
  Found metas() const {
    return metas_of({"article:published_time", "og:article:published_time", "og:published_time", "article:published", "article.published",
                     "rnews:datepublished", "datepublished", "parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish-date",
                     "publish_date", "publication_date", "published_time", "published-date", "publishedtime", "published_at", "citation_publication_date",
                     "citation_online_date", "citation_date", "dc.date.issued", "dc.date.created", "dc.date", "dcterms.created", "dcterms.issued",
                     "dcterms.date", "dcterms.available", "originalpublicationdate", "cxenseparse:recs:publishtime", "article_date_original",
                     "article:create_at", "shareaholic:article_published_time", "og:pubdate", "date", "article.created", "release_date",
                     "og:release_date", "video:release_date", "prism.publicationdate", "bt:pubdate", "creation_date", "created", "published", "ms.date"});
  }
  Found properties() const {
    if (Found day = property("datepublished")) return day;
    return property("datecreated");
  }
  Found url() const { return date_of_url(facts_.doc->url); }

  bool near_headline(Id block) const {
    if (facts_.headline == kNone || block == kNone) return false;
    return block + kDateReachBefore >= facts_.headline && block <= facts_.headline + kDateReachBehind;
  }

  bool says_changed(std::string_view text) const {
    const std::string folded = fold_case(text);
    for (std::string_view word : {"updated", "modified", "last update", "aktualisiert", "geändert", "mis à jour", "actualizado", "atualizado", "aggiornato",
                                  "bijgewerkt", "uppdaterad", "oppdatert", "opdateret", "päivitetty", "zaktualizowano", "aktualizováno", "обновлено", "更新"})
      if (folded.find(word) != std::string::npos) return true;
    return false;
  }

  bool about_others(Id element) const {
    const Document& doc = *facts_.doc;
    for (Id e = element; e != kNone; e = doc.elements[e].parent) {
      const Element& el = doc.elements[e];
      if (el.tag == Tag::nav_) return true;
      for (std::string_view token : {"related", "comment", "comments", "sidebar", "recommended"})
        if (el.tag != Tag::body_ && (has_token(el.cls, token) || has_token(el.id, token))) return true;
    }
    return false;
  }

  Found times() const {
    const Document& doc = *facts_.doc;
    Found fallback;
    for (const Time& time : doc.times) {
      if (time.element == kNone || about_others(time.element)) continue;
      const Element& e = doc.elements[time.element];
      Found day = parse(time.datetime);
      if (!day) day = parse(time.text);
      if (!day) continue;
      const bool marked = has_token(e.cls, "published") || has_token(e.cls, "pubdate") || has_token(e.cls, "entry-date");
      const bool changed = has_token(e.cls, "updated") || has_token(e.cls, "modified");
      if (marked && near_headline(time.block)) return day;
      if (fallback || (facts_.headline != kNone && time.block < facts_.headline && !near_headline(time.block))) continue;
      if (facts_.headline != kNone && time.block > facts_.headline + kDateLineReach) continue;
      if (!changed && (time.block >= doc.blocks.size() || !says_changed(doc.blocks[time.block].text))) fallback = day;
    }
    return fallback;
  }

  // A line that is a date line wherever it stands: its element's class says so, or it begins with a word for it.
  bool date_line(const Block& block) const {
    const Document& doc = *facts_.doc;
    int up = 0;
    for (Id e = block.element; e != kNone && up < 3; e = doc.elements[e].parent, ++up)
      for (std::string_view token : {"date", "dateline", "time", "published", "posted", "timestamp", "pubdate", "datetime", "datum", "fecha", "byline"})
        if (has_token(doc.elements[e].cls, token)) return true;
    const std::string folded = fold_case(block.text.substr(0, 40));
    for (std::string_view word : {"publish", "posted", "post time", "veröffentlicht", "erschienen", "publié", "publicado", "pubblicato", "gepubliceerd",
                                  "publicerad", "publisert", "udgivet", "julkaistu", "opublikowano", "publikováno", "опубликовано", "發佈", "发布", "発表", "投稿"})
      if (folded.starts_with(word)) return true;
    return false;
  }

  Found lines() const {
    const Document& doc = *facts_.doc;
    const Id headline = facts_.headline == kNone ? 0 : facts_.headline;
    const Id begin = headline > kDateReachBefore ? headline - kDateReachBefore : 0;
    const Id end = std::min<Id>(static_cast<Id>(doc.blocks.size()), headline + kDateLineReach);
    Found changed;
    for (Id id = begin; id < end; ++id) {
      const Block& block = doc.blocks[id];
      if (block.hidden || id == facts_.headline || block.words > kDateLineWords) continue;
      if (std::none_of(block.text.begin(), block.text.end(), [](char c) { return c == '1' || c == '2' || static_cast<unsigned char>(c) > 0xD0; })) continue;
      const auto found = find_date(block.text, hints_);
      if (!found || !sensible(found->day)) continue;
      if ((facts_.headline == kNone || id > headline + kDateReachBehind) && !date_line(block)) continue;
      if (about_others(block.element)) continue;
      if (!says_changed(block.text)) return found->day;
      if (!changed) changed = found->day;
    }
    return changed;
  }

  Found modified_json_ld() const {
    if (facts_.main)
      if (Found day = parse(facts_.main->modified)) return day;
    return facts_.web_page ? parse(facts_.web_page->modified) : std::nullopt;
  }
  Found modified_metas() const {
    return metas_of({"article:modified_time", "og:updated_time", "article:updated_time", "og:modified_time", "datemodified", "dcterms.modified",
                     "dc.date.modified", "lastmod", "last-modified", "revised", "modified", "updated_time"});
  }
  Found modified_properties() const { return property("datemodified"); }

  const PageFacts& facts_;
  std::optional<Day> not_after_;
  std::string language_;
  DateHints hints_;
};

}  // namespace

PageDates decide_dates(const PageFacts& facts, std::optional<Day> not_after) { return DayFinder(facts, not_after).decide(); }

}  // namespace marrow
