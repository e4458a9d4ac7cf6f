#include "batch/rules_stats.h"

#include <cstdint>
#include <map>
#include <mutex>
#include <new>
#include <stdexcept>
#include <thread>
#include <utility>
#include <variant>

#include "base/threads.h"
#include "rules/matches.h"

namespace marrow {
namespace {

class Counting {
 public:
  Counting(Source& source, const RuleSet& rules, const RulesStatsSettings& settings)
      : source_(source), rules_(rules), settings_(settings), sum_{Tally(rules)} {}

  RulesStats run() {
    {
      std::vector<std::jthread> threads;
      for (unsigned i = 1; i < threads_for(settings_.threads); ++i)
        threads.emplace_back([this] { work(); });
      work();
    }
    for (auto& [number, failure] : failures_) sum_.failures.push_back(std::move(failure));
    return std::move(sum_);
  }

 private:
  void work() {
    Tally tally(rules_);
    PageReader reader(settings_.budget);
    Matcher matcher(rules_);
    std::uint64_t number = 0;
    for (Source::Item item; pull(item, number);) {
      const Input* input = std::get_if<Input>(&item);
      if (!input) {
        fail(number, std::get<InputFailure>(item));
        continue;
      }
      try {
        const PageHints hints{input->url, input->charset};
        const Document& page = input->content == Input::Content::html
                                   ? reader.read_html(input->bytes, hints)
                                   : reader.read_text(input->bytes, hints);
        tally.count(page, matcher.match(page));
        done(input->bytes.size(), true);
      } catch (const std::bad_alloc&) {
        fail(number, {input->origin, input->origin + " takes more memory than there is"});
      } catch (const std::length_error&) {  // a container asked for more than there can be
        fail(number, {input->origin, input->origin + " takes more memory than there is"});
      }
    }
    const std::lock_guard lock(mutex_);
    sum_.tally.add(tally);
  }

  bool pull(Source::Item& item, std::uint64_t& number) {
    const std::lock_guard lock(mutex_);
    if (settings_.stop && settings_.stop->load(std::memory_order_relaxed)) {
      sum_.interrupted = true;
      return false;
    }
    number = pulled_++;
    if (!ended_) ended_ = !source_.next(item);
    return !ended_;
  }

  void done(std::size_t bytes, bool read) {
    if (!settings_.on_page) return;
    const std::lock_guard lock(mutex_);
    settings_.on_page(bytes, read);
  }

  void fail(std::uint64_t number, InputFailure failure) {
    {
      const std::lock_guard lock(mutex_);
      failures_.emplace(number, std::move(failure));
    }
    done(0, false);
  }

  Source& source_;
  const RuleSet& rules_;
  const RulesStatsSettings& settings_;
  std::mutex mutex_;
  std::uint64_t pulled_ = 0;
  bool ended_ = false;
  std::map<std::uint64_t, InputFailure> failures_;
  RulesStats sum_;
};

}  // namespace

RulesStats count_rules(Source& source, const RuleSet& rules, const RulesStatsSettings& settings) {
  return Counting(source, rules, settings).run();
}

}  // namespace marrow
