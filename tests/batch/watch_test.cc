// What is watched of a run: drift alarms, hooks, metrics, the report; and the ways its output is cut.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "batch/drift.h"
#include "batch/hook.h"
#include "batch/metrics.h"
#include "batch/publish.h"
#include "support/job_rig.h"

namespace marrow {
namespace {

using test::JobRig;
using test::read_file;
using test::TempDir;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

// A site of articles, whose cleaner says of each page what the page says: "rules=0,1 words=300 flags=empty".
class DriftRig : public JobRig {
 public:
  explicit DriftRig(int pages) {
    job.visits.adaptive = false;
    cleaner.rule_names = {"site.pager", "site.teasers", "general.share"};
    cleaner.make = [this]() -> CleanPage {
      return [this](const Input& input, PageExtras* extras) {
        ++cleaned;
        Record record;
        record.id = input.id;
        record.url = input.url;
        record.body = input.bytes;
        record.rules = cleaner.rules;
        record.quality.confidence = 0.9F;
        record.quality.words = input.bytes.find("short") == std::string::npos ? 300 : 30;
        if (input.bytes.find("empty") != std::string::npos) record.quality.flags = {"empty"};
        if (input.bytes.find("index") != std::string::npos) record.kind = PageKind::listing;
        for (std::uint32_t rule = 0; rule < 3; ++rule)
          if (extras && input.bytes.find("rule" + std::to_string(rule)) != std::string::npos) extras->rules.push_back(rule);
        return record;
      };
    };
    for (int i = 0; i < pages; ++i) job.source.urls.push_back(web.url("/" + std::to_string(i) + ".html"));
    write(0, pages, "rule0 rule2");
  }
  void write(int from, int to, const std::string& says) {
    for (int i = from; i < to; ++i)
      page(std::to_string(i) + ".html", "<p>page " + std::to_string(i) + " time " + std::to_string(++time_) + " " + says);
  }

 private:
  int time_ = 0;
};

TEST(Drift, ATemplateChangeRaisesOneAlarmThatNamesHostAndRule) {
  DriftRig rig(20);
  MARROW_NEED_NGINX(rig.web);
  EXPECT_THAT(rig.run().alarms, SizeIs(0));
  EXPECT_THAT(rig.run().alarms, SizeIs(0));  // nothing new
  rig.write(0, 20, "rule0 rule2");           // new texts in the old template
  EXPECT_THAT(rig.run().alarms, SizeIs(0));

  rig.write(0, 20, "rule2");  // the pager is called something else
  RunSummary drifted = rig.run();
  ASSERT_THAT(drifted.alarms, SizeIs(1));
  EXPECT_EQ(drifted.alarms[0].host, "127.0.0.1");
  ASSERT_THAT(drifted.alarms[0].symptoms, SizeIs(1));
  EXPECT_EQ(drifted.alarms[0].symptoms[0].rule, "site.pager");
  EXPECT_EQ(sentence_of(drifted.alarms[0]), "127.0.0.1: rule site.pager decided on 100 % of 20 article pages, now on 0 %");
  EXPECT_EQ(drifted.exit_code(), 0);
  EXPECT_THAT(rig.file("report.json"), HasSubstr("\"rule\": \"site.pager\""));
  drifted.fail_on_drift = true;
  EXPECT_EQ(drifted.exit_code(), 4);

  EXPECT_THAT(rig.run().alarms, SizeIs(0));  // nothing new: told once
  rig.write(0, 20, "rule2");
  EXPECT_THAT(rig.run().alarms, SizeIs(0));  // these pages are as they were the last time
}

TEST(Drift, NewPagesAreComparedWithThoseOfEarlierRuns) {
  DriftRig rig(20);
  MARROW_NEED_NGINX(rig.web);
  rig.run();
  for (int i = 20; i < 26; ++i) rig.job.source.urls.push_back(rig.web.url("/" + std::to_string(i) + ".html"));
  rig.write(20, 26, "rule2 short");
  const RunSummary summary = rig.run();
  ASSERT_THAT(summary.alarms, SizeIs(1));
  ASSERT_THAT(summary.alarms[0].symptoms, SizeIs(2));
  EXPECT_EQ(summary.alarms[0].symptoms[0].rule, "site.pager");
  EXPECT_EQ(summary.alarms[0].symptoms[1].what, "words");
  EXPECT_EQ(summary.alarms[0].symptoms[1].was, 300);
  EXPECT_EQ(summary.alarms[0].symptoms[1].now, 30);
}

TEST(Drift, ADayOnWhichOnlyOtherPagesChangedIsNone) {
  DriftRig rig(26);
  MARROW_NEED_NGINX(rig.web);
  rig.write(20, 26, "index short rule2");  // without the articles' rule, and short, as they always were
  EXPECT_THAT(rig.run().alarms, SizeIs(0));
  for (int day = 0; day < 3; ++day) {
    rig.write(20, 26, "index short rule2");
    EXPECT_THAT(rig.run().alarms, SizeIs(0)) << day;
  }
  rig.write(0, 4, "short");  // too few to say anything
  EXPECT_THAT(rig.run().alarms, SizeIs(0));
}

TEST(Drift, EmptyPagesAndARuleThatWasTakenAway) {
  DriftRig rig(20);
  MARROW_NEED_NGINX(rig.web);
  rig.run();
  rig.cleaner.rule_names[2] = "general.other";  // the rule is no more: that is no drift
  rig.write(0, 12, "rule0 empty");
  rig.write(12, 20, "rule0");
  const RunSummary summary = rig.run();
  ASSERT_THAT(summary.alarms, SizeIs(1));
  ASSERT_THAT(summary.alarms[0].symptoms, SizeIs(1));
  EXPECT_EQ(summary.alarms[0].symptoms[0].what, "empty");
  EXPECT_DOUBLE_EQ(summary.alarms[0].symptoms[0].now, 0.6);
}

TEST(Drift, OlderGoodRecordsStayUntilTheRulesFitOrItIsAccepted) {
  DriftRig rig(10);
  MARROW_NEED_NGINX(rig.web);
  rig.job.output.file = "all.jsonl";
  rig.run();
  const std::string good = rig.file("all.jsonl");
  rig.write(0, 10, "rule2");
  for (int time = 0; time < 2; ++time) {  // as long as nobody does anything
    const RunSummary summary = rig.run();
    EXPECT_THAT(summary.alarms, SizeIs(1)) << time;
    EXPECT_EQ(summary.held, 10U) << time;
    EXPECT_EQ(rig.file("all.jsonl"), good) << time;
  }
  rig.cleaner.rules = "rules-2";
  rig.cleaner.make = [&, make = rig.cleaner.make]() -> CleanPage {  // rules that fit the new template
    return [clean = make()](const Input& input, PageExtras* extras) {
      Record record = clean(input, extras);
      if (extras) extras->rules = {0, 2};
      return record;
    };
  };
  EXPECT_THAT(rig.run().alarms, SizeIs(0));
  EXPECT_NE(rig.file("all.jsonl"), good);
  EXPECT_THAT(rig.file("all.jsonl"), Not(HasSubstr("rule0")));
}

TEST(Drift, WhatIsAcceptedIsTheNewUsual) {
  DriftRig rig(10);
  MARROW_NEED_NGINX(rig.web);
  rig.job.output.file = "all.jsonl";
  rig.run();
  rig.write(0, 10, "rule2");
  EXPECT_EQ(rig.run().held, 10U);
  {
    auto state = State::open(rig.job.state);
    ASSERT_TRUE(state && state->set_fact("accept 127.0.0.1", "1"));
  }
  const RunSummary accepted = rig.run();
  EXPECT_THAT(accepted.alarms, SizeIs(0));
  EXPECT_EQ(accepted.held, 0U);
  EXPECT_THAT(rig.file("all.jsonl"), Not(HasSubstr("rule0")));
  EXPECT_THAT(rig.run().alarms, SizeIs(0));
}

TEST(RunJob, RulesFiguresAndHostsAreInTheReportAndTheMetrics) {
  DriftRig rig(6);
  MARROW_NEED_NGINX(rig.web);
  rig.job.source.urls.push_back(rig.web.url("/missing.html"));
  rig.job.metrics = rig.dir / "metrics/marrow.prom";
  const RunSummary summary = rig.run();
  EXPECT_EQ(summary.rules_hit.at("site.pager"), 6U);
  EXPECT_EQ(summary.by_host.at("127.0.0.1").fetched, 6U);
  EXPECT_EQ(summary.by_host.at("127.0.0.1").reasons.at("http_error"), 1U);
  ASSERT_THAT(summary.slowest, SizeIs(6));
  EXPECT_TRUE(std::is_sorted(summary.slowest.begin(), summary.slowest.end(), [](const SlowPage& a, const SlowPage& b) { return a.seconds > b.seconds; }));
  const std::string report = rig.file("report.json");
  for (const char* part : {"\"slowest\": [\n    {\"url\": \"http://127.0.0.1:", "\"rules_hit\": {\"general.share\": 6, \"site.pager\": 6}", "\"by_host\": {\n    \"127.0.0.1\": {\"fetched\": 6",
                           "\"stages\": {\"read\": 0.000", "\"alarms\": []"})
    EXPECT_THAT(report, HasSubstr(part));
  const std::string metrics = read_file(rig.job.metrics);
  for (const char* part : {"# TYPE marrow_run_pages gauge\n", "marrow_run_pages{job=\"test\",outcome=\"fetched\"} 6\n",
                           "marrow_run_failed_pages{job=\"test\",reason=\"http_error\"} 1\n", "marrow_run_exit_code{job=\"test\"} 1\n",
                           "marrow_run_host_pages{job=\"test\",host=\"127.0.0.1\",outcome=\"failed\"} 1\n"})
    EXPECT_THAT(metrics, HasSubstr(part));
}

TEST(RunJob, HooksAreToldOfTheRunAndOfItsAlarms) {
  DriftRig rig(10);
  MARROW_NEED_NGINX(rig.web);
  const std::string told = rig.dir / "told";
  rig.job.hooks.on_finish = {"echo finish $MARROW_RUN $MARROW_EXIT_CODE \"$1\" >> " + told};
  rig.job.hooks.on_alarm = {"sh", "-c", "echo alarm $MARROW_ALARMS $1 >> " + told, "sh"};
  rig.run();
  EXPECT_EQ(read_file(told), "finish 1 0 " + rig.job.output.report + "\n");
  rig.write(0, 10, "rule2");
  rig.run();
  EXPECT_THAT(read_file(told), testing::EndsWith("alarm 1 " + rig.job.output.report + "\nfinish 2 0 " + rig.job.output.report + "\n"));
  rig.job.hooks.on_finish = {"exit 3"};
  rig.run();
  EXPECT_THAT(rig.watcher.messages, testing::Contains("the hook 'exit 3' ended with code 3"));
}

TEST(Hook, OneThatHangsIsKilledWithItsChildren) {
  const TempDir dir;
  Hook hook;
  hook.command = {"(sleep 60; echo late > " + (dir / "late") + ") & wait"};
  hook.patience = std::chrono::seconds{1};
  const Status status = run_hook(hook);
  ASSERT_FALSE(status);
  EXPECT_THAT(status.error().message, HasSubstr("took more than 1 s and was killed"));
  hook.command = {"/nowhere/at-all", "x"};
  const Status missing = run_hook(hook);
  ASSERT_FALSE(missing);
  EXPECT_THAT(missing.error().message, HasSubstr("cannot be started"));
}

TEST(RunJob, SegmentsAndTheManifest) {
  JobRig rig;
  MARROW_NEED_NGINX(rig.web);
  rig.job.output.file = "records-{run}.jsonl.gz";
  rig.job.output.segment = 2000;
  for (int i = 0; i < 5; ++i) rig.job.source.urls.push_back(rig.page(std::to_string(i) + ".html", std::string(1500, 'x')));
  const RunSummary summary = rig.run();
  const std::string out = rig.job.output.dir;
  EXPECT_THAT(summary.outputs, ElementsAre(out + "/records-000001-0001.jsonl.gz", out + "/records-000001-0002.jsonl.gz", out + "/records-000001-0003.jsonl.gz"));
  EXPECT_EQ(summary.manifest, out + "/manifest-000001.jsonl");
  const std::string manifest = rig.file("manifest-000001.jsonl");
  EXPECT_EQ(std::count(manifest.begin(), manifest.end(), '\n'), 5);
  EXPECT_THAT(manifest, HasSubstr("{\"url\": \"" + rig.job.source.urls[4] + "\", \"id\": \"" + rig.job.source.urls[4] +
                                  "\", \"file\": \"records-000001-0003.jsonl.gz\", \"sha256\": \""));
  EXPECT_THAT(manifest, HasSubstr("\"run\": 1, \"rules\": \"rules-1\""));
  EXPECT_EQ(rig.run().manifest, "");  // nothing new, nothing written
  EXPECT_FALSE(std::filesystem::exists(out + "/manifest-000002.jsonl"));
}

TEST(RunJob, AFolderKeepsOneFileAPageNamedByItsUrl) {
  JobRig rig;
  MARROW_NEED_NGINX(rig.web);
  rig.job.output.file = "pages/";
  rig.job.output.format = Format::text;
  const std::string a = rig.page("a.html", "a"), b = rig.page("b.html", "b");
  rig.job.source.lists = {rig.dir.write("list", "same\t" + a + "\nsame\t" + b + "\n")};
  rig.run();
  const std::string dir = rig.job.output.dir + "/pages/";
  EXPECT_EQ(read_file(dir + file_name("same", a) + ".txt"), "a\n");
  EXPECT_EQ(read_file(dir + file_name("same", b) + ".txt"), "b\n");
  rig.page("b.html", "b again");  // alone in its run, it still gets its own file
  rig.run();
  EXPECT_EQ(read_file(dir + file_name("same", a) + ".txt"), "a\n");
  EXPECT_EQ(read_file(dir + file_name("same", b) + ".txt"), "b again\n");
}

TEST(RunJob, ChangedRulesCleanWhatWasKeptWithoutTheNetwork) {
  JobRig rig;
  MARROW_NEED_NGINX(rig.web);
  rig.job.warc = rig.dir / "warc";
  rig.job.fetch.keep_exchange = true;
  rig.job.source.urls = {rig.page("a.html", "<p>a</p>"), rig.page("b.html", "<p>b</p>")};
  rig.run();
  const std::string asked = rig.web.access_log();

  rig.cleaner.rules = "rules-2";
  rig.job.offline = true;
  const RunSummary offline = rig.run();
  EXPECT_EQ(offline.recleaned, 2U);
  EXPECT_EQ(offline.written, 2U);
  EXPECT_EQ(rig.web.access_log(), asked);
  EXPECT_THAT(rig.file("records-000002.jsonl"), HasSubstr("\"body\":\"<p>b</p>\""));
  EXPECT_EQ(rig.run().written, 0U);  // done

  rig.job.offline = false;
  EXPECT_EQ(rig.run().unchanged, 2U);  // what was done offline is still asked for
  rig.cleaner.rules = "rules-3";       // and where rules changed, a 304 is enough
  const RunSummary online = rig.run();
  EXPECT_EQ(online.fetched, 0U);
  EXPECT_EQ(online.recleaned, 2U);

  rig.cleaner.rules = "rules-4";  // without what was kept, it is fetched again
  std::filesystem::remove_all(rig.job.warc);
  EXPECT_EQ(rig.run().reasons.at("not_kept"), 2U);
  EXPECT_EQ(rig.run().fetched, 2U);
}

TEST(RunJob, ARunThatIsKilledAfterItsWarcFileWasClosedLosesNothingOfIt) {
  JobRig rig;
  MARROW_NEED_NGINX(rig.web);
  rig.job.warc = rig.dir / "warc";
  rig.job.fetch.keep_exchange = true;
  rig.job.source.urls = {rig.page("a.html", "<p>a</p>")};
  rig.job.output.dir = rig.dir / "out";
  std::filesystem::create_directories(rig.job.output.dir + "/manifest-000001.jsonl");  // so that publishing fails
  EXPECT_FALSE(run_job(rig.job, rig.cleaner, rig.watcher));
  const std::string kept = read_file(rig.dir / "warc/test-000001.warc.gz");
  ASSERT_GT(kept.size(), 500U);
  std::filesystem::remove(rig.job.output.dir + "/manifest-000001.jsonl");
  const RunSummary summary = rig.run();
  EXPECT_EQ(summary.earlier, 1U);
  EXPECT_EQ(summary.written, 1U);
  EXPECT_EQ(read_file(rig.dir / "warc/test-000001.warc.gz"), kept);
}

}  // namespace
}  // namespace marrow
