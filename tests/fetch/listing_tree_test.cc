// Sitemaps, feeds and sites over a server that answers them in any order.
#include "fetch/listing_tree.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fetch/inflate.h"
#include "support/collector.h"
#include "support/fault_server.h"

namespace marrow {
namespace {

using namespace std::chrono_literals;
using test::FaultServer;
using test::http_answer;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string urlset(const std::vector<std::string>& urls) {
  std::string text = "<urlset>";
  for (const std::string& url : urls) text += "<url><loc>" + url + "</loc></url>";
  return text + "</urlset>";
}

std::string index_of(const std::vector<std::string>& urls) {
  std::string text = "<sitemapindex>";
  for (const std::string& url : urls) text += "<sitemap><loc>" + url + "</loc></sitemap>";
  return text + "</sitemapindex>";
}

// Answers after a while: what comes first must not decide the order.
FaultServer::Script late(std::chrono::milliseconds time, const std::string& body) {
  return [time, body](FaultServer::Peer& peer) {
    peer.pause(time);
    peer.send(http_answer(body));
  };
}

std::vector<std::string> pages_of(ListingTree& tree, std::size_t root) {
  FetchOptions options = test::test_options();
  options.per_host = 10;
  options.retries = 0;
  auto fetcher = Fetcher::create(options);
  EXPECT_TRUE(fetcher);
  tree.fetch(*fetcher, [] { return false; });
  std::vector<std::string> urls;
  tree.pages(root, [&](const ListingEntry& entry) { urls.push_back(entry.url); });
  return urls;
}

TEST(ListingTree, IndexesAreFollowedAndKeepTheirOrder) {
  FaultServer web;
  web.on("/index.xml", late(0ms, index_of({"/slow.xml", "/inner.xml", "/packed.xml.gz", "/missing.xml"})));
  web.on("/slow.xml", late(200ms, urlset({"http://a.example/1", "http://a.example/2"})));
  web.on("/inner.xml", late(50ms, index_of({"/leaf.xml", "/slow.xml", "/index.xml"})));  // a loop, too
  web.on("/leaf.xml", late(0ms, urlset({"http://a.example/3"})));
  web.on("/packed.xml.gz", late(0ms, gzip_member(urlset({"http://a.example/4"}))));
  ListingTree tree("");
  const std::size_t root = tree.add_listing(web.url("/index.xml"));
  EXPECT_THAT(pages_of(tree, root), ElementsAre("http://a.example/1", "http://a.example/2", "http://a.example/3", "http://a.example/4"));
  EXPECT_THAT(tree.problems(), ElementsAre(web.url("/missing.xml") + ": cannot be had: HTTP 404"));
  EXPECT_EQ(web.visits("/slow.xml").size(), 1U);
}

TEST(ListingTree, LeavesOutWhatIsOld) {
  FaultServer web;
  web.on("/old.xml", late(0ms, urlset({"http://a.example/never"})));
  web.on("/map.xml", late(0ms,
                          "<sitemapindex><sitemap><loc>/old.xml</loc><lastmod>2020-01-01</lastmod></sitemap></sitemapindex>"));
  ListingTree tree("2026-11-02");
  const std::size_t feed = tree.add_bytes(
      "feed", "<rss><channel><item><link>http://a.example/1</link><pubDate>Sun, 01 Nov 2026 23:59:00 GMT</pubDate></item>"
              "<item><link>http://a.example/2</link><pubDate>Mon, 02 Nov 2026 00:01:00 GMT</pubDate></item>"
              "<item><link>http://a.example/3</link></item></channel></rss>");
  tree.add_listing(web.url("/map.xml"));
  EXPECT_THAT(pages_of(tree, feed), ElementsAre("http://a.example/2", "http://a.example/3"));
  EXPECT_EQ(tree.old(), 2U);
  EXPECT_TRUE(web.visits("/old.xml").empty());
}

TEST(ListingTree, SitesNameTheirListings) {
  FaultServer web;
  web.on("/robots.txt", late(100ms, "User-agent: *\nDisallow:\nSitemap: /robots-map.xml\nSitemap: mailto:x\n"));
  web.on("/", late(0ms, "<link rel=sitemap href=/page-map.xml><link rel=alternate type=application/rss+xml href=/feed>"));
  web.on("/robots-map.xml", late(50ms, urlset({"http://a.example/1"})));
  web.on("/page-map.xml", late(0ms, urlset({"http://a.example/2"})));
  web.on("/feed", late(0ms, "<rss><channel><item><link>http://a.example/3</link></item></channel></rss>"));
  ListingTree tree("");
  const std::size_t root = tree.add_site(web.url("/"));
  EXPECT_THAT(pages_of(tree, root), ElementsAre("http://a.example/1", "http://a.example/2", "http://a.example/3"));
  EXPECT_THAT(tree.problems(), IsEmpty());
  EXPECT_TRUE(web.visits("/sitemap.xml").empty());
}

TEST(ListingTree, SitesThatNameNothingAreAskedAtTheCustomaryPlace) {
  FaultServer with, without;
  with.on("/", late(0ms, "<p>no links</p>"));
  with.on("/sitemap.xml", late(0ms, urlset({"http://a.example/1"})));
  without.on("/", late(0ms, "<p>no links</p>"));
  ListingTree tree("");
  const std::size_t root = tree.add_site(with.url("/"));
  tree.add_site(without.url("/"));
  EXPECT_THAT(pages_of(tree, root), ElementsAre("http://a.example/1"));
  EXPECT_THAT(tree.problems(), ElementsAre(without.url("/") + ": the site names no sitemap or feed that lists a page"));
}

TEST(ListingTree, EndlessIndexesEnd) {
  FaultServer web;
  web.on("/i", [](FaultServer::Peer& peer) {
    const std::string at = peer.target.substr(std::min(peer.target.find('?') + 1, peer.target.size()));
    peer.send(http_answer(index_of({"/i?" + at + "a", "/i?" + at + "b"})));
  });
  ListingTree tree("");
  const std::size_t root = tree.add_listing(web.url("/i"));
  EXPECT_THAT(pages_of(tree, root), IsEmpty());
  EXPECT_LE(web.visits("/i").size(), 64U);
  ASSERT_FALSE(tree.problems().empty());
  EXPECT_THAT(tree.problems()[0], HasSubstr("too many sitemaps within sitemaps"));
}

}  // namespace
}  // namespace marrow
