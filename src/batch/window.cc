#include "batch/window.h"

#include <algorithm>
#include <variant>

namespace marrow {
namespace {

// Memory that a slot keeps for its next page: more than nine of ten pages need (the development set), so that a few
// huge pages do not stay for the whole run.
constexpr std::size_t kKeepBytes = std::size_t{1} << 20;

void recycle(std::string& memory) {
  if (memory.capacity() > kKeepBytes) std::string().swap(memory);  // assigning would keep the memory
  memory.clear();
}

}  // namespace

PageWindow::PageWindow(std::size_t max_pages, std::size_t max_bytes)
    : slots_(std::max(max_pages, std::size_t{1})), max_bytes_(max_bytes) {}

PageSlot* PageWindow::to_fill() {
  std::unique_lock lock(mutex_);
  room_.wait(lock, [&] {
    const std::uint64_t flight = filled_ - written_;
    return stopped_ || flight == 0 || (flight < slots_.size() && bytes_ < max_bytes_);
  });
  return stopped_ ? nullptr : &slot(filled_);
}

void PageWindow::filled(PageSlot* filled) {
  const Input* input = std::get_if<Input>(&filled->item);
  filled->bytes = input ? input->bytes.size() : 0;
  filled->done = false;
  {
    const std::lock_guard lock(mutex_);
    bytes_ += filled->bytes;
    ++filled_;
  }
  work_.notify_one();
}

void PageWindow::end_of_input() {
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
  }
  work_.notify_all();
  ready_.notify_one();
}

PageSlot* PageWindow::to_clean() {
  std::unique_lock lock(mutex_);
  work_.wait(lock, [&] { return aborted_ || ended_ || taken_ < filled_; });
  return aborted_ || taken_ == filled_ ? nullptr : &slot(taken_++);
}

void PageWindow::cleaned(PageSlot* cleaned) {
  bool next = false;
  {
    const std::lock_guard lock(mutex_);
    cleaned->done = true;
    next = cleaned == &slot(written_);
  }
  if (next) ready_.notify_one();
}

PageSlot* PageWindow::to_write(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  const auto ready = [&] { return written_ < taken_ && slot(written_).done; };
  ready_.wait_for(lock, patience, [&] { return ready() || at_end(); });
  return ready() ? &slot(written_) : nullptr;
}

void PageWindow::written(PageSlot* written) {
  if (Input* input = std::get_if<Input>(&written->item)) recycle(input->bytes);
  recycle(written->rendered);
  written->record = Record();
  written->problem.clear();
  {
    const std::lock_guard lock(mutex_);
    bytes_ -= written->bytes;
    written->done = false;
    ++written_;
  }
  room_.notify_one();
}

bool PageWindow::finished() {
  const std::lock_guard lock(mutex_);
  return at_end();
}

void PageWindow::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  room_.notify_all();
}

void PageWindow::abort() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = aborted_ = true;
  }
  room_.notify_all();
  work_.notify_all();
}

}  // namespace marrow
