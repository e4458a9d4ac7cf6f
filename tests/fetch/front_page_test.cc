#include "fetch/front_page.h"

#include <gtest/gtest.h>

namespace marrow {
namespace {

std::string as_text(const Advertised& found) {
  std::string text;
  for (const std::string& url : found.sitemaps) text += "sitemap " + url + "\n";
  for (const std::string& url : found.feeds) text += "feed " + url + "\n";
  return text;
}

TEST(AdvertisedListings, AreReadFromTags) {
  const struct {
    const char *name, *html, *expected;
  } rows[] = {
      {"rss", "<head><link rel=\"alternate\" type=\"application/rss+xml\" title=\"RSS\" href=\"/feed\"></head>",
       "feed https://a.example/feed\n"},
      {"atom, other order, upper case", "<LINK HREF='atom.xml' TYPE='application/atom+xml' REL='Alternate' />",
       "feed https://a.example/dir/atom.xml\n"},
      {"without quotes", "<link rel=alternate type=application/rss+xml href=/feed>", "feed https://a.example/feed\n"},
      {"several words", "<link rel='home alternate' type='application/rss+xml' href='/f'>", "feed https://a.example/f\n"},
      {"spaces around =", "<link rel = 'alternate' type = 'application/rss+xml' href = '/f' >", "feed https://a.example/f\n"},
      {"amp", "<link rel=alternate type=application/rss+xml href='/f?a=1&amp;b=2'>", "feed https://a.example/f?a=1&b=2\n"},
      {"sitemap", "<link rel=sitemap type=application/xml href=/map.xml>", "sitemap https://a.example/map.xml\n"},
      {"base", "<base href='https://b.example/x/'><link rel=alternate type=application/rss+xml href=f>",
       "feed https://b.example/x/f\n"},
      {"each once", "<link rel=alternate type=application/rss+xml href=/f><link rel=alternate type=application/rss+xml href=/f>",
       "feed https://a.example/f\n"},
      {"other language", "<link rel=alternate hreflang=de href=/de/>", ""},
      {"style sheet", "<link rel=stylesheet type=application/rss+xml href=/x>", ""},
      {"no address", "<link rel=alternate type=application/rss+xml>", ""},
      {"not the web", "<link rel=alternate type=application/rss+xml href='file:///etc/passwd'>", ""},
      {"comment", "<!-- <link rel=alternate type=application/rss+xml href=/f> -->", ""},
      {"unclosed comment", "<!-- <link rel=alternate type=application/rss+xml href=/f>", ""},
      {"other tag", "<linked rel=alternate type=application/rss+xml href=/f>", ""},
      {"cut in a value", "<link rel=alternate type=application/rss+xml href='/f", "feed https://a.example/f\n"},
      {"cut in a tag", "<link ", ""},
      {"cut before a value", "<link rel=", ""},
      {"nothing", "", ""},
  };
  for (const auto& row : rows)
    EXPECT_EQ(as_text(advertised_listings(row.html, "https://a.example/dir/index.html")), row.expected) << row.name;
}

TEST(AdvertisedListings, AreBounded) {
  std::string many;
  for (int i = 0; i < 10'000; ++i)
    many += "<link rel=alternate type=application/rss+xml href=/f" + std::to_string(i) + ">";
  EXPECT_EQ(advertised_listings(many, "https://a.example/").feeds.size(), 50U);
  EXPECT_TRUE(advertised_listings(std::string(std::size_t{1} << 20, '<'), "https://a.example/").feeds.empty());
}

}  // namespace
}  // namespace marrow
