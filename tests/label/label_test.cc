#include "label/label.h"

#include "base/text.h"
#include "label/page_fixture.h"

namespace marrow {
namespace {

std::string article() {
  return "<html><head><title>A long story</title></head><body><nav><ul><li><a href=/>Home</a></li><li><a href=/news>News</a></li></ul></nav>"
         "<main><h1>A long story</h1><p>" + prose("The bridge") + "</p><p>" + prose("The road") + "</p><h2>What comes next</h2><p>" +
         prose("The tunnel") + "</p></main><footer><p>Copyright 2026 Example</p><a href=/terms>Terms</a></footer></body></html>";
}

TEST(Label, SeparatesTheBodyFromFurnitureByDensityAlone) {
  const LabelledPage page(article());
  const std::string body = page.body();
  EXPECT_NE(body.find("The bridge was discussed"), std::string::npos);
  EXPECT_NE(body.find("The tunnel was discussed"), std::string::npos);
  EXPECT_NE(body.find("What comes next"), std::string::npos);
  EXPECT_EQ(body.find("Home"), std::string::npos);
  EXPECT_EQ(body.find("Copyright"), std::string::npos);
}

TEST(Label, LeavesTheHeadlineOutOfTheBody) {
  const LabelledPage page(article());
  EXPECT_EQ(page.body().find("A long story"), std::string::npos);
}

TEST(Label, GivesEachBlockAndLinkOneVerdict) {
  const LabelledPage page(article());
  EXPECT_EQ(page.labels().blocks.size(), page.document().blocks.size());
  EXPECT_EQ(page.labels().links.size(), page.document().links.size());
  for (const Verdict& v : page.labels().blocks) EXPECT_LT(static_cast<int>(v.label), static_cast<int>(Label::inline_link));
}

TEST(Label, EmitsATextThatStandsTwiceOnce) {
  std::string html = article();
  const std::string copy = "<p>" + prose("The bridge") + "</p>";
  html.insert(html.find("<h2>"), copy);
  const LabelledPage page(html);
  const std::string body = page.body();
  const std::size_t first = body.find("The bridge was");
  ASSERT_NE(first, std::string::npos);
  EXPECT_EQ(body.find("The bridge was", first + 1), std::string::npos);
}

TEST(Label, DoesNotDependOnThePagesBefore) {
  PageReader reader;
  Matcher matcher(builtin_rules());
  Labeller labeller(builtin_rules(), nullptr);
  const auto body_of = [&](const std::string& html) {
    const Document& d = reader.read_html(html, {.url = "https://example.org/a", .charset = ""});
    const Labels& labels = labeller.label(d, matcher.match(d));
    std::string text;
    for (Id b = 0; b < d.blocks.size(); ++b)
      if (labels.blocks[b].label == Label::body) text += d.blocks[b].text;
    return text;
  };
  const std::string alone = body_of(article());
  body_of("<p>" + prose("Something else") + "</p>");
  body_of("");
  EXPECT_EQ(body_of(article()), alone);
}

TEST(Label, TakesPagesWithoutTextOrLinks) {
  for (const char* html : {"", "<html></html>", "<p>", "<a href=x></a>", "<img src=a>"}) {
    const LabelledPage page(html);
    EXPECT_EQ(page.body(), "") << html;
  }
}

}  // namespace
}  // namespace marrow
