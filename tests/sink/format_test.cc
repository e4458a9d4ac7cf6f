#include "sink/format.h"

#include <gtest/gtest.h>

#include <string>

namespace marrow {
namespace {

std::string rendered(const Record& record, Format format) {
  std::string out;
  render(record, format, out);
  return out;
}

TEST(Render, JsonlIsOneLine) {
  Record record;
  record.id = "a";
  record.body = "one\n\ntwo\x1b[31m";
  const std::string line = rendered(record, Format::jsonl);
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  EXPECT_EQ(line.find('\x1b'), line.npos);
}

TEST(Render, TextIsTheBody) {
  Record record;
  record.title = "Title";
  record.body = "One.\n\nTwo.";
  EXPECT_EQ(rendered(record, Format::text), "One.\n\nTwo.\n");
  record.body = "One.\n\n\n";
  EXPECT_EQ(rendered(record, Format::text), "One.\n");
  record.body = "";
  EXPECT_EQ(rendered(record, Format::text), "");
}

TEST(Render, MarkdownHasTheTitleAsHeading) {
  Record record;
  record.title = "A *bold* title\n<script>";
  record.body = "Some *words*.";
  EXPECT_EQ(rendered(record, Format::markdown), "# A \\*bold\\* title \\<script\\>\n\nSome *words*.\n");
  record.title = "";
  EXPECT_EQ(rendered(record, Format::markdown), "Some *words*.\n");
}

struct ControlRow {
  const char* name;
  std::string in, out;
};

class Controls : public testing::TestWithParam<ControlRow> {};

TEST_P(Controls, AreLeftOut) {
  std::string out = "x";
  append_without_controls(GetParam().in, out);
  EXPECT_EQ(out, "x" + GetParam().out);
}

INSTANTIATE_TEST_SUITE_P(
    Table, Controls,
    testing::Values(ControlRow{"plain", "a b", "a b"}, ControlRow{"kept", "a\tb\nc", "a\tb\nc"},
                    ControlRow{"colour", "\x1b[31mred\x1b[0m", "[31mred[0m"},
                    ControlRow{"title", "\x1b]0;x\x07", "]0;x"}, ControlRow{"carriage", "a\rb", "ab"},
                    ControlRow{"nul", std::string("a\0b", 3), "ab"}, ControlRow{"del", "a\x7f" "b", "ab"},
                    ControlRow{"c1_csi", "a\xc2\x9b" "31mb", "a31mb"},
                    ControlRow{"c1_first", "\xc2\x80", ""}, ControlRow{"not_c1", "\xc2\xa0", "\xc2\xa0"},
                    ControlRow{"umlaut", "\xc3\x9b", "\xc3\x9b"}, ControlRow{"cut", "a\xc2", "a\xc2"}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace marrow
