// The fetcher against servers that do what they should not. Every URL ends with its own reason, and a run over all
// faults at once ends by itself.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ctime>

#include "fetch/fetcher.h"
#include "fetch/inflate.h"
#include "fetch/warc_writer.h"
#include "support/collector.h"
#include "support/fault_server.h"
#include "support/packed.h"
#include "support/program.h"

namespace marrow {
namespace {

using namespace std::chrono_literals;
using test::Collector;
using test::FaultServer;
using test::http_answer;
using test::http_head;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using Peer = FaultServer::Peer;

FetchOptions options() {
  FetchOptions options = test::test_options();
  options.robots = false;
  options.per_host = 100;
  options.retries = 0;
  return options;
}

std::vector<Response> run(const FetchOptions& options, Collector& collector) {
  auto fetcher = Fetcher::create(options);
  EXPECT_TRUE(fetcher) << fetcher.error().message;
  fetcher->run(collector);
  EXPECT_EQ(collector.responses.size(), collector.requests.size());
  return collector.responses;
}

std::string http_date(int seconds_from_now) {
  const std::time_t at = std::time(nullptr) + seconds_from_now;
  std::tm parts{};
  gmtime_r(&at, &parts);
  char text[64];
  return {text, std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts)};
}

struct Fault {
  const char* path;
  FaultServer::Script script;
  Outcome outcome;
  int status;
  const char* reason;  // how it begins
};

std::vector<Fault> faults() {
  static const std::string bomb = gzip_member(std::string(std::size_t{16} << 20, ' '));
  return {
      {"/good", [](Peer& p) { p.send(http_answer("<p>hello</p>")); }, Outcome::ok, 200, ""},
      {"/trickle", [](Peer& p) { p.send(http_head("200 OK")), p.trickle("<p>", 20ms); }, Outcome::too_slow, 200,
       "Operation too slow"},
      {"/trickled-headers", [](Peer& p) { p.send("HTTP/1.1 200 OK\r\nX: "), p.trickle("x", 20ms); },
       Outcome::too_slow, 200, "Operation too slow"},
      {"/silent", [](Peer& p) { p.hang(); }, Outcome::too_slow, 0, ""},
      {"/half-and-silent", [](Peer& p) { p.send(http_head("200 OK", "Content-Length: 100\r\n") + "<p>"), p.hang(); },
       Outcome::too_slow, 200, ""},
      {"/reset", [](Peer& p) { p.send(http_head("200 OK", "Content-Length: 100\r\n") + "<p>half"), p.pause(50ms), p.reset(); },
       Outcome::cut_off, 200, ""},
      {"/reset-at-once", [](Peer& p) { p.reset(); }, Outcome::cut_off, 0, ""},
      {"/empty", [](Peer&) {}, Outcome::cut_off, 0, "Empty reply"},
      {"/shorter", [](Peer& p) { p.send(http_head("200 OK", "Content-Length: 100\r\n") + "<p>short"); },
       Outcome::cut_off, 200, "transfer closed with 92 bytes remaining"},
      {"/longer", [](Peer& p) { p.send(http_head("200 OK", "Content-Length: 8\r\n") + "<p>more than 8"); },
       Outcome::ok, 200, ""},
      {"/cut-headers", [](Peer& p) { p.send("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Mo"); }, Outcome::cut_off, 200,
       "the connection ended within the headers"},
      {"/no-more-headers", [](Peer& p) { p.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n"); }, Outcome::cut_off, 200,
       "the connection ended within the headers"},
      {"/bare-newlines", [](Peer& p) { p.send("HTTP/1.1 200 OK\nContent-Type: text/html\n\n<p>hello"); }, Outcome::ok, 200, ""},
      {"/negative", [](Peer& p) { p.send(http_head("200 OK", "Content-Length: -1\r\n") + "<p>"); },
       Outcome::protocol_error, 200, "Invalid Content-Length"},
      {"/cut-chunk",
       [](Peer& p) { p.send(http_head("200 OK", "Transfer-Encoding: chunked\r\n") + "ff\r\nhalf a chunk"); },
       Outcome::cut_off, 200, ""},
      {"/bad-chunk", [](Peer& p) { p.send(http_head("200 OK", "Transfer-Encoding: chunked\r\n") + "zz\r\nx\r\n0\r\n\r\n"); },
       Outcome::cut_off, 200, "Illegal or missing hexadecimal"},
      {"/endless", [](Peer& p) { p.send(http_head("200 OK")), p.repeat(std::string(4096, 'x'), 100'000); },
       Outcome::too_large, 200, "body over 8000000 bytes"},
      {"/endless-error", [](Peer& p) { p.send(http_head("404 Not Found")), p.repeat(std::string(4096, 'x'), 100'000); },
       Outcome::too_large, 404, "error page over 8000000 bytes"},
      {"/endless-headers", [](Peer& p) { p.send("HTTP/1.1 200 OK\r\n"), p.repeat("X-More: and more\r\n", 1'000'000); },
       Outcome::headers_too_large, 200, "headers over 131072 bytes"},
      {"/endless-line", [](Peer& p) { p.send("HTTP/1.1 200 OK\r\nX: "), p.repeat(std::string(4096, 'x'), 100'000); },
       Outcome::headers_too_large, 200, "a header line over"},
      {"/endless-interim", [](Peer& p) { p.repeat("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n", 1'000'000); },
       Outcome::headers_too_large, 103, "headers over 131072 bytes"},
      {"/bomb",
       [](Peer& p) { p.send(http_head("200 OK", "Content-Encoding: gzip\r\n") + bomb); }, Outcome::bomb, 200,
       "decompressed to over 200 times"},
      {"/double-bomb",
       [](Peer& p) { p.send(http_head("200 OK", "Content-Encoding: gzip, gzip\r\n") + gzip_member(bomb)); },
       Outcome::bomb, 200, "decompressed to over 200 times"},
      {"/encodings",
       [](Peer& p) { p.send(http_head("200 OK", "Content-Encoding: gzip, gzip, gzip, gzip, gzip, gzip, gzip, gzip\r\n") + bomb); },
       Outcome::bad_encoding, 200, ""},
      {"/not-gzip", [](Peer& p) { p.send(http_head("200 OK", "Content-Encoding: gzip\r\n") + "<p>plain"); },
       Outcome::bad_encoding, 200, ""},
      {"/not-http", [](Peer& p) { p.send("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"); }, Outcome::protocol_error, 0,
       "Received HTTP/0.9"},
      {"/file", [](Peer& p) { p.send(http_answer("", "Location: file:///etc/passwd\r\n", "302 Found")); },
       Outcome::bad_redirect, 302, "redirect to file:///etc/passwd"},
      {"/secret-redirect",
       [](Peer& p) { p.send(http_answer("", "Location: ftp://joe:secret@127.0.0.1/\r\n", "302 Found")); },
       Outcome::bad_redirect, 302, "redirect to ftp://127.0.0.1/"},
      {"/gone", [](Peer& p) { p.send(http_answer("gone", "", "410 Gone")); }, Outcome::http_error, 410, "HTTP 410"},
      {"/wait-an-hour", [](Peer& p) { p.send(http_answer("", "Retry-After: 3600\r\n", "429 Too Many Requests")); },
       Outcome::http_error, 429, "HTTP 429"},
  };
}

FetchOptions fault_options() {
  FetchOptions it = options();
  it.low_speed_bytes = 1000;
  it.low_speed_time = std::chrono::seconds{2};
  it.total_timeout = Millis{60'000};
  it.max_bytes = 8'000'000;
  return it;
}

TEST(Faults, EachEndsWithItsReason) {
  FaultServer web;
  Collector collector;
  const std::vector<Fault> all = faults();
  for (const Fault& fault : all) {
    web.on(fault.path, fault.script);
    collector.add(web.url(fault.path));
  }
  run(fault_options(), collector);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Response& response = collector.of(i);
    EXPECT_EQ(name_of(response.outcome), name_of(all[i].outcome)) << all[i].path << ": " << response.reason;
    EXPECT_EQ(response.status, all[i].status) << all[i].path;
    EXPECT_THAT(response.reason, StartsWith(all[i].reason)) << all[i].path;
    EXPECT_EQ(response.reason.empty(), response.outcome == Outcome::ok) << all[i].path;
    EXPECT_TRUE(response.outcome == Outcome::ok || response.body.empty()) << all[i].path;
  }
  EXPECT_EQ(collector.of(9).body, "<p>more ");  // what is beyond the announced length belongs to nobody
}

// Collects, and once so many pages of the good host are through, lets the slow servers hang up: until then they hold on.
class Patient : public Collector {
 public:
  void done(Response response) override {
    const bool good = response.tag >= first_good;
    if (!good && !released) ++slow_before;
    Collector::done(std::move(response));
    if (!good || ++good_done < good_pages || released) return;
    released = true;
    for (const auto& server : slow) server->hang_up();
  }
  std::vector<std::unique_ptr<FaultServer>> slow;
  std::size_t first_good = 0, good_pages = 0, good_done = 0, slow_before = 0;
  bool released = false;
};

// Hosts that never come to an end, each with two pages and some in every place where a fetch can hang, before a good one: the
// good one's pages are all done while every slow host is still being waited for. No clock decides: the slow ones end because
// the good one has.
TEST(Faults, NoHostDelaysAnother) {
  const std::pair<const char*, FaultServer::Script> kinds[] = {
      {"/silent", [](Peer& p) { p.hang(); }},
      {"/trickle", [](Peer& p) { p.send(http_head("200 OK", "Content-Length: 100000\r\n")), p.trickle("<p>", 20ms); }},
      {"/trickled-headers", [](Peer& p) { p.send("HTTP/1.1 200 OK\r\nX: "), p.trickle("x", 20ms); }},
      {"/half-and-silent", [](Peer& p) { p.send(http_head("200 OK", "Content-Length: 100\r\n") + "<p>"), p.hang(); }},
      {"/interim", [](Peer& p) { p.send("HTTP/1.1 103 Early Hints\r\n\r\n"), p.hang(); }},
      {"/half-a-chunk", [](Peer& p) { p.send(http_head("200 OK", "Transfer-Encoding: chunked\r\n") + "ff\r\nhalf"), p.hang(); }},
  };
  FaultServer good;
  good.on("/a", http_answer("<p>hello</p>"));
  Patient collector;
  for (int copy = 0; copy < 3; ++copy)
    for (const auto& [path, script] : kinds) {
      FaultServer& server = *collector.slow.emplace_back(std::make_unique<FaultServer>());
      server.on(path, script);
      server.on("/robots.txt", copy == 2 ? script : [](Peer& p) { p.send(http_answer("", "", "404 Not Found")); });
      for (int page = 0; page < 2; ++page) collector.add(server.url(path));
    }
  collector.first_good = collector.requests.size();
  collector.good_pages = 30;
  for (int i = 0; i < 30; ++i) collector.add(good.url("/a?" + std::to_string(i)));
  FetchOptions wanted = options();
  wanted.robots = true;
  wanted.per_host = 1;
  wanted.delay = Millis{1};
  wanted.connect_timeout = wanted.total_timeout = Millis{240'000};  // of no account, unless the test fails
  wanted.low_speed_time = std::chrono::seconds{240};
  run(wanted, collector);
  EXPECT_TRUE(collector.released);
  EXPECT_EQ(collector.slow_before, 0U);
  for (const Response& response : collector.responses) {
    EXPECT_EQ(response.good(), response.tag >= collector.first_good) << response.url << ": " << response.reason;
  }
}

TEST(Faults, RetryAfterIsWaitedFor) {
  struct Row {
    const char* path;
    std::string retry_after;
    std::chrono::milliseconds least;
  };
  const Row rows[] = {{"/seconds", "1", 1000ms},
                      {"/date", http_date(3), 1500ms},  // whole seconds, and the test itself takes some
                      {"/past", "Sun, 06 Nov 1994 08:49:37 GMT", 0ms},
                      {"/nonsense", "soon", 0ms},
                      {"/none", "", 0ms}};
  for (const Row& row : rows) {
    FaultServer web;
    web.on(row.path, [&row](Peer& peer) {
      if (peer.visit > 0) return peer.send(http_answer("<p>now</p>"));
      const std::string field = row.retry_after.empty() ? "" : "Retry-After: " + row.retry_after + "\r\n";
      peer.send(http_answer("", field, row.least == 0ms ? "503 Service Unavailable" : "429 Too Many Requests"));
    });
    FetchOptions wanted = options();
    wanted.retries = 1;
    const Response response = test::fetch_one(wanted, web.url(row.path));
    EXPECT_EQ(response.outcome, Outcome::ok) << row.path << ": " << response.reason;
    EXPECT_EQ(response.tries, 2) << row.path;
    const auto visits = web.visits(row.path);
    ASSERT_EQ(visits.size(), 2U) << row.path;
    EXPECT_GE(visits[1].at - visits[0].at, row.least) << row.path;
  }
}

TEST(Faults, ABusyHostIsLeftAloneNotOnlyThePage) {
  FaultServer web;
  web.on("/busy", [](Peer& peer) {
    peer.send(peer.visit > 0 ? http_answer("<p>now</p>") : http_answer("", "Retry-After: 1\r\n", "429 Too Many Requests"));
  });
  web.on("/other", http_answer("<p>other</p>"));
  FetchOptions wanted = options();
  wanted.per_host = 1;
  wanted.retries = 1;
  Collector collector({web.url("/busy"), web.url("/other")});
  run(wanted, collector);
  EXPECT_EQ(collector.of(0).outcome, Outcome::ok);
  EXPECT_EQ(collector.of(1).outcome, Outcome::ok);
  EXPECT_GE(web.visits("/other")[0].at - web.visits("/busy")[0].at, 1000ms);
}

TEST(Faults, AMislabelledBodyIsAskedForPlainOnce) {
  FaultServer web;
  web.on("/a", [](Peer& peer) {
    const bool plain = peer.head.find("Accept-Encoding: identity") != std::string::npos;
    peer.send(plain ? http_answer("<p>plain</p>") : http_answer("<p>plain</p>", "Content-Encoding: gzip\r\n"));
  });
  const Response response = test::fetch_one(options(), web.url("/a"));
  EXPECT_EQ(response.outcome, Outcome::ok) << response.reason;
  EXPECT_EQ(response.body, "<p>plain</p>");
  EXPECT_EQ(web.visits().size(), 2U);
}

TEST(Faults, EveryEncodingThatIsAskedForIsRead) {
  const std::string brotli("\x1b\x03\x01\x00\xc4\x6d\x6c\x1f\xf1\x0d\x9f\x20\x28\x51\xe1\x33\x58\x35\xab\x30\xea\xfa\xf1\x60\x3e\x0c", 26);
  std::string twenty;
  for (int i = 0; i < 20; ++i) twenty += "<p>brotli</p>";
  const std::pair<const char*, std::string> kinds[] = {
      {"gzip", test::gzip(twenty)}, {"x-gzip", test::gzip(twenty)}, {"br", brotli}, {"zstd", test::zstd(twenty)}, {"identity", twenty}};
  for (const auto& [name, bytes] : kinds) {
    FaultServer web;
    web.on("/a", http_answer(bytes, "Content-Encoding: " + std::string(name) + "\r\n"));
    const Response response = test::fetch_one(options(), web.url("/a"));
    EXPECT_EQ(response.outcome, Outcome::ok) << name << ": " << response.reason;
    EXPECT_EQ(response.body, twenty) << name;
    EXPECT_EQ(response.received, bytes.size()) << name;
    EXPECT_THAT(web.visits("/a")[0].head, AllOf(HasSubstr("gzip"), HasSubstr("br"), HasSubstr("zstd"))) << name;
  }
}

TEST(Faults, AHostThatNeverAnswersIsGivenUp) {
  FaultServer web;
  web.on("/a", [](Peer& peer) { peer.hang(); });
  FetchOptions wanted = options();
  wanted.per_host = 1;
  wanted.total_timeout = Millis{100};
  Collector collector;
  for (int i = 0; i < 40; ++i) collector.add(web.url("/a?" + std::to_string(i)));
  run(wanted, collector);
  int given_up = 0;
  for (const Response& response : collector.responses) given_up += response.outcome == Outcome::host_down;
  EXPECT_EQ(given_up, 35);
  EXPECT_LE(web.visits().size(), 5U);
}

TEST(Faults, RobotsThatTrickleForbidTheirOwnHostOnly) {
  Patient collector;
  FaultServer good, &slow = *collector.slow.emplace_back(std::make_unique<FaultServer>());
  slow.on("/robots.txt", [](Peer& peer) { peer.send(http_head("200 OK", "Content-Length: 100000\r\n")), peer.trickle("#", 20ms); });
  slow.on("/a", http_answer("<p>not to be had</p>"));
  good.on("/a", http_answer("<p>hello</p>"));
  FetchOptions wanted = options();
  wanted.robots = true;
  wanted.total_timeout = Millis{240'000};
  wanted.low_speed_time = std::chrono::seconds{240};
  for (const std::string& url : {slow.url("/a"), slow.url("/b"), good.url("/a")}) collector.add(url);
  collector.first_good = 2;
  collector.good_pages = 1;
  run(wanted, collector);
  EXPECT_EQ(name_of(collector.of(0).outcome), "robots_unavailable");
  EXPECT_THAT(collector.of(0).reason, StartsWith("robots.txt: "));
  EXPECT_EQ(collector.of(2).outcome, Outcome::ok) << collector.of(2).reason;
  EXPECT_EQ(collector.responses.front().tag, 2U);
  EXPECT_TRUE(slow.visits("/a").empty());
}

TEST(Faults, EndlessRobotsCountUpToTheirLimit) {
  FaultServer web;
  web.on("/robots.txt", [](Peer& peer) {
    peer.send(http_head("200 OK") + "User-agent: *\nDisallow: /private\n");
    peer.repeat("# " + std::string(998, 'x') + "\n", 1'000'000);
  });
  web.on("/a", http_answer("<p>hello</p>"));
  FetchOptions wanted = options();
  wanted.robots = true;
  Collector collector({web.url("/a"), web.url("/private")});
  run(wanted, collector);
  EXPECT_EQ(collector.of(0).outcome, Outcome::ok) << collector.of(0).reason;
  EXPECT_EQ(collector.of(1).outcome, Outcome::robots_disallowed);
}

// Every hop is judged like a request of its own; only the first of these two addresses may be connected to.
TEST(Faults, ARedirectLeadsToNoAddressThatIsRefused) {
  FaultServer outside, inside("127.0.0.2");
  inside.on("/secret", http_answer("<p>secret</p>"));
  outside.on("/go", http_answer("", "Location: " + inside.url("/secret") + "\r\n", "302 Found"));
  outside.on("/stay", http_answer("<p>hello</p>"));
  FetchOptions wanted = options();
  wanted.allow_private = false;
  wanted.allow_addresses = {"127.0.0.1"};
  Collector collector({outside.url("/go"), outside.url("/stay")});
  run(wanted, collector);
  EXPECT_EQ(name_of(collector.of(0).outcome), "refused_address");
  EXPECT_EQ(collector.of(0).reason, "loopback address");
  EXPECT_EQ(collector.of(0).final_url, inside.url("/secret"));
  EXPECT_EQ(collector.of(1).outcome, Outcome::ok);
  EXPECT_TRUE(inside.visits().empty());
}

TEST(Faults, CookiesAreNeitherKeptNorSent) {
  FaultServer web;
  web.on("/a", http_answer("<p>a</p>", "Set-Cookie: id=1; Path=/\r\n"));
  web.on("/b", http_answer("", "Set-Cookie: id=2\r\nLocation: /a\r\n", "302 Found"));
  Collector collector({web.url("/a"), web.url("/b"), web.url("/a?2")});
  FetchOptions wanted = options();
  wanted.per_host = 1;
  run(wanted, collector);
  EXPECT_EQ(web.visits().size(), 4U);
  for (const FaultServer::Visit& visit : web.visits()) EXPECT_THAT(visit.head, Not(HasSubstr("Cookie")));
}

TEST(Faults, CredentialsGoToTheirHostAndNowhereElse) {
  FaultServer web, other("127.0.0.3");
  web.on("/a", http_answer("<p>a</p>"));
  web.on("/away", http_answer("", "Location: " + other.url("/b") + "\r\n", "302 Found"));
  other.on("/b", http_answer("<p>b</p>"));
  test::TempDir dir;
  FetchOptions wanted = options();
  wanted.keep_exchange = true;
  wanted.netrc = dir.write("netrc", "machine 127.0.0.1 login joe password s3cret\n");
  const std::string port = std::to_string(web.port());
  Collector collector({"http://ann:hidden@127.0.0.1:" + port + "/a", web.url("/away"), "http://bob:hidden@/nowhere"});
  run(wanted, collector);
  EXPECT_THAT(web.visits("/a")[0].head, HasSubstr("Authorization: Basic am9lOnMzY3JldA=="));
  EXPECT_THAT(other.visits("/b")[0].head, Not(HasSubstr("Authorization")));
  for (const Response& response : collector.responses) {
    const std::string all = response.url + response.final_url + response.reason + response.request_head +
                            response.response_head;
    const auto kept = gunzip(warc_exchange(response).bytes, 1 << 20);
    ASSERT_TRUE(kept);
    EXPECT_THAT(all + *kept, AllOf(Not(HasSubstr("hidden")), Not(HasSubstr("s3cret")), Not(HasSubstr("am9lOnMzY3JldA"))));
  }
  EXPECT_EQ(collector.of(0).url, web.url("/a"));
}

TEST(Faults, ProxiesAreAskedAndTheirPasswordIsNotKept) {
  FaultServer proxy;
  proxy.on("http://www.example/a", http_answer("<p>through the proxy</p>"));
  FetchOptions wanted = options();
  wanted.keep_exchange = true;
  wanted.allow_private = false;  // the proxy was chosen by the user, and connects by itself
  wanted.proxy = "http://joe:s3cret@127.0.0.1:" + std::to_string(proxy.port());
  const Response response = test::fetch_one(wanted, "http://www.example/a");
  EXPECT_EQ(response.outcome, Outcome::ok) << response.reason;
  EXPECT_EQ(response.body, "<p>through the proxy</p>");
  ASSERT_EQ(proxy.visits().size(), 1U);
  EXPECT_THAT(proxy.visits()[0].head, HasSubstr("Proxy-Authorization: Basic"));
  EXPECT_THAT(response.request_head, AllOf(HasSubstr("User-Agent: marrow/"), Not(HasSubstr("Authorization"))));
}

}  // namespace
}  // namespace marrow
