#include "batch/learn.h"

#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include "base/threads.h"

namespace marrow {
namespace {

class Learning {
 public:
  Learning(Source& source, const Cleaner& cleaner, const LearnSettings& settings)
      : source_(source), cleaner_(cleaner), settings_(settings) {}

  Learned run() {
    {
      std::vector<std::jthread> threads;
      for (unsigned i = 1; i < threads_for(settings_.threads); ++i) threads.emplace_back([this] { work(); });
      work();
    }
    for (auto& [number, failure] : failures_) learned_.failures.push_back(std::move(failure));
    return std::move(learned_);
  }

 private:
  void work() {
    Workspace workspace(cleaner_);
    std::uint64_t number = 0;
    for (Source::Item item; pull(item, number);) {
      const Input* input = std::get_if<Input>(&item);
      if (!input) {
        fail(number, std::get<InputFailure>(std::move(item)));
        continue;
      }
      const Record record = cleaner_.clean(*input, workspace);
      add(cleaner_.summary(workspace, record), input->bytes.size());
    }
  }

  bool pull(Source::Item& item, std::uint64_t& number) {
    const std::lock_guard lock(pulling_);
    if (settings_.stop && settings_.stop->load(std::memory_order_relaxed)) {
      learned_.interrupted = true;
      return false;
    }
    number = pulled_++;
    if (!ended_) ended_ = !source_.next(item);
    return !ended_;
  }

  // The order in which pages come here is the threads'; what is kept does not depend on it.
  void add(const std::optional<PageSummary>& summary, std::size_t bytes) {
    const std::lock_guard lock(adding_);
    ++learned_.pages;
    if (summary) learned_.memory.add(*summary);
    else ++learned_.without_url;
    if (settings_.on_page) settings_.on_page(bytes, true);
  }

  void fail(std::uint64_t number, InputFailure failure) {
    const std::lock_guard lock(adding_);
    failures_.emplace(number, std::move(failure));
    if (settings_.on_page) settings_.on_page(0, false);
  }

  Source& source_;
  const Cleaner& cleaner_;
  const LearnSettings& settings_;
  std::mutex pulling_, adding_;
  std::uint64_t pulled_ = 0;
  bool ended_ = false;
  std::map<std::uint64_t, InputFailure> failures_;
  Learned learned_;
};

}  // namespace

Learned learn(Source& source, const Cleaner& cleaner, const LearnSettings& settings) {
  return Learning(source, cleaner, settings).run();
}

}  // namespace marrow
