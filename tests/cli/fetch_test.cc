// marrow fetch: the program over real and faulty servers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>

#include "cli/program.h"
#include "support/fault_server.h"
#include "support/nginx.h"
#include "support/packed.h"

namespace marrow {
namespace {

using test::FaultServer;
using test::http_answer;
using test::http_head;
using test::marrow;
using test::Nginx;
using test::Ran;
using test::read_file;
using test::RunOptions;
using test::TempDir;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

// The report's line about a URL.
std::string line_of(const std::string& report, const std::string& url) {
  std::string found;
  for (const std::string& line : lines_of(report))
    if (line.starts_with("{\"url\":\"" + url + "\"")) found += line;
  return found;
}

Ran fetch(std::vector<std::string> arguments, const RunOptions& options = {}) {
  arguments.insert(arguments.begin(), "fetch");
  for (const char* more : {"--allow-private", "--delay", "0", "--no-progress"}) arguments.emplace_back(more);
  return marrow(arguments, options);
}

TEST(Fetch, AListIntoAFolderThatCleanReads) {
  Nginx web;
  MARROW_NEED_NGINX(web);
  web.write("a.html", "<title>A</title><p>First page.</p>");
  web.write("b.txt", "Second page, a text.");
  TempDir dir;
  const std::string list = dir.write("urls.tsv", "# two good ones\nfirst\t" + web.url("/a.html") + "\nsecond\t" +
                                                     web.url("/b.txt?utm_source=x#top") + "\n" + web.url("/missing") +
                                                     "\n" + web.url("/a.html") + "\nnot a URL\n");
  const Ran ran = fetch({list, "-o", dir / "pages", "--report", dir / "report.jsonl"});
  EXPECT_EQ(ran.exit, 1);
  EXPECT_EQ(ran.out, "");
  EXPECT_THAT(ran.err, AllOf(HasSubstr("urls.tsv:6: not an http or https URL"), HasSubstr("/missing: HTTP 404"),
                             HasSubstr("2 of 3 pages fetched, 1 failed")));
  EXPECT_EQ(read_file(dir / "pages/first.html"), "<title>A</title><p>First page.</p>");
  EXPECT_EQ(read_file(dir / "pages/second.txt"), "Second page, a text.");
  EXPECT_EQ(lines_of(read_file(dir / "pages/index.tsv")).size(), 2U);
  const std::string report = read_file(dir / "report.jsonl");
  EXPECT_EQ(lines_of(report).size(), 3U);
  EXPECT_THAT(line_of(report, web.url("/a.html")),
              AllOf(HasSubstr("\"id\":\"first\",\"status\":200,\"outcome\":\"ok\",\"reason\":\"\",\"bytes\":34"),
                    HasSubstr("\"file\":\"first.html\"")));
  EXPECT_THAT(line_of(report, web.url("/missing")),
              HasSubstr("\"status\":404,\"outcome\":\"http_error\",\"reason\":\"HTTP 404\",\"bytes\":0"));
  EXPECT_EQ(marrow({"clean", dir / "pages", "-o", dir / "records.jsonl"}).exit, 0);
  EXPECT_EQ(lines_of(read_file(dir / "records.jsonl")).size(), 2U);
}

TEST(Fetch, UrlsIntoAWarcFile) {
  Nginx web;
  MARROW_NEED_NGINX(web);
  web.write("a.html", "<p>kept</p>");
  TempDir dir;
  const std::string out = dir / "pages.warc.gz";
  EXPECT_EQ(fetch({web.url("/a.html"), "-o", out, "-q", "--contact", "me@example.org"}).exit, 0);
  const std::string warc = test::gunzip(read_file(out));
  EXPECT_THAT(warc, AllOf(HasSubstr("WARC-Type: warcinfo"), HasSubstr("http-header-user-agent: marrow/0.1.0 (+me@example.org)"),
                          HasSubstr("WARC-Type: request"), HasSubstr("WARC-Target-URI: " + web.url("/a.html")),
                          HasSubstr("<p>kept</p>")));
  EXPECT_THAT(dir.names(), ElementsAre("pages.warc.gz"));
}

TEST(Fetch, EveryUrlIsAccountedForOverFaults) {
  FaultServer web, other;
  web.on("/good", http_answer("<p>good</p>"));
  web.on("/silent", [](FaultServer::Peer& peer) { peer.hang(); });
  web.on("/reset", [](FaultServer::Peer& peer) { peer.send(http_head("200 OK", "Content-Length: 9\r\n") + "<p>"), peer.reset(); });
  web.on("/big", [](FaultServer::Peer& peer) { peer.send(http_head("200 OK")), peer.repeat(std::string(1000, 'x'), 10'000); });
  other.on("/robots.txt", http_answer("User-agent: marrow\nDisallow: /\n"));
  TempDir dir;
  const Ran ran = fetch({"-", "--report", "-", "--timeout", "0.5", "--max-bytes", "100000", "--retries", "0", "-q", "--per-host", "9"},
                        {.in = web.url("/good") + "\n" + web.url("/silent") + "\n" + web.url("/reset") + "\n" +
                               web.url("/big") + "\n" + other.url("/closed") + "\nhttp://no-such-host.invalid:1/\n"});
  EXPECT_EQ(ran.exit, 1);
  EXPECT_EQ(lines_of(ran.out).size(), 6U) << ran.out;
  EXPECT_THAT(line_of(ran.out, web.url("/good")), HasSubstr("\"outcome\":\"ok\""));
  EXPECT_THAT(line_of(ran.out, web.url("/silent")), HasSubstr("\"outcome\":\"timed_out\""));
  EXPECT_THAT(line_of(ran.out, web.url("/reset")), HasSubstr("\"outcome\":\"cut_off\""));
  EXPECT_THAT(line_of(ran.out, web.url("/big")), HasSubstr("\"outcome\":\"too_large\""));
  EXPECT_THAT(line_of(ran.out, other.url("/closed")), HasSubstr("\"outcome\":\"robots_disallowed\",\"reason\":\"robots.txt line 2: Disallow: /\""));
  EXPECT_THAT(line_of(ran.out, "http://no-such-host.invalid:1/"), HasSubstr("\"outcome\":\"dns_failed\""));
}

TEST(Fetch, SitesAreSearchedForSitemapsAndFeeds) {
  FaultServer web;
  web.on("/robots.txt", http_answer("User-agent: *\nDisallow: /closed\nSitemap: /map.xml\n"));
  web.on("/", http_answer("<link rel=alternate type=application/rss+xml href=/feed.xml>"));
  web.on("/map.xml", http_answer("<urlset><url><loc>" + web.url("/p1") + "</loc></url><url><loc>" + web.url("/closed/p2") +
                                     "</loc></url><url><loc>" + web.url("/tag/x") + "</loc></url></urlset>"));
  web.on("/feed.xml", http_answer("<rss><channel><item><link>" + web.url("/p3") + "</link></item><item><link>" +
                                      web.url("/p1?utm_medium=rss") + "</link></item></channel></rss>"));
  for (const char* path : {"/p1", "/p3"}) web.on(path, http_answer("<p>page</p>"));
  TempDir dir;
  const Ran ran = fetch({"--site", web.url("/"), "--exclude", "/tag/", "--report", dir / "r.jsonl", "-o", dir / "pages"});
  const std::string report = read_file(dir / "r.jsonl");
  EXPECT_EQ(lines_of(report).size(), 3U) << report << ran.err;
  EXPECT_THAT(line_of(report, web.url("/p1")), HasSubstr("\"status\":200"));
  EXPECT_THAT(line_of(report, web.url("/p3")), HasSubstr("\"status\":200"));
  EXPECT_THAT(line_of(report, web.url("/closed/p2")), HasSubstr("robots_disallowed"));
}

TEST(Fetch, RefusesPrivateAddressesUnlessTold) {
  FaultServer web;
  web.on("/a", http_answer("<p>inside</p>"));
  TempDir dir;
  const Ran refused = marrow({"fetch", web.url("/a"), "--report", "-", "-q"});
  EXPECT_EQ(refused.exit, 1);
  EXPECT_THAT(refused.out, HasSubstr("\"outcome\":\"refused_address\""));
  EXPECT_TRUE(web.visits().empty());
  EXPECT_EQ(marrow({"fetch", web.url("/a"), "--report", "-", "-q", "--allow-address", "127.0.0.1"}).exit, 0);
}

TEST(Fetch, PasswordsAppearNowhere) {
  FaultServer web;
  web.on("/a", http_answer("<p>a</p>"));
  TempDir dir;
  const std::string netrc = dir.write("netrc", "machine 127.0.0.1 login joe password s3cret\n");
  const std::string port = std::to_string(web.port());
  const Ran ran = fetch({"http://ann:hidden@127.0.0.1:" + port + "/a", "http://ann:hidden@127.0.0.1:" + port + "/missing",
                         "-o", dir / "x.warc.gz", "--netrc", netrc, "-vv", "--log-file", dir / "log", "--report", dir / "r"});
  EXPECT_EQ(ran.exit, 1);
  EXPECT_THAT(web.visits("/a")[0].head, HasSubstr("Authorization: Basic"));
  const std::string all = ran.out + ran.err + read_file(dir / "log") + read_file(dir / "r") +
                          test::gunzip(read_file(dir / "x.warc.gz"));
  EXPECT_THAT(all, HasSubstr("/missing"));
  EXPECT_THAT(all, AllOf(Not(HasSubstr("hidden")), Not(HasSubstr("s3cret")), Not(HasSubstr("Authorization"))));
}

TEST(Fetch, MistakesAreNamed) {
  TempDir dir;
  const struct {
    std::vector<std::string> arguments;
    const char* says;
  } rows[] = {
      {{}, "marrow: error: fetch: no SOURCE given"},
      {{"http://localhost/"}, "marrow: error: fetch: nothing to write: give -o, --report or both"},
      {{"ftp://localhost/", "-o", dir / "x"}, "marrow: error: fetch: 'ftp://localhost/' is not an http or https URL"},
      {{"--site", "here", "-o", dir / "x"}, "marrow: error: fetch: --site 'here' is not an http or https URL"},
      {{dir / "missing.txt", "-o", dir / "x"}, "missing.txt does not exist"},
      {{"http://localhost/", "-o", "/dev/null/x.warc.gz"}, "/dev/null/x.warc.gz.open: cannot open the file: Not a directory"},
      {{"http://localhost/", "-o", "/dev/null/x"}, "/dev/null/x: cannot make the folder: Not a directory"},
      {{"http://localhost/", "-o", dir / "x", "--include", "("}, "'(' is no pattern: missing ): ("},
  };
  for (const auto& row : rows) {
    const Ran ran = fetch(row.arguments);
    EXPECT_EQ(ran.exit, 2) << row.says;
    EXPECT_THAT(ran.err, HasSubstr(row.says));
  }
}

TEST(Fetch, AnInterruptedRunKeepsWhatItHas) {
  FaultServer web;
  web.on("/good", http_answer("<p>good</p>"));
  web.on("/slow", [](FaultServer::Peer& peer) { peer.pause(std::chrono::milliseconds{300}), peer.send(http_answer("<p>slow</p>")); });
  std::string list = web.url("/good") + "\n";
  for (int i = 0; i < 200; ++i) list += web.url("/slow?" + std::to_string(i)) + "\n";
  TempDir dir;
  RunOptions options;
  options.while_running = [&](pid_t pid) {
    for (int i = 0; i < 30'000 && web.visits("/slow").empty(); ++i) usleep(1000);
    kill(pid, SIGINT);
  };
  const Ran ran = fetch({dir.write("list", list), "-o", dir / "x.warc.gz", "--no-robots", "--report", dir / "r"}, options);
  EXPECT_EQ(ran.exit, 130) << ran.err;
  EXPECT_THAT(test::gunzip(read_file(dir / "x.warc.gz")), HasSubstr("<p>good</p>"));
  EXPECT_THAT(ran.err, HasSubstr("not reached"));
}

}  // namespace
}  // namespace marrow
