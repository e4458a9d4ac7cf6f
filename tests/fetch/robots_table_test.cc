// robots.txt row by row: what RFC 9309 says, what files on the web really hold, and what a hostile one might.
// Every row: a file, an agent, a URL, and the line that decides (0 = no rule does).
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "fetch/robots.h"

namespace marrow {
namespace {

struct Row {
  const char *name, *file, *agent, *url;
  bool allowed;
  std::uint32_t line;
};

// The file of RFC 9309, section 5.1, and of 5.2.
constexpr const char* kRfc =
    "User-Agent: *\n"
    "Disallow: *.gif$\n"
    "Disallow: /example/\n"
    "Allow: /publications/\n"
    "\n"
    "User-Agent: foobot\n"
    "Disallow:/\n"
    "Allow:/example/page.html\n"
    "Allow:/example/allowed.gif\n"
    "\n"
    "User-Agent: barbot\n"
    "User-Agent: bazbot\n"
    "Disallow: /example/page.html\n"
    "\n"
    "User-Agent: quxbot\n"
    "\n"
    "EOF\n";
constexpr const char* kLongest =
    "User-Agent: foobot\n"
    "Allow: /example/page/\n"
    "Disallow: /example/page/disallowed.gif\n";
#define ALL "User-agent: *\n"

constexpr Row kRows[] = {
    // RFC 9309 5.1, 5.2
    {"rfc star", kRfc, "otherbot", "/example/x", false, 3},
    {"rfc star, gif", kRfc, "otherbot", "/a/b.gif", false, 2},
    {"rfc star, gif with a query", kRfc, "otherbot", "/a/b.gif?x", true, 0},
    {"rfc star, publications", kRfc, "otherbot", "/publications/x", true, 4},
    {"rfc star, publications and gif", kRfc, "otherbot", "/publications/x.gif", true, 4},
    {"rfc star, elsewhere", kRfc, "otherbot", "/elsewhere", true, 0},
    {"rfc foobot, root", kRfc, "foobot", "/", false, 7},
    {"rfc foobot, page", kRfc, "foobot", "/example/page.html", true, 8},
    {"rfc foobot, gif", kRfc, "foobot", "/example/allowed.gif", true, 9},
    {"rfc foobot, other page", kRfc, "foobot", "/example/other.html", false, 7},
    {"rfc barbot", kRfc, "barbot", "/example/page.html", false, 13},
    {"rfc bazbot", kRfc, "bazbot", "/example/page.html", false, 13},
    {"rfc bazbot, other", kRfc, "bazbot", "/example/", true, 0},
    {"rfc quxbot, an empty group", kRfc, "quxbot", "/example/", true, 0},
    {"rfc longest match", kLongest, "foobot", "/example/page/disallowed.gif", false, 3},
    {"rfc longest match, other", kLongest, "foobot", "/example/page/x.gif", true, 2},
    // RFC 9309 2.2.2: encodings, as its table has them
    {"rfc query as it is", "User-agent: *\nDisallow: /foo/bar?baz=quz\n", "x", "/foo/bar?baz=quz", false, 2},
    {"rfc query, encoded slashes", "User-agent: *\nDisallow: /foo/bar?baz=http://foo.bar\n", "x", "/foo/bar?baz=http%3A%2F%2Ffoo.bar", false, 2},
    {"rfc query, encoded slashes, the other way", "User-agent: *\nDisallow: /foo/bar?baz=http%3A%2F%2Ffoo.bar\n", "x", "/foo/bar?baz=http://foo.bar", false, 2},
    {"rfc not ASCII", "User-agent: *\nDisallow: /foo/bar/\xe3\x83\x84\n", "x", "/foo/bar/%E3%83%84", false, 2},
    {"rfc encoded not ASCII", "User-agent: *\nDisallow: /foo/bar/%E3%83%84\n", "x", "/foo/bar/\xe3\x83\x84", false, 2},
    {"rfc unreserved encoded", "User-agent: *\nDisallow: /foo/bar/%62%61%7A\n", "x", "/foo/bar/baz", false, 2},
    {"rfc unreserved encoded in the URL", "User-agent: *\nDisallow: /foo/bar/baz\n", "x", "/foo/bar/%62%61%7A", false, 2},
    // RFC 9309 2.2.3: special characters
    {"rfc comment", "User-agent: * # all of them\nDisallow: / # everything\n", "x", "/a", false, 2},
    {"rfc end", "User-agent: *\nAllow: /this/path/exactly$\nDisallow: /this\n", "x", "/this/path/exactly", true, 2},
    {"rfc end, longer", "User-agent: *\nAllow: /this/path/exactly$\nDisallow: /this\n", "x", "/this/path/exactly/not", false, 3},
    {"rfc star in the middle", "User-agent: *\nAllow: /this/*/exactly\nDisallow: /this\n", "x", "/this/one/exactly", true, 2},
    {"rfc literal star", "User-agent: *\nDisallow: /path/file-with-a-%2A.html\n", "x", "/path/file-with-a-*.html", false, 2},
    {"rfc literal star, no other", "User-agent: *\nDisallow: /path/file-with-a-%2A.html\n", "x", "/path/file-with-a-x.html", true, 0},
    {"rfc literal dollar", "User-agent: *\nDisallow: /path/foo-%24\n", "x", "/path/foo-$", false, 2},
    {"rfc literal dollar is no end", "User-agent: *\nDisallow: /path/foo-%24\n", "x", "/path/foo-", true, 0},
    // Agents
    {"agent in capitals", "USER-AGENT: FooBot\nDisallow: /\n", "foobot", "/", false, 2},
    {"agent in capitals, the other way", "user-agent: foobot\nDisallow: /\n", "FOOBOT", "/", false, 2},
    {"agent with a version", "User-agent: foobot/2.1\nDisallow: /\n", "foobot", "/", false, 2},
    {"agent with words", "User-agent: foobot (like others)\nDisallow: /\n", "foobot", "/", false, 2},
    {"agent, no prefix", "User-agent: foo\nDisallow: /\n", "foobot", "/", true, 0},
    {"agent, no extension", "User-agent: foobot-news\nDisallow: /\n", "foobot", "/", true, 0},
    {"agent, no part", "User-agent: my foobot\nDisallow: /\n", "foobot", "/", true, 0},
    {"agent with a dash", "User-agent: foo-bot\nDisallow: /\n", "foo-bot", "/", false, 2},
    {"agent with an underscore", "User-agent: foo_bot\nDisallow: /\n", "foo_bot", "/", false, 2},
    {"agent empty", "User-agent:\nDisallow: /\n", "foobot", "/", true, 0},
    {"agent of digits", "User-agent: 007\nDisallow: /\n", "foobot", "/", true, 0},
    {"star with words is all", "User-agent: * everyone\nDisallow: /\n", "foobot", "/", false, 2},
    {"star within a name is none", "User-agent: foo*\nDisallow: /\n", "foobot", "/", true, 0},
    {"own group before all", "User-agent: foobot\nAllow: /\nUser-agent: *\nDisallow: /\n", "foobot", "/a", true, 2},
    {"own group behind all", "User-agent: *\nDisallow: /\nUser-agent: foobot\nAllow: /\n", "foobot", "/a", true, 4},
    {"own group says nothing of it", "User-agent: *\nDisallow: /\nUser-agent: foobot\nDisallow: /b\n", "foobot", "/a", true, 0},
    {"groups merged", "User-agent: foobot\nDisallow: /a\nUser-agent: x\nDisallow: /b\nUser-agent: foobot\nDisallow: /c\n", "foobot", "/c", false, 6},
    {"groups merged, the first counts too", "User-agent: foobot\nDisallow: /a\nUser-agent: x\nDisallow: /b\nUser-agent: foobot\nDisallow: /c\n", "foobot", "/a", false, 2},
    {"groups of all merged", ALL "Disallow: /a\nUser-agent: x\nDisallow: /b\nUser-agent: *\nDisallow: /c\n", "foobot", "/a", false, 2},
    {"own and all in one group", "User-agent: *\nUser-agent: foobot\nDisallow: /a\n", "foobot", "/a", false, 3},
    {"agents split by an empty line", "User-agent: foobot\n\nUser-agent: barbot\nDisallow: /a\n", "foobot", "/a", false, 4},
    {"agents split by a comment", "User-agent: foobot\n# and\nUser-agent: barbot\nDisallow: /a\n", "foobot", "/a", false, 4},
    {"agents split by an unknown line", "User-agent: foobot\nNoindex: /x\nUser-agent: barbot\nDisallow: /a\n", "foobot", "/a", false, 4},
    {"agents split by a sitemap", "User-agent: foobot\nSitemap: /x\nUser-agent: barbot\nDisallow: /a\n", "foobot", "/a", false, 4},
    {"rules split by a sitemap", "User-agent: foobot\nDisallow: /b\nSitemap: /x\nDisallow: /a\n", "foobot", "/a", false, 4},
    {"rules split by an empty line", "User-agent: foobot\nDisallow: /b\n\nDisallow: /a\n", "foobot", "/a", false, 4},
    {"a rule before all groups", "Disallow: /\nUser-agent: *\nAllow: /x\n", "foobot", "/a", true, 0},
    // Lines
    {"no space", "User-agent:*\nDisallow:/a\n", "x", "/a", false, 2},
    {"tabs", "\tUser-agent\t:\t*\t\n\tDisallow\t:\t/a\t\n", "x", "/a", false, 2},
    {"CR LF", "User-agent: *\r\nDisallow: /a\r\n", "x", "/a", false, 2},
    {"CR", "User-agent: *\rDisallow: /a\r", "x", "/a", false, 2},
    {"mixed line ends", "User-agent: *\r\n\r\rDisallow: /a\n", "x", "/a", false, 4},
    {"last line without end", ALL "Disallow: /a", "x", "/a", false, 2},
    {"byte order mark", "\xef\xbb\xbf" ALL "Disallow: /a\n", "x", "/a", false, 2},
    {"no colon", "User-agent *\nDisallow /a\n", "x", "/a", true, 0},
    {"mistyped key", ALL "Dissallow: /a\n", "x", "/a", true, 0},
    {"key with a space", "User agent: *\nDisallow: /a\n", "x", "/a", true, 0},
    {"HTML instead", "<!doctype html><html><body>User-agent: *<br>Disallow: /</body></html>", "x", "/a", true, 0},
    {"JSON instead", "{\"error\": \"not found\"}", "x", "/a", true, 0},
    {"nothing", "", "x", "/a", true, 0},
    {"only a comment", "# User-agent: *\n# Disallow: /\n", "x", "/a", true, 0},
    {"invalid UTF-8 in a comment", ALL "# \xff\xfe\nDisallow: /a\n", "x", "/a", false, 3},
    {"invalid UTF-8 in a path", ALL "Disallow: /\xff\n", "x", "/%FF", false, 2},
    {"comment in a value", ALL "Disallow: /a#b\n", "x", "/a", false, 2},
    // Paths
    {"empty disallow", ALL "Disallow:\n", "x", "/a", true, 0},
    {"empty allow", ALL "Allow:\nDisallow: /\n", "x", "/a", false, 3},
    {"root", ALL "Disallow: /\n", "x", "/", false, 2},
    {"prefix", ALL "Disallow: /fish\n", "x", "/fish.html", false, 2},
    {"prefix, a folder", ALL "Disallow: /fish\n", "x", "/fish/salmon", false, 2},
    {"prefix, a longer word", ALL "Disallow: /fish\n", "x", "/fishheads", false, 2},
    {"prefix, a query", ALL "Disallow: /fish\n", "x", "/fish?id=1", false, 2},
    {"prefix, other case", ALL "Disallow: /fish\n", "x", "/Fish", true, 0},
    {"prefix, elsewhere", ALL "Disallow: /fish\n", "x", "/catfish", true, 0},
    {"star at the end says nothing more", ALL "Disallow: /fish*\n", "x", "/fishheads", false, 2},
    {"folder, not its name alone", ALL "Disallow: /fish/\n", "x", "/fish", true, 0},
    {"folder", ALL "Disallow: /fish/\n", "x", "/fish/salmon", false, 2},
    {"suffix anywhere", ALL "Disallow: /*.php\n", "x", "/folder/a.php?x", false, 2},
    {"suffix, other case", ALL "Disallow: /*.php\n", "x", "/a.PHP", true, 0},
    {"suffix at the end", ALL "Disallow: /*.php$\n", "x", "/folder/a.php", false, 2},
    {"suffix at the end, a query", ALL "Disallow: /*.php$\n", "x", "/a.php?x", true, 0},
    {"suffix at the end, a slash", ALL "Disallow: /*.php$\n", "x", "/a.php/", true, 0},
    {"suffix at the end, twice", ALL "Disallow: /*.php$\n", "x", "/a.php.php", false, 2},
    {"two parts", ALL "Disallow: /fish*.php\n", "x", "/fishheads/catfish.php?x", false, 2},
    {"two parts, other case", ALL "Disallow: /fish*.php\n", "x", "/Fish.PHP", true, 0},
    {"dollar in the middle is a sign", ALL "Disallow: /a$b\n", "x", "/a$b", false, 2},
    {"dollar in the middle ends nothing", ALL "Disallow: /a$b\n", "x", "/a", true, 0},
    {"only an end", ALL "Disallow: $\n", "x", "/a", true, 0},
    {"only a star", ALL "Disallow: *\n", "x", "/a", false, 2},
    {"root and no more", ALL "Allow: /$\nDisallow: /\n", "x", "/", true, 2},
    {"root and no more, elsewhere", ALL "Allow: /$\nDisallow: /\n", "x", "/a", false, 3},
    {"any query", ALL "Disallow: /*?\n", "x", "/a?b", false, 2},
    {"any query, none there", ALL "Disallow: /*?\n", "x", "/a", true, 0},
    {"an empty query is one", ALL "Disallow: /*?\n", "x", "/a?", false, 2},
    {"a parameter", ALL "Disallow: /*?*sort=\n", "x", "/a?x=1&sort=up", false, 2},
    {"without a slash", ALL "Disallow: a\n", "x", "/a", true, 0},
    {"a whole URL is no path", ALL "Disallow: http://a.example/b\n", "x", "http://a.example/b", true, 0},
    {"double slashes stay", ALL "Disallow: //a\n", "x", "//a", false, 2},
    {"dots are not resolved", ALL "Disallow: /a/../b\n", "x", "/b", true, 0},
    // Which rule
    {"longest", ALL "Allow: /p\nDisallow: /\n", "x", "/page", true, 2},
    {"allow wins a tie", ALL "Disallow: /folder\nAllow: /folder\n", "x", "/folder/page", true, 3},
    {"disallow is longer", ALL "Allow: /page\nDisallow: /*.htm\n", "x", "/page.htm", false, 3},
    {"a star counts as a character", ALL "Allow: /page\nDisallow: /*.ph\n", "x", "/page.php", true, 2},
    {"order does not count", ALL "Disallow: /\nAllow: /a\nDisallow: /a/b\n", "x", "/a/c", true, 3},
    {"order does not count, deeper", ALL "Disallow: /a/b\nAllow: /a\nDisallow: /\n", "x", "/a/b/c", false, 2},
    {"length as encoded", ALL "Allow: /%61%61%61\nDisallow: /aaa*\n", "x", "/aaaa", false, 3},
    {"crawl-delay between", ALL "Disallow: /a\nCrawl-delay: 10\nAllow: /a/b\n", "x", "/a/b", true, 4},
    {"robots.txt is always allowed", ALL "Disallow: /\n", "x", "http://a.example/robots.txt", true, 0},
    {"robots.txt elsewhere is not", ALL "Disallow: /\n", "x", "http://a.example/b/robots.txt", false, 2},
    // URLs
    {"a whole URL", ALL "Disallow: /a\n", "x", "https://a.example:8443/a/b", false, 2},
    {"a URL without path", ALL "Disallow: /\n", "x", "https://a.example", false, 2},
    {"a URL with a query alone", ALL "Disallow: /?x\n", "x", "https://a.example?x", false, 2},
    {"a fragment says nothing", ALL "Disallow: /a#b\n", "x", "/a#c", false, 2},
    {"a fragment is not matched", ALL "Disallow: /*secret\n", "x", "/a#secret", true, 0},
    {"hex in small letters", ALL "Disallow: /%e3%83%84\n", "x", "/%E3%83%84", false, 2},
    {"a broken escape is itself", ALL "Disallow: /a%2\n", "x", "/a%2", false, 2},
    {"an encoded slash is no slash", ALL "Disallow: /a/b\n", "x", "/a%2Fb", true, 0},
    {"an encoded space", ALL "Disallow: /a b\n", "x", "/a%20b", false, 2},
    {"a plus is no space", ALL "Disallow: /a+b\n", "x", "/a%20b", true, 0},
    // As they are found on the web
    {"a shop: cart and filters", ALL "Disallow: /cart\nDisallow: /*?*sort_by=\nDisallow: /*?*&filter*&\nAllow: /cart-sale\n", "x", "/cart-sale/today", true, 5},
    {"a shop: a sorted list", ALL "Disallow: /cart\nDisallow: /*?*sort_by=\n", "x", "/list?page=2&sort_by=price", false, 3},
    {"a shop: an unsorted list", ALL "Disallow: /cart\nDisallow: /*?*sort_by=\n", "x", "/list?page=2", true, 0},
    {"a blog: admin but for one file", ALL "Disallow: /wp-admin/\nAllow: /wp-admin/admin-ajax.php\n", "x", "/wp-admin/admin-ajax.php?a=1", true, 3},
    {"a blog: the rest of admin", ALL "Disallow: /wp-admin/\nAllow: /wp-admin/admin-ajax.php\n", "x", "/wp-admin/users.php", false, 2},
    {"a wiki: scripts, not articles", ALL "Allow: /w/load.php?\nDisallow: /w/\n", "x", "/w/index.php?title=A", false, 3},
    {"a wiki: special pages in two writings", ALL "Disallow: /wiki/Special:\nDisallow: /wiki/Special%3A\n", "x", "/wiki/Special:Random", false, 2},
    {"a news site: all robots but those of search", "User-agent: *\nDisallow: /\n\nUser-agent: Googlebot\nUser-agent: bingbot\nAllow: /\n", "marrow", "/a", false, 2},
    {"… and one of those", "User-agent: *\nDisallow: /\n\nUser-agent: Googlebot\nUser-agent: bingbot\nAllow: /\n", "bingbot", "/a", true, 6},
    {"a host directive between the rules", ALL "Host: a.example\nDisallow: /x\n", "x", "/x", false, 3},
    {"a sitemap in the middle of a group", ALL "Disallow: /x\nSitemap: http://a.example/s.xml\nDisallow: /y\n", "x", "/y", false, 4},
    {"clean-param is no rule", ALL "Clean-param: ref /x\n", "x", "/x?ref=1", true, 0},
    {"a page of errors in place of a file", "<!DOCTYPE html><html><body>Disallow: /</body></html>\n", "x", "/", true, 0},
};

TEST(RobotsTable, EveryRow) {
  static_assert(std::size(kRows) >= 31 + 100, "the RFC's examples, 31 rows, and at least a hundred more");
  std::set<std::string> names;
  for (const Row& row : kRows) {
    const Robots::Decision decision = Robots::parse(row.file, row.agent).decide(row.url);
    EXPECT_EQ(decision.allowed, row.allowed) << row.name;
    EXPECT_EQ(decision.line, row.line) << row.name;
    EXPECT_TRUE(names.insert(row.name).second) << row.name << " stands there twice";
  }
}

TEST(RobotsTable, LargeFiles) {
  // 500 KiB count, and a rule that is cut in two at their end does not.
  std::string file = ALL "Disallow: /first\n";
  file += std::string(Robots::kMaxBytes - file.size() - 10, '#') + "\n";
  const std::string cut = file + "Disallow: /second\nDisallow: /third\n";
  EXPECT_FALSE(Robots::parse(cut, "x").decide("/first").allowed);
  EXPECT_TRUE(Robots::parse(cut, "x").decide("/second").allowed);
  EXPECT_TRUE(Robots::parse(cut, "x").decide("/").allowed);
  // Many rules, a pattern of stars, a long path: no time to speak of.
  std::string many = ALL;
  for (int i = 0; i < 5000; ++i) many += "Disallow: /*a*a*a*a*b" + std::to_string(i) + "\n";
  EXPECT_TRUE(Robots::parse(many, "x").decide("/" + std::string(2000, 'a')).allowed);
}

}  // namespace
}  // namespace marrow
