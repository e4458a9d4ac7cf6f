#include "rules/import_ftr.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "rules/check.h"
#include "rules/fixture.h"
#include "rules/path.h"
#include "rules/xpath.h"

namespace marrow {
namespace {

struct Row {
  const char* name;
  const char* xpath;
  const char* selector;  // "" = refused
};

class XPath : public testing::TestWithParam<Row> {};

TEST_P(XPath, BecomesASelector) {
  std::string selector, attribute, reason;
  const bool read = selector_of_xpath(GetParam().xpath, &selector, &attribute, &reason);
  EXPECT_EQ(read ? selector : "", GetParam().selector) << reason;
  EXPECT_EQ(read, reason.empty());
  Path path;
  Path::Fault fault;
  EXPECT_TRUE(!read || Path::parse(selector, &path, &fault)) << fault.message;
}

INSTANTIATE_TEST_SUITE_P(
    Rows, XPath,
    testing::Values(
        Row{"tag", "//article", "article"}, Row{"equals", "//div[@id='content']", "div[id=\"content\"]"},
        Row{"contains", "//div[contains(@class, 'story')]", "div[class*=\"story\"]"},
        Row{"word", "//div[contains(concat(' ',normalize-space(@class),' '),' a-b ')]", "div[class~=\"a-b\"]"},
        Row{"or", "//div[@id='a' or @id='b']", "div:is([id=\"a\"], [id=\"b\"])"},
        Row{"and", "//*[@id='a' and contains(@class,'b')]", "[id=\"a\"][class*=\"b\"]"},
        Row{"un", "//div[@id='a']//p | //ul/li", "div[id=\"a\"] p, ul > li"},
        Row{"not_", "//p[not(@class)]", "p:not([class])"}, Row{"position", "//div[@class='x'][2]", "div[class=\"x\"]:nth(2)"},
        Row{"inside", "//article[.//div[@id='t']]", "article:has(div[id=\"t\"])"}, Row{"child", "//p[img]", "p:has(> img)"},
        Row{"parent", "//time/parent::div", "div:has(> time)"},
        Row{"nearest", "//a[@href='x']/ancestor::section[1]", "section:has(a[href=\"x\"]):not(:has(section:has(a[href=\"x\"])))"},
        Row{"sibling", "//h2/following-sibling::*", "h2 ~ *"}, Row{"self", "//*[self::p or self::h2]", ":is(:is(p), :is(h2))"},
        Row{"text", "//p[contains(text(), 'Also')]", "p:contains(\"Also\")"},
        Row{"set", "(//p)[1]", ""}, Row{"preceding", "//h2/preceding-sibling::p", ""}, Row{"last", "//p[last()]", ""},
        Row{"broken", "//div[@id='a'", ""}, Row{"empty", "", ""}, Row{"function", "//div[contain(@class,'x')]", ""},
        Row{"chain_parent", "//a/b/c/parent::d", ""}),
    [](const auto& row) { return row.param.name; });

TEST(ImportFtr, CarriesOrNamesEveryLine) {
  const FtrImport import = import_ftr("example.com.txt",
                                      "# a comment\ntitle: //h1\nbody: //div[@id='a']\nstrip: (//p)[1]\nstrip_id_or_class: share\n"
                                      "prune: no\nauthor: //meta[@name='author']/@content\ntest_url: http://example.com/a\ntest_contains: Hello\n");
  EXPECT_EQ(import.left_over, (std::vector<std::string>{"example.com.txt:4: strip: a set in brackets has no selector at '//p)[1]'",
                                                        "example.com.txt:6: prune: no rule of ours does this"}));
  EXPECT_NE(import.toml.find("path = \"div[id=\\\"a\\\"]\"\nlabel = \"body\""), std::string::npos) << import.toml;
  EXPECT_NE(import.toml.find("attribute = \"content\""), std::string::npos);
  RulesDir dir;
  dir.add("a.toml", import.toml);
  const RulesCheck check = check_rules({.builtin = false, .dirs = {dir.path()}});
  EXPECT_EQ(check.faults, std::vector<std::string>());
}

TEST(ImportFtr, CarriesThreeQuartersOfTheSiteConfigs) {
  const std::string from = std::string(MARROW_SHARED_DIR) + "/site-configs";
  if (!std::filesystem::is_directory(from)) GTEST_SKIP() << "no site configs at hand: " << from;
  RulesDir dir;
  const Result<FtrImport> import = import_ftr_folder(from, dir.path());
  ASSERT_TRUE(import) << import.error().message;
  std::size_t lines = 0, carried = 0, all = 0, all_carried = 0;
  for (const auto& [name, count] : import->counts) {
    all += count.lines;
    all_carried += count.carried;
    if (name != "body" && name != "strip" && name != "strip_id_or_class") continue;
    lines += count.lines;
    carried += count.carried;
  }
  RecordProperty("lines", static_cast<int>(lines));
  RecordProperty("carried", static_cast<int>(carried));
  std::printf("%zu of %zu lines carried over (all directives %zu of %zu)\n", carried, lines, all_carried, all);
  EXPECT_GE(static_cast<double>(carried), 0.75 * static_cast<double>(lines));
  EXPECT_GE(import->left_over.size(), all - all_carried);  // each of the others is named
  const RulesCheck check = check_rules({.builtin = false, .dirs = {dir.path()}});
  EXPECT_EQ(check.faults, std::vector<std::string>());
}

}  // namespace
}  // namespace marrow
