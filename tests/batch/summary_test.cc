#include "batch/summary.h"

#include <gtest/gtest.h>

namespace marrow {
namespace {

Record record(PageKind kind, std::uint32_t words) {
  Record r;
  r.kind = kind;
  r.quality.words = words;
  return r;
}

TEST(SummaryText, OneScreenOfAWholeRun) {
  Summary s;
  Record article = record(PageKind::article, 500);
  article.related = {{"u", "t", RelatedKind::next},
                     {"v", "t", RelatedKind::related},
                     {"w", "t", RelatedKind::related}};
  article.teasers = {{"a", "", true, ""}, {"b", "", false, ""}};
  article.quality.flags = {"paywalled"};
  for (int i = 0; i < 1000; ++i) s.add(article, 278'000);
  s.add(record(PageKind::listing, 80), 1000);
  for (int i = 0; i < 7; ++i)
    s.fail("p" + std::to_string(i), "p" + std::to_string(i) + " is empty");
  s.seconds = 2;
  s.outputs = {"records.jsonl"};
  EXPECT_EQ(summary_text(s, false),
            "1,001 pages, 7 failed in 2.00 s  (501 pages/s, 139 MB/s)\n"
            "  kinds     1,000 article  1 listing\n"
            "  body      500,080 words\n"
            "  related   3,000 links:  2,000 related  1,000 next\n"
            "  teasers   2,000, 1,000 of them cut off\n"
            "  flags     1,000 paywalled\n"
            "  failed    p0 is empty\n"
            "            p1 is empty\n"
            "            p2 is empty\n"
            "            p3 is empty\n"
            "            p4 is empty\n"
            "            and 2 more\n"
            "  written   records.jsonl\n");
}

TEST(SummaryText, OfOnePageIsSingular) {
  Summary s;
  s.add(record(PageKind::forum, 1), 10);
  s.seconds = 0.01;
  EXPECT_EQ(summary_text(s, false),
            "1 page in 0.01 s  (100 pages/s, 0.00 MB/s)\n"
            "  kinds     1 forum\n"
            "  body      1 word\n"
            "  related   0 links\n"
            "  teasers   0\n");
}

TEST(SummaryText, OfNothingSaysSo) {
  Summary s;
  s.interrupted = true;
  EXPECT_EQ(summary_text(s, false),
            "0 pages in 0.00 s\ninterrupted: the pages after these were not done\n");
}

TEST(SummaryText, LongListsWrapAndEnd) {
  Summary s;
  Record r = record(PageKind::article, 1);
  for (char c = 'a'; c < 'k'; ++c) r.quality.flags.push_back(std::string(12, c));
  s.add(r, 1);
  const std::string text = summary_text(s, false);
  EXPECT_NE(text.find("  flags     1 aaaaaaaaaaaa  1 bbbbbbbbbbbb  1 cccccccccccc  1 dddddddddddd\n"
                      "            1 eeeeeeeeeeee  1 ffffffffffff  and 4 more\n"),
            std::string::npos)
      << text;
}

TEST(SummaryText, NamesFromOutsideCannotSteerTheTerminal) {
  Summary s;
  s.fail("x", "a\x1b[2J\nb is empty");
  EXPECT_NE(summary_text(s, true).find("a\\x1b[2J\\nb is empty"), std::string::npos);
}

TEST(SummaryText, ColoursOnlyWhereTheyAreWanted) {
  Summary s;
  s.fail("x", "x is empty");
  EXPECT_NE(summary_text(s, true).find("\x1b[1;31m1 failed\x1b[0m"), std::string::npos);
  EXPECT_EQ(summary_text(s, false).find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace marrow
