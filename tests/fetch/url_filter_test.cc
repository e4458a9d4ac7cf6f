#include "fetch/url_filter.h"

#include <gtest/gtest.h>

namespace marrow {
namespace {

using Verdict = UrlFilter::Verdict;

UrlFilter filter(const std::vector<std::string>& include = {}, const std::vector<std::string>& exclude = {}) {
  auto made = UrlFilter::create(include, exclude);
  EXPECT_TRUE(made);
  return *std::move(made);
}

TEST(UrlFilter, Normalises) {
  const struct {
    const char *name, *url, *expected;
  } rows[] = {
      {"case of scheme and host", "HTTP://Example.ORG/A", "http://example.org/A"},
      {"no path", "http://a.example", "http://a.example/"},
      {"default port", "https://a.example:443/x", "https://a.example/x"},
      {"other port", "http://a.example:443/x", "http://a.example:443/x"},
      {"fragment", "http://a.example/x#part", "http://a.example/x"},
      {"tracking", "http://a.example/x?utm_source=a&id=7&fbclid=b", "http://a.example/x?id=7"},
      {"only tracking", "http://a.example/x?utm_source=a", "http://a.example/x"},
      {"IDN", "http://b\xc3\xbc" "cher.example/\xc3\xbc", "http://xn--bcher-kva.example/%C3%BC"},
      {"dot segments", "http://a.example/b/../c/./d", "http://a.example/c/d"},
      {"user name", "http://joe:secret@a.example/", "http://a.example/"},
      {"white space", " http://a.example/a\n", "http://a.example/a"},
      {"backslash", "http:\\\\a.example\\b", "http://a.example/b"},
      {"escapes", "http://a.example/%7ea%2fb?x=%e3%83%84%zz%4", "http://a.example/~a%2Fb?x=%E3%83%84%zz%4"},
      {"IPv4 in hex", "http://0x7f.1/", "http://127.0.0.1/"},
  };
  for (const auto& row : rows) {
    std::string url = row.url;
    EXPECT_EQ(filter().admit(url), Verdict::taken) << row.name;
    EXPECT_EQ(url, row.expected) << row.name;
  }
  for (const char* bad : {"", "example.org", "/path", "ftp://a.example/", "mailto:a@b", "javascript:x", "http://"}) {
    std::string url = bad;
    EXPECT_EQ(filter().admit(url), Verdict::no_url) << bad;
  }
}

TEST(UrlFilter, WhatIsTheSameIsWrittenTheSame) {
  const char* const first = "http://a.example/~joe/x?q=a%2Fb";
  const struct {
    const char* url;
    bool same;
  } rows[] = {
      {"http://A.example:80/%7ejoe/x?q=a%2Fb#z", true}, {"http://a.example/~joe/x?q=a%2fb", true},
      {"http://a.example/~joe/x?q=a%2Fb&utm_id=1", true}, {"https://a.example/~joe/x?q=a%2Fb", false},
      {"http://www.a.example/~joe/x?q=a%2Fb", false},   {"http://a.example/~joe/x/?q=a%2Fb", false},
      {"http://a.example/~Joe/x?q=a%2Fb", false},       {"http://a.example/~joe%2Fx?q=a%2Fb", false},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(normal_url(first) == normal_url(row.url), row.same) << row.url;
    EXPECT_EQ(normal_url(normal_url(row.url)), normal_url(row.url));
  }
}

TEST(UrlFilter, IncludeAndExclude) {
  const struct {
    std::vector<std::string> include, exclude;
    const char* url;
    bool taken;
  } rows[] = {
      {{"/blog/"}, {}, "http://a.example/blog/1", true},
      {{"/blog/"}, {}, "http://a.example/shop/1", false},
      {{"/blog/", "/news/"}, {}, "http://a.example/news/1", true},
      {{"/blog/"}, {"/tag/"}, "http://a.example/blog/tag/1", false},
      {{}, {"\\.pdf$"}, "http://a.example/a.pdf", false},
      {{}, {"\\.pdf$"}, "http://a.example/a.pdf?x", true},
      {{"^https://a\\."}, {}, "HTTPS://A.example/", true},  // what is matched is the normalised URL
  };
  for (const auto& row : rows) {
    std::string url = row.url;
    EXPECT_EQ(filter(row.include, row.exclude).admit(url) == Verdict::taken, row.taken) << row.url;
  }
  EXPECT_FALSE(UrlFilter::create({"("}, {}));
  EXPECT_FALSE(UrlFilter::create({}, {"(?=x)"}));
}

}  // namespace
}  // namespace marrow
