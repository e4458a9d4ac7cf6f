// Watched: kept pages (report/kept_pages.h) and the rules somebody is writing for them: the pages as reports, with what the last
// change of the rules changed, and the rules' own tests: their hit and miss cases, and page tests. Rules that do not compile are told
// and the last good ones stay. Looks at the files whenever it is asked; no thread of its own. One thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "marrow.h"

namespace marrow {

class Watched {
 public:
  // Options::rule_dirs are watched; where there are none and the folder holds rule files, these are.
  static Result<Watched> open(const std::string& folder, CleanOptions options);
  Watched(Watched&&) noexcept;
  ~Watched();

  std::int64_t version();  // grows when the rules' files change; reloads them
  std::string index();     // HTML: the pages, the tests, what is wrong
  std::optional<std::string> page(std::int64_t number);  // HTML; nothing where there is no such page
  std::size_t size() const;

 private:
  struct State;
  explicit Watched(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace marrow
