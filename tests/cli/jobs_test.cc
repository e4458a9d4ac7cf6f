// Verbs around jobs, from outside: init, run --check, schedule, explain-skip, state.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>

#include "cli/program.h"
#include "support/nginx.h"

namespace marrow::test {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Init, WritesAJobThatIsSoundAndNeverOverwrites) {
  const TempDir dir;
  const std::string job = dir / "news.toml";
  const Ran made = marrow({"init", job});
  EXPECT_EQ(made.exit, 0) << made.err;
  const Ran checked = marrow({"run", "--check", job});
  EXPECT_EQ(checked.exit, 0) << checked.err;
  EXPECT_THAT(checked.out, HasSubstr("the job is sound"));
  const std::string text = read_file(job);
  EXPECT_EQ(marrow({"init", job}).exit, 2);
  EXPECT_EQ(read_file(job), text);
  EXPECT_EQ(marrow({"init", "-"}).out, text);
}

// Every key that the starter shows behind '#' is one the program takes.
TEST(Init, EveryKeyThatItShowsIsTaken) {
  const TempDir dir;
  std::string text = marrow({"init", "-"}).out, all;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string line = text.substr(at, end - at);
    at = end + 1;
    const bool key = line.starts_with("# ") && line.find(" = ") != std::string::npos && line.find_first_of(" =", 2) < 16;
    if (key && line[2] >= 'a' && line[2] <= 'z') line.erase(0, 2);
    all += line + "\n";
  }
  dir.write("urls.txt", "");
  std::filesystem::create_directory(dir / "my-rules");
  const Ran checked = marrow({"run", "--check", dir.write("all.toml", all)});
  EXPECT_EQ(checked.exit, 0) << checked.err;
  EXPECT_THAT(all, HasSubstr("\nsegment "));
}

constexpr const char* kJob = "[source]\nurls = ['http://127.0.0.1:1/a']\n[output]\ndir = 'out dir'\n";

TEST(Schedule, PrintsACrontabLineAndShutInUnits) {
  const TempDir dir;
  const std::string job = dir.write("daily news.toml", kJob);
  const Ran ran = marrow({"schedule", job, "--every", "6h"});
  ASSERT_EQ(ran.exit, 0) << ran.err;
  EXPECT_THAT(ran.out, testing::ContainsRegex("\n[0-9]+ [0-5]-23/6 \\* \\* \\*  .*marrow run '.*/daily news.toml' --quiet\n"));
  for (const char* part : {"NoNewPrivileges=yes\n", "MemoryMax=2048M\n", "Type=oneshot\n", "OnCalendar=0", "marrow-daily_news.timer\n", "/daily news.toml\" --quiet"})
    EXPECT_THAT(ran.out, HasSubstr(part));
  struct Row {
    const char* every;
    const char* says;
  };
  const Row rows[] = {{"15m", "-59/15 * * * *"}, {"1h", " * * * *"}, {"1d", " * * *"}, {"7h", "cron knows no such period"}, {"7h", "OnUnitActiveSec=25200s"}};
  for (const Row& row : rows) EXPECT_THAT(marrow({"schedule", job, "--every", row.every}).out, HasSubstr(row.says)) << row.every;
  for (const char* bad : {"6", "h", "30s", "6 hours", "-1h", "999999d"}) {
    const Ran refused = marrow({"schedule", job, "--every", bad});
    EXPECT_EQ(refused.exit, 2) << bad;
  }
}

TEST(Schedule, UnitsAreWrittenAndSystemdReadsThem) {
  const TempDir dir;
  const std::string job = dir.write("news.toml", kJob);
  const Ran ran = marrow({"schedule", job, "--every", "1d", "--dir", dir / "units"});
  ASSERT_EQ(ran.exit, 0) << ran.err;
  const std::string service = dir / "units/marrow-news.service", timer = dir / "units/marrow-news.timer";
  EXPECT_THAT(read_file(timer), HasSubstr("Persistent=yes"));
  EXPECT_THAT(read_file(service), HasSubstr(job));
  if (!std::filesystem::exists("/usr/bin/systemd-analyze")) GTEST_SKIP() << "no systemd-analyze here";
  const Ran verified = run("/usr/bin/systemd-analyze", {"verify", "--man=no", "--recursive-errors=no", service, timer});
  EXPECT_THAT(verified.err, Not(HasSubstr("marrow-news"))) << verified.err;
}

// More than one piece of output, of pages that are refused without a network.
TEST(StateVerbs, ListEveryPageOnce) {
  constexpr int kPages = 1500;
  const TempDir dir;
  std::string urls;
  for (int i = 0; i < kPages; ++i) urls += "http://127.0.0.1:9/" + std::to_string(i) + "\n";
  dir.write("urls.txt", urls);
  const std::string job = dir.write("job.toml", "[source]\nlists = ['urls.txt']\n[fetch]\ndelay = 0\n[output]\ndir = 'out'\n");
  ASSERT_EQ(marrow({"run", job, "-q"}).exit, 1);
  const Ran pages = marrow({"state", "pages", job});
  ASSERT_EQ(pages.exit, 0) << pages.err;
  std::istringstream lines(pages.out);
  int count = 0;
  for (std::string line; std::getline(lines, line); ++count)
    EXPECT_TRUE(line.starts_with("{\"url\": \"http://127.0.0.1:9/" + std::to_string(count) + "\", ") && line.ends_with("}")) << line;
  EXPECT_EQ(count, kPages);
}

TEST(StateVerbs, LookAtAJobAndSayWhyAPageIsPassedOver) {
  const Nginx web;
  MARROW_NEED_NGINX(web);
  const TempDir dir;
  web.write("a.html", "<title>A</title><article><p>A page with a sentence in it, and another one behind it.</article>");
  const std::string job = dir.write("job.toml", "[source]\nurls = ['" + web.url("/a.html") + "', '" + web.url("/missing.html") +
                                                    "']\nexclude = ['/tag/']\n[fetch]\nallow_private = true\ndelay = 0\n[output]\ndir = 'out'\n");
  const Ran early = marrow({"state", "show", job});
  EXPECT_EQ(early.exit, 2);
  EXPECT_THAT(early.err, HasSubstr("has not been run yet"));
  EXPECT_FALSE(std::filesystem::exists(dir / "job.state"));

  const Ran ran = marrow({"run", job, "-q"});
  ASSERT_EQ(ran.exit, 1) << ran.err;
  const Ran shown = marrow({"state", "show", job});
  EXPECT_EQ(shown.exit, 0) << shown.err;
  EXPECT_THAT(shown.out, HasSubstr("pages    2 known, 1 cleaned, 0 kept"));
  EXPECT_THAT(shown.out, HasSubstr("http_error  1\n"));
  const Ran pages = marrow({"state", "pages", job});
  EXPECT_THAT(pages.out, HasSubstr("{\"url\": \"" + web.url("/a.html") + "\", \"outcome\": \"ok\", \"status\": 200"));
  EXPECT_THAT(pages.out, HasSubstr("\"file\": \"records-000001.jsonl\""));
  EXPECT_THAT(marrow({"state", "check", job}).out, HasSubstr("sound"));
  EXPECT_EQ(marrow({"state", "vacuum", job}).exit, 0);
  EXPECT_EQ(marrow({"state", "accept", job, "127.0.0.1"}).exit, 0);

  struct Row {
    std::string url, says;
  };
  const Row rows[] = {
      {web.url("/a.html"), "was made by the rules and the program in force"},
      {web.url("/a.html"), "The next run asks for it conditionally (ETag)"},
      {web.url("/a.html?utm_source=x#top"), "stands in records-000001.jsonl"},
      {web.url("/missing.html"), "Its last visit ended as http_error (HTTP 404)"},
      {web.url("/tag/x"), "exclude = '/tag/' leaves it out"},
      {web.url("/elsewhere"), "No run has seen it"},
  };
  for (const Row& row : rows) {
    const Ran why = marrow({"explain-skip", job, row.url});
    EXPECT_EQ(why.exit, 0) << why.err;
    EXPECT_THAT(why.out, HasSubstr(row.says)) << row.url;
  }
  EXPECT_EQ(marrow({"explain-skip", job, "ftp://x"}).exit, 2);
  EXPECT_THAT(marrow({"run", "--offline", job}).err, HasSubstr("--offline needs pages that were kept"));
}

}  // namespace
}  // namespace marrow::test
