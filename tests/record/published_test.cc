#include "record/published.h"

#include <gtest/gtest.h>

#include <functional>

#include "record/title.h"
#include "support/document_builder.h"

namespace marrow {
namespace {

using testing::DocumentBuilder;

constexpr const char* kProse = "The cat, which had been sitting on the mat since 4 May 1999 and longer than anybody cared to say, got up and left the house that day without a word to the dog or to anybody else.";

struct Row {
  const char* name;
  std::function<void(DocumentBuilder&)> build;
  const char* want;  // "" = none
  PageKind kind = PageKind::article;
  const char* author = "";
  const char* language = "en-GB";
};

std::string day_of(const Row& row) {
  DocumentBuilder b("https://www.example.org/a-cat-sat");
  b.meta("og:title", "A cat sat");
  b.document().lang = row.language;
  row.build(b);
  SelfDescription facts = gather_self_description(b.finish(), row.kind);
  facts.title = decide_title(facts);
  facts.author = row.author;
  const PageDates dates = decide_dates(facts, parse_date("2026-11-23", {}));
  return dates.published ? dates.published->iso() : "";
}

void headline(DocumentBuilder& b) { b.element("h1", "A cat sat"); }
void prose(DocumentBuilder& b, int paragraphs = 20) {
  for (int i = 0; i < paragraphs; ++i) b.element("p", kProse);
}
void json(DocumentBuilder& b, const char* published, const char* modified) {
  b.json_ld(b.keep(std::string(R"({"@type":"Article","headline":"A cat sat","datePublished":")") + published + R"(","dateModified":")" + modified + "\"}"));
}

TEST(Published, IsWhatThePageTellsItsReaders) {
  const Row rows[] = {
      {"data alone", [](auto& b) { json(b, "2025-03-04T10:00:00Z", "2025-06-01"); headline(b); prose(b); }, "2025-03-04"},
      {"line and data agree", [](auto& b) { json(b, "2025-03-04", "2025-06-01"); headline(b); b.element("p", "4 March 2025"); prose(b); }, "2025-03-04"},
      {"data carry the day of the last build", [](auto& b) { json(b, "2025-06-01", "2025-06-01"); headline(b); b.element("p", "4 March 2024"); prose(b); }, "2024-03-04"},
      {"the line shows the change", [](auto& b) { json(b, "2024-03-04", "2025-06-01"); headline(b); b.element("p", "1 June 2025"); prose(b); }, "2024-03-04"},
      {"the line says it is the change", [](auto& b) { json(b, "2024-03-04", "2025-06-02"); headline(b); b.element("p", "Updated 9 May 2025"); prose(b); }, "2024-03-04"},
      {"label on the line above", [](auto& b) { json(b, "2024-03-04", "2025-06-02"); headline(b); b.element("p", "Last updated on"); b.element("p", "9 May 2025"); prose(b); },
       "2024-03-04"},
      {"two days on the page decide nothing", [](auto& b) { json(b, "2024-03-04", "2025-06-02"); headline(b); b.element("p", "9 May 2025"); b.element("p", "7 May 2025"); prose(b); },
       "2024-03-04"},
      {"the same day in the other order", [](auto& b) { json(b, "2024-03-04", "2025-06-02"); headline(b); b.element("p", "3/4/2024"); prose(b); }, "2024-03-04"},
      {"midnight elsewhere", [](auto& b) { json(b, "2024-03-04T00:30:00Z", "2025-06-02"); headline(b); b.element("p", "3 March 2024"); prose(b); }, "2024-03-03"},
      {"published and updated on one line", [](auto& b) { headline(b); b.element("p", "Updated on 9 May 2025. Published on 4 March 2024"); prose(b); }, "2024-03-04"},
      {"a headline that is only text", [](auto& b) { b.element("div", "A cat sat"); b.element("div", "Jane Doe · 04.03.2024"); prose(b); }, "2024-03-04"},
      {"far below, but it says published", [](auto& b) { headline(b); prose(b, 90); b.element("p", "Posted on 4 March 2024"); }, "2024-03-04"},
      {"two of these are a list", [](auto& b) { headline(b); prose(b, 90); b.element("p", "Posted on 4 March 2024"); b.element("p", "Posted on 5 March 2024"); }, ""},
      {"inside <main class=has-sidebar>", [](auto& b) { b.open("main", {{"class", "has-sidebar"}}); headline(b); b.element("p", "4 March 2024"); prose(b); b.close(); }, "2024-03-04"},
      {"another article's day", [](auto& b) { headline(b); b.open("div", {{"class", "related"}}); b.element("p", "4 March 2024"); b.close(); prose(b); }, ""},
      {"a page's day, signed", [](auto& b) { b.json_ld(R"({"@type":"WebPage","datePublished":"2024-03-04"})"); headline(b); prose(b); }, "2024-03-04", PageKind::article, "Jane Doe"},
      {"a page's day, unsigned", [](auto& b) { b.json_ld(R"({"@type":"WebPage","datePublished":"2024-03-04"})"); headline(b); prose(b); }, ""},
      {"a list's meta", [](auto& b) { b.meta("article:published_time", "2024-03-04"); headline(b); prose(b); }, "2024-03-04", PageKind::listing},
      {"a shop's meta", [](auto& b) { b.meta("article:published_time", "2024-03-04"); headline(b); prose(b); }, "", PageKind::product},
      {"thread: the first post's line", [](auto& b) { headline(b); b.element("p", "Started by cat, May 26, 2025."); prose(b); }, "2025-05-26", PageKind::forum},
      {"thread: a member since does not win", [](auto& b) { json(b, "2024-03-04", ""); headline(b); b.element("p", "Member since 1 Jan 2012"); prose(b); }, "2024-03-04",
       PageKind::forum},
      {"German", [](auto& b) { headline(b); b.element("p", "Veröffentlicht am 4. März 2024, aktualisiert am 9. Mai 2025"); prose(b); }, "2024-03-04", PageKind::article, "", "de"},
      {"Japanese", [](auto& b) { headline(b); b.element("p", "2024年3月4日"); prose(b); }, "2024-03-04", PageKind::article, "", "ja"},
      {"Thai", [](auto& b) { headline(b); b.element("p", "4 มีนาคม 2567"); prose(b); }, "2024-03-04", PageKind::article, "", "th"},
      {"Arabic", [](auto& b) { headline(b); b.element("p", "٤ مارس ٢٠٢٤"); prose(b); }, "2024-03-04", PageKind::article, "", "ar"},
      {"Hindi", [](auto& b) { headline(b); b.element("p", "4 मार्च 2024"); prose(b); }, "2024-03-04", PageKind::article, "", "hi"},
      {"in prose only", [](auto& b) { headline(b); prose(b); }, ""},
      {"after the fetch", [](auto& b) { json(b, "2031-03-04", ""); headline(b); prose(b); }, ""},
  };
  for (const Row& row : rows) EXPECT_EQ(day_of(row), row.want) << row.name;
}

}  // namespace
}  // namespace marrow
