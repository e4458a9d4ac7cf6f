#include "fetch/address.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

namespace marrow {
namespace {

struct Row {
  const char* address;
  const char* refused;  // "" = public
};
void PrintTo(const Row& row, std::ostream* out) { *out << row.address; }

class AddressTest : public testing::TestWithParam<Row> {};

TEST_P(AddressTest, IsJudgedByItsRange) {
  EXPECT_EQ(refused_address(GetParam().address), GetParam().refused) << GetParam().address;
}

INSTANTIATE_TEST_SUITE_P(
    V4, AddressTest,
    testing::Values(
        Row{"0.0.0.0", "unspecified"}, Row{"0.255.255.255", "unspecified"}, Row{"1.0.0.0", ""},
        Row{"9.255.255.255", ""}, Row{"10.0.0.0", "private"}, Row{"10.255.255.255", "private"},
        Row{"11.0.0.0", ""}, Row{"100.63.255.255", ""}, Row{"100.64.0.0", "shared (CGNAT)"},
        Row{"100.127.255.255", "shared (CGNAT)"}, Row{"100.128.0.0", ""},
        Row{"126.255.255.255", ""}, Row{"127.0.0.1", "loopback"},
        Row{"127.255.255.254", "loopback"}, Row{"128.0.0.0", ""}, Row{"169.253.255.255", ""},
        Row{"169.254.169.254", "link-local"}, Row{"169.255.0.0", ""}, Row{"172.15.255.255", ""},
        Row{"172.16.0.0", "private"}, Row{"172.31.255.255", "private"}, Row{"172.32.0.0", ""},
        Row{"192.0.0.1", "reserved"}, Row{"192.0.1.0", ""}, Row{"192.0.2.9", "documentation"},
        Row{"192.88.99.1", "reserved"}, Row{"192.167.255.255", ""}, Row{"192.168.1.1", "private"},
        Row{"192.169.0.0", ""}, Row{"198.17.255.255", ""}, Row{"198.18.0.1", "benchmarking"},
        Row{"198.19.255.255", "benchmarking"}, Row{"198.20.0.0", ""},
        Row{"198.51.100.1", "documentation"}, Row{"203.0.113.1", "documentation"},
        Row{"223.255.255.255", ""}, Row{"224.0.0.1", "multicast"},
        Row{"239.255.255.255", "multicast"}, Row{"240.0.0.1", "reserved"},
        Row{"255.255.255.255", "reserved"}, Row{"8.8.8.8", ""}));

INSTANTIATE_TEST_SUITE_P(
    V6, AddressTest,
    testing::Values(Row{"::", "unspecified"}, Row{"::1", "loopback"}, Row{"[::1]", "loopback"},
                    Row{"::2", "unspecified"}, Row{"::ffff:127.0.0.1", "loopback"},
                    Row{"::ffff:10.1.2.3", "private"}, Row{"::ffff:a00:1", "private"},
                    Row{"::ffff:8.8.8.8", ""}, Row{"::127.0.0.1", "loopback"},
                    Row{"64:ff9b::10.0.0.1", "private"}, Row{"64:ff9b::8.8.8.8", ""},
                    Row{"64:ff9b:1::8.8.8.8", "reserved"}, Row{"100::1", "discard only"},
                    Row{"2001::1", "reserved"}, Row{"2001:db8::1", "documentation"},
                    Row{"3fff::1", "documentation"}, Row{"2002:7f00:1::", "loopback"},
                    Row{"2002:a00:1::", "private"}, Row{"2002:808:808::", ""},
                    Row{"fc00::1", "private"}, Row{"fdff::1", "private"},
                    Row{"fe80::1", "link-local"}, Row{"fe80::1%eth0", "link-local"},
                    Row{"febf::1", "link-local"}, Row{"fec0::1", "private"},
                    Row{"ff02::1", "multicast"}, Row{"4000::1", "reserved"},
                    Row{"2606:4700::1111", ""}, Row{"2a00:1450:4001::1", ""}));

INSTANTIATE_TEST_SUITE_P(
    NotAddresses, AddressTest,
    testing::Values(Row{"", "not an address"}, Row{"localhost", "not an address"},
                    Row{"127.1", "not an address"}, Row{"0x7f000001", "not an address"},
                    Row{"1.2.3.4.5", "not an address"}, Row{"[", "not an address"}));

TEST(IsNumericAddress, TellsNamesFromNumbers) {
  EXPECT_TRUE(is_numeric_address("127.0.0.1"));
  EXPECT_TRUE(is_numeric_address("[2a00::1]"));
  EXPECT_FALSE(is_numeric_address("example.com"));
}

}  // namespace
}  // namespace marrow
