#include "batch/job.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace marrow {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kWhole = R"(
[source]
urls     = ["https://example.org/a"]
lists    = ["urls.txt", "/lists/more.tsv"]
sitemaps = ["https://example.org/sitemap.xml", "local.xml.gz"]
feeds    = ["https://example.org/feed"]
include  = ['/news/']
exclude  = ['/tag/', '\.pdf$']
since    = 2026-11-01
[fetch]
contact = "bot@example.org"
concurrency = 8
per_host = 2
delay = 0.5
timeout = "2m"
max_bytes = "5M"
robots = false
allow_private = true
allow_addresses = ['10.0.0.7', '::1']
warc = "kept"
[rules]
dirs = ["my-rules"]
[output]
dir = "../out"
file = "all.jsonl.zst"
format = "jsonl"
body = "markdown"
[state]
file = "seen.state"
[limits]
max_pages = 1000
max_runtime = "6h"
threads = 2
isolate = false
quarantine = "bad-pages"
max_time = 2.5
max_memory = "64M"
)";

TEST(ReadJob, EveryKey) {
  const auto job = parse_job("/jobs/daily.toml", kWhole);
  ASSERT_TRUE(job) << job.error().message;
  EXPECT_EQ(job->name, "daily");
  EXPECT_THAT(job->source.lists, ElementsAre("/jobs/urls.txt", "/lists/more.tsv"));
  EXPECT_THAT(job->source.sitemaps,
              ElementsAre("https://example.org/sitemap.xml", "/jobs/local.xml.gz"));
  EXPECT_THAT(job->source.exclude, ElementsAre("/tag/", "\\.pdf$"));
  EXPECT_EQ(job->source.since, "2026-11-01");
  EXPECT_EQ(job->fetch.contact, "bot@example.org");
  EXPECT_EQ(job->fetch.concurrency, 8U);
  EXPECT_EQ(job->fetch.per_host, 2U);
  EXPECT_EQ(job->fetch.delay, Millis{500});
  EXPECT_EQ(job->fetch.total_timeout, Millis{120'000});
  EXPECT_EQ(job->fetch.max_bytes, std::size_t{5} << 20);
  EXPECT_FALSE(job->fetch.robots);
  EXPECT_TRUE(job->fetch.allow_private);
  EXPECT_EQ(job->fetch.allow_addresses, (std::vector<std::string>{"10.0.0.7", "::1"}));
  EXPECT_TRUE(job->fetch.keep_exchange);
  EXPECT_EQ(job->warc, "/jobs/kept");
  EXPECT_THAT(job->clean.rule_dirs, ElementsAre("/jobs/my-rules"));
  EXPECT_EQ(job->clean.body, BodyFormat::markdown);
  EXPECT_EQ(job->output.dir, "/out");
  EXPECT_EQ(job->output.report, "/out/report.json");
  EXPECT_FALSE(job->output.by_run());
  EXPECT_EQ(job->state, "/jobs/seen.state");
  EXPECT_EQ(job->limits.max_pages, 1000U);
  EXPECT_EQ(job->limits.max_runtime, std::chrono::hours{6});
  EXPECT_EQ(job->limits.threads, 2U);
  EXPECT_FALSE(job->limits.isolate);
  EXPECT_EQ(job->limits.quarantine, "/jobs/bad-pages");
  EXPECT_EQ(job->clean.budget.max_millis, 2500U);
  EXPECT_EQ(job->clean.budget.max_memory, std::size_t{64} << 20);
  EXPECT_EQ(job->clean.budget.max_bytes, std::size_t{5} << 20);
}

TEST(ReadJob, DefaultsAreSafeAndPolite) {
  const auto job = parse_job("j.toml", "[source]\nurls=['http://a.example/']\n[output]\ndir='o'\n");
  ASSERT_TRUE(job) << job.error().message;
  EXPECT_TRUE(job->fetch.robots);
  EXPECT_FALSE(job->fetch.allow_private);
  EXPECT_EQ(job->fetch.delay, Millis{1000});
  EXPECT_EQ(job->fetch.per_host, 1U);
  EXPECT_EQ(job->state, "j.state");
  EXPECT_TRUE(job->output.by_run());
  EXPECT_FALSE(job->fetch.keep_exchange);
}

struct Row {
  const char* name;
  const char* text;
  std::vector<const char*> says;
};

TEST(ReadJob, RefusesWithThePlaceAndTheReason) {
  const Row rows[] = {
      {"unknown section",
       "[sourse]\n",
       {"j.toml:1:2:", "unknown key 'sourse'", "did you mean 'source'?"}},
      {"unknown key",
       "[fetch]\nper_hots = 1\n",
       {"j.toml:2:1:", "'per_hots' in [fetch]", "did you mean 'per_host'?"}},
      {"far from all", "[fetch]\nzzzzzzz = 1\n", {"j.toml:2:1:", "unknown key 'zzzzzzz'"}},
      {"wrong type",
       "[fetch]\nconcurrency = 'many'\n",
       {"j.toml:2:15:", "must be a whole number, not a string"}},
      {"out of range", "[fetch]\nconcurrency = 0\n", {"j.toml:2:15:", "between 1 and 1000"}},
      {"negative delay", "[fetch]\ndelay = -1\n", {"j.toml:2:9:", "between 0 and"}},
      {"not a number", "[fetch]\ndelay = nan\n", {"j.toml:2:9:"}},
      {"bad unit", "[fetch]\ndelay = '6w'\n", {"\"90s\""}},
      {"bytes overflow", "[fetch]\nmax_bytes = '999999G'\n", {"between 1K and 2G"}},
      {"not an address", "[fetch]\nallow_addresses = ['localhost']\n", {"j.toml:2:20:", "not a numeric address"}},
      {"not http", "[source]\nurls = ['ftp://a/']\n", {"j.toml:2:9:", "not an http or https URL"}},
      {"bad pattern", "[source]\nexclude = ['(']\n", {"j.toml:2:12:", "not a pattern: missing )"}},
      {"list of numbers", "[source]\nurls = [1]\n", {"j.toml:2:9:", "holds strings"}},
      {"section is a value", "source = 1\n", {"must be a table ([source])"}},
      {"header smuggling", "[fetch]\ncontact = \"a\\r\\nX: y\"\n", {"must be one line"}},
      {"format",
       "[output]\nformat = 'jsonn'\n",
       {"one of: jsonl, text, markdown", "did you mean 'jsonl'?"}},
      {"folder in file", "[output]\nfile = '../x'\n", {"j.toml:2:8:", "without folders"}},
      {"not TOML", "[source\n", {"j.toml:1:"}},
      {"no source", "[output]\ndir='o'\n", {"the job has no source"}},
      {"no output", "[source]\nurls=['http://a.example/']\n", {"the job has no output"}},
      {"empty", "", {"the job has no source"}},
  };
  for (const Row& row : rows) {
    const auto job = parse_job("j.toml", row.text);
    ASSERT_FALSE(job) << row.name;
    EXPECT_EQ(job.error().kind, ErrorKind::stop_run);
    for (const char* part : row.says) EXPECT_THAT(job.error().message, HasSubstr(part)) << row.name;
  }
}

TEST(ReadJob, MissingFileIsNamed) {
  const auto job = read_job("/nowhere/daily.toml");
  ASSERT_FALSE(job);
  EXPECT_THAT(job.error().message, HasSubstr("/nowhere/daily.toml"));
}

TEST(ReadJob, TheDemoJobIsValid) {
  const auto job = read_job(std::string(MARROW_SOURCE_DIR) + "/fixtures/demo.toml");
  EXPECT_TRUE(job) << job.error().message;
}

}  // namespace
}  // namespace marrow
