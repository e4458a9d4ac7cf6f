#include "source/warc_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "source/open.h"
#include "support/packed.h"
#include "support/program.h"
#include "support/warc.h"

namespace marrow {
namespace {

using test::gzip;
using test::TempDir;
using test::warc_page;
using test::warc_record;
using test::zstd;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::size_t kMax = 1 << 20;

// The one item that a record gives: "=html", "~text", "! message" or "- left out".
std::string item_of(const std::string& record, Input* out = nullptr) {
  WarcPages pages(WarcReader("a.warc", bytes_in_memory(record), {}), kMax);
  Source::Item item;
  if (!pages.next(item)) {
    for (std::size_t i = 0; i < kLeftOut; ++i)
      if (pages.left_out(static_cast<LeftOut>(i))) return "- " + std::to_string(i);
    return "nothing";
  }
  if (auto* failure = std::get_if<InputFailure>(&item)) return "! " + failure->message;
  const Input& input = std::get<Input>(item);
  if (out) *out = input;
  return (input.content == Input::Content::html ? "=" : "~") + input.bytes;
}

TEST(WarcPages, AResponseIsAPage) {
  Input input;
  EXPECT_EQ(item_of(warc_page("0a-1", "http://a.example/x", "<p>hi", "Content-Type: text/html; charset=Windows-1252\r\n"), &input), "=<p>hi");
  EXPECT_EQ(input.id, "0a-1");
  EXPECT_EQ(input.url, "http://a.example/x");
  EXPECT_EQ(input.fetched_at, "2026-11-20T10:00:00Z");
  EXPECT_EQ(input.charset, "windows-1252");
  EXPECT_EQ(input.status, 200);
  EXPECT_EQ(input.origin, "a.warc@0");
  EXPECT_FALSE(input.truncated);
}

struct BodyRow {
  const char* name;
  std::string fields, body, want;
};
class Bodies : public testing::TestWithParam<BodyRow> {};

TEST_P(Bodies, AsTheServerMeantThem) {
  const BodyRow& row = GetParam();
  EXPECT_EQ(item_of(warc_page("1", "http://a.example/", row.body, "Content-Type: text/html\r\n" + row.fields)), row.want);
}

std::string long_body() {
  std::string out = "<p>";
  for (int i = 0; i < 30000; ++i) out += std::to_string(i) + ' ';
  return out;
}

// "<p>hello brotli" by the brotli tool.
const std::string kBrotli("\x0b\x07\x80<p>hello brotli\x03", 19);

INSTANTIATE_TEST_SUITE_P(
    Table, Bodies,
    testing::Values(
        BodyRow{"plain", "", "<p>a", "=<p>a"},
        BodyRow{"chunked", "Transfer-Encoding: chunked\r\n", "4\r\n<p>a\r\n3;x=y\r\nbcd\r\n0\r\n\r\n", "=<p>abcd"},
        BodyRow{"chunked_and_cut", "Transfer-Encoding: chunked\r\n", "4\r\n<p>a\r\nff\r\nbcd", "=<p>abcd"},
        BodyRow{"called_chunked", "Transfer-Encoding: chunked\r\n", "<p>abcd", "=<p>abcd"},
        BodyRow{"called_chunked_with_digits", "Transfer-Encoding: chunked\r\n", "3\r\n<p>abcd", "=3\r\n<p>abcd"},
        BodyRow{"gzip", "Content-Encoding: gzip\r\n", gzip("<p>a"), "=<p>a"},
        BodyRow{"x_gzip", "Content-Encoding: X-GZIP\r\n", gzip("<p>a"), "=<p>a"},
        BodyRow{"gzip_long", "Content-Encoding: gzip\r\n", gzip(long_body()), "=" + long_body()},
        BodyRow{"called_gzip", "Content-Encoding: gzip\r\n", "<p>a", "=<p>a"},
        BodyRow{"gzip_twice", "Content-Encoding: gzip, gzip\r\n", gzip(gzip("<p>a")), "=<p>a"},
        BodyRow{"zstd", "Content-Encoding: zstd\r\n", zstd(long_body()), "=" + long_body()},
        BodyRow{"brotli", "Content-Encoding: br\r\n", kBrotli, "=<p>hello brotli"},
        BodyRow{"called_brotli", "Content-Encoding: br\r\n", "<p>hello", "=<p>hello"},
        BodyRow{"deflate_zlib", "Content-Encoding: deflate\r\n", std::string("\x78\x9c\xb3\x29\x50\x48\x04\0\x03\x3f\x01\x2e", 12).substr(0, 8), "=<p a"},
        BodyRow{"chunked_gzip", "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n",
                [] {
                  const std::string z = gzip("<p>a");
                  return "5\r\n" + z.substr(0, 5) + "\r\n" + std::string(1, "0123456789abcdef"[(z.size() - 5) / 16]) +
                         std::string(1, "0123456789abcdef"[(z.size() - 5) % 16]) + "\r\n" + z.substr(5) + "\r\n0\r\n\r\n";
                }(),
                "=<p>a"},
        BodyRow{"identity", "Content-Encoding: identity\r\n", "<p>a", "=<p>a"},
        BodyRow{"unknown", "Content-Encoding: rot13\r\n", "<c>n", "=<c>n"},
        BodyRow{"unknown_and_packed", "Content-Encoding: rot13\r\n", "\x01\x02", "! a.warc@0: unknown content encoding in the body: rot13"},
        BodyRow{"broken_gzip", "Content-Encoding: gzip\r\n", "\x1f\x8b\x08 nothing of the kind", "! a.warc@0: broken compression in the body"},
        BodyRow{"many_encodings", "Content-Encoding: gzip,gzip,gzip,gzip\r\n", "x", "! a.warc@0: more than 3 content encodings in the body"},
        BodyRow{"empty", "", "", "! a.warc@0: the page is empty"}),
    [](const auto& row) { return row.param.name; });

TEST(WarcPages, ABombIsCut) {
  Input input;
  item_of(warc_page("1", "http://a.example/", gzip(std::string(50 << 20, ' ')), "Content-Type: text/html\r\nContent-Encoding: gzip\r\n"), &input);
  EXPECT_EQ(input.bytes.size(), kMax + 1);
}

TEST(WarcPages, WetIsText) {
  Input input;
  const std::string fields = "WARC-Record-ID: <urn:uuid:7>\r\nWARC-Target-URI: http://a.example/\r\nContent-Type: text/plain\r\n";
  EXPECT_EQ(item_of(warc_record("conversion", fields, "Some text\n"), &input), "~Some text\n");
  EXPECT_EQ(input.id, "7");
  EXPECT_EQ(input.status, 0);
}

struct KindRow {
  const char* name;
  std::string record, want;
};
class Kinds : public testing::TestWithParam<KindRow> {};
TEST_P(Kinds, PageOrNot) { EXPECT_EQ(item_of(GetParam().record), GetParam().want); }

std::string http(std::string_view line_and_fields, std::string_view body) {
  return warc_record("response", "Content-Type: application/http\r\n", std::string(line_and_fields) + "\r\n" + std::string(body));
}

INSTANTIATE_TEST_SUITE_P(
    Table, Kinds,
    testing::Values(
        KindRow{"info", warc_record("warcinfo", "Content-Type: application/warc-fields\r\n", "software: x\r\n"), "- 0"},
        KindRow{"request", warc_record("request", "Content-Type: application/http\r\n", "GET / HTTP/1.0\r\n\r\n"), "- 0"},
        KindRow{"dns", warc_record("response", "Content-Type: text/dns\r\n", "a.example 1.2.3.4"), "- 0"},
        KindRow{"revisit", warc_record("revisit", "Content-Type: application/http\r\n", "HTTP/1.1 200 OK\r\n\r\n"), "- 1"},
        KindRow{"redirect", http("HTTP/1.1 301 Moved\r\nContent-Type: text/html\r\n", "<p>x"), "- 2"},
        KindRow{"not_found", http("HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n", "<p>x"), "- 2"},
        KindRow{"image", http("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n", "\x89PNG"), "- 3"},
        KindRow{"json", http("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n", "{}"), "- 3"},
        KindRow{"no_type_html", http("HTTP/2 200\r\n", "<!doctype html><p>x"), "=<!doctype html><p>x"},
        KindRow{"no_type_binary", http("HTTP/1.1 200 OK\r\n", std::string("\x89PNG\r\n\x1a\n\0\0\0", 11)), "- 3"},
        KindRow{"text", http("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n", "hello"), "~hello"},
        KindRow{"bare_lines", http("HTTP/1.0 200 OK\nContent-Type: text/html\n", "<p>x").replace(0, 0, ""), "=<p>x"},
        KindRow{"no_http", http("<html>", "<p>x"), "! a.warc@0: the record holds no HTTP response"},
        KindRow{"resource", warc_record("resource", "Content-Type: text/html\r\n", "<p>x"), "=<p>x"},
        KindRow{"resource_css", warc_record("resource", "Content-Type: text/css\r\n", "p{}"), "- 3"},
        KindRow{"wat", warc_record("metadata", "Content-Type: application/json\r\n", "{}"), "- 0"}),
    [](const auto& row) { return row.param.name; });

TEST(WarcPages, TruncatedRecordsSaySo) {
  Input input;
  item_of(warc_record("response", "Content-Type: application/http\r\nWARC-Truncated: length\r\n", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>x"), &input);
  EXPECT_TRUE(input.truncated);
}

TEST(ReadWarcPage, OneRecordByItsOffset) {
  const TempDir dir;
  const std::string first = gzip(warc_page("1", "http://a.example/1", "<p>one")), image = gzip(http("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n", "x"));
  const std::string path = dir.write("a.warc.gz", first + image + gzip(warc_page("2", "http://a.example/2", "<p>two")));
  auto page = read_warc_page(path, first.size() + image.size(), kMax);
  ASSERT_TRUE(page);
  EXPECT_EQ(page->input.bytes, "<p>two");
  EXPECT_EQ(page->input.id, "2");
  EXPECT_EQ(page->content_type, "text/html");
  EXPECT_EQ(page->http_head, "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n");
  EXPECT_THAT(read_warc_page(path, first.size(), kMax).error().message, HasSubstr("the record is no page (response)"));
  EXPECT_THAT(read_warc_page(path, 3, kMax).error().message, HasSubstr("a.warc.gz@3: no record begins here"));
  EXPECT_THAT(read_warc_page(path, 1 << 20, kMax).error().message, HasSubstr("no record begins here"));
  EXPECT_THAT(read_warc_page(dir / "none", 0, kMax).error().message, HasSubstr("does not exist"));
}

std::vector<std::string> ids(const SourceSpec& spec, std::string* left_out = nullptr) {
  std::vector<std::string> out;
  auto source = open_source(spec);
  if (!source) return {"? " + source.error().message};
  for (Source::Item item; (*source)->next(item);) {
    const auto* input = std::get_if<Input>(&item);
    out.push_back(input ? input->id : "! " + std::get<InputFailure>(item).message);
  }
  if (left_out) *left_out = (*source)->left_out();
  return out;
}

TEST(OpenSource, ArchivesAmongOtherInputs) {
  const TempDir dir;
  const std::string archive = gzip(warc_record("warcinfo", "", "")) + gzip(warc_page("1", "http://a.example/", "<p>x")) +
                              gzip(warc_page("2", "http://a.example/", "<p>y"));
  const SourceSpec spec{.paths = {dir.write("b.html", "<p>b"), dir.write("a.warc.gz", archive), dir.write("named_otherwise", archive),
                                  dir.write("c.wet", warc_record("conversion", "WARC-Record-ID: <urn:uuid:3>\r\nContent-Type: text/plain\r\n", "t")),
                                  dir.write("d.warc", "")}};
  std::string left_out;
  EXPECT_THAT(ids(spec, &left_out), ElementsAre("b", "1", "2", "1", "2", "3", HasSubstr("d.warc is empty")));
  EXPECT_EQ(left_out, "2 records about pages");
}

TEST(OpenSource, RangesAreOfOneArchive) {
  const TempDir dir;
  const std::string first = gzip(warc_page("1", "http://a.example/", "<p>x"));
  const std::string path = dir.write("a.warc.gz", first + gzip(warc_page("2", "http://a.example/", "<p>y")));
  EXPECT_THAT(ids({.paths = {path}, .range_start = 0, .range_length = first.size()}), ElementsAre("1"));
  EXPECT_THAT(ids({.paths = {path}, .range_start = 1, .range_length = 1000}), ElementsAre("2"));
  EXPECT_THAT(ids({.paths = {path, path}, .range_start = 1}), ElementsAre("? a range is of one WARC file: name one"));
  EXPECT_THAT(ids({.paths = {dir.write("b.html", "<p>b")}, .range_start = 1}), ElementsAre(HasSubstr("is no archive")));
}

}  // namespace
}  // namespace marrow
