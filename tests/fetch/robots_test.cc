#include "fetch/robots.h"

#include <gtest/gtest.h>

namespace marrow {
namespace {

struct Row {
  const char *name, *rules, *url;
  bool allowed;
};

TEST(Robots, DecidesAsRfc9309Says) {
  const char* rfc =
      "User-Agent: *\nDisallow: *.gif$\nDisallow: /example/\nAllow: /publications/\n\n"
      "User-Agent: foobot\nDisallow:/\nAllow:/example/page.html\nAllow:/example/allowed.gif\n\n"
      "User-Agent: barbot\nUser-Agent: bazbot\nDisallow: /example/page.html\n\nUser-Agent: "
      "quxbot\n";
  const struct {
    const char *agent, *path;
    bool allowed;
  } examples[] = {{"foobot", "/", false},
                  {"foobot", "/example/page.html", true},
                  {"foobot", "/example/allowed.gif", true},
                  {"barbot", "/example/page.html", false},
                  {"bazbot", "/example/page.html", false},
                  {"bazbot", "/example/", true},
                  {"quxbot", "/example/", true},
                  {"other", "/example/", false},
                  {"other", "/a.gif", false},
                  {"other", "/a.gif?x", true},
                  {"other", "/publications/", true}};
  for (const auto& row : examples)
    EXPECT_EQ(Robots::parse(rfc, row.agent).decide(row.path).allowed, row.allowed)
        << row.agent << " " << row.path;
}

TEST(Robots, PathsAndPatterns) {
  const Row rows[] = {
      {"empty file", "", "/a", true},
      {"empty disallow", "User-agent: *\nDisallow:\n", "/a", true},
      {"prefix", "User-agent: *\nDisallow: /a\n", "/ab", false},
      {"case of the path", "User-agent: *\nDisallow: /A\n", "/a", true},
      {"case of the keys", "USER-AGENT: *\ndisALLOW: /a\n", "/a", false},
      {"comment", "User-agent: * # all\nDisallow: /a # not this\n", "/a", false},
      {"CR line ends", "User-agent: *\rDisallow: /a\r", "/a", false},
      {"byte order mark", "\xef\xbb\xbfUser-agent: *\nDisallow: /a\n", "/a", false},
      {"longest wins", "User-agent: *\nDisallow: /a\nAllow: /a/b\n", "/a/b", true},
      {"allow wins a tie", "User-agent: *\nDisallow: /a\nAllow: /a\n", "/a", true},
      {"star", "User-agent: *\nDisallow: /*/print\n", "/x/y/print", false},
      {"end", "User-agent: *\nDisallow: /a$\n", "/ab", true},
      {"end after star", "User-agent: *\nDisallow: /*.pdf$\n", "/x.pdf/a.pdf", false},
      {"unreserved encoded", "User-agent: *\nDisallow: /%62%61%7A\n", "/baz", false},
      {"not ASCII", "User-agent: *\nDisallow: /\xe3\x83\x84\n", "/%E3%83%84", false},
      {"hex of either case", "User-agent: *\nDisallow: /%e3%83%84\n", "/\xe3\x83\x84", false},
      {"slash encoded in a path", "User-agent: *\nDisallow: /a%2Fb\n", "/a/b", true},
      {"encoded in the query", "User-agent: *\nDisallow: /a?u=http%3A%2F%2Fx\n", "/a?u=http://x",
       false},
      {"stray percent", "User-agent: *\nDisallow: /50%\n", "/50%25", false},
      {"stray percent before an escape", "User-agent: *\nDisallow: /%%42a\n", "/%Ba", true},
      {"encoded star", "User-agent: *\nDisallow: /a%2Ab\n", "/axb", true},
      {"whole URL", "User-agent: *\nDisallow: /a\n", "https://x.example/a#b", false},
      {"URL without path", "User-agent: *\nDisallow: /\n", "https://x.example", false},
      {"robots.txt itself", "User-agent: *\nDisallow: /\n", "/robots.txt", true},
      {"groups merged", "User-agent: marrow\nDisallow: /a\n\nUser-agent: marrow\nDisallow: /b\n",
       "/b", false},
      {"own group only", "User-agent: *\nDisallow: /\nUser-agent: marrow\nDisallow: /b\n", "/a",
       true},
      {"version ignored", "User-agent: Marrow/2.0\nDisallow: /a\n", "/a", false},
      {"longer name is another", "User-agent: marrowbot\nDisallow: /a\n", "/a", true},
      {"rule before any group", "Disallow: /a\n", "/a", true},
      {"sitemap ends no group", "User-agent: x\nSitemap: /s\nUser-agent: marrow\nDisallow: /a\n",
       "/a", false},
      {"crawl-delay ends no list",
       "User-agent: marrow\nCrawl-delay: 1\nUser-agent: b\nDisallow: /a\n", "/a", false},
      {"many stars", "User-agent: *\nDisallow: /a*a*a*a*a*a*b\n",
       "/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", true},
  };
  for (const Row& row : rows)
    EXPECT_EQ(Robots::parse(row.rules, "marrow").decide(row.url).allowed, row.allowed) << row.name;
}

TEST(Robots, TellsDelayAndSitemaps) {
  const Robots robots =
      Robots::parse("User-agent: *\nCrawl-delay: 2.5\nSitemap: https://a/s.xml\n", "marrow");
  EXPECT_EQ(robots.crawl_delay(), Millis{2500});
  EXPECT_EQ(robots.sitemaps(), std::vector<std::string>{"https://a/s.xml"});
}

}  // namespace
}  // namespace marrow
