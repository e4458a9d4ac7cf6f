// DnsStub: a name server for a test, on a loopback UDP port of its own. Knows the names it is told, with their
// addresses, and answers as late as it is told; other names do not exist. Answers A and AAAA, nothing else.
//
//   DnsStub dns;
//   dns.name("a.example", {.v4 = {"127.0.0.1"}});
//   dns.name("slow.example", {.v4 = {"127.0.0.1"}, .delay = 3s});
//   options.dns_servers = dns.server();
#pragma once

#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace marrow::test {

class DnsStub {
 public:
  struct Name {
    std::vector<std::string> v4{}, v6{};
    std::chrono::milliseconds delay{0}, delay_v6{0};
    bool silent = false;   // never answers
    bool refuses = false;  // SERVFAIL
  };

  DnsStub();
  ~DnsStub();
  DnsStub(const DnsStub&) = delete;
  DnsStub& operator=(const DnsStub&) = delete;

  void name(const std::string& host, Name what);  // may be changed while it runs
  std::string server() const { return "127.0.0.1:" + std::to_string(port_); }
  int asked(const std::string& host) const;  // how many queries came for it, A and AAAA together

 private:
  struct Late {
    std::chrono::steady_clock::time_point at;
    std::string answer, to;
  };
  void serve();
  void receive(std::vector<Late>& late);

  int fd_ = -1, port_ = 0;
  mutable std::mutex mutex_;
  std::map<std::string, Name> names_;
  std::map<std::string, int> asked_;
  std::atomic<bool> ended_{false};
  std::thread thread_;
};

}  // namespace marrow::test
