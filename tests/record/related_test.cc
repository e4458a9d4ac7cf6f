#include "record/related.h"

#include <gtest/gtest.h>

#include "support/document_builder.h"

namespace marrow {
namespace {

using testing::DocumentBuilder;

TEST(Related, OneEntryATargetInDocumentOrder) {
  DocumentBuilder b("https://www.example.org/page");
  for (const char* href : {"/b?utm_source=x", "https://example.org/b/", "/c", "/page#top", "http://example.org/page"}) {
    b.open("li");
    b.block(std::string("to ") + href);
    b.span("a", "to", {{"href", href}});
    b.close();
  }
  const Document& doc = b.finish();
  Labels labels = b.labels(Label::related);
  for (Verdict& v : labels.links) v = {.label = Label::related, .kind = RelatedKind::latest};
  labels.links[2].partner = 2;
  const auto related = collect_related(doc, labels);
  ASSERT_EQ(related.size(), 2U);
  EXPECT_EQ(related[0].url, "https://www.example.org/b");
  EXPECT_EQ(related[0].text, "to");
  EXPECT_EQ(related[0].kind, RelatedKind::latest);
  EXPECT_EQ(related[1].url, "https://www.example.org/c");
  EXPECT_EQ(related[1].text, "to /c");
}

TEST(Related, LinksOfAPageWithoutAddressStayAsWritten) {
  DocumentBuilder b;
  for (const char* href : {"/b", "/c"}) {
    b.open("li");
    b.block(std::string("to ") + href);
    b.span("a", "to", {{"href", href}});
    b.close();
  }
  b.finish();
  Document& doc = b.document();
  doc.url = doc.base = "";
  for (Link& link : doc.links) link.url = link.href;
  Labels labels = b.labels(Label::related);
  for (Verdict& v : labels.links) v = {.label = Label::related, .kind = RelatedKind::latest};
  const auto related = collect_related(doc, labels);
  ASSERT_EQ(related.size(), 2U);
  EXPECT_EQ(related[0].url, "/b");
  EXPECT_EQ(related[1].url, "/c");
}

TEST(Related, TextOfThePageGoesBeforeAltText) {
  DocumentBuilder b;
  b.element("p", "Photo of a cat");
  b.span("a", "Photo of a cat", {{"href", "/cat"}});
  b.element("p", "All about cats");
  b.span("a", "All about cats", {{"href", "/cat"}});
  b.document().links[0].image = true;
  const Document& doc = b.finish();
  Labels labels = b.labels(Label::related);
  for (Verdict& v : labels.links) v.label = Label::related;
  const auto related = collect_related(doc, labels);
  ASSERT_EQ(related.size(), 1U);
  EXPECT_EQ(related[0].text, "All about cats");
}

// A card of a board: its count of votes leads where its title leads, and stands before it. An item whose title is a number keeps it.
TEST(Related, TitlesGoBeforeCounts) {
  DocumentBuilder b;
  for (const auto& [href, text] : {std::pair{"/cat", "17"}, {"/cat", "¿Qué es un gato?"}, {"/cat", "3"}, {"/film", "1917"}}) {
    b.element("p", text);
    b.span("a", text, {{"href", href}});
  }
  const Document& doc = b.finish();
  Labels labels = b.labels(Label::related);
  for (Verdict& v : labels.links) v.label = Label::related;
  const auto related = collect_related(doc, labels);
  ASSERT_EQ(related.size(), 2U);
  EXPECT_EQ(related[0].text, "¿Qué es un gato?");
  EXPECT_EQ(related[1].text, "1917");
}

TEST(Related, PlainTextsGiveTheirBlocks) {
  DocumentBuilder b("");
  b.element("p", "Read also: The cat");
  b.element("p", "Related articles");
  b.element("p", "read also: the cat");
  b.document().type = ContentType::text;
  const Document& doc = b.finish();
  Labels labels = b.labels(Label::related);
  labels.blocks[0].kind = labels.blocks[2].kind = RelatedKind::in_article;
  const auto related = collect_related(doc, labels);
  // A text has no targets to tell one item by: what stands twice is given twice.
  ASSERT_EQ(related.size(), 2U);
  EXPECT_EQ(related[0].text, "Read also: The cat");
  EXPECT_EQ(related[0].url, "");
  EXPECT_EQ(related[0].kind, RelatedKind::in_article);
  EXPECT_EQ(related[1].text, "read also: the cat");
}

TEST(Related, TeasersKnowTheirTargetAndOnceIsEnough) {
  DocumentBuilder b;
  b.element("p", "The cat sat\non the …");
  b.element("p", "Continue");
  b.span("a", "Continue", {{"href", "/cat?fbclid=1"}});
  b.element("p", "No link here.");
  b.element("p", "No link here.");
  const Document& doc = b.finish();
  Labels labels = b.labels(Label::boilerplate);
  labels.blocks[0] = {.label = Label::teaser, .truncated = true, .partner = 0};
  labels.blocks[2].label = labels.blocks[3].label = Label::teaser;
  const auto teasers = collect_teasers(doc, labels);
  ASSERT_EQ(teasers.size(), 2U);
  EXPECT_EQ(teasers[0].text, "The cat sat on the …");
  EXPECT_EQ(teasers[0].url, "https://example.org/cat");
  EXPECT_TRUE(teasers[0].truncated);
  EXPECT_EQ(teasers[1].url, "");
}

TEST(Related, ExcerptsOfAnIndexPageAreBodyAndTeaser) {
  DocumentBuilder b;
  b.element("p", "An excerpt of the first item …");
  const Document& doc = b.finish();
  Labels labels = b.labels(Label::body);
  labels.blocks[0].excerpt = labels.blocks[0].truncated = true;
  const auto teasers = collect_teasers(doc, labels);
  ASSERT_EQ(teasers.size(), 1U);
  EXPECT_TRUE(teasers[0].truncated);
}

}  // namespace
}  // namespace marrow
