// download: bounded queues between the network and the disk, and hosts that do not wait for each other.
#include "batch/download.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <thread>

#include "batch/plan.h"
#include "support/fault_server.h"
#include "support/job_rig.h"
#include "support/nginx.h"
#include "support/program.h"

namespace marrow {
namespace {

using namespace std::chrono_literals;
using test::FaultServer;
using test::http_answer;
using test::Nginx;
using test::TempDir;
using test::Watcher;

// A disk that takes nothing until it is told to: a pipe for the report, which holds 4 kB.
class StuckDisk {
 public:
  explicit StuckDisk(const std::string& path) : path_(path) {
    EXPECT_EQ(mkfifo(path.c_str(), 0600), 0);
    fd_ = open(path.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC);  // both ends, so that nobody waits for the other to open
    EXPECT_GE(fd_, 0);
    EXPECT_GT(fcntl(fd_, F_SETPIPE_SZ, 4096), 0);
  }
  ~StuckDisk() { close(fd_); }
  StuckDisk(const StuckDisk&) = delete;
  StuckDisk& operator=(const StuckDisk&) = delete;
  const std::string& path() const { return path_; }

  // Reads until `ended`; the number of lines.
  std::size_t read_all(const std::atomic<bool>& ended) const {
    std::size_t lines = 0;
    while (true) {
      const bool last = ended;
      char bytes[4096];
      for (ssize_t got; (got = read(fd_, bytes, sizeof bytes)) > 0;) lines += static_cast<std::size_t>(std::count(bytes, bytes + got, '\n'));
      if (last) return lines;
      std::this_thread::sleep_for(1ms);
    }
  }

 private:
  std::string path_;
  int fd_ = -1;
};

std::size_t pages_asked_for(const Nginx& web) {
  const std::string log = web.access_log();
  return static_cast<std::size_t>(std::count(log.begin(), log.end(), '\n'));
}

struct Load {
  const char* name;
  std::size_t page_bytes, pages;
  std::size_t least, most;  // that are asked for while the disk is stuck: what the queue holds, and what is under way
};

class SlowDisk : public testing::TestWithParam<Load> {};

TEST_P(SlowDisk, SlowsTheNetworkNotTheMemory) {
  const Load& load = GetParam();
  Nginx web;
  MARROW_NEED_NGINX(web);
  web.write("a.html", "<p>" + std::string(load.page_bytes, 'a'));
  TempDir dir;
  StuckDisk disk(dir / "report");
  DownloadJob job;
  job.fetch = test::test_options();
  job.fetch.robots = false;
  job.fetch.concurrency = job.fetch.per_host = 4;
  job.fetch.total_timeout = job.fetch.connect_timeout = Millis{240'000};
  job.report = disk.path();
  for (std::size_t i = 0; i < load.pages; ++i) job.source.urls.push_back(web.url("/a.html?" + std::to_string(i)));
  Watcher watcher;
  std::atomic<bool> ended{false};
  std::thread run([&] {
    const auto summary = download(job, watcher);
    EXPECT_EQ(summary ? summary->fetched : 0, load.pages);
    ended = true;
  });
  // Until it stands still: as many as there is room for have come, and then none for a while.
  std::size_t asked = 0;
  for (int still = 0; still < 20 && !ended;) {
    std::this_thread::sleep_for(20ms);
    const std::size_t now = pages_asked_for(web);
    still = now == asked && now >= load.least ? still + 1 : 0;
    asked = now;
  }
  EXPECT_FALSE(ended) << "the disk was never in the way";
  EXPECT_LE(asked, load.most);
  EXPECT_EQ(disk.read_all(ended), load.pages);
  run.join();
}

// 1,024 pages or 64 MiB wait (download.cc); lines of 200 bytes or so fill the pipe; four are under way.
INSTANTIATE_TEST_SUITE_P(Download, SlowDisk,
                         testing::Values(Load{"many_small_pages", 100, 1500, 1024, 1024 + 40 + 4},
                                         Load{"few_large_pages", 1'000'000, 150, 68, 68 + 40 + 4}),
                         [](const auto& row) { return row.param.name; });

TEST(OrderOfAsking, HostsTakeTurnsWhereNotAllPagesAreScheduled) {
  Plan plan;
  for (const char* url : {"http://a.example/1", "http://a.example/2", "http://a.example/3", "http://b.example/1",
                          "http://a.example:81/1", "http://b.example/2", "https://a.example/4"})
    plan.add("", url);
  EXPECT_THAT(order_of_asking(plan, 7), testing::IsEmpty());
  EXPECT_THAT(order_of_asking(plan, 6), testing::ElementsAre(0U, 3U, 4U, 1U, 5U, 2U, 6U));
  EXPECT_THAT(order_of_asking(Plan(), 0), testing::IsEmpty());
}

// A list sorted by host, of which the schedule holds a part only: the first host never answers while the second has pages.
TEST(Download, AHostWithMorePagesThanTheScheduleHoldsDelaysNoOther) {
  constexpr std::size_t kPages = 20;
  FaultServer slow, good;
  std::atomic<std::size_t> served{0};
  slow.on("/a", [](FaultServer::Peer& peer) { peer.hang(); });
  good.on("/a", [&](FaultServer::Peer& peer) {
    peer.send(http_answer("<p>good</p>"));
    if (++served == kPages) slow.hang_up();
  });
  DownloadJob job;
  job.fetch = test::test_options();
  job.fetch.robots = false;
  job.fetch.per_host = 1;
  job.fetch.retries = 0;
  job.fetch.max_waiting = 2 * kPages;
  job.fetch.total_timeout = job.fetch.connect_timeout = Millis{200'000};
  for (std::size_t i = 0; i < 3 * kPages; ++i) job.source.urls.push_back(slow.url("/a?" + std::to_string(i)));
  for (std::size_t i = 0; i < kPages; ++i) job.source.urls.push_back(good.url("/a?" + std::to_string(i)));
  Watcher watcher;
  const auto summary = download(job, watcher);
  ASSERT_TRUE(summary);
  EXPECT_EQ(summary->fetched, kPages);
  EXPECT_EQ(summary->failed, 3 * kPages);
  EXPECT_EQ(summary->reasons.count("timed_out"), 0U);  // nobody waited for the slow host
}

}  // namespace
}  // namespace marrow
