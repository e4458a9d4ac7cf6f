// Whole runs of jobs against a real nginx: order, incremental fetching, failures, limits, the lock,
// the state.
#include "batch/run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <thread>

#include "batch/lock.h"
#include "batch/state.h"
#include "support/job_rig.h"

namespace marrow {
namespace {

using test::JobRig;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

// The ids of a JSONL file, in order.
std::vector<std::string> ids(const std::string& jsonl) {
  std::vector<std::string> found;
  for (std::size_t at = 0; (at = jsonl.find("{\"id\":", at)) != std::string::npos; ++at) {
    const std::size_t begin = jsonl.find('"', at + 6) + 1;
    found.push_back(jsonl.substr(begin, jsonl.find('"', begin) - begin));
  }
  return found;
}

TEST(RunJob, WritesRecordsInTheOrderOfTheSources) {
  JobRig rig("location = /slow.html { limit_rate 2k; }");
  MARROW_NEED_NGINX(rig.web);
  rig.job.source.urls = {rig.page("slow.html", std::string(3000, 's')),
                         rig.page("b.html", "<p>b</p>"), rig.page("a.html", "<p>a</p>"),
                         rig.web.url("/b.html#twice")};
  rig.job.fetch.per_host = 8;
  const RunSummary summary = rig.run();
  EXPECT_EQ(summary.exit_code(), 0);
  EXPECT_EQ(summary.urls, 3U);
  EXPECT_EQ(summary.fetched, 3U);
  EXPECT_EQ(summary.written, 3U);
  EXPECT_EQ(summary.output, rig.job.output.dir + "/records-000001.jsonl");
  EXPECT_EQ(ids(rig.file("records-000001.jsonl")),
            (std::vector<std::string>{rig.web.url("/slow.html"), rig.web.url("/b.html"),
                                      rig.web.url("/a.html")}));
  EXPECT_THAT(rig.file("report.json"), HasSubstr("\"written\": 3"));
  EXPECT_EQ(rig.watcher.last.done, 3U);
  EXPECT_EQ(rig.watcher.last.total, 3U);
}

TEST(RunJob, CleansOnlyWhatChanged) {
  JobRig rig(
      "location = /plain.html { etag off; add_header Last-Modified \"\"; if_modified_since off; }");
  MARROW_NEED_NGINX(rig.web);
  rig.job.source.urls = {rig.page("a.html", "<p>a</p>"), rig.page("b.html", "<p>b</p>"),
                         rig.page("plain.html", "<p>no validators</p>")};
  EXPECT_EQ(rig.run().written, 3U);

  RunSummary second = rig.run();
  EXPECT_EQ(second.run, 2U);
  EXPECT_EQ(second.unchanged, 3U);
  EXPECT_EQ(second.fetched, 1U);  // the page without validators came again, and was the same
  EXPECT_EQ(second.written, 0U);
  EXPECT_EQ(second.output, "");
  EXPECT_EQ(rig.cleaned, 0);

  rig.page("b.html", "<p>b, corrected</p>");
  RunSummary third = rig.run();
  EXPECT_EQ(third.cleaned, 1U);
  EXPECT_EQ(third.recleaned, 0U);
  EXPECT_EQ(ids(rig.file("records-000003.jsonl")),
            std::vector<std::string>{rig.web.url("/b.html")});

  rig.cleaner.rules = "rules-2";  // a 304 must not hide that the rules have changed
  RunSummary fourth = rig.run();
  EXPECT_EQ(fourth.cleaned, 3U);
  EXPECT_EQ(fourth.recleaned, 3U);
  EXPECT_EQ(fourth.written, 3U);
  EXPECT_EQ(rig.run().unchanged, 3U);
}

TEST(RunJob, AFileWithoutRunNumberIsTheWholePicture) {
  JobRig rig;
  MARROW_NEED_NGINX(rig.web);
  rig.job.output.file = "all.jsonl";
  rig.job.source.urls = {rig.page("a.html", "<p>a</p>"), rig.page("b.html", "<p>b</p>")};
  EXPECT_EQ(rig.run().written, 2U);
  const std::string first = rig.file("all.jsonl");
  EXPECT_EQ(rig.run().written, 0U);
  EXPECT_EQ(rig.file("all.jsonl"), first);
  rig.page("b.html", "<p>b, corrected</p>");
  EXPECT_EQ(rig.run().written, 2U);
  EXPECT_EQ(rig.cleaned, 1);
  EXPECT_THAT(rig.file("all.jsonl"), HasSubstr("corrected"));
  EXPECT_EQ(ids(rig.file("all.jsonl")).size(), 2U);
}

TEST(RunJob, FailuresAreCountedNamedAndLoseNothing) {
  JobRig rig;
  MARROW_NEED_NGINX(rig.web);
  rig.web.write("robots.txt", "User-agent: *\nDisallow: /private/\n");
  rig.job.source.urls = {rig.page("a.html", "<p>a</p>"), rig.web.url("/missing"),
                         rig.web.url("/private/x")};
  const RunSummary summary = rig.run();
  EXPECT_EQ(summary.exit_code(), 1);
  EXPECT_EQ(summary.failed, 2U);
  EXPECT_EQ(summary.written, 1U);
  EXPECT_EQ(summary.reasons.at("http_error"), 1U);
  EXPECT_EQ(summary.reasons.at("robots_disallowed"), 1U);
  EXPECT_THAT(rig.watcher.messages, Contains(rig.web.url("/missing") + ": HTTP 404"));
  EXPECT_THAT(rig.file("report.json"), HasSubstr("\"http_error\": 1"));
}

TEST(RunJob, AsksForRobotsOnceADayAndNotOnceARun) {
  JobRig rig;
  MARROW_NEED_NGINX(rig.web);
  rig.web.write("robots.txt", "User-agent: *\nDisallow: /private/\n");
  rig.job.visits.adaptive = false;
  rig.job.source.urls = {rig.page("a.html", "<p>a</p>"), rig.web.url("/private/x")};
  const auto asked = [&] {
    const std::string log = rig.web.access_log();
    std::size_t times = 0;
    for (std::size_t at = 0; (at = log.find("GET /robots.txt ", at)) != std::string::npos; ++at) ++times;
    return times;
  };
  for (int run = 0; run < 2; ++run) {
    EXPECT_EQ(rig.run().reasons.at("robots_disallowed"), 1U) << run;
    EXPECT_EQ(asked(), 1U) << run;
  }
  {
    auto state = State::open(rig.job.state);
    ASSERT_TRUE(state && state->execute("UPDATE robots SET asked_at = asked_at - 86400"));
  }
  rig.web.write("robots.txt", "User-agent: *\nAllow: /\n");
  EXPECT_EQ(rig.run().reasons.count("robots_disallowed"), 0U);
  EXPECT_EQ(asked(), 2U);
}

TEST(RunJob, ReadsListsSitemapsAndFeeds) {
  JobRig rig;
  MARROW_NEED_NGINX(rig.web);
  for (const char* name : {"1.html", "2.html", "3.html", "4.html"})
    rig.page(name, std::string("<p>") + name);
  const std::string base = rig.web.url("/");
  rig.web.write("index.xml", "<sitemapindex><sitemap><loc>/map.xml</loc></sitemap></sitemapindex>");
  rig.web.write("map.xml", "<urlset><url><loc>" + base +
                               "3.html</loc><lastmod>2026-11-02</lastmod></url><url><loc>" + base +
                               "old.html</loc><lastmod>2020-01-01</lastmod></url></urlset>");
  rig.web.write("feed.xml",
                "<rss><channel><item><link>" + base + "4.html</link></item></channel></rss>");
  rig.job.source.lists = {rig.dir.write(
      "list.tsv", "# comment\none\t" + base + "1.html\nnot a url\n{\"id\":\"two\",\"url\":\"" +
                      base + "2.html\"}\n")};
  rig.job.source.sitemaps = {base + "index.xml", base + "nowhere.xml"};
  rig.job.source.feeds = {base + "feed.xml"};
  rig.job.source.since = "2026-01-01";
  const RunSummary summary = rig.run();
  EXPECT_EQ(ids(rig.file("records-000001.jsonl")),
            (std::vector<std::string>{"one", "two", base + "3.html", base + "4.html"}));
  EXPECT_EQ(summary.problems, 2U);
  EXPECT_THAT(rig.watcher.messages,
              Contains(HasSubstr("list.tsv:3: not an http or https URL: not a url")));
  EXPECT_THAT(rig.watcher.messages, Contains(base + "nowhere.xml: cannot be had: HTTP 404"));
}

TEST(RunJob, IncludeAndExclude) {
  JobRig rig;
  MARROW_NEED_NGINX(rig.web);
  rig.job.source.urls = {rig.page("news/a.html", "a"), rig.page("news/tag/b.html", "b"),
                         rig.page("c.html", "c")};
  rig.job.source.include = {"/news/"};
  rig.job.source.exclude = {"/tag/"};
  EXPECT_EQ(rig.run().urls, 1U);
}

TEST(RunJob, AStoppedRunWritesWhatItHasAndTheNextOneDoesTheRest) {
  JobRig rig;
  MARROW_NEED_NGINX(rig.web);
  for (int i = 0; i < 10; ++i)
    rig.job.source.urls.push_back(rig.page(std::to_string(i) + ".html", "<p>x</p>"));
  rig.job.limits.max_pages = 4;
  RunSummary first = rig.run();
  EXPECT_EQ(first.written, 4U);
  EXPECT_EQ(first.not_reached, 6U);
  EXPECT_EQ(first.exit_code(), 0);
  rig.job.limits.max_pages = 0;
  RunSummary second = rig.run();
  EXPECT_EQ(second.earlier, 4U);  // not asked for a second time
  EXPECT_EQ(second.written, 6U);
  EXPECT_EQ(rig.run().unchanged, 10U);  // a new round

  const std::atomic<bool> stop{true};
  RunSummary stopped = rig.run(&stop);
  EXPECT_TRUE(stopped.interrupted);
  EXPECT_EQ(stopped.not_reached, 10U);
  EXPECT_EQ(stopped.exit_code(), 130);
}

// A process that dies in the middle of a run: its work is in the state, its run is still open.
TEST(RunJob, GoesOnWithARunThatWasKilled) {
  JobRig rig;
  MARROW_NEED_NGINX(rig.web);
  for (int i = 0; i < 10; ++i)
    rig.job.source.urls.push_back(rig.page(std::to_string(i) + ".html", "<p>x</p>"));
  const std::string undisturbed = [&] {
    rig.run();
    std::string bytes = rig.file("records-000001.jsonl");
    std::filesystem::remove_all(rig.dir / "out");
    std::filesystem::remove(rig.job.state);
    return bytes;
  }();
  rig.cleaned = 0;
  const pid_t child = fork();
  if (child == 0) {
    RunCleaner dying = rig.cleaner;
    dying.make = [&]() -> CleanPage {
      return [&, page = rig.cleaner.make()](const Input& input) {
        if (rig.cleaned > 5) {
          std::this_thread::sleep_for(
              std::chrono::milliseconds(600));  // what came before is committed
          _exit(9);
        }
        return page(input);
      };
    };
    test::Watcher watcher;
    (void)run_job(rig.job, dying, watcher);
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  ASSERT_EQ(WEXITSTATUS(status), 9);
  EXPECT_EQ(rig.file("records-000001.jsonl"), "");  // nothing half written is visible
  const RunSummary summary = rig.run();
  EXPECT_EQ(summary.run, 1U);
  EXPECT_GE(summary.earlier, 1U);
  EXPECT_EQ(summary.earlier + summary.cleaned, 10U);
  const auto strip_times = [](std::string text) {  // fetched at another second, else the same bytes
    return std::regex_replace(text, std::regex("20..-..-..T..:..:..Z"), "T");
  };
  EXPECT_EQ(strip_times(rig.file("records-000001.jsonl")), strip_times(undisturbed));
  EXPECT_EQ(rig.run().written, 0U);
}

TEST(RunJob, OneRunAtATime) {
  JobRig rig;
  MARROW_NEED_NGINX(rig.web);
  rig.job.source.urls = {rig.page("a.html", "a")};
  const auto lock = RunLock::take(rig.job.state);
  ASSERT_TRUE(lock && lock->held());
  const RunSummary summary = rig.run();
  EXPECT_TRUE(summary.locked);
  EXPECT_EQ(summary.exit_code(), 3);
  EXPECT_THAT(summary.holder, HasSubstr("process " + std::to_string(getpid())));
}

TEST(RunJob, KeepsWhatItFetched) {
  JobRig rig;
  MARROW_NEED_NGINX(rig.web);
  rig.job.warc = rig.dir / "warc";
  rig.job.fetch.keep_exchange = true;
  rig.job.source.urls = {rig.page("a.html", "<p>a</p>"), rig.page("b.html", "<p>b</p>")};
  EXPECT_EQ(rig.run().warc, rig.dir / "warc/test-000001.warc.gz");
  EXPECT_GT(test::read_file(rig.dir / "warc/test-000001.warc.gz").size(), 500U);
  EXPECT_EQ(rig.run().warc, "");  // nothing new: no file
  std::size_t archives = 0;
  for (const auto& file : std::filesystem::directory_iterator(rig.job.warc)) archives += file.path().extension() == ".gz";
  EXPECT_EQ(archives, 1U);
}

struct BadState {
  const char* name;
  std::string bytes, says;
};

TEST(RunJob, RefusesAStateFileThatIsNotItsOwn) {
  JobRig rig;
  MARROW_NEED_NGINX(rig.web);
  rig.job.source.urls = {rig.page("a.html", "a")};
  rig.run();
  std::string torn = test::read_file(rig.job.state);
  ASSERT_GT(torn.size(), 8192U);
  std::string newer = torn;
  newer[63] = 9;  // user_version, big-endian at 60..63
  std::string other = torn;
  other[71] = 'x';  // application_id at 68..71
  torn.replace(4096, 3000, 3000, '\x7f');
  const BadState rows[] = {
      {"text", "url,last fetch\nhttp://a,2026\n" + std::string(2000, 'x'),
       "is not a state file of marrow"},
      {"another program's", other, "another program"},
      {"newer", newer, "newer marrow"},
      {"damaged", torn, "damaged"},
  };
  for (const BadState& row : rows) {
    for (const char* side : {"-wal", "-shm"}) std::filesystem::remove(rig.job.state + side);
    std::ofstream(rig.job.state, std::ios::binary) << row.bytes;
    const auto summary = run_job(rig.job, rig.cleaner, rig.watcher);
    ASSERT_FALSE(summary) << row.name;
    EXPECT_THAT(summary.error().message, HasSubstr(row.says)) << row.name;
    EXPECT_THAT(summary.error().message, HasSubstr(rig.job.state)) << row.name;
    EXPECT_EQ(test::read_file(rig.job.state), row.bytes) << row.name << " was written to";
  }
}

TEST(RunJob, ErrorsNameTheThing) {
  JobRig rig;
  MARROW_NEED_NGINX(rig.web);
  rig.job.source.lists = {rig.dir / "none.txt"};
  const auto missing = run_job(rig.job, rig.cleaner, rig.watcher);
  ASSERT_FALSE(missing);
  EXPECT_THAT(missing.error().message, HasSubstr("none.txt"));
  rig.job.source.lists.clear();
  rig.job.source.urls = {rig.page("a.html", "a")};
  rig.job.output.dir = "/proc/marrow";
  const auto unwritable = run_job(rig.job, rig.cleaner, rig.watcher);
  ASSERT_FALSE(unwritable);
  EXPECT_THAT(unwritable.error().message, HasSubstr("/proc/marrow"));
}

}  // namespace
}  // namespace marrow
