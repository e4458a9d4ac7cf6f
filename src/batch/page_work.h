// PageWorkers: threads that clean fetched pages beside the network's thread. Takes one fetched page
// with what is known of its last visit, gives its hash, whether it is unchanged, its rendered
// record and its WARC bytes. Bounded: has_room() says when to fetch no further; bytes wait, not
// memory. push/take from one thread, work on the others.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "batch/clean.h"
#include "batch/page_look.h"
#include "fetch/response.h"
#include "sink/format.h"

namespace marrow {

struct PageWork {
  std::size_t position = 0;    // in the plan
  std::string id, known_hash;  // hash under which nothing is to be done, "" = clean in any case
  Response response;
  bool want_links = false;
  bool kept = false;  // the body does not come from the network but from where an earlier run kept it

  // Filled by a worker.
  std::string body_hash;
  bool unchanged = false;
  std::string links;  // where the page leads, a URL a line; where wanted
  std::string url, rendered, problem;  // problem not empty: could not be cleaned
  bool crashed = false;                // … because its process died (batch/isolate.h)
  std::string warc;                    // gzip members of the exchange, "" unless kept
  std::size_t warc_response = 0;       // offset of the response record in it
  PageLook look;                       // of the record; its rules are for the run to number
  PageExtras extras;
  double seconds = 0;
  std::size_t body_bytes = 0;
};

class PageWorkers {
 public:
  // Called on a worker thread for a page that was fetched whole: fills `warc`.
  using Keep = std::function<void(PageWork&)>;

  // `wake` is called (from a worker) when something can be taken.
  PageWorkers(unsigned threads, MakeCleanPage make, Format format, Keep keep,
              std::function<void()> wake);
  ~PageWorkers();  // what has not begun is not done

  bool has_room();
  void push(PageWork work);
  bool take(PageWork& work);  // done work, in the order in which it was finished
  void wait(std::chrono::milliseconds patience);  // until something can be taken
  std::size_t under_way();                        // pushed and not taken
  std::size_t drop_waiting();  // what has not begun is not done: how many pages

 private:
  void work(const MakeCleanPage& make);
  void clean(PageWork& page, const CleanPage& cleaner);

  const Format format_;
  const Keep keep_;
  const std::function<void()> wake_;
  const std::size_t max_pages_;
  std::mutex mutex_;
  std::condition_variable todo_ready_, done_ready_;
  std::deque<PageWork> todo_, done_;
  std::size_t under_way_ = 0, bytes_ = 0;
  bool ended_ = false;
  std::vector<std::thread> threads_;  // last: they use the rest
};

}  // namespace marrow
