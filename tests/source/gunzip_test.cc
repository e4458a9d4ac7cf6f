#include "source/gunzip.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <cstdint>
#include <string>

#include "support/packed.h"

namespace marrow {
namespace {

struct Unpacked {
  std::string bytes;
  std::size_t taken = 0;
  bool ended = false;
  std::string fault;
  bool operator==(const Unpacked&) const = default;
};

// By pieces of `in_piece` and `out_piece` bytes, until it ends, fails or has nothing more to give.
Unpacked unpack(Gunzip& gunzip, std::string_view in, std::size_t in_piece, std::size_t out_piece) {
  Unpacked all;
  std::string out(out_piece, '?');
  gunzip.restart();
  for (;;) {
    const Gunzip::Step step = gunzip.decode(in.substr(all.taken, in_piece), out.data(), out.size());
    all.bytes.append(out, 0, step.made);
    all.taken += step.taken;
    all.ended = step.ended;
    if (step.fault) all.fault = step.fault;
    if (step.fault || step.ended || (step.made == 0 && all.taken == in.size())) return all;
  }
}

// Prose, noise and runs: blocks with tables of their own, stored blocks, references from far and near.
std::string text() {
  std::string out;
  std::uint32_t noise = 12345;
  for (int i = 0; i < 4000; ++i) out += "The " + std::to_string(i * i) + "th line of a page about nothing in particular.\n";
  for (int i = 0; i < 70'000; ++i) out += static_cast<char>((noise = noise * 1664525 + 1013904223) >> 24);
  return out + std::string(200'000, ' ') + out.substr(0, 40'000);
}

TEST(Gunzip, TheSameBytesHoweverThePiecesAreCut) {
  const std::string bytes = text(), packed = test::gzip(bytes);
  Gunzip gunzip;
  const std::size_t sizes[] = {1, 2, 7, 8, 9, 300, 32768, 65536, 1 << 20};
  for (const std::size_t in_piece : sizes)
    for (const std::size_t out_piece : sizes) {
      if (in_piece * out_piece < 100) continue;  // a million calls
      EXPECT_EQ(unpack(gunzip, packed, in_piece, out_piece), (Unpacked{bytes, packed.size(), true, ""})) << in_piece << ' ' << out_piece;
    }
}

TEST(Gunzip, SmallMembersByTheByte) {
  Gunzip gunzip;
  for (const std::string& bytes : {std::string(), std::string("x"), std::string("<p>short</p>"), std::string(70'000, 'a')}) {
    const std::string packed = test::gzip(bytes);
    EXPECT_EQ(unpack(gunzip, packed, 1, 1), (Unpacked{bytes, packed.size(), true, ""}));
  }
}

TEST(Gunzip, TakesNothingFromBehindTheMember) {
  const std::string packed = test::gzip("<p>one");
  Gunzip gunzip;
  for (const std::string& behind : {packed, std::string("garbage"), std::string(9, '\0')})
    EXPECT_EQ(unpack(gunzip, packed + behind, 1 << 16, 1 << 16), (Unpacked{"<p>one", packed.size(), true, ""}));
}

// File name, comment and further fields (RFC 1952 2.3.1), as other writers put them.
TEST(Gunzip, HeadersWithEveryField) {
  std::string bytes = "<p>with a name", packed(1000, '\0'), extra = "XX\x02";
  extra += std::string("\0ab", 3);
  char name[] = "page.html", comment[] = "fetched";
  gz_header header{};
  header.extra = reinterpret_cast<Bytef*>(extra.data());
  header.extra_len = static_cast<uInt>(extra.size());
  header.name = reinterpret_cast<Bytef*>(name);
  header.comment = reinterpret_cast<Bytef*>(comment);
  header.hcrc = 1;
  z_stream z{};
  ASSERT_EQ(deflateInit2(&z, 9, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY), Z_OK);
  ASSERT_EQ(deflateSetHeader(&z, &header), Z_OK);
  z.next_in = reinterpret_cast<Bytef*>(bytes.data());
  z.avail_in = static_cast<uInt>(bytes.size());
  z.next_out = reinterpret_cast<Bytef*>(packed.data());
  z.avail_out = static_cast<uInt>(packed.size());
  ASSERT_EQ(deflate(&z, Z_FINISH), Z_STREAM_END);
  packed.resize(packed.size() - z.avail_out);
  deflateEnd(&z);
  Gunzip gunzip;
  for (const std::size_t piece : {std::size_t{1}, std::size_t{5}, std::size_t{1000}})
    EXPECT_EQ(unpack(gunzip, packed, piece, 1000), (Unpacked{bytes, packed.size(), true, ""})) << piece;
}

TEST(Gunzip, EveryCutIsSeenAsSuch) {
  const std::string packed = test::gzip("<p>a page that was cut short in the middle");
  Gunzip gunzip;
  for (std::size_t size = 0; size < packed.size(); ++size) {
    const Unpacked cut = unpack(gunzip, std::string_view(packed).substr(0, size), 1 << 16, 1 << 16);
    EXPECT_FALSE(cut.ended) << size;
    EXPECT_EQ(cut.fault, "") << size;
  }
}

// A flipped bit is either told, or lies in a field of the header that says nothing of the bytes.
TEST(Gunzip, NoDamageChangesTheBytesUnseen) {
  const std::string bytes = "<p>a page in which one bit is flipped, each in its turn, and each time read anew", packed = test::gzip(bytes);
  Gunzip gunzip;
  int told = 0;
  for (std::size_t bit = 0; bit < 8 * packed.size(); ++bit) {
    std::string damaged = packed;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << bit % 8));
    const Unpacked got = unpack(gunzip, damaged, 1 << 16, 1 << 16);
    if (got.ended && got.fault.empty()) {
      EXPECT_EQ(got.bytes, bytes) << bit;
    } else {
      ++told;
    }
  }
  EXPECT_GT(told, static_cast<int>(8 * (packed.size() - 10)));  // 10 bytes of header: time, system, level may be anything
}

}  // namespace
}  // namespace marrow
