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
constexpr std::uint32_t kDatelineWords = 16;  // of a line that is byline and date
constexpr std::uint32_t kLabelWords = 4;      // of a label on a line of its own: "Last updated on"
constexpr std::uint32_t kDateLineWords = 24;  // longer blocks are prose, their dates are topics

class DayFinder {
 public:
  DayFinder(const SelfDescription& facts, std::optional<Day> not_after) : facts_(facts), not_after_(not_after) {
    language_ = normal_language(facts.language);
    hints_ = {language_, numeric_order(facts.language)};
  }

  PageDates decide() {
    PageDates out;
    out.modified = first({&DayFinder::modified_json_ld, &DayFinder::modified_metas, &DayFinder::modified_properties});
    if (!facts_.item) {
      out.published = first({&DayFinder::json_ld, &DayFinder::article_meta});
      return out;  // a day given in the words of articles, or none
    }
    out.published = local(first({&DayFinder::json_ld, &DayFinder::metas, &DayFinder::properties, &DayFinder::url, &DayFinder::times, &DayFinder::lines,
                                 &DayFinder::page_node}));
    if (const Found shown = dateline(); shown && out.published && contradicts(*shown, *out.published) &&
                                          !(out.modified && neighbours(*shown, *out.modified)))
      out.published = shown;
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

  // 3 April and 4 March are one date, read in two orders.
  static bool contradicts(const Day& shown, const Day& claimed) {
    return !neighbours(shown, claimed) && !(shown.year == claimed.year && shown.month == claimed.day && shown.day == claimed.month);
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
  // The day a page (not an article) was made: a publication only where somebody signs it.
  Found page_node() const { return facts_.web_page && !facts_.author.empty() ? parse(facts_.web_page->published) : std::nullopt; }
  Found metas() const {
    return metas_of({"article:published_time", "og:article:published_time", "og:published_time", "article:published", "article.published",
                     "rnews:datepublished", "datepublished", "parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish-date",
                     "publish_date", "publication_date", "published_time", "published-date", "publishedtime", "published_at", "citation_publication_date",
                     "citation_online_date", "citation_date", "dc.date.issued", "dc.date.created", "dc.date", "dcterms.created", "dcterms.issued",
                     "dcterms.date", "dcterms.available", "originalpublicationdate", "cxenseparse:recs:publishtime", "article_date_original",
                     "article:create_at", "shareaholic:article_published_time", "og:pubdate", "date", "article.created", "release_date",
                     "og:release_date", "video:release_date", "prism.publicationdate", "bt:pubdate", "creation_date", "created", "published", "ms.date"});
  }
  // Shops and manuals give their pages the day of their last build, too.
  Found article_meta() const {
    if (facts_.kind != PageKind::listing && facts_.kind != PageKind::service) return std::nullopt;
    return metas_of({"article:published_time", "og:article:published_time"});
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
      if (facts_.headline != kNone && facts_.headline >= el.first_block && facts_.headline < el.end_block) return false;  // <main class="with-sidebar">
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
    return says_published(block.text);
  }

  static bool says_published(std::string_view text) {
    const std::string folded = fold_case(text.substr(0, 40));
    for (std::string_view word : {"publish", "posted", "post time", "veröffentlicht", "erschienen", "publié", "publicado", "pubblicato", "gepubliceerd",
                                  "publicerad", "publisert", "udgivet", "julkaistu", "opublikowano", "publikováno", "опубликовано", "發佈", "发布", "発表", "投稿"})
      if (folded.starts_with(word)) return true;
    return false;
  }

  struct Line {
    Found published, changed;
  };

  // The days of a date line by what stands in front of each: "Published 3 May 2025. Updated 6 June 2025".
  Line read_line(Id id) const {
    const Document& doc = *facts_.doc;
    const std::string_view text = doc.blocks[id].text;
    Line line;
    std::size_t from = 0;
    while (const auto found = find_date(text, hints_, from)) {
      const std::string_view label = text.substr(from, found->begin - from);
      const bool labelled_above = from == 0 && label.empty() && id > 0 && doc.blocks[id - 1].words <= kLabelWords && says_changed(doc.blocks[id - 1].text);
      Found& place = says_changed(label) || labelled_above ? line.changed : line.published;
      if (!place && sensible(found->day)) place = found->day;
      from = found->end;
    }
    return line;
  }

  bool may_hold_date(const Block& block) const {
    return !block.hidden && block.words <= kDateLineWords &&
           std::any_of(block.text.begin(), block.text.end(), [](char c) { return c == '1' || c == '2' || static_cast<unsigned char>(c) > 0xD0; });
  }

  Found lines() const {
    const Document& doc = *facts_.doc;
    const Id headline = facts_.headline == kNone ? 0 : facts_.headline;
    const Id begin = headline > kDateReachBefore ? headline - kDateReachBefore : 0;
    const Id end = std::min<Id>(static_cast<Id>(doc.blocks.size()), headline + kDateLineReach);
    Found changed;
    for (Id id = begin; id < end; ++id) {
      const Block& block = doc.blocks[id];
      if (id == facts_.headline || !may_hold_date(block)) continue;
      if ((facts_.headline == kNone || id > headline + kDateReachBehind) && !date_line(block)) continue;
      const Line line = read_line(id);
      if ((!line.published && !line.changed) || about_others(block.element)) continue;
      if (line.published) return line.published;
      if (!changed) changed = line.changed;
    }
    return changed ? changed : signature();
  }

  // "Posted on 3 May 2025" wherever it stands, if it is the only one.
  Found signature() const {
    const Document& doc = *facts_.doc;
    Found one;
    for (Id id = 0; id < doc.blocks.size(); ++id) {
      const Block& block = doc.blocks[id];
      if (!may_hold_date(block) || !says_published(block.text) || about_others(block.element)) continue;
      const Found day = read_line(id).published;
      if (!day) continue;
      if (one && *one != *day) return std::nullopt;
      one = day;
    }
    return one;
  }

  // The one day that stands beside an article's headline without a word of change: what its readers are told. Pages
  // that are built again often carry the day of the last build as their datePublished.
  Found dateline() const {
    if (facts_.forum || facts_.headline == kNone) return std::nullopt;
    const Document& doc = *facts_.doc;
    const Id headline = facts_.headline;
    const Id end = std::min<Id>(static_cast<Id>(doc.blocks.size()), headline + kDateReachBehind + 1);
    Found one;
    for (Id id = headline > kDateReachBefore ? headline - kDateReachBefore : 0; id < end; ++id) {
      const Block& block = doc.blocks[id];
      if (id == headline || block.words > kDatelineWords || !may_hold_date(block)) continue;
      const Found day = read_line(id).published;
      if (!day || about_others(block.element)) continue;
      if (one && *one != *day) return std::nullopt;
      one = day;
    }
    return one;
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

  const SelfDescription& facts_;
  std::optional<Day> not_after_;
  std::string language_;
  DateHints hints_;
};

}  // namespace

PageDates decide_dates(const SelfDescription& facts, std::optional<Day> not_after) { return DayFinder(facts, not_after).decide(); }

}  // namespace marrow
