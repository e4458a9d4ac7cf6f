#include "record/metadata.h"

#include <gtest/gtest.h>

#include "record/language.h"
#include "record/quality.h"
#include "support/document_builder.h"

namespace marrow {
namespace {

using testing::DocumentBuilder;

Metadata metadata_of(DocumentBuilder& b, const MetadataHits* hits = nullptr, PageKind kind = PageKind::article) {
  return read_metadata(b.finish(), kind, hits, "2025-12-31T00:00:00Z");
}

TEST(Metadata, JsonLdFirstThenMetaThenThePage) {
  DocumentBuilder b("https://example.org/a");
  b.document().title = "A cat sat | The Post";
  b.meta("og:site_name", "The Post");
  b.meta("author", "John Roe");
  b.meta("article:published_time", "2025-01-02");
  b.element("h1", "A cat sat");
  b.element("p", "By Jim Poe");
  b.element("p", "Updated 3 March 2025");
  EXPECT_EQ(metadata_of(b).author, "John Roe");
  EXPECT_EQ(metadata_of(b).published, "2025-01-02");
  EXPECT_EQ(metadata_of(b).title, "A cat sat");
  EXPECT_EQ(metadata_of(b).site, "The Post");
  b.json_ld(R"({"@type":"NewsArticle","headline":"A cat sat","datePublished":"2025-04-05","author":"Jane Doe"})");
  EXPECT_EQ(metadata_of(b).author, "Jane Doe");
  EXPECT_EQ(metadata_of(b).published, "2025-04-05");
  const MetadataHits hits{{"author", "By Rule Maker"}, {"published", "6 May 2025"}, {"title", "Ruled"}};
  EXPECT_EQ(metadata_of(b, &hits).author, "Rule Maker");
  EXPECT_EQ(metadata_of(b, &hits).published, "2025-05-06");
  EXPECT_EQ(metadata_of(b, &hits).title, "Ruled");
}

TEST(Metadata, FromThePageAlone) {
  DocumentBuilder b("https://example.org/a");
  b.element("h1", "A cat sat");
  b.element("p", "By Jim Poe");
  b.element("p", "3 March 2025");
  b.element("p", "In 1999 on 4 May 1999 something else happened, as this long paragraph of prose goes on to tell its readers with many words.");
  EXPECT_EQ(metadata_of(b).author, "Jim Poe");
  EXPECT_EQ(metadata_of(b).published, "2025-03-03");
}

TEST(Metadata, NothingIsInvented) {
  DocumentBuilder b("https://example.org/a");
  b.element("h1", "A cat sat");
  b.element("p", "By the end of the long day the cat, which had been sitting on the mat since 4 May 1999, got up and left the house.");
  EXPECT_EQ(metadata_of(b).author, "");
  EXPECT_EQ(metadata_of(b).published, "");
  DocumentBuilder shop("https://example.org/a");
  shop.element("h1", "A mat");
  shop.meta("author", "John Roe");
  shop.meta("article:published_time", "2025-01-02");
  EXPECT_EQ(metadata_of(shop, nullptr, PageKind::product).author, "");
  EXPECT_EQ(metadata_of(shop, nullptr, PageKind::product).published, "");
}

TEST(Metadata, NoDayAfterTheFetch) {
  DocumentBuilder b("https://example.org/a");
  b.meta("article:published_time", "2031-01-02");
  EXPECT_EQ(metadata_of(b).published, "");
}

TEST(Language, TagsAreNormal) {
  const std::pair<const char*, const char*> rows[] = {{"de-AT", "de"}, {"en_US", "en"}, {"German", "de"}, {"zh-Hant-TW", "zh"}, {"iw", "he"},
                                                      {"", ""},        {"und", ""},     {"x-default", ""}, {"klingonese", ""}, {"EN", "en"}};
  for (const auto& [tag, want] : rows) EXPECT_EQ(normal_language(tag), want) << tag;
}

TEST(Language, TextOverrulesTheTemplate) {
  std::string german, short_text = "Hallo Welt";
  for (int i = 0; i < 6; ++i) german += "Die Katze saß auf der Matte, und niemand im Haus wusste, wem sie gehörte oder woher sie kam. ";
  EXPECT_EQ(decide_language({"en-US"}, german), "de");
  EXPECT_EQ(decide_language({}, german), "de");
  EXPECT_EQ(decide_language({"en"}, short_text), "en");
  EXPECT_EQ(decide_language({}, ""), "");
  EXPECT_EQ(decide_language({"fr"}, ""), "fr");
}

TEST(Quality, FlagsNeedHardEvidence) {
  auto flags = [](DocumentBuilder& b, QualityFacts facts) { return quality_flags(b.finish(), b.labels(Label::body), facts); };
  using List = std::vector<std::string>;
  DocumentBuilder good;
  good.element("p", "Already a subscriber? We use cookies.");
  EXPECT_EQ(flags(good, {.status = 200, .words = 6, .body_chars = 40, .title = "A cat"}), List{});
  EXPECT_EQ(flags(good, {.status = 402, .words = 6, .body_chars = 40, .title = "A cat"}), List{"paywalled"});
  EXPECT_EQ(flags(good, {.words = 6, .paid = true, .article_body_chars = 3000, .body_chars = 40, .title = "A cat"}),
            (List{"paywalled", "possibly_truncated"}));
  EXPECT_EQ(flags(good, {.words = 6, .body_chars = 40, .title = "Page not found"}), List{"soft_404"});
  EXPECT_EQ(flags(good, {.words = 900, .body_chars = 4000, .title = "Page not found"}), List{});
  EXPECT_EQ(flags(good, {.words = 6, .body_chars = 40, .title = "Route 4040"}), List{});
  EXPECT_EQ(flags(good, {.words = 0, .body_chars = 0, .title = "A cat"}), List{"empty"});
  DocumentBuilder wall;
  wall.open("div", {{"class", "cookie-consent"}});
  wall.element("p", "We value your privacy and so do our one thousand partners.");
  wall.close();
  wall.element("p", "Home");
  EXPECT_EQ(flags(wall, {.words = 1, .body_chars = 4, .title = "A cat"}), List{"consent_wall"});
}

}  // namespace
}  // namespace marrow
