#include "fetch/crawl_scope.h"

#include <gtest/gtest.h>

namespace marrow {
namespace {

TEST(CrawlScope, StaysWithItsSeedsUnlessTold) {
  const struct {
    const char *url, *expected;  // "" = not followed
    bool external;
  } rows[] = {
      {"http://a.example/x", "http://a.example/x", false},
      {"https://www.a.example/x", "https://www.a.example/x", false},
      {"http://A.example:80/x?utm_source=y#z", "http://a.example/x", false},
      {"http://b.example/x", "", false},
      {"http://b.example/x", "http://b.example/x", true},
      {"http://sub.a.example/x", "", false},
      {"http://a.example:8080/x", "", false},
      {"http://a.example/tag/x", "", false},
      {"http://b.example/tag/x", "", true},
      {"mailto:x@a.example", "", true},
      {"", "", true},
  };
  for (const auto& row : rows) {
    CrawlScope scope(*UrlFilter::create({}, {"/tag/"}), row.external);
    scope.seed("http://a.example/start");
    std::string url = row.url;
    EXPECT_EQ(scope.admit(url) ? url : "", row.expected) << row.url;
  }
}

}  // namespace
}  // namespace marrow
