// KeptPages: the pages that somebody who writes rules may look at: saved files below one folder (.html, .txt, also .gz and .zst), and
// what is in the WARC archives there (a job's `warc` folder); of a page that was kept several times the last one. Found once, then asked
// for by number: no path comes from outside, and what a symbolic link leads to outside the folder is left out. One thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "source/input.h"

namespace marrow {

class KeptPages {
 public:
  // `max_bytes`: of a page; one that is longer is cut, and said to be.
  static Result<KeptPages> find(const std::string& folder, std::size_t max_bytes);

  std::size_t size() const { return pages_.size(); }
  const std::string& name(std::size_t i) const { return pages_[i].name; }  // path below the folder, or address
  Result<Input> read(std::size_t i, std::size_t max_bytes) const;

 private:
  struct Page {
    std::string name;
    std::filesystem::path file;
    std::int64_t offset = -1;  // in an archive; -1: the file is the page
  };
  bool is_inside(const std::filesystem::path& path) const;
  void add_archive(const std::filesystem::path& path, std::size_t max_bytes);

  std::filesystem::path folder_;
  std::vector<Page> pages_;  // by name
};

// Calls `take` for each file below a folder, `most` at the most. Follows no symbolic link to a folder.
template <typename Take>
void each_file(const std::filesystem::path& folder, std::size_t most, Take take) {
  namespace fs = std::filesystem;
  std::error_code failed;
  for (fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied, failed), end; !failed && at != end && most > 0;
       at.increment(failed))
    if (at->is_regular_file(failed)) {
      --most;
      take(at->path());
    }
}

}  // namespace marrow
