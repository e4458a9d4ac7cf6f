// Whole pages of a small site, cleaned alone and with what is known of their site.
#include "memory/consult.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "marrow.h"
#include "support/conservation.h"

namespace marrow {
namespace {

constexpr const char* kWords[] = {"harbour", "kettle", "lantern", "orchard", "pebble", "quarry", "river", "saddle", "timber", "velvet",
                                  "walnut",  "yarn",   "anchor",  "bellows", "copper", "drizzle", "ember", "fennel", "gravel", "hollow"};

// Text of its own for each page and paragraph.
std::string sentences(unsigned page, unsigned paragraph, unsigned count) {
  std::mt19937 random(page * 100 + paragraph);
  std::string out;
  for (unsigned s = 0; s < count; ++s) {
    std::string sentence = "The";
    for (int w = 0; w < 11; ++w) sentence += std::string(" ") + kWords[random() % std::size(kWords)] + (w == 4 ? "," : "");
    out += (s ? " " : "") + sentence + ".";
  }
  return out;
}

std::string url_of(unsigned page) { return "https://small.example/posts/" + std::to_string(100 + page); }
std::string title_of(unsigned page) { return "Notes on the " + std::string(kWords[page]) + " and the " + kWords[page + 1]; }
std::string excerpt_of(unsigned page) { return sentences(page, 0, 2).substr(0, 70); }

constexpr const char* kShared = "This journal is made by four neighbours who meet every second Thursday, and whoever wants to help is welcome to join us.";

Input page_of(unsigned page, const std::string& host = "https://small.example") {
  const auto item = [](unsigned other) {
    return "<li><h4><a href='" + url_of(other) + "'>" + title_of(other) + "</a></h4><div class='x'>" + excerpt_of(other) + "…</div></li>";
  };
  std::string html = "<html><head><title>" + title_of(page) + " | Small</title></head><body><div class='top'><a href='/'>Small</a> <a href='/about'>About</a></div>";
  html += "<div class='text'><h1>" + title_of(page) + "</h1>";
  for (unsigned p = 0; p < 5; ++p) html += "<p>" + sentences(page, p, 4) + "</p>";
  html += "</div><p>" + std::string(kShared) + "</p><div class='more'><h3>Related articles</h3><ul>" + item((page + 3) % 9) + item((page + 5) % 9) + "</ul></div>";
  html += "<div class='side'><h3>Most read</h3><ol>";
  for (unsigned other = 10; other < 14; ++other) html += "<li><a href='" + url_of(other) + "'>" + title_of(other) + "</a></li>";
  html += "</ol></div><div class='foot'>© Small</div></body></html>";
  Input input;
  input.id = std::to_string(page);
  input.url = host + "/posts/" + std::to_string(100 + page);
  input.bytes = html;
  return input;
}

class ConsultTest : public ::testing::Test {
 protected:
  ConsultTest() : cleaner_(*Cleaner::create({})), workspace_(cleaner_) {}

  SiteMemory learn(const std::vector<unsigned>& pages) {
    cleaner_.know(nullptr);
    SiteMemory memory;
    for (const unsigned page : pages) {
      const Record record = cleaner_.clean(page_of(page), workspace_);
      memory.add(*cleaner_.summary(workspace_, record));
    }
    return memory;
  }

  Record clean(const Input& input, const SiteKnowledge* knowledge) {
    cleaner_.know(knowledge);
    Record record = cleaner_.clean(input, workspace_);
    const Seen seen = cleaner_.seen(workspace_);
    EXPECT_EQ(test::check_conservation(seen.document, seen.labels), "");
    cleaner_.know(nullptr);
    return record;
  }

  Cleaner cleaner_;
  Workspace workspace_;
};

std::string text_of(const Record& record) {
  std::string out = record.body + "\n--\n";
  for (const RelatedLink& link : record.related) out += std::string(name_of(link.kind)) + " " + link.url + " " + link.text + "\n";
  for (const Teaser& teaser : record.teasers) out += teaser.text + " " + teaser.url + " " + teaser.page + "\n";
  return out;
}

TEST_F(ConsultTest, OnePageOfAHostChangesNothing) {
  const SiteKnowledge knowledge(learn({0}));
  EXPECT_EQ(text_of(clean(page_of(0), &knowledge)), text_of(clean(page_of(0), nullptr)));
  EXPECT_EQ(text_of(clean(page_of(4, "https://other.example"), &knowledge)), text_of(clean(page_of(4, "https://other.example"), nullptr)));
}

TEST_F(ConsultTest, WhatStandsOnMostPagesLeavesTheBody) {
  const SiteKnowledge knowledge(learn({0, 1, 2, 3, 4, 5, 6, 7, 8}));
  for (unsigned page = 0; page < 9; ++page) {
    const Record record = clean(page_of(page), &knowledge);
    EXPECT_EQ(record.body.find(kShared), std::string::npos) << page;
    for (unsigned p = 0; p < 5; ++p) EXPECT_NE(record.body.find(sentences(page, p, 4)), std::string::npos) << page << " " << p;
  }
}

TEST_F(ConsultTest, TeasersAreResolvedToThePageTheyWereCutFrom) {
  const SiteKnowledge knowledge(learn({0, 1, 2, 3, 4, 5, 6, 7, 8}));
  const Record record = clean(page_of(0), &knowledge);
  std::vector<std::string> pages;
  for (const Teaser& teaser : record.teasers) {
    if (teaser.page.empty()) continue;
    EXPECT_EQ(teaser.url, teaser.page);
    EXPECT_TRUE(teaser.truncated);
    pages.push_back(teaser.page);
  }
  EXPECT_EQ(pages, (std::vector<std::string>{url_of(3), url_of(5)})) << text_of(record);
}

TEST_F(ConsultTest, ListsThatRepeatArePopularAndThoseThatDifferAreNot) {
  const SiteKnowledge knowledge(learn({0, 1, 2, 3, 4, 5, 6, 7, 8}));
  const Record record = clean(page_of(2), &knowledge);
  std::set<std::string> popular, related;
  for (const RelatedLink& link : record.related) (link.kind == RelatedKind::popular ? popular : related).insert(link.url);
  EXPECT_EQ(popular, (std::set<std::string>{url_of(10), url_of(11), url_of(12), url_of(13)})) << text_of(record);
  EXPECT_EQ(related, (std::set<std::string>{url_of(5), url_of(7)})) << text_of(record);
}

TEST_F(ConsultTest, TheReasonIsNamed) {
  const SiteKnowledge knowledge(learn({0, 1, 2, 3}));
  cleaner_.know(&knowledge);
  cleaner_.clean(page_of(1), workspace_);
  const Seen seen = cleaner_.seen(workspace_);
  for (Id b = 0; b < seen.document.blocks.size(); ++b) {
    if (seen.document.blocks[b].text != kShared) continue;
    const Verdict& verdict = seen.labels.blocks[b];
    if (verdict.by != Decider::memory) GTEST_SKIP() << "the model drops it by itself";
    EXPECT_EQ(verdict.why, "stands on most pages of the site, outside the page's own text");
    return;
  }
  FAIL() << "the shared text is no block";
}

TEST_F(ConsultTest, CopiesOfOneTextKeepIt) {
  cleaner_.know(nullptr);
  SiteMemory memory;
  for (int copy = 0; copy < 6; ++copy) {
    Input input = page_of(1);
    input.url += "?print=" + std::to_string(copy);
    const Record record = cleaner_.clean(input, workspace_);
    memory.add(*cleaner_.summary(workspace_, record));
  }
  const SiteKnowledge knowledge(std::move(memory));
  const std::string alone = clean(page_of(1), nullptr).body;
  EXPECT_EQ(clean(page_of(1), &knowledge).body, alone);
}

TEST_F(ConsultTest, TheOrderOfPagesAndPartsDoesNotMatter) {
  SiteMemory parts = learn({8, 7, 6});
  parts.merge(learn({0, 1, 2, 3}));
  parts.merge(learn({5, 4, 3}));
  EXPECT_EQ(parts.encode(), learn({0, 1, 2, 3, 4, 5, 6, 7, 8}).encode());
}

}  // namespace
}  // namespace marrow
