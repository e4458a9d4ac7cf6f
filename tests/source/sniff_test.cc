#include "source/sniff.h"

#include <gtest/gtest.h>

#include <string>

namespace marrow {
namespace {

using namespace std::string_literals;

std::string utf16(std::string_view ascii, bool little) {
  std::string out;
  for (const char c : ascii) {
    if (!little) out += '\0';
    out += c;
    if (little) out += '\0';
  }
  return out;
}

// The same bytes on every machine.
std::string noise(std::size_t size) {
  std::string out;
  for (std::uint32_t state = 1; out.size() < size;) {
    state = state * 1664525 + 1013904223;
    out += static_cast<char>(state >> 24);
  }
  return out;
}

struct SniffRow {
  const char* name;
  std::string head;
  Look look;
};

class Sniff : public testing::TestWithParam<SniffRow> {};

TEST_P(Sniff, Looks) { EXPECT_EQ(sniff(GetParam().head).look, GetParam().look); }

INSTANTIATE_TEST_SUITE_P(
    Table, Sniff,
    testing::Values(
        SniffRow{"doctype", "<!DOCTYPE html><title>x</title>", Look::html},
        SniffRow{"space_before", "\n\n  <p>x", Look::html}, SniffRow{"comment", "<!-- x -->", Look::html},
        SniffRow{"xml", "<?xml version='1.0'?><html>", Look::html},
        SniffRow{"text_before_tag", "Hello <b>you</b>", Look::html},
        SniffRow{"mark", "\xef\xbb\xbf<html>", Look::html},
        SniffRow{"utf16_le_mark", "\xff\xfe"s + utf16("<html>", true), Look::html},
        SniffRow{"utf16_be", utf16("<html><body><p>Some words in here", false), Look::html},
        SniffRow{"utf16_le", utf16("<html><body><p>Some words in here", true), Look::html},
        SniffRow{"text", "Most people know that 3 < 4.", Look::text},
        SniffRow{"late_tag", std::string(2000, 'x') + "<b>", Look::text},
        SniffRow{"less_than_at_end", "a <", Look::text}, SniffRow{"empty", "", Look::text},
        SniffRow{"shift_jis", "\x93\xfa\x96{\x8c\xea", Look::text},
        SniffRow{"iso_2022_jp", "\x1b$B4A;z\x1b(B", Look::text},
        SniffRow{"jsonl", "{\"id\":1}", Look::jsonl},
        SniffRow{"jsonl_mark", "\xef\xbb\xbf {\"id\":1}", Look::jsonl},
        SniffRow{"one_nul_in_a_page", "<p>" + std::string(200, 'x') + "\0</p>"s, Look::html},
        SniffRow{"pdf", "%PDF-1.7\n", Look::binary},
        SniffRow{"png", "\x89PNG\r\n\x1a\n", Look::binary},
        SniffRow{"zip", "PK\x03\x04", Look::binary}, SniffRow{"noise", noise(4096), Look::binary},
        SniffRow{"nuls", std::string(100, '\0'), Look::binary}),
    [](const auto& row) { return row.param.name; });

TEST(SniffName, SaysWhatItIs) {
  EXPECT_EQ(looks_binary("%PDF-1.4"), "a PDF document");
  EXPECT_EQ(looks_binary("\xff\xd8\xff\xe0"), "a JPEG image");
  EXPECT_EQ(looks_binary(noise(4096)), "binary data");
  EXPECT_EQ(looks_binary("<html>"), "");
}

TEST(SniffName, LooksAtTheHeadOnly) {
  const std::string page = std::string(kSniffBytes, 'x') + noise(100000);
  EXPECT_EQ(looks_binary(page), "");
}

}  // namespace
}  // namespace marrow
