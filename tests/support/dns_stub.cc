#include "support/dns_stub.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

namespace marrow::test {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kHeader = 12;
constexpr int kTypeA = 1, kTypeAaaa = 28;
constexpr int kServFail = 2, kNoSuchName = 3;

void put16(std::string& out, unsigned value) {
  out += static_cast<char>(value >> 8 & 0xff);
  out += static_cast<char>(value & 0xff);
}

// The question's name in text; `at` ends behind it. "" where it is broken.
std::string question_name(const std::string& query, std::size_t& at) {
  std::string name;
  for (at = kHeader; at < query.size() && query[at] != 0;) {
    const auto length = static_cast<unsigned char>(query[at]);
    if (length > 63 || at + 1 + length > query.size()) return {};
    if (!name.empty()) name += '.';
    name.append(query, at + 1, length);
    at += 1 + length;
  }
  ++at;
  std::transform(name.begin(), name.end(), name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
  return name;
}

std::string answer_to(const std::string& query, std::size_t question_end, int code,
                      const std::vector<std::string>& addresses, int type) {
  std::string out = query.substr(0, 2);
  put16(out, 0x8180U | static_cast<unsigned>(code));
  put16(out, 1);
  put16(out, static_cast<unsigned>(addresses.size()));
  put16(out, 0);
  put16(out, 0);
  out += query.substr(kHeader, question_end - kHeader);
  for (const std::string& address : addresses) {
    char bytes[16];
    const int family = type == kTypeA ? AF_INET : AF_INET6;
    const unsigned size = type == kTypeA ? 4 : 16;
    if (inet_pton(family, address.c_str(), bytes) != 1) continue;
    put16(out, 0xc00c);  // the question's name
    put16(out, static_cast<unsigned>(type));
    put16(out, 1);
    put16(out, 0);
    put16(out, 60);  // seconds to live
    put16(out, size);
    out.append(bytes, size);
  }
  return out;
}

}  // namespace

DnsStub::DnsStub() {
  fd_ = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof at;
  if (bind(fd_, reinterpret_cast<const sockaddr*>(&at), size) == 0 &&
      getsockname(fd_, reinterpret_cast<sockaddr*>(&at), &size) == 0)
    port_ = ntohs(at.sin_port);
  thread_ = std::thread([this] { serve(); });
}

DnsStub::~DnsStub() {
  ended_ = true;
  thread_.join();
  close(fd_);
}

void DnsStub::name(const std::string& host, Name what) {
  const std::lock_guard lock(mutex_);
  names_[host] = std::move(what);
}

int DnsStub::asked(const std::string& host) const {
  const std::lock_guard lock(mutex_);
  const auto at = asked_.find(host);
  return at == asked_.end() ? 0 : at->second;
}

void DnsStub::receive(std::vector<Late>& late) {
  sockaddr_in from{};
  socklen_t from_size = sizeof from;
  std::string query(1500, '\0');
  const ssize_t got = recvfrom(fd_, query.data(), query.size(), MSG_DONTWAIT, reinterpret_cast<sockaddr*>(&from), &from_size);
  if (got < static_cast<ssize_t>(kHeader)) return;
  query.resize(static_cast<std::size_t>(got));
  std::size_t at = 0;
  const std::string host = question_name(query, at);
  if (host.empty() || at + 4 > query.size()) return;
  const int type = static_cast<unsigned char>(query[at]) << 8 | static_cast<unsigned char>(query[at + 1]);
  const std::lock_guard lock(mutex_);
  ++asked_[host];
  const auto known = names_.find(host);
  const Name what = known == names_.end() ? Name{} : known->second;
  if (what.silent) return;
  const int code = known == names_.end() ? kNoSuchName : what.refuses ? kServFail : 0;
  static const std::vector<std::string> kNone;
  const auto& addresses = code ? kNone : type == kTypeA ? what.v4 : type == kTypeAaaa ? what.v6 : kNone;
  late.push_back({Clock::now() + what.delay + (type == kTypeAaaa ? what.delay_v6 : std::chrono::milliseconds{0}),
                  answer_to(query, at + 4, code, addresses, type),
                  std::string(reinterpret_cast<const char*>(&from), sizeof from)});
}

void DnsStub::serve() {
  std::vector<Late> late;
  while (!ended_) {
    pollfd one{fd_, POLLIN, 0};
    if (poll(&one, 1, late.empty() ? 20 : 2) > 0) receive(late);
    const auto now = Clock::now();
    for (std::size_t i = 0; i < late.size();) {
      if (late[i].at > now) {
        ++i;
        continue;
      }
      sockaddr_in to{};
      std::memcpy(&to, late[i].to.data(), sizeof to);
      sendto(fd_, late[i].answer.data(), late[i].answer.size(), 0, reinterpret_cast<const sockaddr*>(&to), sizeof to);
      late.erase(late.begin() + static_cast<std::ptrdiff_t>(i));
    }
  }
}

}  // namespace marrow::test
