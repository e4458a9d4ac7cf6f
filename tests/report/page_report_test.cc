#include "report/page_report.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "support/program.h"

namespace marrow {
namespace {

namespace fs = std::filesystem;

std::size_t count(std::string_view text, std::string_view what) {
  std::size_t n = 0;
  for (std::size_t at = text.find(what); at != std::string_view::npos; at = text.find(what, at + 1)) ++n;
  return n;
}

class Reports {
 public:
  Reports() : cleaner_(*Cleaner::create(markdown())), workspace_(cleaner_) {}

  std::string of(std::string_view html, std::string url = "https://example.org/a/") {
    Input input;
    input.id = "page";
    input.url = std::move(url);
    input.bytes = html;
    const Record record = cleaner_.clean(input, workspace_);
    const Explained page{input, record, cleaner_.seen(workspace_), cleaner_.explain(workspace_), cleaner_.rule_set()};
    blocks = page.seen.document.blocks.size();
    return page_report({.page = page});
  }
  std::size_t blocks = 0;

 private:
  static CleanOptions markdown() {
    CleanOptions options;
    options.body = BodyFormat::markdown;
    return options;
  }
  Cleaner cleaner_;
  Workspace workspace_;
};

TEST(PageReport, StandsAloneUnderAStrictPolicy) {
  const std::string html = Reports().of("<title>T</title><p>The keeper counted the ships that passed in the night.</p>");
  for (const char* part : {"<!DOCTYPE html>\n", "default-src &#39;none&#39;; style-src &#39;sha256-", "script-src &#39;sha256-", "connect-src &#39;none&#39;"})
    EXPECT_NE(html.find(part), std::string::npos) << part;
  EXPECT_EQ(html.find("unsafe"), std::string::npos);
  EXPECT_EQ(count(html, "<style"), 1U);
  EXPECT_EQ(count(html, "<script>"), 1U);
  EXPECT_EQ(count(html, "src="), 0U);
}

TEST(PageReport, EveryBlockStandsInItOnceWhateverThePageHolds) {
  Reports reports;
  int pages = 0;
  for (const fs::directory_entry& entry : fs::directory_iterator(fs::path(MARROW_SOURCE_DIR) / "fixtures/hostile/pages")) {
    const std::string bytes = test::read_file(entry.path().string());
    if (bytes.size() > 50'000) continue;
    ++pages;
    const std::string html = reports.of(bytes);
    EXPECT_EQ(count(html, "<p class=\"b ") - count(html, "<p class=\"b bare "), reports.blocks) << entry.path();
    EXPECT_EQ(count(html, "<script"), 2U) << entry.path();
    EXPECT_EQ(count(html, "</script"), 2U) << entry.path();
    EXPECT_EQ(count(html, "<!--"), 0U) << entry.path();
    EXPECT_EQ(html.find('\0'), std::string::npos) << entry.path();
  }
  EXPECT_GT(pages, 10);
}

TEST(PageReport, AnEmptyPageSaysSo) {
  const std::string html = Reports().of("", "");
  EXPECT_NE(html.find("There is no text on this page."), std::string::npos);
  EXPECT_NE(html.find("No body."), std::string::npos);
}

}  // namespace
}  // namespace marrow
