#include "report/run_data.h"

#include <gtest/gtest.h>

#include "report/plot.h"
#include "report/run_report.h"
#include "support/program.h"

namespace marrow {
namespace {

TEST(RunData, AReportWithItsRecords) {
  const test::TempDir dir;
  dir.write("records.jsonl",
            "{\"url\":\"https://b.example/2\",\"kind\":\"article\",\"status\":200,\"quality\":{\"confidence\":0.9,\"words\":300,\"flags\":[]}}\n"
            "no JSON\n"
            "{\"url\":\"https://a.example/<1>\",\"kind\":\"listing\",\"quality\":{\"confidence\":0.2,\"words\":7,\"flags\":[\"empty\"]}}\n");
  const std::string report = dir.write("run-3.json", "{\"run\": 3, \"failed\": 1, \"exit_code\": 1, \"reasons\": {\"timed_out\": 1}, \"hosts\": {}, \"output\": \"" + (dir / "records.jsonl") +
                                                        "\", \"slowest\": [{\"url\": \"https://b.example/2\", \"seconds\": 1.5}], \"unheard_of\": [1, {}]}");
  const Result<RunData> run = read_run(report);
  ASSERT_TRUE(run) << run.error().message;
  ASSERT_EQ(run->pages.size(), 2U);
  EXPECT_EQ(run->pages[0].host, "a.example");
  EXPECT_EQ(run->pages[1].words, 300);
  EXPECT_EQ(run->reasons.at("timed_out"), 1);
  EXPECT_EQ(worth_a_look(*run, 1, false), (std::vector<std::size_t>{0}));
  EXPECT_TRUE(worth_a_look(*run, 9, true).empty());  // none was kept
  const std::string html = run_report(*run);
  for (const char* part : {"<h1>Run 3</h1>", "timed_out", "https://a.example/&lt;1&gt;", "1500.0", "256 to 511 words: 1 pages"})
    EXPECT_NE(html.find(part), std::string::npos) << part;
  EXPECT_EQ(html.find("/<1>"), std::string::npos);
}

TEST(RunData, WhatIsNoRunIsRefused) {
  const test::TempDir dir;
  EXPECT_FALSE(read_run(dir / "no.json"));
  EXPECT_FALSE(read_run(dir.write("a.json", "{\"a\": 1}")));
  EXPECT_FALSE(read_run(dir.write("b.json", "[[[")));
  EXPECT_FALSE(read_run(dir.path()));
}

TEST(Plot, NoValuesAndOddOnesAreDrawn) {
  std::string out;
  append_bars("none", bars_by_magnitude({}, "words"), out);
  append_line("one", {{"run 1", 0, true}}, out);
  append_bars("tenths", bars_by_tenth({0, 1, 0.5, -1, 7}, "confidence"), out);
  EXPECT_EQ(out.find("nan"), std::string::npos);
  EXPECT_EQ(out.find("inf"), std::string::npos);
}

}  // namespace
}  // namespace marrow
