#include "fetch/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <string>

namespace marrow {
namespace {

struct Range4 {
  std::uint32_t first;
  int bits;
  std::string_view what;
};

constexpr std::uint32_t ip(unsigned a, unsigned b, unsigned c, unsigned d) {
  return (a << 24) | (b << 16) | (c << 8) | d;
}

constexpr Range4 kRanges4[] = {
    {ip(0, 0, 0, 0), 8, "unspecified"},        {ip(10, 0, 0, 0), 8, "private"},
    {ip(100, 64, 0, 0), 10, "shared (CGNAT)"}, {ip(127, 0, 0, 0), 8, "loopback"},
    {ip(169, 254, 0, 0), 16, "link-local"},    {ip(172, 16, 0, 0), 12, "private"},
    {ip(192, 0, 0, 0), 24, "reserved"},        {ip(192, 0, 2, 0), 24, "documentation"},
    {ip(192, 88, 99, 0), 24, "reserved"},      {ip(192, 168, 0, 0), 16, "private"},
    {ip(198, 18, 0, 0), 15, "benchmarking"},   {ip(198, 51, 100, 0), 24, "documentation"},
    {ip(203, 0, 113, 0), 24, "documentation"}, {ip(224, 0, 0, 0), 4, "multicast"},
    {ip(240, 0, 0, 0), 4, "reserved"},  // 255.255.255.255 with it
};

struct Range6 {
  std::array<std::uint8_t, 16> first;
  int bits;
  std::string_view what;
};

constexpr Range6 kRanges6[] = {
    {{}, 128, "unspecified"},
    {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 128, "loopback"},
    {{0x01, 0x00}, 64, "discard only"},
    {{0x20, 0x01, 0x00, 0x00}, 23, "reserved"},  // Teredo, ORCHID, benchmarking …
    {{0x20, 0x01, 0x0d, 0xb8}, 32, "documentation"},
    {{0x3f, 0xff, 0x00}, 20, "documentation"},
    {{0xfc}, 7, "private"},
    {{0xfe, 0x80}, 10, "link-local"},
    {{0xfe, 0xc0}, 10, "private"},  // site-local, deprecated
    {{0xff}, 8, "multicast"},
};

std::string_view refused4(std::uint32_t address) {
  for (const Range4& range : kRanges4) {
    const std::uint32_t mask = ~std::uint32_t{0} << (32 - range.bits);
    if ((address & mask) == range.first) return range.what;
  }
  return {};
}

bool within(const std::uint8_t* address, const Range6& range) {
  const auto whole = static_cast<std::size_t>(range.bits / 8);
  if (std::memcmp(address, range.first.data(), whole) != 0) return false;
  const int rest = range.bits % 8;
  if (rest == 0) return true;
  const unsigned mask = 0xffU << (8 - rest);
  return (address[whole] & mask) == (range.first[whole] & mask);
}

std::uint32_t embedded(const std::uint8_t* at) { return ip(at[0], at[1], at[2], at[3]); }

// IPv4 addresses travel inside IPv6 ones in four ways; each is judged by what is inside.
std::string_view refused6(const std::uint8_t* address) {
  static constexpr std::uint8_t kMapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  static constexpr std::uint8_t kCompatible[12] = {};
  static constexpr std::uint8_t kNat64[12] = {0x00, 0x64, 0xff, 0x9b};
  for (const Range6& range : kRanges6)
    if (within(address, range)) return range.what;
  if (std::memcmp(address, kMapped, 12) == 0 || std::memcmp(address, kCompatible, 12) == 0 ||
      std::memcmp(address, kNat64, 12) == 0)
    return refused4(embedded(address + 12));
  if (address[0] == 0x20 && address[1] == 0x02) return refused4(embedded(address + 2));  // 6to4
  if (std::memcmp(address, kNat64, 4) == 0) return "reserved";  // 64:ff9b:1::/48, local NAT64
  // Global unicast is 2000::/3 alone; whatever else may be assigned one day is not public today.
  if ((address[0] & 0xe0U) != 0x20U) return "reserved";
  return {};
}

}  // namespace

std::string_view refused_address(const sockaddr* address) {
  if (address->sa_family == AF_INET) {
    sockaddr_in in{};
    std::memcpy(&in, address, sizeof in);
    return refused4(ntohl(in.sin_addr.s_addr));
  }
  if (address->sa_family == AF_INET6) {
    sockaddr_in6 in{};
    std::memcpy(&in, address, sizeof in);
    return refused6(in.sin6_addr.s6_addr);
  }
  return "not an address";
}

std::string address_text(const sockaddr* address) {
  char text[INET6_ADDRSTRLEN] = {};
  if (address->sa_family == AF_INET) {
    sockaddr_in in{};
    std::memcpy(&in, address, sizeof in);
    return inet_ntop(AF_INET, &in.sin_addr, text, sizeof text) ? text : "";
  }
  if (address->sa_family != AF_INET6) return {};
  sockaddr_in6 in{};
  std::memcpy(&in, address, sizeof in);
  return inet_ntop(AF_INET6, &in.sin6_addr, text, sizeof text) ? text : "";
}

namespace {

std::string unbracketed(std::string_view text) {
  if (text.size() >= 2 && text.front() == '[' && text.back() == ']')
    text = text.substr(1, text.size() - 2);
  return std::string(text.substr(0, text.find('%')));  // a zone says nothing of the range
}

}  // namespace

std::string_view refused_address(std::string_view numeric) {
  const std::string text = unbracketed(numeric);
  sockaddr_in in4{};
  in4.sin_family = AF_INET;
  if (inet_pton(AF_INET, text.c_str(), &in4.sin_addr) == 1)
    return refused4(ntohl(in4.sin_addr.s_addr));
  in6_addr in6{};
  if (inet_pton(AF_INET6, text.c_str(), &in6) == 1) return refused6(in6.s6_addr);
  return "not an address";
}

bool is_numeric_address(std::string_view text) { return refused_address(text) != "not an address"; }

}  // namespace marrow
