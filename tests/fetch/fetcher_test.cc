// The fetcher against a real nginx: pages, conditional requests, redirects, robots.txt, TLS, many
// hosts.
#include "fetch/fetcher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <iterator>
#include <set>

#include "support/collector.h"
#include "support/nginx.h"

namespace marrow {
namespace {

using test::Collector;
using test::fetch_one;
using test::Nginx;
using test::test_options;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::vector<Response> run(const FetchOptions& options, Collector& collector) {
  auto fetcher = Fetcher::create(options);
  EXPECT_TRUE(fetcher);
  fetcher->run(collector);
  EXPECT_EQ(collector.responses.size(), collector.requests.size());
  return collector.responses;
}

TEST(Fetcher, FetchesAPageWithItsHeaders) {
  Nginx web;
  MARROW_NEED_NGINX(web);
  web.write("a.html", "<p>caf\xc3\xa9</p>" + std::string(500, 'x'));
  const Response page = fetch_one(test_options(), web.url("/a.html"));
  EXPECT_EQ(page.outcome, Outcome::ok) << page.reason;
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.body, "<p>caf\xc3\xa9</p>" + std::string(500, 'x'));
  EXPECT_LT(page.received, 200U);  // it came compressed
  EXPECT_EQ(page.content_type, "text/html");
  EXPECT_EQ(page.charset, "utf-8");
  EXPECT_NE(page.etag, "");
  EXPECT_NE(page.last_modified, "");
  EXPECT_EQ(page.final_url, web.url("/a.html"));
  EXPECT_EQ(page.address, "127.0.0.1");
  EXPECT_THAT(page.fetched_at, testing::MatchesRegex("20..-..-..T..:..:..Z"));
  EXPECT_THAT(web.access_log(), HasSubstr("|marrow/0.1.0 (+https://example.org/bot)|"));
  EXPECT_THAT(web.access_log(), HasSubstr("GET /robots.txt 404"));
}

TEST(Fetcher, AsksConditionally) {
  Nginx web;
  MARROW_NEED_NGINX(web);
  web.write("a.html", "<p>hello</p>");
  const Response first = fetch_one(test_options(), web.url("/a.html"));
  Collector again;
  again.add(web.url("/a.html"), first.etag);
  run(test_options(), again);
  EXPECT_EQ(again.of(0).outcome, Outcome::not_modified);
  EXPECT_EQ(again.of(0).status, 304);
  EXPECT_EQ(again.of(0).body, "");
  Collector forged;
  forged.add(web.url("/a.html"), "\"x\"\r\nEvil: yes");  // a validator cannot smuggle a header
  run(test_options(), forged);
  EXPECT_EQ(forged.of(0).outcome, Outcome::ok);
}

TEST(Fetcher, TellsHowItEnded) {
  Nginx web(R"(
    location = /gone { return 410; }
    location = /down { return 500; }
    location = /ok-redirect { return 301 /a.html#part; }
    location = /loop { return 302 /loop2; }
    location = /loop2 { return 302 /loop; }
    location ~ ^/far/(x*)$ { return 302 /far/x$1; }
    location = /file { return 302 file:///etc/passwd; }
    location = /ftp { return 302 ftp://127.0.0.1/a; }
    location = /nowhere { add_header Location ""; return 302; }
    location = /type { default_type image/png; return 200 "not an image"; }
  )");
  MARROW_NEED_NGINX(web);
  web.write("a.html", "<p>hello</p>");
  web.write("named.html", "%PDF-1.4 binary");
  struct Row {
    std::string path;
    Outcome outcome;
    int status;
    std::string reason;
  };
  const Row rows[] = {
      {"/a.html", Outcome::ok, 200, ""},
      {"/missing", Outcome::http_error, 404, "HTTP 404"},
      {"/gone", Outcome::http_error, 410, "HTTP 410"},
      {"/down", Outcome::http_error, 500, "HTTP 500"},
      {"/ok-redirect", Outcome::ok, 200, ""},
      {"/loop", Outcome::bad_redirect, 302, "redirect loop at "},
      {"/far/", Outcome::too_many_redirects, 302, "over 10 redirects"},
      {"/file", Outcome::bad_redirect, 302, "redirect to file:///etc/passwd"},
      {"/ftp", Outcome::bad_redirect, 302, "redirect to ftp://127.0.0.1/a"},
      {"/type", Outcome::wrong_type, 200, "image/png"},
      {"/named.html", Outcome::wrong_type, 200, "PDF"},
  };
  Collector collector;
  for (const Row& row : rows) collector.add(web.url(row.path));
  run(test_options(), collector);
  for (std::size_t i = 0; i < std::size(rows); ++i) {
    const Response& response = collector.of(i);
    EXPECT_EQ(name_of(response.outcome), name_of(rows[i].outcome))
        << rows[i].path << ": " << response.reason;
    EXPECT_EQ(response.status, rows[i].status) << rows[i].path;
    EXPECT_THAT(response.reason, StartsWith(rows[i].reason)) << rows[i].path;
  }
  EXPECT_EQ(collector.of(3).tries, 2);  // a 500 may pass: tried again
  EXPECT_EQ(collector.of(4).final_url, web.url("/a.html"));
  EXPECT_EQ(collector.of(4).redirects, 1);
}

TEST(Fetcher, RefusesWhatIsNoWebPageOrNotPublic) {
  FetchOptions options = test_options();
  options.allow_private = false;
  options.robots = false;
  struct Row {
    std::string url;
    Outcome outcome;
  };
  const Row rows[] = {
      {"file:///etc/passwd", Outcome::bad_url},
      {"ftp://example.org/", Outcome::bad_url},
      {"", Outcome::bad_url},
      {"http://", Outcome::bad_url},
      {"gopher://x/", Outcome::bad_url},
      {"http://127.0.0.1:1/", Outcome::refused_address},
      {"http://2130706433/", Outcome::refused_address},
      {"http://0x7f.1/", Outcome::refused_address},
      {"http://[::1]:1/", Outcome::refused_address},
      {"http://[::ffff:127.0.0.1]/", Outcome::refused_address},
      {"http://169.254.169.254/latest/", Outcome::refused_address},
      {"http://localhost:1/", Outcome::refused_address},
  };
  Collector collector;
  for (const Row& row : rows) collector.add(row.url);
  run(options, collector);
  for (std::size_t i = 0; i < std::size(rows); ++i)
    EXPECT_EQ(name_of(collector.of(i).outcome), name_of(rows[i].outcome))
        << rows[i].url << ": " << collector.of(i).reason;
}

TEST(Fetcher, ObeysRobots) {
  Nginx web;
  MARROW_NEED_NGINX(web);
  web.write(
      "robots.txt",
      "User-agent: *\nAllow: /\n\nUser-agent: Marrow\nDisallow: /private\nAllow: /private/open\n");
  web.write("a.html", "<p>hello</p>");
  web.write("private/a.html", "<p>secret</p>");
  web.write("private/open.html", "<p>open</p>");
  Collector collector(
      {web.url("/a.html"), web.url("/private/a.html"), web.url("/private/open.html")});
  run(test_options(), collector);
  EXPECT_EQ(collector.of(0).outcome, Outcome::ok);
  EXPECT_EQ(collector.of(1).outcome, Outcome::robots_disallowed);
  EXPECT_EQ(collector.of(1).reason, "robots.txt line 5: Disallow: /private");
  EXPECT_EQ(collector.of(2).outcome, Outcome::ok);
  const std::string log = web.access_log();
  EXPECT_THAT(log, Not(HasSubstr("GET /private/a.html")));
  EXPECT_EQ(log.find("/robots.txt"), log.rfind("/robots.txt"));  // asked for once
  FetchOptions rude = test_options();
  rude.robots = false;
  EXPECT_EQ(fetch_one(rude, web.url("/private/a.html")).outcome, Outcome::ok);
}

TEST(Fetcher, UnavailableRobotsForbidForNow) {
  Nginx web("location = /robots.txt { return 503; }");
  MARROW_NEED_NGINX(web);
  web.write("a.html", "<p>hello</p>");
  const Response page = fetch_one(test_options(), web.url("/a.html"));
  EXPECT_EQ(page.outcome, Outcome::robots_unavailable);
  EXPECT_EQ(page.reason, "robots.txt: HTTP 503");
}

TEST(Fetcher, RedirectedPagesMeetTheRobotsOfTheirTarget) {
  Nginx web("location = /go { return 302 /private/a.html; }");
  MARROW_NEED_NGINX(web);
  web.write("robots.txt", "User-agent: *\nDisallow: /private\n");
  EXPECT_EQ(fetch_one(test_options(), web.url("/go")).outcome, Outcome::robots_disallowed);
}

TEST(Fetcher, KeepsTheDelayOfEachHostAndUsesTheOthersMeanwhile) {
  constexpr int kHosts = 20, kPages = 4;
  Nginx web("", kHosts);
  MARROW_NEED_NGINX(web);
  Collector collector;
  for (int page = 0; page < kPages; ++page) {
    web.write(std::to_string(page) + ".html", "<p>hello</p>");
    for (std::size_t host = 0; host < kHosts; ++host)
      collector.add(web.url("/" + std::to_string(page) + ".html", host));
  }
  FetchOptions options = test_options();
  options.delay = Millis{200};
  const auto start = std::chrono::steady_clock::now();
  run(options, collector);
  const auto took = std::chrono::steady_clock::now() - start;
  for (const Response& response : collector.responses)
    EXPECT_EQ(response.outcome, Outcome::ok) << response.reason;
  EXPECT_GE(took, Millis{200 * (kPages - 1)});  // no host was asked faster …
  EXPECT_LT(took,
            Millis{200 * kPages * kHosts / 2});  // … and they were not asked one after the other
}

TEST(Fetcher, VerifiesCertificates) {
  Nginx web("", 1, true);
  MARROW_NEED_NGINX(web);
  web.write("a.html", "<p>hello</p>");
  FetchOptions options = test_options();
  const Response unknown = fetch_one(options, web.tls_url("/a.html"));
  EXPECT_EQ(unknown.outcome, Outcome::robots_unavailable) << unknown.reason;
  options.robots = false;
  EXPECT_EQ(fetch_one(options, web.tls_url("/a.html")).outcome, Outcome::tls_failed);
  options.robots = true;
  options.ca_file = web.ca_file();
  const Response known = fetch_one(options, web.tls_url("/a.html"));
  EXPECT_EQ(known.outcome, Outcome::ok) << known.reason;
  EXPECT_THAT(web.access_log(), HasSubstr("HTTP/2"));
}

// Connections are kept and used again: as many as there are transfers at once, not as there are pages; and when all is done
// the process has as many files open as before.
TEST(Fetcher, UsesConnectionsAgain) {
  Nginx web("add_header X-Connection $connection always;");
  MARROW_NEED_NGINX(web);
  web.write("a.html", "<p>hello</p>");
  const auto open_files = [] {
    const std::filesystem::directory_iterator files("/proc/self/fd");
    return std::distance(begin(files), end(files));
  };
  const auto before = open_files();
  FetchOptions options = test_options();
  options.per_host = 4;
  options.keep_exchange = true;
  Collector collector;
  for (int i = 0; i < 300; ++i) collector.add(web.url("/a.html?" + std::to_string(i)));
  run(options, collector);
  std::set<std::string> connections;
  for (const Response& response : collector.responses) {
    const std::size_t at = response.response_head.find("X-Connection: ");
    ASSERT_NE(at, std::string::npos) << response.response_head;
    connections.insert(response.response_head.substr(at, response.response_head.find('\r', at) - at));
  }
  EXPECT_LE(connections.size(), 5U);  // four for pages, and one may have been robots.txt's
  EXPECT_EQ(open_files(), before);
}

class Stopper : public Collector {
 public:
  using Collector::Collector;
  bool stopped() override { return responses.size() >= 3; }
};

TEST(Fetcher, AccountsForEveryRequestWhenStopped) {
  Nginx web;
  MARROW_NEED_NGINX(web);
  web.write("a.html", "<p>hello</p>");
  Stopper stopper;
  for (int i = 0; i < 200; ++i) stopper.add(web.url("/a.html?" + std::to_string(i)));
  auto fetcher = Fetcher::create(test_options());
  fetcher->run(stopper);
  int finished = 0, interrupted = 0;
  for (const Response& response : stopper.responses)
    ++(response.outcome == Outcome::ok ? finished : interrupted);
  EXPECT_GE(finished, 3);
  EXPECT_EQ(finished + interrupted, 200);
}

}  // namespace
}  // namespace marrow
