#include "fetch/listing.h"

#include <gtest/gtest.h>

#include "fetch/inflate.h"

namespace marrow {
namespace {

std::string as_text(const Listing& listing) {
  std::string text;
  for (const ListingEntry& entry : listing.entries)
    text += entry.url + (entry.is_listing ? " (listing)" : "") +
            (entry.modified.empty() ? "" : " @" + entry.modified) + "\n";
  return text + listing.problem;
}

struct Row {
  const char* name;
  std::string bytes, expected;
};

TEST(ReadListing, Shapes) {
  const std::string urlset =
      "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "
      "xmlns:image='http://www.google.com/schemas/sitemap-image/1.1'>"
      "<url><loc> https://a.example/1?x=1&amp;y=2 </loc><lastmod>2026-11-02</lastmod>"
      "<image:image><image:loc>https://a.example/pic.png</image:loc></image:image></url>"
      "<url><loc>/relative</loc></url><url><loc>mailto:x@y</loc></url><url/></urlset>";
  const std::string urls = "https://a.example/1?x=1&y=2 @2026-11-02\nhttps://a.example/relative\n";
  const Row rows[] = {
      {"urlset", urlset, urls},
      {"with declaration and space before it", "\n <?xml version='1.0' encoding='UTF-8'?>" + urlset,
       urls},
      {"byte order mark", "\xef\xbb\xbf" + urlset, urls},
      {"gzip", gzip_member(urlset), urls},
      {"two gzip members", gzip_member(urlset.substr(0, 100)) + gzip_member(urlset.substr(100)),
       urls},
      {"index",
       "<sitemapindex><sitemap><loc>http://a.example/s1.xml.gz</loc></sitemap></sitemapindex>",
       "http://a.example/s1.xml.gz (listing)\n"},
      {"rss 2",
       "<rss version='2.0'><channel><link>https://a.example/</link><item><title>T</title>"
       "<link>https://a.example/p</link><guid>tag:1</guid><pubDate>Mon, 02 Nov 2026 10:00:00 "
       "GMT</pubDate>"
       "</item><item><guid>https://a.example/only-guid</guid></item>"
       "<item><guid isPermaLink='false'>https://a.example/no</guid></item></channel></rss>",
       "https://a.example/p @Mon, 02 Nov 2026 10:00:00 GMT\nhttps://a.example/only-guid\n"},
      {"rss 1",
       "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><channel/>"
       "<item rdf:about='x'><link>https://a.example/r</link></item></rdf:RDF>",
       "https://a.example/r\n"},
      {"atom",
       "<feed xmlns='http://www.w3.org/2005/Atom'><link href='https://a.example/'/><entry>"
       "<link rel='self' href='/self'/><link rel='alternate' "
       "href='/entry'/><updated>2026-11-03T00:00:00Z</updated>"
       "</entry></feed>",
       "https://a.example/entry @2026-11-03T00:00:00Z\n"},
      {"lines", "https://a.example/1\r\n\r\nhttps://a.example/2\n",
       "https://a.example/1\nhttps://a.example/2\n"},
      {"latin-1 family",
       "<?xml version='1.0' encoding='windows-1252'?><urlset><url><loc>https://a.example/x</loc>"
       "</url><!-- \x93 --></urlset>",
       "https://a.example/x\n"},
      {"html", "<html><body><p>Not found</p></body></html>", "neither sitemap nor feed"},
      {"prose", "Not found", "neither sitemap nor feed, nor a list of URLs"},
      {"empty", "", "neither sitemap nor feed, nor a list of URLs"},
      {"cut off", urlset.substr(0, urlset.find("<url><loc>/rel")),
       "https://a.example/1?x=1&y=2 @2026-11-02\nline 1: no element found"},
      {"entity bomb", "<!DOCTYPE u [<!ENTITY a 'aaaa'>]><urlset><url><loc>&a;</loc></url></urlset>",
       "line 1: entity declarations are refused"},
      {"broken gzip", gzip_member(urlset).substr(0, 60), "gzip data end too early"},
  };
  for (const Row& row : rows)
    EXPECT_EQ(as_text(read_listing(row.bytes, "https://a.example/sitemap.xml")), row.expected)
        << row.name;
}

TEST(ReadListing, IsBounded) {
  std::string deep = "<urlset>";
  for (int i = 0; i < 200'000; ++i) deep += "<url>";
  EXPECT_NE(read_listing(deep, "").problem, "");
  std::string many = "<urlset>";
  for (int i = 0; i < 60'000; ++i) many += "<url><loc>http://a.example/</loc></url>";
  EXPECT_EQ(read_listing(many + "</urlset>", "").entries.size(), Listing::kMaxEntries);
  const std::string bomb = gzip_member(std::string(Listing::kMaxBytes + 200'000, ' '));
  EXPECT_EQ(read_listing(bomb, "").problem, "gzip data unpack to more than is taken");
}

}  // namespace
}  // namespace marrow

namespace marrow {
namespace {

TEST(ListingDay, OfBothForms) {
  const struct {
    const char *text, *day;
  } rows[] = {
      {"2026-11-02", "2026-11-02"},
      {"2026-11-02T10:00:00+01:00", "2026-11-02"},
      {" 2026-11-02 10:00 ", "2026-11-02"},
      {"2026-11", "2026-11-31"},  // as late as it can be
      {"2026", "2026-12-31"},
      {"Mon, 02 Nov 2026 10:00:00 GMT", "2026-11-02"},
      {"2 Nov 2026 10:00 +0100", "2026-11-02"},
      {"Mon, 2 November 26 10:00:00 EST", "2026-11-02"},
      {"", ""},
      {"yesterday", ""},
      {"02.11.2026", ""},
      {"Mon, 02 Foo 2026", ""},
      {"99999-11-02", ""},
      {",", ""},
      {"Mon, 02", ""},
  };
  for (const auto& row : rows) EXPECT_EQ(listing_day(row.text), row.day) << row.text;
}

}  // namespace
}  // namespace marrow
