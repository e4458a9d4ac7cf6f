#include "python/crew.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <utility>

#include "base/threads.h"

namespace marrow::python {
Crew::Crew(Cleaner cleaner, std::optional<SiteMemory> memory) : cleaner_(std::move(cleaner)) {
  if (memory) cleaner_.know(&knowledge_.emplace(std::move(*memory)));
}

std::unique_ptr<Workspace> Crew::borrow() {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      std::unique_ptr<Workspace> workspace = std::move(idle_.back());
      idle_.pop_back();
      return workspace;
    }
  }
  return std::make_unique<Workspace>(cleaner_);
}

void Crew::give_back(std::unique_ptr<Workspace> workspace) {
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(workspace));
}

Record Crew::clean(const Input& input) {
  std::unique_ptr<Workspace> workspace = borrow();
  Record record = cleaner_.clean(input, *workspace);
  give_back(std::move(workspace));
  return record;
}

std::vector<Record> Crew::clean_all(const std::vector<Input>& inputs, unsigned threads) {
  std::vector<Record> records(inputs.size());
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    std::unique_ptr<Workspace> workspace = borrow();
    for (std::size_t i = next++; i < inputs.size(); i = next++) records[i] = cleaner_.clean(inputs[i], *workspace);
    give_back(std::move(workspace));
  };
  const std::size_t wanted = threads_for(threads);
  {
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < std::min(wanted, inputs.size()); ++i) others.emplace_back(work);
    work();
  }
  return records;
}

std::string Crew::learn(const Input& input, SiteMemory& memory) {
  std::unique_ptr<Workspace> workspace = borrow();
  const Record record = cleaner_.clean(input, *workspace);
  const std::optional<PageSummary> summary = cleaner_.summary(*workspace, record);
  give_back(std::move(workspace));
  if (!summary) return {};
  memory.add(*summary);
  return summary->host;
}

}  // namespace marrow::python
