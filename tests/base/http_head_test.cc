#include "base/http_head.h"

#include <gtest/gtest.h>

namespace marrow {
namespace {

struct HeadRow {
  const char* name;
  std::string_view bytes;
  int status;  // 0 = no head
  std::size_t size;
  std::string_view type;
};

class HttpHeads : public testing::TestWithParam<HeadRow> {};

TEST_P(HttpHeads, AreRead) {
  const HeadRow& row = GetParam();
  const auto head = parse_http_head(row.bytes);
  ASSERT_EQ(head.has_value(), row.status != 0);
  if (!head) return;
  EXPECT_EQ(head->status, row.status);
  EXPECT_EQ(head->size, row.size);
  EXPECT_EQ(head->fields.find("CONTENT-TYPE"), row.type);
}

INSTANTIATE_TEST_SUITE_P(
    Table, HttpHeads,
    testing::Values(HeadRow{"usual", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nbody", 200, 44, "text/html"},
                    HeadRow{"no_fields", "HTTP/1.1 204 No Content\r\n\r\n", 204, 27, ""},
                    HeadRow{"no_reason", "HTTP/2 301\nContent-Type:a/b\n\nx", 301, 29, "a/b"},
                    HeadRow{"lower_case", "http/1.0 404  \r\ncontent-TYPE  :  a/b  \r\n\r\n", 404, 42, "a/b"},
                    HeadRow{"first_of_two", "HTTP/1.1 200 OK\r\nContent-Type: a\r\nContent-Type: b\r\n\r\n", 200, 53, "a"},
                    HeadRow{"line_without_colon", "HTTP/1.1 200 OK\r\nnonsense\r\nContent-Type: a\r\n\r\n", 200, 46, "a"},
                    HeadRow{"no_end", "HTTP/1.1 200 OK\r\nContent-Type: a\r\n", 0, 0, ""},
                    HeadRow{"no_status", "HTTP/1.1 OK\r\n\r\n", 0, 0, ""},
                    HeadRow{"four_digits", "HTTP/1.1 2000 OK\r\n\r\n", 0, 0, ""},
                    HeadRow{"two_digits", "HTTP/1.1 99 x\r\n\r\n", 0, 0, ""},
                    HeadRow{"html", "<html>\r\n\r\n", 0, 0, ""}, HeadRow{"nothing", "", 0, 0, ""}),
    [](const auto& row) { return row.param.name; });

TEST(HeaderEnd, IsFoundAcrossAnEarlierSearch) {
  const std::string_view bytes = "a: b\r\n\r\nrest";
  for (std::size_t seen = 0; seen <= 8; ++seen) {
    const std::size_t before = header_end(bytes.substr(0, seen));
    EXPECT_EQ(before, seen == 8 ? 8 : std::string_view::npos) << seen;
    EXPECT_EQ(header_end(bytes, seen), 8U) << seen;
  }
}

TEST(HeaderFields, FoldedLinesStayTogether) {
  const HeaderFields fields = parse_header_fields("A: one\r\n\ttwo\r\nB:\r\n: no name\r\n");
  EXPECT_EQ(fields.find("a"), "one\r\n\ttwo");
  EXPECT_EQ(fields.find("b"), "");
  EXPECT_EQ(fields.fields.size(), 2U);
}

}  // namespace
}  // namespace marrow
