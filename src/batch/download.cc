#include "batch/download.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <utility>
#include <vector>

#include "batch/page_store.h"
#include "batch/plan.h"
#include "fetch/robots_cache.h"
#include "fetch/wire.h"
#include "record/json.h"
#include "sink/file.h"

namespace marrow {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kShowEvery{100};
// What may wait for the disk.
constexpr std::size_t kMaxQueued = 1024;
constexpr std::size_t kMaxQueuedBytes = std::size_t{64} << 20;

void field(std::string& line, std::string_view name, std::string_view value) {
  line.append(line.empty() ? "{\"" : ",\"").append(name).append("\":");
  append_json_string(value, line);
}

void field(std::string& line, std::string_view name, std::int64_t value) {
  line.append(line.empty() ? "{\"" : ",\"").append(name).append("\":").append(std::to_string(value));
}

std::string report_line(const std::string& id, const Response& response, const PageStore::Place* place) {
  std::string line;
  field(line, "url", response.url);
  if (id != response.url) field(line, "id", id);
  field(line, "status", response.status);
  field(line, "outcome", name_of(response.outcome));
  field(line, "reason", response.reason);
  field(line, "bytes", static_cast<std::int64_t>(response.body.size()));
  field(line, "received", static_cast<std::int64_t>(response.received));
  field(line, "ms", response.millis.count());
  field(line, "tries", response.tries);
  field(line, "final_url", response.final_url);
  if (place && !place->file.empty()) field(line, "file", place->file);
  if (place && place->offset >= 0) field(line, "offset", place->offset);
  return line + "}\n";
}

// Writes pages and report lines on a thread of its own. The first fault ends all writing, and is kept.
class Keeper {
 public:
  Keeper(std::unique_ptr<PageStore> store, std::optional<OutputFile> report, std::function<void()> wake)
      : store_(std::move(store)), report_(std::move(report)), wake_(std::move(wake)), thread_([this] { work(); }) {}
  ~Keeper() { end(); }

  bool has_room() {
    const std::lock_guard lock(mutex_);
    return queue_.size() < kMaxQueued && bytes_ < kMaxQueuedBytes;
  }
  bool failed() {
    const std::lock_guard lock(mutex_);
    return error_.has_value();
  }
  void push(std::string id, Response response) {
    {
      const std::lock_guard lock(mutex_);
      bytes_ += response.body.size();
      queue_.emplace_back(std::move(id), std::move(response));
    }
    ready_.notify_one();
  }
  // Waits until all is written, and makes it last.
  Status finish() {
    end();
    if (error_) return *error_;
    if (store_)
      if (Status status = store_->close(); !status) return status;
    return report_ ? report_->commit() : Status(Ok{});
  }

 private:
  void end() {
    if (!thread_.joinable()) return;
    {
      const std::lock_guard lock(mutex_);
      ended_ = true;
    }
    ready_.notify_one();
    thread_.join();
  }

  Status write(const std::string& id, const Response& response) {
    std::optional<PageStore::Place> place;
    if (store_ && response.outcome == Outcome::ok) {
      auto put = store_->put(id, response);
      if (!put) return put.error();
      place = *std::move(put);
    }
    return report_ ? report_->write(report_line(id, response, place ? &*place : nullptr)) : Status(Ok{});
  }

  void work() {
    while (true) {
      std::unique_lock lock(mutex_);
      ready_.wait(lock, [this] { return ended_ || !queue_.empty(); });
      if (queue_.empty()) return;
      const auto [id, response] = std::move(queue_.front());
      queue_.pop_front();
      const bool was_full = queue_.size() + 1 >= kMaxQueued || bytes_ >= kMaxQueuedBytes;
      bytes_ -= response.body.size();
      const bool broken = error_.has_value();
      lock.unlock();
      Status status = broken ? Status(Ok{}) : write(id, response);
      if (!status) {
        const std::lock_guard again(mutex_);
        error_ = status.error();
      }
      if (was_full || !status) wake_();
    }
  }

  std::unique_ptr<PageStore> store_;
  std::optional<OutputFile> report_;
  const std::function<void()> wake_;
  std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<std::pair<std::string, Response>> queue_;
  std::size_t bytes_ = 0;
  std::optional<Error> error_;
  bool ended_ = false;
  std::thread thread_;  // last: it uses the rest
};

class Downloader : public FetchClient {
 public:
  Downloader(const DownloadJob& job, const Plan& plan, Fetcher& fetcher, Keeper& keeper, RunObserver& observer,
             const std::atomic<bool>* stop, DownloadSummary& summary)
      : plan_(plan), fetcher_(fetcher), keeper_(keeper), observer_(observer), stop_(stop), summary_(summary),
        last_(job.max_pages ? std::min<std::size_t>(plan.size(), job.max_pages) : plan.size()),
        order_(last_ < plan.size() ? std::vector<std::uint32_t>() : order_of_asking(plan, job.fetch.max_waiting)) {}

  Pull next(Request& request) override {
    if (asked_ == last_) return Pull::end;
    const std::size_t position = order_.empty() ? asked_ : order_[asked_];
    ++asked_;
    request = {};
    request.url = plan_.url(position);
    request.tag = position;
    return Pull::ready;
  }
  bool room() override { return keeper_.has_room(); }
  bool stopped() override {
    if (keeper_.failed()) return true;
    if (!stop_ || !stop_->load(std::memory_order_relaxed)) return false;
    return summary_.interrupted = true;
  }
  void done(Response response) override {
    summary_.received += response.received;
    const bool ok = response.outcome == Outcome::ok;
    if (ok) {
      ++summary_.fetched;
      summary_.bytes += response.body.size();
      hosts_.insert(politeness_key(response.final_url));
    } else if (response.outcome == Outcome::interrupted) {
      ++summary_.not_reached;
    } else {
      ++summary_.failed;
      ++summary_.reasons[std::string(name_of(response.outcome))];
      observer_.log(RunObserver::Level::warning, response.url + ": " + response.reason);
    }
    keeper_.push(std::string(plan_.id(response.tag)), std::move(response));
  }
  void tick() override {
    if (const auto now = Clock::now(); now - shown_ >= kShowEvery) {
      shown_ = now;
      show();
    }
  }
  void show() {
    RunProgress progress;
    progress.total = plan_.size();
    progress.done = summary_.fetched + summary_.failed;
    progress.failed = summary_.failed;
    progress.in_flight = fetcher_.stats().in_flight;
    progress.bytes = summary_.bytes;
    observer_.progress(progress);
  }
  std::uint64_t hosts() const { return hosts_.size(); }
  std::size_t left() const { return plan_.size() - asked_; }

 private:
  const Plan& plan_;
  Fetcher& fetcher_;
  Keeper& keeper_;
  RunObserver& observer_;
  const std::atomic<bool>* stop_;
  DownloadSummary& summary_;
  std::set<std::string> hosts_;
  const std::size_t last_;                  // so many are asked for
  const std::vector<std::uint32_t> order_;   // empty = as they stand
  std::size_t asked_ = 0;
  Clock::time_point shown_{};
};

}  // namespace

int DownloadSummary::exit_code() const {
  if (interrupted) return 130;
  return failed || problems ? 1 : 0;
}

Result<DownloadSummary> download(const DownloadJob& job, RunObserver& observer, const std::atomic<bool>* stop) {
  const auto started = Clock::now();
  DownloadSummary summary;
  FetchOptions options = job.fetch;
  options.keep_exchange = job.out.ends_with(".warc.gz");
  auto fetcher = Fetcher::create(options);
  if (!fetcher) return fetcher.error();
  auto plan = make_plan(job.source, *fetcher, [stop] { return stop && stop->load(std::memory_order_relaxed); });
  if (!plan) return plan.error();
  for (const std::string& problem : plan->problems) observer.log(RunObserver::Level::warning, problem);
  summary.urls = plan->size();
  summary.problems = plan->problems.size();
  std::unique_ptr<PageStore> store;
  if (!job.out.empty()) {
    auto opened = open_page_store(job.out, user_agent_of(options));
    if (!opened) return opened.error();
    store = *std::move(opened);
  }
  std::optional<OutputFile> report;
  if (!job.report.empty()) {
    auto created = OutputFile::create(job.report);
    if (!created) return created.error();
    report = *std::move(created);
  }
  Keeper keeper(std::move(store), std::move(report), [&] { fetcher->wake(); });
  Downloader client(job, *plan, *fetcher, keeper, observer, stop, summary);
  fetcher->run(client);
  client.show();
  summary.hosts = client.hosts();
  summary.not_reached += client.left();
  if (Status status = keeper.finish(); !status) return status.error();
  summary.seconds = std::chrono::duration<double>(Clock::now() - started).count();
  return summary;
}

}  // namespace marrow
