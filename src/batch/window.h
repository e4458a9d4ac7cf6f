// PageWindow: the pages in flight between one reader, many cleaners and one writer, kept in input order. A ring of
// slots that are filled, cleaned (in any order) and written (in order); a slot's memory is used again by a later page.
// Bounded by count and by bytes of input: the reader waits while either is full, so a slow sink slows the reading
// and memory stays flat (one page may go over the bound in bytes; it passes alone).
// Threads: to_fill/filled/end_of_input one reader; to_clean/cleaned any number; to_write/written/finished one writer;
// stop() and abort() any.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "record/record.h"
#include "source/input.h"

namespace marrow {

struct PageSlot {
  Source::Item item;
  Record record;         // of an Input
  std::string rendered;  // of the record
  std::string problem;   // not empty: the page could not be cleaned

 private:
  friend class PageWindow;
  std::size_t bytes = 0;
  bool done = false;
};

class PageWindow {
 public:
  PageWindow(std::size_t max_pages, std::size_t max_bytes);

  // The slot for the next page, or nullptr when no more is wanted.
  PageSlot* to_fill();
  void filled(PageSlot* slot);
  void end_of_input();

  // The next page that nobody has, or nullptr when there will be none.
  PageSlot* to_clean();
  void cleaned(PageSlot* slot);

  // The next page in input order, or nullptr where it is not ready within `patience` (ask finished()).
  PageSlot* to_write(std::chrono::milliseconds patience);
  void written(PageSlot* slot);
  bool finished();

  void stop();   // no more pages are read; those in flight are cleaned and written
  void abort();  // nothing more is read or cleaned

 private:
  PageSlot& slot(std::uint64_t number) { return slots_[number % slots_.size()]; }
  bool at_end() const { return ended_ && written_ == filled_; }

  std::mutex mutex_;
  std::condition_variable room_, work_, ready_;
  std::vector<PageSlot> slots_;
  const std::size_t max_bytes_;
  std::size_t bytes_ = 0;  // in flight
  std::uint64_t filled_ = 0, taken_ = 0, written_ = 0;  // written <= taken <= filled <= written + slots
  bool stopped_ = false, ended_ = false, aborted_ = false;
};

}  // namespace marrow
