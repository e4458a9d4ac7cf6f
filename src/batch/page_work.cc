#include "batch/page_work.h"

#include <chrono>
#include <exception>
#include <new>
#include <utility>

#include "base/sha256.h"
#include "base/threads.h"
#include "batch/isolate.h"

namespace marrow {
namespace {

// Pages and bytes that may wait: enough to ride out one slow page, little beside what the cleaners
// need themselves.
constexpr std::size_t kPagesAThread = 16;
constexpr std::size_t kMaxBytes = std::size_t{128} << 20;

Input input_of(PageWork& page) {
  Input input;
  input.id = page.id;
  input.url = page.response.final_url;
  input.bytes = std::move(page.response.body);
  input.content =
      page.response.content_type == "text/plain" ? Input::Content::text : Input::Content::html;
  input.charset = page.response.charset;
  input.fetched_at = page.response.fetched_at;
  input.status = page.response.status;
  input.origin = page.response.url;
  return input;
}

}  // namespace

PageWorkers::PageWorkers(unsigned threads, MakeCleanPage make, Format format, Keep keep,
                         std::function<void()> wake)
    : format_(format),
      keep_(std::move(keep)),
      wake_(std::move(wake)),
      max_pages_(kPagesAThread * threads_for(threads)) {
  for (unsigned i = 0; i < threads_for(threads); ++i)
    threads_.emplace_back([this, make] { work(make); });
}

PageWorkers::~PageWorkers() {
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
    todo_.clear();
  }
  todo_ready_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

bool PageWorkers::has_room() {
  const std::lock_guard lock(mutex_);
  return under_way_ < max_pages_ && bytes_ < kMaxBytes;
}

std::size_t PageWorkers::under_way() {
  const std::lock_guard lock(mutex_);
  return under_way_;
}

std::size_t PageWorkers::drop_waiting() {
  const std::lock_guard lock(mutex_);
  const std::size_t dropped = todo_.size();
  for (const PageWork& page : todo_) bytes_ -= page.body_bytes;
  under_way_ -= dropped;
  todo_.clear();
  return dropped;
}

void PageWorkers::push(PageWork work) {
  work.body_bytes = work.response.body.size();
  {
    const std::lock_guard lock(mutex_);
    ++under_way_;
    bytes_ += work.body_bytes;
    todo_.push_back(std::move(work));
  }
  todo_ready_.notify_one();
}

bool PageWorkers::take(PageWork& work) {
  const std::lock_guard lock(mutex_);
  if (done_.empty()) return false;
  work = std::move(done_.front());
  done_.pop_front();
  --under_way_;
  bytes_ -= work.body_bytes;
  return true;
}

void PageWorkers::wait(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  done_ready_.wait_for(lock, patience, [this] { return !done_.empty() || under_way_ == 0; });
}

void PageWorkers::clean(PageWork& page, const CleanPage& cleaner) {
  const auto start = std::chrono::steady_clock::now();
  page.body_hash = sha256_hex(page.response.body);
  page.unchanged = !page.known_hash.empty() && page.body_hash == page.known_hash;
  if (keep_ && !page.kept) keep_(page);
  if (!page.unchanged) {
    const Input input = input_of(page);
    const Record record = cleaner(input, &page.extras);
    page.url = record.url;
    page.look = look_of(record);
    if (page.want_links)
      for (const RelatedLink& link : record.related)
        if (link.kind != RelatedKind::sponsored && !link.url.empty()) page.links.append(link.url).append("\n");
    StageClock clock(&page.extras.times);
    render(record, format_, page.rendered);
    clock.lap(Stage::write);
  }
  page.response.body = {};
  page.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void PageWorkers::work(const MakeCleanPage& make) {
  CleanPage cleaner;
  while (true) {
    PageWork page;
    {
      std::unique_lock lock(mutex_);
      todo_ready_.wait(lock, [this] { return ended_ || !todo_.empty(); });
      if (todo_.empty()) return;
      page = std::move(todo_.front());
      todo_.pop_front();
    }
    try {
      if (!cleaner) cleaner = make();
      clean(page, cleaner);
    } catch (const PageCrash& crash) {
      page.problem = crash.what();
      page.crashed = true;
    } catch (const std::bad_alloc&) {
      page.problem = "cannot be cleaned: out of memory";
    } catch (const std::exception& fault) {
      page.problem = std::string("cannot be cleaned: ") + fault.what();
    }
    {
      const std::lock_guard lock(mutex_);
      done_.push_back(std::move(page));
    }
    done_ready_.notify_one();
    wake_();
  }
}

}  // namespace marrow
