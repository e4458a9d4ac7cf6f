#include "record/author.h"

#include <gtest/gtest.h>

#include <functional>

#include "record/title.h"
#include "support/document_builder.h"

namespace marrow {
namespace {

using testing::DocumentBuilder;

constexpr const char* kProse = "The cat, which had been sitting on the mat since the morning of that long day, got up and left the house without a word.";

// The author of a page that `build` makes: it opens with what it likes, article() gives headline and prose.
std::string author_of(const std::function<void(DocumentBuilder&)>& build, PageKind kind = PageKind::article) {
  DocumentBuilder b("https://www.example.org/a-cat-sat");
  b.meta("og:site_name", "The Post");
  b.meta("og:title", "A cat sat");
  build(b);
  SelfDescription facts = gather_self_description(b.finish(), kind);
  facts.site = decide_site(facts);
  facts.title = decide_title(facts);
  return decide_author(facts);
}

struct Row {
  const char* name;
  std::function<void(DocumentBuilder&)> build;
  const char* want;
  PageKind kind = PageKind::article;
};

void headline(DocumentBuilder& b) { b.element("h1", "A cat sat"); }
void prose(DocumentBuilder& b, int paragraphs = 20) {
  for (int i = 0; i < paragraphs; ++i) b.element("p", kProse);
}

TEST(Author, IsFoundWherePagesNameIt) {
  const Row rows[] = {
      {"behind the day, in other words", [](auto& b) { headline(b); b.element("p", "12. Januar 2023, von Karin Vogel"); prose(b); }, "Karin Vogel"},
      {"behind the day, as a label", [](auto& b) { headline(b); b.element("p", "2004-11-14 08:22 来源：岛报 作者：李明"); prose(b); }, "李明"},
      {"behind the day, but of a place", [](auto& b) { headline(b); b.element("p", "3 May 2024 Blick von Hamburg auf See"); prose(b); }, ""},
      {"under a headline that is only text", [](auto& b) { b.element("div", "A cat sat"); b.element("div", "By Jane Doe"); prose(b); }, "Jane Doe"},
      {"byline under the headline", [](auto& b) { headline(b); b.element("p", "By Jane Doe"); prose(b); }, "Jane Doe"},
      {"byline over the headline", [](auto& b) { b.element("p", "Published August 7, 2023 by Jane Doe"); headline(b); prose(b); }, "Jane Doe"},
      {"the name on the next line", [](auto& b) { headline(b); b.element("p", "Written by"); b.element("p", "Jane Doe"); prose(b); }, "Jane Doe"},
      {"signature below", [](auto& b) { headline(b); prose(b); b.element("p", "Article by Jane Doe"); }, "Jane Doe"},
      {"two signatures name nobody", [](auto& b) { headline(b); prose(b); b.element("p", "Article by Jane Doe"); b.element("p", "Article by Jim Poe"); }, ""},
      {"rel=author below", [](auto& b) { headline(b); prose(b); b.open("p"); b.block("Jane Doe"); b.span("a", "Jane Doe", {{"href", "/jane"}, {"rel", "author"}}); b.close(); },
       "Jane Doe"},
      {"class beside the headline", [](auto& b) { headline(b); b.element("div", "Jane Doe", {{"class", "blog__authorname"}}); prose(b); }, "Jane Doe"},
      {"portrait beside the name", [](auto& b) { headline(b); b.image("/jane.jpg", "Jane Doe, smiling"); b.element("p", "Jane Doe"); prose(b); }, "Jane Doe"},
      {"no portrait, no author", [](auto& b) { headline(b); b.element("p", "Machine Learning"); prose(b); }, ""},
      {"page below <main class=with-sidebar>", [](auto& b) { b.open("main", {{"class", "with-sidebar"}}); headline(b); b.element("p", "By Jane Doe"); prose(b); b.close(); },
       "Jane Doe"},
      {"sidebar's author", [](auto& b) { headline(b); b.open("div", {{"class", "sidebar"}}); b.element("p", "By Jim Poe"); b.close(); prose(b); }, ""},
      {"comment's author", [](auto& b) { headline(b); prose(b, 1); b.open("div", {{"id", "comments"}}); b.element("p", "Posted by Jim Poe"); b.close(); }, ""},
      {"German", [](auto& b) { headline(b); b.element("p", "Von Jörg Müller"); prose(b); }, "Jörg Müller"},
      {"Spanish", [](auto& b) { headline(b); b.element("p", "Por: José Pérez"); prose(b); }, "José Pérez"},
      {"Chinese", [](auto& b) { headline(b); b.element("p", "作者：王小明"); prose(b); }, "王小明"},
      {"Russian", [](auto& b) { headline(b); prose(b); b.element("p", "Автор: Иван Петров"); }, "Иван Петров"},
      {"a house signs", [](auto& b) { b.json_ld(R"({"@type":"Article","headline":"A cat sat","author":{"@type":"Organization","name":"The Post"}})"); headline(b); prose(b); },
       "The Post"},
      {"a person before the house", [](auto& b) {
         b.json_ld(R"({"@type":"Article","headline":"A cat sat","author":{"@type":"Organization","name":"Post Media"}})");
         headline(b); b.element("p", "By Jane Doe"); prose(b); }, "Jane Doe"},
      {"the page's node", [](auto& b) { b.json_ld(R"({"@type":"WebPage","headline":"A cat sat","author":{"@type":"Person","name":"Jane Doe"}})"); headline(b); prose(b); }, "Jane Doe"},
      {"question asked", [](auto& b) {
         b.json_ld(R"({"@type":"QAPage","mainEntity":{"@type":"Question","name":"A cat sat","author":{"@type":"Person","name":"catlover"}}})");
         headline(b); prose(b); }, "catlover", PageKind::forum},
      {"thread starter", [](auto& b) { headline(b); b.element("p", "Discussion in 'Mats' started by cat_on_mat, May 26, 2025."); prose(b); }, "cat_on_mat", PageKind::forum},
      {"several, joined as the page does", [](auto& b) {
         b.json_ld(R"({"@type":"Article","headline":"A cat sat","author":[{"name":"Jane Doe"},{"name":"Jim Poe"},{"name":"Ann Roe"}]})");
         headline(b); b.element("p", "Jane Doe, Jim Poe und Ann Roe"); prose(b); }, "Jane Doe, Jim Poe und Ann Roe"},
      {"several in data only", [](auto& b) { b.json_ld(R"({"@type":"Article","headline":"A cat sat","author":[{"name":"Jane Doe"},{"name":"Jim Poe"}]})"); headline(b); prose(b); },
       "Jane Doe, Jim Poe"},
      {"a manual's author", [](auto& b) { b.meta("author", "Jane Doe"); headline(b); prose(b); }, "Jane Doe", PageKind::documentation},
      {"a shop's maker is none", [](auto& b) { b.meta("author", "Jane Doe"); headline(b); prose(b); }, "", PageKind::product},
      {"a service signed by its house", [](auto& b) { b.meta("author", "The Post"); headline(b); prose(b); }, "", PageKind::service},
      {"prose that begins with by", [](auto& b) { headline(b); b.element("p", "By the end of the long day the cat had left."); prose(b); }, ""},
      {"nothing", [](auto& b) { headline(b); prose(b); }, ""},
  };
  for (const Row& row : rows) EXPECT_EQ(author_of(row.build, row.kind), row.want) << row.name;
}

}  // namespace
}  // namespace marrow
