#include "source/warc.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zdict.h>
#include <zstd.h>

#include <functional>
#include <memory>
#include <vector>

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

using Lines = std::vector<std::string>;

// "id@offset" a record, "! message" a damage.
Lines drain(WarcReader reader, bool offsets = false) {
  Lines lines;
  WarcRecord record;
  for (;;) switch (reader.next(record)) {
      case WarcReader::Got::record:
        lines.push_back(std::string(record.id()) + (offsets ? '@' + std::to_string(record.offset) : ""));
        break;
      case WarcReader::Got::damage: lines.push_back("! " + reader.damage().message); break;
      case WarcReader::Got::end: return lines;
    }
}

Lines drain(const std::string& bytes, const WarcOptions& options = {}) {
  return drain(WarcReader("a.warc", bytes_in_memory(bytes), options));
}

std::string page(int number, std::size_t size = 300) {
  std::string html = "<p>page " + std::to_string(number) + ' ';
  for (std::uint32_t x = static_cast<std::uint32_t>(number) + 1; html.size() < size; x = x * 1664525 + 1013904223)
    html += static_cast<char>('a' + (x >> 24) % 26);
  return warc_page(std::to_string(number), "http://a.example/" + std::to_string(number), html);
}

// The IIPC's way: the dictionary in a skippable frame, a frame a record.
std::string zstd_with_dictionary(const std::vector<std::string>& records, bool packed_dictionary) {
  std::string samples, dictionary(2000, '\0');
  std::vector<std::size_t> sizes;
  for (int i = 1000; i < 1400; ++i) {
    samples += page(i);
    sizes.push_back(page(i).size());
  }
  dictionary.resize(ZDICT_trainFromBuffer(dictionary.data(), dictionary.size(), samples.data(), sizes.data(), 400));
  const std::string stored = packed_dictionary ? zstd(dictionary) : dictionary;
  std::string out("\x5d\x2a\x4d\x18", 4);
  for (int shift = 0; shift < 32; shift += 8) out += static_cast<char>(stored.size() >> shift & 0xff);
  out += stored;
  std::unique_ptr<ZSTD_CCtx, void (*)(ZSTD_CCtx*)> context(ZSTD_createCCtx(), [](ZSTD_CCtx* c) { ZSTD_freeCCtx(c); });
  for (const std::string& record : records) {
    std::string frame(ZSTD_compressBound(record.size()), '\0');
    frame.resize(ZSTD_compress_usingDict(context.get(), frame.data(), frame.size(), record.data(), record.size(),
                                         dictionary.data(), dictionary.size(), 3));
    out += frame;
  }
  return out;
}

struct FormRow {
  const char* name;
  std::function<std::string(const std::vector<std::string>&)> pack;
  bool member_a_record = true;
};

std::string each(const std::vector<std::string>& records, std::string (*pack)(std::string_view)) {
  std::string out;
  for (const std::string& record : records) out += pack(record);
  return out;
}
std::string joined(const std::vector<std::string>& records) {
  std::string out;
  for (const std::string& record : records) out += record;
  return out;
}

const FormRow kForms[] = {
    {"plain", joined},
    {"gzip", [](const auto& r) { return each(r, gzip); }},
    {"zstd", [](const auto& r) { return each(r, zstd); }},
    {"zstd_dictionary", [](const auto& r) { return zstd_with_dictionary(r, false); }},
    {"zstd_packed_dictionary", [](const auto& r) { return zstd_with_dictionary(r, true); }},
    {"gzip_as_a_whole", [](const auto& r) { return gzip(joined(r)); }, false},
    {"zstd_as_a_whole", [](const auto& r) { return zstd(joined(r)); }, false},
};

class WarcForms : public testing::TestWithParam<FormRow> {};

TEST_P(WarcForms, GiveEveryRecord) {
  const std::string bytes = GetParam().pack({page(1), page(2, 200000), page(3), page(4, 3)});
  EXPECT_THAT(drain(bytes), ElementsAre("1", "2", "3", "4"));
  EXPECT_TRUE(looks_like_warc(bytes.substr(0, warc_sniff_bytes(bytes))));
}

TEST_P(WarcForms, BlocksAreWhole) {
  const std::string bytes = GetParam().pack({page(1), page(2, 200000)});
  WarcReader reader("a", bytes_in_memory(bytes), {});
  WarcRecord record;
  ASSERT_EQ(reader.next(record), WarcReader::Got::record);
  ASSERT_EQ(reader.next(record), WarcReader::Got::record);
  EXPECT_EQ(record.type(), "response");
  EXPECT_EQ(record.target(), "http://a.example/2");
  EXPECT_EQ(record.date(), "2026-11-20T10:00:00Z");
  EXPECT_FALSE(record.cut);
  EXPECT_THAT(page(2, 200000), HasSubstr(std::string(record.block)));
  EXPECT_GT(record.block.size(), 200000U);
}

TEST_P(WarcForms, LongBlocksAreCutAndReadOver) {
  const std::string bytes = GetParam().pack({page(1), page(2, 500000), page(3)});
  WarcReader reader("a", bytes_in_memory(bytes), {.max_block = 1000});
  WarcRecord record;
  ASSERT_EQ(reader.next(record), WarcReader::Got::record);
  EXPECT_FALSE(record.cut);
  ASSERT_EQ(reader.next(record), WarcReader::Got::record);
  EXPECT_TRUE(record.cut);
  EXPECT_EQ(record.block.size(), 1000U);
  ASSERT_EQ(reader.next(record), WarcReader::Got::record);
  EXPECT_EQ(record.id(), "3");
  EXPECT_EQ(reader.next(record), WarcReader::Got::end);
}

TEST_P(WarcForms, OffsetsLeadBackToTheRecord) {
  if (!GetParam().member_a_record) GTEST_SKIP() << "one member holds all records";
  const TempDir dir;
  const std::string path = dir.write("a.warc", GetParam().pack({page(1), page(2), page(3, 100000)}));
  WarcReader reader = std::move(*WarcReader::open(path, {}));
  WarcRecord record, again;
  for (const char* id : {"1", "2", "3"}) {
    ASSERT_EQ(reader.next(record), WarcReader::Got::record);
    auto there = WarcReader::open(path, {.start = record.offset, .length = 1});
    ASSERT_TRUE(there);
    ASSERT_EQ(there->next(again), WarcReader::Got::record);
    EXPECT_EQ(again.id(), id);
    EXPECT_EQ(again.block, record.block);
    EXPECT_EQ(there->next(again), WarcReader::Got::end);
  }
}

// However a file is cut into ranges, each record is in one of them.
TEST_P(WarcForms, RangesGiveEveryRecordOnce) {
  const TempDir dir;
  const std::string bytes = GetParam().pack({page(1), page(2), page(3, 5000), page(4), page(5, 2)});
  const std::string path = dir.write("a.warc", bytes);
  for (std::uint64_t step : {std::uint64_t{7}, std::uint64_t{64}, std::uint64_t{333}, std::uint64_t{1000}, bytes.size() + 1}) {
    Lines all;
    for (std::uint64_t start = 0; start < bytes.size(); start += step)
      for (std::string& line : drain(std::move(*WarcReader::open(path, {.start = start, .length = step}))))
        all.push_back(std::move(line));
    EXPECT_THAT(all, ElementsAre("1", "2", "3", "4", "5")) << "ranges of " << step;
  }
}

TEST_P(WarcForms, AFileCutShortGivesWhatIsBeforeTheCut) {
  const std::string bytes = GetParam().pack({page(1), page(2), page(3)});
  const std::size_t two = GetParam().pack({page(1), page(2)}).size();
  if (!GetParam().member_a_record) GTEST_SKIP() << "one member holds all records";
  for (std::size_t cut : {std::size_t{5}, (bytes.size() - two) / 2}) {
    const Lines lines = drain(bytes.substr(0, bytes.size() - cut));
    ASSERT_EQ(lines.size(), 3U) << cut;
    EXPECT_EQ(lines[1], "2");
    EXPECT_THAT(lines[2], HasSubstr("a.warc@" + std::to_string(two) + ": "));
    EXPECT_THAT(lines[2], HasSubstr("cut short"));
  }
}

INSTANTIATE_TEST_SUITE_P(Table, WarcForms, testing::ValuesIn(kForms), [](const auto& row) { return row.param.name; });

// What is done to the second of three members, and what is then said of it.
struct DamageRow {
  const char* name;
  std::function<std::string(std::string)> harm;
  const char* said;
};

std::string flip(std::string bytes, std::size_t at) {
  bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
  return bytes;
}

class DamagedGzip : public testing::TestWithParam<DamageRow> {};

TEST_P(DamagedGzip, OnlyTheDamagedRecordIsLost) {
  const std::string first = gzip(page(1)), second = gzip(page(2, 3000)), third = gzip(page(3));
  const Lines lines = drain(first + GetParam().harm(second) + third);
  ASSERT_EQ(lines.size(), 3U) << testing::PrintToString(lines);
  EXPECT_EQ(lines[0], "1");
  EXPECT_THAT(lines[1], HasSubstr("! a.warc@" + std::to_string(first.size()) + ": "));
  EXPECT_THAT(lines[1], HasSubstr(GetParam().said));
  EXPECT_EQ(lines[2], "3");
}

INSTANTIATE_TEST_SUITE_P(
    Table, DamagedGzip,
    testing::Values(
        DamageRow{"CutInTheMiddle", [](std::string m) { return m.substr(0, m.size() / 2); }, "broken gzip"},
        DamageRow{"CutInItsHeader", [](std::string m) { return m.substr(0, 5); }, ""},
        DamageRow{"WrongChecksum", [](std::string m) { return flip(m, m.size() - 6); }, "wrong checksum or length"},
        DamageRow{"WrongLength", [](std::string m) { return flip(m, m.size() - 1); }, "wrong checksum or length"},
        DamageRow{"WrongMagic", [](std::string m) { return flip(m, 0); }, "no gzip member begins here"},
        DamageRow{"Text", [](std::string) { return std::string("not a member at all"); }, "no gzip member begins here"},
        DamageRow{"NoRecord", [](std::string) { return gzip("<html>no record</html>"); }, "no WARC record begins here"},
        DamageRow{"NoContentLength", [](std::string) { return gzip("WARC/1.0\r\nWARC-Type: response\r\n\r\nabc\r\n\r\n"); }, "no Content-Length"},
        DamageRow{"NegativeLength", [](std::string) { return gzip("WARC/1.0\r\nContent-Length: -1\r\n\r\nabc\r\n\r\n"); }, "no Content-Length"},
        DamageRow{"LengthTooLarge", [](std::string) { return gzip("WARC/1.0\r\nContent-Length: 99999\r\n\r\nabc\r\n\r\n"); }, "cut short"},
        DamageRow{"LengthBeyondAllMemory", [](std::string) { return gzip("WARC/1.0\r\nContent-Length: 18446744073709551615\r\n\r\nabc\r\n\r\n"); }, "cut short"},
        DamageRow{"LengthTooSmall", [](std::string) { return gzip("WARC/1.0\r\nContent-Length: 1\r\n\r\nabc\r\n\r\n"); }, "Content-Length is wrong"},
        DamageRow{"HeaderWithoutEnd", [](std::string) { return gzip("WARC/1.0\r\nWARC-Type: response\r\n"); }, "cut short"},
        DamageRow{"EndlessHeader", [](std::string) { return gzip("WARC/1.0\r\n" + std::string(1 << 20, 'x')); }, "its header does not end"}),
    [](const auto& row) { return row.param.name; });

TEST(WarcReader, DamageInAPlainFile) {
  std::string broken = page(2);
  broken.replace(broken.find("Content-Length"), 14, "Content-Langth");
  const std::size_t at = page(1).size();
  EXPECT_THAT(drain(page(1) + broken + page(3)),
              ElementsAre("1", "! a.warc@" + std::to_string(at) + ": its header has no Content-Length", "3"));
  std::string greedy = page(2);
  greedy.replace(greedy.find("Content-Length: "), 16, "Content-Length: 9");  // swallows the next record
  EXPECT_THAT(drain(page(1) + greedy + page(3) + page(4, 100000)),
              ElementsAre("1", HasSubstr("@" + std::to_string(at) + ": its Content-Length is wrong"), "3", "4"));
}

TEST(WarcReader, PaddingBetweenMembers) {
  EXPECT_THAT(drain(gzip(page(1)) + std::string(1000, '\0') + gzip(page(2)) + std::string(9, '\0')), ElementsAre("1", "2"));
}

TEST(WarcReader, FoldedHeadersBareLinesAndBrackets) {
  const std::string bytes =
      "WARC/0.17\nwarc-type: response\nWARC-Record-ID: <urn:x:1>\nWARC-Target-URI: <http://a.example/b>\n"
      "X-Long: one\n  two\nContent-Length : 3\n\nabc\n\n"
      "WARC/1.1\nWARC-Type: metadata\nContent-Length: 0\n\n\n\n";
  WarcReader reader("a", bytes_in_memory(bytes), {});
  WarcRecord record;
  ASSERT_EQ(reader.next(record), WarcReader::Got::record);
  EXPECT_EQ(record.target(), "http://a.example/b");
  EXPECT_EQ(record.id(), "urn:x:1");
  EXPECT_EQ(record.block, "abc");
  EXPECT_EQ(record.header.find("x-long"), "one\n  two");
  ASSERT_EQ(reader.next(record), WarcReader::Got::record);
  EXPECT_EQ(record.type(), "metadata");
  EXPECT_EQ(reader.next(record), WarcReader::Got::end);
}

TEST(WarcReader, NothingInNothing) {
  EXPECT_THAT(drain(""), ElementsAre());
  EXPECT_THAT(drain("\r\n\r\n"), ElementsAre());
  EXPECT_THAT(drain("hello"), ElementsAre(HasSubstr("a.warc@0: no WARC record begins here")));
  EXPECT_FALSE(looks_like_warc("hello"));
  EXPECT_FALSE(looks_like_warc(gzip("hello")));
  EXPECT_FALSE(looks_like_warc(""));
}

TEST(WarcReader, ADictionaryThatIsNone) {
  std::string bytes("\x5d\x2a\x4d\x18\x04\0\0\0\x28\xb5\x2f\xfd", 12);
  EXPECT_THAT(drain(bytes + zstd(page(1))), ElementsAre(HasSubstr("its dictionary"), "1"));
}

// A file made of nothing but beginnings must not be read again and again from each of them.
TEST(WarcReader, ManyFalseBeginnings) {
  std::string member = gzip(page(1, 100)).substr(0, 60), bytes;
  for (int i = 0; i < 20000; ++i) bytes += member;
  EXPECT_LE(drain(bytes + gzip(page(2))).size(), 20001U);
  std::string heads;
  for (int i = 0; i < 20000; ++i) heads += "WARC/1.0\r\nContent-Length: 10000000\r\n\r\n";
  EXPECT_LE(drain(heads).size(), 20001U);
}

}  // namespace
}  // namespace marrow
