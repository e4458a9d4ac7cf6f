// What a job keeps of what it fetched (fetch/warc_writer.h), read as an archive (source/warc_page.h).
#include <gtest/gtest.h>

#include "fetch/warc_writer.h"
#include "source/warc_page.h"
#include "support/program.h"

namespace marrow {
namespace {

TEST(WarcReadback, AKeptPageComesBack) {
  Response response;
  response.url = "http://a.example/old";
  response.final_url = "http://a.example/new";
  response.status = 200;
  response.fetched_at = "2026-11-20T10:00:00Z";
  response.body = "<p>body, decompressed and unchunked";
  response.request_head = "GET /new HTTP/1.1\r\nHost: a.example\r\n\r\n";
  response.response_head =
      "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=ISO-8859-2\r\nContent-Encoding: gzip\r\n"
      "Transfer-Encoding: chunked\r\nETag: \"x\"\r\n\r\n";
  const std::string info = warc_info("a.warc.gz", response.fetched_at, "marrow");
  const WarcExchange exchange = warc_exchange(response);
  const test::TempDir dir;
  const std::string path = dir.write("a.warc.gz", info + exchange.bytes + info + exchange.bytes);

  auto page = read_warc_page(path, info.size() + exchange.response_offset, 1 << 20);
  ASSERT_TRUE(page) << page.error().message;
  EXPECT_EQ(page->input.bytes, response.body);
  EXPECT_EQ(page->input.url, response.final_url);
  EXPECT_EQ(page->input.charset, "iso-8859-2");
  EXPECT_EQ(page->input.status, 200);
  EXPECT_EQ(page->input.fetched_at, response.fetched_at);
  EXPECT_EQ(page->content_type, "text/html");
  EXPECT_EQ(page->input.id.size(), 36U);
  EXPECT_EQ(parse_http_head(page->http_head)->fields.find("etag"), "\"x\"");

  WarcPages pages(std::move(*WarcReader::open(path, {})), 1 << 20);
  Source::Item item;
  int count = 0;
  for (; pages.next(item); ++count) {
    ASSERT_TRUE(std::holds_alternative<Input>(item)) << std::get<InputFailure>(item).message;
    EXPECT_EQ(std::get<Input>(item).bytes, response.body);
  }
  EXPECT_EQ(count, 2);
  EXPECT_EQ(pages.left_out(LeftOut::other_record), 6U);  // info, request and metadata, twice
}

}  // namespace
}  // namespace marrow
