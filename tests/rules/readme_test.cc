// The ten worked examples of rules/README.md, run as they stand there.
#include <fstream>
#include <sstream>
#include <vector>

#include "rules/check.h"
#include "rules/fixture.h"
#include "rules/which.h"

namespace marrow {
namespace {

std::string examples() {
  std::ifstream in(std::string(MARROW_SOURCE_DIR) + "/rules/README.md");
  std::string line, out;
  bool inside = false;
  while (std::getline(in, line)) {
    if (line.starts_with("```")) inside = line == "```toml";
    else if (inside) out += line + "\n";
  }
  return out;
}

constexpr std::string_view kHtml =
    "<meta charset=utf-8><body><div class='socialBar share-bar'><p>Tell a friend of yours</p></div>"
    "<p class=byline>By Jane Doe</p>"
    "<article><div class=post-text><p>The council voted last night.</p><p>Our partner shop offers tea</p><p>Filed under politics now</p></div></article>"
    "<div class=postNav><p>« An older title of ours</p></div>"
    "<aside class=more><p>Another story <a href=/b>of ours</a></p></aside>"
    "<p><a href='/tag/tea'>tea</a></p><ul><li><a href='/c'>milk</a></li></ul>";

TEST(Readme, ExamplesPassTheCheck) {
  RulesDir dir;
  dir.add("a.toml", examples());
  const RulesCheck check = check_rules({.builtin = false, .dirs = {dir.path()}});
  EXPECT_EQ(check.faults, std::vector<std::string>());
  EXPECT_EQ(check.warnings, std::vector<std::string>());
  EXPECT_EQ(check.filters, 9U);
  EXPECT_EQ(check.metadata, 1U);
}

TEST(Readme, ExamplesDecide) {
  const Page page(examples(), kHtml);
  ASSERT_TRUE(page.read());
  EXPECT_EQ(page.block("Tell a friend of yours"), "ex.share");
  EXPECT_EQ(page.block("« An older title of ours"), "ex.prev");
  EXPECT_EQ(page.block("Another story of ours"), "ex.aside");
  EXPECT_EQ(page.block("The council voted last night."), "");
  EXPECT_EQ(page.block("Our partner shop offers tea"), "ex.promo");
  EXPECT_EQ(page.block("Filed under politics now"), "ex.news");
  EXPECT_EQ(page.block("tea"), "ex.links");
  EXPECT_EQ(page.block("milk"), "");
  EXPECT_EQ(page.link("tea"), "ex.tags");
  EXPECT_EQ(page.link("of ours"), "ex.aside");
  ASSERT_NE(page.matches().body_filter, kNone);
  EXPECT_EQ(page.rules().filter(page.matches().body_filter).id, "ex.body");
  ASSERT_EQ(page.matches().body_elements.size(), 1U);
  EXPECT_EQ(page.document().elements[page.matches().body_elements[0]].cls, "post-text");
  ASSERT_EQ(page.matches().metadata.size(), 1U);
  EXPECT_EQ(page.matches().metadata[0].text, "Jane Doe");
}

TEST(Readme, ScopesHoldOnTheirPagesOnly) {
  for (const auto& [url, id] : {std::pair{"https://example.com/news/x", "ex.news"}, std::pair{"https://example.com/sport/x", ""},
                                std::pair{"https://a.example.com/news/x", ""}, std::pair{"https://example.org/news/x", ""}}) {
    const Page page(examples(), kHtml, url);
    ASSERT_TRUE(page.read());
    EXPECT_EQ(page.block("Filed under politics now"), id) << url;
  }
}

TEST(Readme, LinesOfPlainText) {
  const Page page(examples(), "A first line of text.\nPage 3 of 9\n", "", true);
  ASSERT_TRUE(page.read());
  EXPECT_EQ(page.block("Page 3 of 9"), "ex.line");
  EXPECT_EQ(page.block("A first line of text."), "");
}

TEST(Which, PrintsTheOrderOfOneHost) {
  const Result<RuleSet> rules = load_rules(
      "[[filter]]\nid='general'\nlabel='boilerplate'\nwhere={text='a'}\n[[filter]]\nid='domain'\nsite='*.example.com'\nlabel='body'\nwhere={text='a'}\n"
      "[[filter]]\nid='host'\nsite='a.example.com'\nlabel='body'\nwhere={text='a'}\n[[filter]]\nid='other'\nsite='example.org'\nlabel='body'\nwhere={text='a'}\n"
      "[[filter]]\nid='first'\npriority=1\nlabel='body'\nwhere={text='a'}\n");
  ASSERT_TRUE(rules) << rules.error().message;
  std::vector<std::string> ids;
  for (const AppliedRule& one : which_rules(*rules, "a.example.com")) ids.push_back(rules->filter(one.rule).id);
  EXPECT_EQ(ids, (std::vector<std::string>{"first", "host", "domain", "general"}));
}

}  // namespace
}  // namespace marrow
