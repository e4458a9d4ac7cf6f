// marrow run with [crawl]: the related links that the cleaner finds are followed, so far and so many as the job says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "cli/program.h"
#include "support/fault_server.h"

namespace marrow {
namespace {

using test::FaultServer;
using test::http_answer;
using test::marrow;
using test::read_file;
using test::TempDir;
using testing::ElementsAre;
using testing::IsEmpty;

// An article with a list of related posts, as blogs write it.
std::string page(const std::string& name, const std::vector<std::string>& links) {
  std::string text = "<!doctype html><html lang=en><head><title>" + name + " on bees</title></head><body><article><h1>" + name + " on bees</h1>";
  for (int i = 0; i < 5; ++i)
    text += "<p>The letter from Brinmoor was short and it asked whether somebody could please come to the apiary before the "
            "weekend because the hive was damp again, and the answer was that somebody would.</p>";
  text += "</article><section class=related-posts><h2>Related posts</h2><ul>";
  for (const std::string& link : links) text += "<li><a href='" + link + "'>What thirteen years of " + link + " taught us</a></li>";
  return text + "</ul></section></body></html>";
}

// start -> one, two; one -> three, start; three -> four. And away: other host, forbidden, missing.
void serve(FaultServer& web, const std::string& other) {
  web.on("/robots.txt", http_answer("User-agent: *\nDisallow: /closed\n"));
  web.on("/start", http_answer(page("Start", {"/one?utm_source=start", "/two", "/closed", "/tag/bees", other})));
  web.on("/one", http_answer(page("One", {"/three", "/start", "/two#part"})));
  web.on("/two", http_answer(page("Two", {"/missing", "/one"})));
  web.on("/three", http_answer(page("Three", {"/four", "/one"})));
  web.on("/four", http_answer(page("Four", {"/start", "/one"})));
}

std::vector<std::string> asked(const FaultServer& web) {
  std::vector<std::string> paths;
  for (const FaultServer::Visit& visit : web.visits())
    if (visit.target != "/robots.txt") paths.push_back(visit.target);
  std::sort(paths.begin(), paths.end());
  return paths;
}

// The addresses of the records, in their order.
std::vector<std::string> written(const std::string& path, const std::string& base) {
  std::vector<std::string> paths;
  const std::string records = read_file(path);
  const std::string key = "\"url\":\"" + base;
  for (std::size_t at = 0; at < records.size(); at = records.find('\n', at) + 1) {
    const std::size_t from = records.find(key, at) + key.size();
    paths.push_back(records.substr(from, records.find('"', from) - from));
  }
  return paths;
}

std::string job_file(const TempDir& dir, const std::string& url, const std::string& crawl) {
  return dir.write("job.toml", "[source]\nurls = ['" + url + "']\nexclude = ['/tag/']\n[fetch]\ndelay = 0\nretries = 0\nallow_private = true\n"
                               "[crawl]\n" + crawl + "\n[output]\ndir = 'out'\nfile = 'records.jsonl'\n[limits]\nisolate = false\nthreads = 1\n");
}

TEST(Crawl, GoesAsDeepAsTold) {
  const struct {
    const char* crawl;
    std::vector<std::string> records;
  } rows[] = {{"depth = 0", {"/start"}},
              {"depth = 1", {"/start", "/one", "/two"}},
              {"depth = 2", {"/start", "/one", "/two", "/three"}},
              {"depth = 9", {"/start", "/one", "/two", "/three", "/four"}},
              {"depth = 9\nmax_pages = 1", {"/start", "/one"}}};
  for (const auto& row : rows) {
    FaultServer web, other;
    serve(web, other.url("/elsewhere"));
    TempDir dir;
    marrow({"run", job_file(dir, web.url("/start"), row.crawl), "-q"});
    EXPECT_EQ(written(dir / "out/records.jsonl", web.url("")), row.records) << row.crawl;
    EXPECT_THAT(other.visits(), IsEmpty()) << row.crawl;
    EXPECT_THAT(web.visits("/tag/bees"), IsEmpty()) << row.crawl;
    EXPECT_THAT(web.visits("/closed"), IsEmpty()) << row.crawl;
    for (const char* once : {"/start", "/one", "/two", "/three", "/four"}) EXPECT_LE(web.visits(once).size(), 1U) << once;
  }
}

TEST(Crawl, GoesElsewhereWhereTold) {
  FaultServer web, other;
  serve(web, other.url("/elsewhere"));
  other.on("/elsewhere", http_answer(page("Elsewhere", {})));
  TempDir dir;
  marrow({"run", job_file(dir, web.url("/start"), "depth = 1\nexternal = true"), "-q"});
  EXPECT_EQ(other.visits("/elsewhere").size(), 1U);
}

// Pages that have not changed are not cleaned again, and yet lead on.
TEST(Crawl, ASecondRunGoesTheSameWay) {
  FaultServer web;
  for (const char* path : {"/start", "/one"})
    web.on(path, [path](FaultServer::Peer& peer) {
      if (peer.head.find("If-None-Match: \"1\"") != std::string::npos)
        return peer.send("HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\nConnection: close\r\n\r\n");
      peer.send(http_answer(page(path + 1, {std::string(path) == "/start" ? "/one" : "/two"}), "ETag: \"1\"\r\n"));
    });
  web.on("/two", http_answer(page("Two", {})));
  TempDir dir;
  const std::string job = job_file(dir, web.url("/start"), "depth = 2");
  EXPECT_EQ(marrow({"run", job, "-q"}).exit, 0);
  EXPECT_EQ(marrow({"run", job, "-q"}).exit, 0);
  EXPECT_THAT(asked(web), ElementsAre("/one", "/one", "/start", "/start", "/two", "/two"));
  EXPECT_THAT(written(dir / "out/records.jsonl", web.url("")), ElementsAre("/start", "/one", "/two"));
}

}  // namespace
}  // namespace marrow
