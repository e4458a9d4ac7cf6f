// Names: a name server that is slow, silent or wrong, and addresses that must not be connected to.
#include "fetch/resolver.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>

#include "support/collector.h"
#include "support/dns_stub.h"
#include "support/fault_server.h"

namespace marrow {
namespace {

using namespace std::chrono_literals;
using test::Collector;
using test::DnsStub;
using test::FaultServer;
using testing::ElementsAre;
using testing::HasSubstr;

// All hosts asked for at once; in the order in which they were answered.
std::vector<std::pair<std::string, Resolver::Answer>> resolve(const FetchOptions& options,
                                                              const std::vector<std::string>& hosts) {
  auto resolver = Resolver::create(options);
  EXPECT_TRUE(resolver);
  std::vector<std::pair<std::string, Resolver::Answer>> answers;
  for (const std::string& host : hosts) resolver->ask(host, std::chrono::steady_clock::now());
  while (answers.size() < hosts.size()) {
    std::vector<pollfd> polled;
    resolver->sockets(polled);
    const Millis wait = std::min(resolver->patience(std::chrono::steady_clock::now()), Millis{1000});
    poll(polled.data(), polled.size(), static_cast<int>(wait.count()));
    resolver->serve(polled, std::chrono::steady_clock::now());
    std::string host;
    for (Resolver::Answer answer; resolver->take(host, answer);) answers.emplace_back(host, answer);
  }
  return answers;
}

FetchOptions options_for(const DnsStub& dns) {
  FetchOptions options = test::test_options();
  options.dns_servers = dns.server();
  return options;
}

TEST(Resolver, GivesBothFamiliesIpv4First) {
  DnsStub dns;
  dns.name("both.example", {.v4 = {"192.0.2.1", "192.0.2.2"}, .v6 = {"2001:db8::1"}});
  dns.name("six.example", {.v6 = {"2001:db8::2"}});
  for (const auto& [host, answer] : resolve(options_for(dns), {"both.example", "six.example"}))
    if (host == "both.example")
      EXPECT_THAT(answer.addresses, ElementsAre("192.0.2.1", "192.0.2.2", "2001:db8::1"));
    else
      EXPECT_THAT(answer.addresses, ElementsAre("2001:db8::2"));
}

TEST(Resolver, DoesNotWaitForTheOtherFamily) {
  DnsStub dns;
  dns.name("half.example", {.v4 = {"192.0.2.1"}, .delay_v6 = 60s});
  EXPECT_THAT(resolve(options_for(dns), {"half.example"})[0].second.addresses, ElementsAre("192.0.2.1"));
}

TEST(Resolver, SaysWhyThereIsNoAddress) {
  DnsStub dns;
  dns.name("silent.example", {.silent = true});
  dns.name("broken.example", {.refuses = true});
  dns.name("empty.example", {});
  FetchOptions options = options_for(dns);
  options.connect_timeout = Millis{300};
  for (const auto& [host, answer] :
       resolve(options, {"silent.example", "broken.example", "empty.example", "missing.example"})) {
    EXPECT_TRUE(answer.addresses.empty()) << host;
    const bool settled = host == "missing.example" || host == "empty.example";
    EXPECT_EQ(answer.settled, settled) << host;
    if (settled)
      EXPECT_EQ(answer.fault, "no such host") << host;
    else
      EXPECT_THAT(answer.fault, HasSubstr("the name servers")) << host;
  }
}

TEST(Resolver, ASlowNameDelaysNoOther) {
  DnsStub dns;
  dns.name("slow.example", {.v4 = {"192.0.2.1"}, .delay = 500ms, .delay_v6 = 1ms});
  dns.name("fast.example", {.v4 = {"192.0.2.2"}});
  const auto answers = resolve(options_for(dns), {"slow.example", "fast.example"});
  EXPECT_EQ(answers[0].first, "fast.example");
  EXPECT_EQ(answers[1].first, "slow.example");
  EXPECT_THAT(answers[1].second.addresses, ElementsAre("192.0.2.1"));
}

TEST(Resolver, KnowsLocalhostWithoutAsking) {
  DnsStub dns;
  for (const auto& [host, answer] : resolve(options_for(dns), {"localhost", "a.b.localhost", "c.localhost."}))
    EXPECT_THAT(answer.addresses, ElementsAre("127.0.0.1", "::1")) << host;
  EXPECT_EQ(dns.asked("a.b.localhost"), 0);
}

TEST(Resolver, RefusesServersThatAreNone) {
  FetchOptions options;
  options.dns_servers = "not an address";
  const auto resolver = Resolver::create(options);
  ASSERT_FALSE(resolver);
  EXPECT_THAT(resolver.error().message, HasSubstr("'not an address'"));
}

// Pages of many hosts, two of which have a name server that answers late or never: the others do not wait, and
// ending the late ones does not stop the loop (libcurl's own resolver does: it waits for its thread).
TEST(FetcherNames, ASlowNameServerDelaysNoOtherHost) {
  FaultServer web;
  web.on("/a", test::http_answer("<p>hello</p>"));
  DnsStub dns;
  dns.name("silent.example", {.silent = true});
  dns.name("late.example", {.v4 = {"127.0.0.1"}, .delay = 700ms});
  FetchOptions options = options_for(dns);
  options.robots = false;
  options.connect_timeout = Millis{1500};
  options.retries = 0;
  const std::string port = ":" + std::to_string(web.port());
  Collector collector({"http://silent.example" + port + "/a", "http://late.example" + port + "/a",
                       "http://missing.example" + port + "/a"});
  for (int i = 0; i < 20; ++i) {
    const std::string host = "h" + std::to_string(i) + ".example";
    dns.name(host, {.v4 = {"127.0.0.1"}});
    collector.add("http://" + host + port + "/a");
  }
  auto fetcher = Fetcher::create(options);
  fetcher->run(collector);
  EXPECT_EQ(name_of(collector.of(0).outcome), "dns_failed");
  EXPECT_EQ(collector.of(0).reason, "the name servers did not answer in time");
  EXPECT_EQ(collector.of(1).outcome, Outcome::ok) << collector.of(1).reason;
  EXPECT_EQ(name_of(collector.of(2).outcome), "dns_failed");
  EXPECT_EQ(collector.of(2).reason, "no such host");
  EXPECT_EQ(collector.of(2).tries, 1);  // a name that is not there will not be there in a second
  for (std::size_t i = 3; i < 23; ++i) EXPECT_EQ(collector.of(i).outcome, Outcome::ok) << collector.of(i).reason;
  EXPECT_EQ(collector.responses.back().tag, 0U);  // all others were done before the silent one was given up
  EXPECT_EQ(dns.asked("h0.example"), 2);
}

TEST(FetcherNames, AddressesAreJudgedAfterDns) {
  FaultServer web;
  web.on("/a", test::http_answer("<p>inside</p>"));
  DnsStub dns;
  const struct {
    const char* host;
    DnsStub::Name name;
    const char* reason;
  } rows[] = {
      {"loopback.example", {.v4 = {"127.0.0.1"}}, "loopback address"},
      {"private.example", {.v4 = {"10.1.2.3"}}, "private address"},
      {"cgnat.example", {.v4 = {"100.64.0.1"}}, "shared (CGNAT) address"},
      {"metadata.example", {.v4 = {"169.254.169.254"}}, "link-local address"},
      {"multicast.example", {.v4 = {"224.0.0.1"}}, "multicast address"},
      {"six.example", {.v6 = {"::1"}}, "loopback address"},
      {"local6.example", {.v6 = {"fe80::1"}}, "link-local address"},
      {"unique6.example", {.v6 = {"fd00::1"}}, "private address"},
      {"mapped.example", {.v6 = {"::ffff:127.0.0.1"}}, "loopback address"},
      {"both.example", {.v4 = {"127.0.0.1"}, .v6 = {"::1"}}, "loopback address"},
      {"localhost", {}, "loopback address"},
  };
  FetchOptions options = options_for(dns);
  options.allow_private = false;
  Collector collector;
  for (const auto& row : rows) {
    dns.name(row.host, row.name);
    collector.add("http://" + std::string(row.host) + ":" + std::to_string(web.port()) + "/a");
  }
  auto fetcher = Fetcher::create(options);
  fetcher->run(collector);
  for (std::size_t i = 0; i < std::size(rows); ++i) {
    EXPECT_EQ(name_of(collector.of(i).outcome), "refused_address") << rows[i].host;
    EXPECT_THAT(collector.of(i).reason, HasSubstr(rows[i].reason)) << rows[i].host;
  }
  EXPECT_TRUE(web.visits().empty());  // nothing was connected to
}

}  // namespace
}  // namespace marrow
