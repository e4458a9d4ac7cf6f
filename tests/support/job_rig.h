// JobRig: a job over a real nginx in a folder of its own, with a cleaner that counts what it is
// given instead of cleaning, so that runs can be tested apart from the stages that read pages.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "batch/run.h"
#include "support/collector.h"
#include "support/nginx.h"
#include "support/program.h"

namespace marrow::test {

class Watcher : public RunObserver {
 public:
  void progress(const RunProgress& progress) override { last = progress; }
  void log(Level, const std::string& message) override { messages.push_back(message); }
  RunProgress last;
  std::vector<std::string> messages;
};

class JobRig {
 public:
  explicit JobRig(const std::string& server = "") : web(server) {
    job.name = "test";
    job.path = dir / "test.toml";
    job.fetch = test_options();
    job.output.dir = dir / "out";
    job.output.report = dir / "out/report.json";
    job.state = dir / "test.state";
    job.limits.threads = 2;
    cleaner.rules = "rules-1";
    cleaner.make = [this]() -> CleanPage {
      return [this](const Input& input) {
        ++cleaned;
        Record record;
        record.id = input.id;
        record.url = input.url;
        record.body = input.bytes;
        record.rules = cleaner.rules;
        return record;
      };
    };
  }
  // Each writing is a second younger than the one before: nginx tells versions of a file apart by size and by seconds.
  std::string page(const std::string& name, const std::string& bytes) {
    web.write(name, bytes);
    std::filesystem::last_write_time(web.dir() + "/www/" + name, written_ += std::chrono::seconds{1});
    return web.url("/" + name);
  }
  RunSummary run(const std::atomic<bool>* stop = nullptr) {
    cleaned = 0;
    const auto summary = run_job(job, cleaner, watcher, stop);
    EXPECT_TRUE(summary) << summary.error().message;
    return summary ? *summary : RunSummary{};
  }
  std::string file(const std::string& name) const { return read_file(dir / "out/" + name); }

  Nginx web;
  TempDir dir;
  Job job;
  RunCleaner cleaner;
  Watcher watcher;
  std::atomic<int> cleaned{0};

 private:
  std::filesystem::file_time_type written_ = std::filesystem::file_time_type::clock::now() - std::chrono::hours{24};
};

}  // namespace marrow::test
