// Crew: what the module's threads clean with: a Cleaner, and a Workspace for each that cleans at the same time, kept for
// the next. Any number of threads.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "marrow.h"
#include "memory/knowledge.h"

namespace marrow::python {

class Crew {
 public:
  Crew(Cleaner cleaner, std::optional<SiteMemory> memory);

  Record clean(const Input& input);
  // The records of the inputs, in their order, on so many threads (0 = one a core).
  std::vector<Record> clean_all(const std::vector<Input>& inputs, unsigned threads);
  // Cleans the page and adds what it tells of its site to `memory`; the site's host, "" where the page has no URL.
  std::string learn(const Input& input, SiteMemory& memory);
  std::string_view rules() const { return cleaner_.rules(); }

 private:
  std::unique_ptr<Workspace> borrow();
  void give_back(std::unique_ptr<Workspace> workspace);

  Cleaner cleaner_;
  std::optional<SiteKnowledge> knowledge_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Workspace>> idle_;
};

}  // namespace marrow::python
