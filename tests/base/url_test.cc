#include "base/url.h"

#include <gtest/gtest.h>

namespace marrow {
namespace {

struct Case {
  const char* name;
  const char* base;
  const char* reference;
  const char* want;
};

void check(const Case& c) { EXPECT_EQ(resolve_url(c.base, c.reference), c.want) << c.name; }

constexpr char kBase[] = "https://www.example.org/a/b/page.html?q=1#top";

TEST(ResolveUrl, RelativeReferences) {
  const Case cases[] = {
      {"absolute", kBase, "http://other.example/x", "http://other.example/x"},
      {"absolute, no path", kBase, "http://other.example", "http://other.example/"},
      {"absolute, query at once", kBase, "http://other.example?q", "http://other.example/?q"},
      {"path-absolute", kBase, "/news/1", "https://www.example.org/news/1"},
      {"path-relative", kBase, "next.html", "https://www.example.org/a/b/next.html"},
      {"path-relative with a colon later", kBase, "x/y:z", "https://www.example.org/a/b/x/y:z"},
      {"scheme-relative", kBase, "//cdn.example/i", "https://cdn.example/i"},
      {"empty", kBase, "", "https://www.example.org/a/b/page.html?q=1"},
      {"only spaces", kBase, "  \n ", "https://www.example.org/a/b/page.html?q=1"},
      {"query only", kBase, "?p=2", "https://www.example.org/a/b/page.html?p=2"},
      {"empty query", kBase, "?", "https://www.example.org/a/b/page.html?"},
      {"query and fragment", kBase, "?p=2#c", "https://www.example.org/a/b/page.html?p=2#c"},
      {"fragment only", kBase, "#part", "https://www.example.org/a/b/page.html?q=1#part"},
      {"empty fragment", kBase, "#", "https://www.example.org/a/b/page.html?q=1#"},
      {"dot", kBase, ".", "https://www.example.org/a/b/"},
      {"dot slash", kBase, "./x", "https://www.example.org/a/b/x"},
      {"up", kBase, "..", "https://www.example.org/a/"},
      {"up and down", kBase, "../c/d", "https://www.example.org/a/c/d"},
      {"above the root", kBase, "../../../../x", "https://www.example.org/x"},
      {"above the root, absolute", kBase, "/../x/./y/../z", "https://www.example.org/x/z"},
      {"escaped dots", kBase, "/a/%2E%2e/b/%2e/c", "https://www.example.org/b/c"},
      {"three dots are a name", kBase, "/a/.../b", "https://www.example.org/a/.../b"},
      {"final dot segment", kBase, "/a/b/..", "https://www.example.org/a/"},
      {"empty segments stay", kBase, "/a//b", "https://www.example.org/a//b"},
      {"up over an empty segment", kBase, "/a//../b", "https://www.example.org/a/b"},
      {"base is a host", "https://example.org", "x", "https://example.org/x"},
      {"base with query holding a slash", "https://example.org/a?x=/y/", "b", "https://example.org/b"},
      {"base with fragment holding ?", "https://example.org/a#x?y", "?z", "https://example.org/a?z"},
      {"base not normal", " HTTPS://Example.ORG:443/a/../b/c ", "d", "https://example.org/b/d"},
  };
  for (const Case& c : cases) check(c);
}

TEST(ResolveUrl, OdditiesOfBrowsers) {
  const Case cases[] = {
      {"backslashes", kBase, "\\a\\b", "https://www.example.org/a/b"},
      {"backslash authority", kBase, "\\\\h.example\\p", "https://h.example/p"},
      {"backslash in query stays", kBase, "/a?b\\c", "https://www.example.org/a?b\\c"},
      {"slash soup", kBase, "http:////h.example//p", "http://h.example//p"},
      {"one slash, other scheme", kBase, "http:/h.example/p", "http://h.example/p"},
      {"no slash, other scheme", kBase, "http:h.example/p", "http://h.example/p"},
      {"no slash, same scheme", kBase, "https:x", "https://www.example.org/a/b/x"},
      {"one slash, same scheme", kBase, "https:/x", "https://www.example.org/x"},
      {"three slashes without scheme", kBase, "///h.example/p", "https://h.example/p"},
      {"tabs and newlines inside", kBase, "ht\ntp://h.ex\tample/a\r\nb", "http://h.example/ab"},
      {"controls around", kBase, "\x01\x1f /x \x02", "https://www.example.org/x"},
      {"upper case scheme and host", kBase, "HTTP://H.EXAMPLE/Path", "http://h.example/Path"},
      {"default port", kBase, "http://h.example:80/", "http://h.example/"},
      {"default port of the other scheme", kBase, "https://h.example:80/", "https://h.example:80/"},
      {"leading zeros of a port", kBase, "http://h.example:00080/", "http://h.example/"},
      {"empty port", kBase, "http://h.example:/", "http://h.example/"},
      {"userinfo is dropped", kBase, "http://me:secret@h.example/p", "http://h.example/p"},
      {"two @", kBase, "http://a@b@h.example/p", "http://h.example/p"},
      {"@ in the path", kBase, "http://h.example/@me", "http://h.example/@me"},
      {"space in path", kBase, "/a b", "https://www.example.org/a%20b"},
      {"non-ASCII", kBase, "/käse?süß=1#ü", "https://www.example.org/k%C3%A4se?s%C3%BC%C3%9F=1#%C3%BC"},
      {"escapes stay as written", kBase, "/a%2fb%zz%", "https://www.example.org/a%2fb%zz%"},
      {"quotes and angles", kBase, "/\"<>`{}|'", "https://www.example.org/%22%3C%3E%60%7B%7D|'"},
      {"quotes in query", kBase, "?'\"`{}", "https://www.example.org/a/b/page.html?%27%22`{}"},
      {"second ? and #", kBase, "/a?b?c#d#e?f", "https://www.example.org/a?b?c#d#e?f"},
  };
  for (const Case& c : cases) check(c);
}

TEST(ResolveUrl, Hosts) {
  const Case cases[] = {
      {"IDN", "", "http://Bücher.example/", "http://xn--bcher-kva.example/"},
      {"IDN escaped", "", "http://b%C3%BCcher.example/", "http://xn--bcher-kva.example/"},
      {"sharp s is kept", "", "http://straße.example/", "http://xn--strae-oqa.example/"},
      {"ideographic full stop", "", "http://例え。テスト/", "http://xn--r8jz45g.xn--zckzah/"},
      {"full-width letters", "", "http://ｅｘ.example/", "http://ex.example/"},
      {"broken punycode", "", "http://xn--a.example/", ""},
      {"underscore", "", "http://a_b.example/", "http://a_b.example/"},
      {"hyphens at 3 and 4", "", "http://r3---sn.example/", "http://r3---sn.example/"},
      {"IPv4", "", "http://192.168.0.1/", "http://192.168.0.1/"},
      {"IPv4 hexadecimal", "", "http://0xC0.0250.1/", "http://192.168.0.1/"},
      {"IPv4 one number", "", "http://3232235521/", "http://192.168.0.1/"},
      {"IPv4 too large", "", "http://256.1.1.1/", ""},
      {"IPv4 five parts", "", "http://1.2.3.4.5/", ""},
      {"digits before the last label", "", "http://1.2.3.example/", "http://1.2.3.example/"},
      {"IPv6", "", "http://[2001:DB8:0:0:1:0:0:1]:8080/x", "http://[2001:db8::1:0:0:1]:8080/x"},
      {"IPv6 loopback", "", "http://[0:0:0:0:0:0:0:1]/", "http://[::1]/"},
      {"IPv6 zeros at the end", "", "http://[1:0::]/", "http://[1::]/"},
      {"IPv6 without gap", "", "http://[1:2:3:4:5:6:7:8]/", "http://[1:2:3:4:5:6:7:8]/"},
      {"IPv6 with IPv4", "", "http://[::ffff:1.2.3.4]/", "http://[::ffff:102:304]/"},
      {"IPv6 not closed", "", "http://[::1/", ""},
      {"IPv6 nonsense", "", "http://[xyz]/", ""},
      {"space in host", "", "http://a b/", ""},
      {"forbidden sign in host", "", "http://a<b/", ""},
      {"escaped slash in host", "", "http://a%2Fb/", ""},
      {"no host", "", "http://", ""},
      {"no host but a port", "", "http://:80/", ""},
      {"port too large", "", "http://h.example:65536/", ""},
      {"port not a number", "", "http://h.example:8x/", ""},
  };
  for (const Case& c : cases) check(c);
}

TEST(ResolveUrl, WhatIsNoPage) {
  const Case cases[] = {
      {"script", kBase, "javascript:void(0)", ""},
      {"script, case and spaces", kBase, " \tJava\nScript:alert(1)", ""},
      {"mail", kBase, "mailto:a@b.example", ""},
      {"data", kBase, "data:text/html,x", ""},
      {"telephone", kBase, "tel:+49123", ""},
      {"file", kBase, "file:///etc/passwd", ""},
      {"ftp", kBase, "ftp://h.example/", ""},
      {"unknown scheme", kBase, "whatsapp://send?text=x", ""},
      {"host and port without scheme", kBase, "localhost:8080/x", ""},
      {"relative without base", "", "/x", ""},
      {"relative to a broken base", "about:blank", "/x", ""},
      {"absolute with a broken base", "about:blank", "http://h.example/x", "http://h.example/x"},
  };
  for (const Case& c : cases) check(c);
}

TEST(ResolveUrl, LongInputIsLinear) {
  std::string up;
  for (int i = 0; i < 200000; ++i) up += "a/../";
  EXPECT_EQ(resolve_url(kBase, "/" + up + "x"), "https://www.example.org/x");
  const std::string name(1000000, 'x');
  EXPECT_EQ(resolve_url(kBase, "/" + name).size(), 24 + name.size());
  EXPECT_EQ(resolve_url(kBase, "http://" + name + "/"), "");
}

TEST(ResolveUrl, IsIdempotent) {
  for (const char* reference : {"/käse?a b#c d", "//Bücher.example/../x", "http://[::ffff:1.2.3.4]:81/%2e/y"}) {
    const std::string once = resolve_url(kBase, reference);
    EXPECT_NE(once, "") << reference;
    EXPECT_EQ(resolve_url("", once), once);
    EXPECT_EQ(resolve_url(once, ""), once.substr(0, once.find('#')));
  }
}

TEST(SplitUrl, Parts) {
  UrlParts parts;
  ASSERT_TRUE(split_url("https://user@h.example:81/a/b?c=d#e", &parts));
  EXPECT_EQ(parts.scheme, "https");
  EXPECT_EQ(parts.host, "h.example");
  EXPECT_EQ(parts.port, "81");
  EXPECT_EQ(parts.path, "/a/b");
  EXPECT_EQ(parts.query, "c=d");
  EXPECT_EQ(parts.fragment, "e");
  ASSERT_TRUE(split_url("http://[::1]:8080", &parts));
  EXPECT_EQ(parts.host, "[::1]");
  EXPECT_EQ(parts.port, "8080");
  EXPECT_EQ(parts.path, "");
  for (const char* bad : {"", "http", "http:", "http://", "http:///x", "ftp://h/", "mailto:x", "//h/"})
    EXPECT_FALSE(split_url(bad, &parts)) << bad;
}

TEST(StripTracking, DropsOnlyWhatIsSure) {
  const struct {
    const char *name, *url, *want;
  } cases[] = {
      {"no query", "http://h.example/a", "http://h.example/a"},
      {"fragment", "http://h.example/a#b", "http://h.example/a"},
      {"all", "http://h.example/a?utm_source=x&utm_medium=y#z", "http://h.example/a"},
      {"first", "http://h.example/a?fbclid=1&id=2", "http://h.example/a?id=2"},
      {"middle", "http://h.example/a?id=2&gclid=1&p=3", "http://h.example/a?id=2&p=3"},
      {"case", "http://h.example/a?UTM_Source=x", "http://h.example/a"},
      {"escaped ampersand", "http://h.example/a?id=1&amp;utm_source=x", "http://h.example/a?id=1"},
      {"may select content", "http://h.example/a?ref=1&src=2&source=3&cid=4&mod=5",
       "http://h.example/a?ref=1&src=2&source=3&cid=4&mod=5"},
      {"name begins alike", "http://h.example/a?icidx=1&spmx=2", "http://h.example/a?icidx=1&spmx=2"},
      {"odd query untouched", "http://h.example/a?x&&y=&", "http://h.example/a?x&&y=&"},
  };
  for (const auto& c : cases) EXPECT_EQ(strip_tracking(c.url), c.want) << c.name;
}

TEST(UrlKey, TwoLinksToOneItemShareIt) {
  const struct {
    const char *name, *a, *b;
    bool same;
  } cases[] = {
      {"scheme", "http://h.example/a", "https://h.example/a", true},
      {"www", "http://www.h.example/a", "http://h.example/a", true},
      {"final slash", "http://h.example/a/", "http://h.example/a", true},
      {"home", "http://h.example/", "http://h.example", true},
      {"fragment", "http://h.example/a#c1", "http://h.example/a", true},
      {"order of parameters", "http://h.example/a?x=1&y=2", "http://h.example/a?y=2&x=1", true},
      {"tracking", "http://h.example/a?ref=home&cid=3", "http://h.example/a", true},
      {"escapes", "http://h.example/k%c3%a4se", "http://h.example/k%C3%A4se", true},
      {"parameter", "http://h.example/a?id=1", "http://h.example/a?id=2", false},
      {"path", "http://h.example/a", "http://h.example/b", false},
      {"case of the path", "http://h.example/A", "http://h.example/a", false},
      {"port", "http://h.example:81/a", "http://h.example/a", false},
      {"escaped slash", "http://h.example/a%2Fb", "http://h.example/a/b", false},
  };
  for (const auto& c : cases) EXPECT_EQ(url_key(c.a) == url_key(c.b), c.same) << c.name << ": " << url_key(c.a);
  EXPECT_EQ(url_key("https://www.h.example/a/?b=2&utm_id=1&a=1"), "h.example/a?a=1&b=2");
  EXPECT_EQ(url_key("mailto:x"), "");
}

TEST(HostWithoutWww, KeepsSitesCalledWww) {
  EXPECT_EQ(host_without_www("www.news.example.co.uk"), "news.example.co.uk");
  EXPECT_EQ(host_without_www("WWW.example.org"), "example.org");
  EXPECT_EQ(host_without_www("wwwexample.org"), "wwwexample.org");
  EXPECT_EQ(host_without_www("www.de"), "www.de");
  EXPECT_EQ(host_without_www(""), "");
}

}  // namespace
}  // namespace marrow
