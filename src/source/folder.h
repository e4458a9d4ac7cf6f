// FolderWalk: one folder argument -> the files in it that are inputs by name, in a fixed order.
// Recursive by its own stack; names of a folder sorted bytewise; hidden files left out; symbolic links
// are followed, a link back into a folder that is being walked is a fault. FIFOs, devices and sockets whose
// name says page are faults too: a folder is walked unattended and must not hang. Opens no file.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "source/names.h"

namespace marrow {

struct FolderEntry {
  std::string path;
  std::string id;       // see open.h
  NameKind kind = NameKind::unknown;
  std::string problem;  // not empty: what is wrong with `path`, a message that follows its name
};

class FolderWalk {
 public:
  // Walks once through all names to find ids that would be given twice (8 to 16 bytes of memory a file).
  explicit FolderWalk(std::string folder);
  bool next(FolderEntry& entry);
  std::uint64_t files() const { return files_; }  // that it will give
  bool holds_lines() const { return holds_lines_; }  // files of many pages are among them

 private:
  struct Level {
    std::string path;                // with a final slash
    std::vector<std::string> names;  // sorted, taken from the back
    std::pair<std::uint64_t, std::uint64_t> identity;  // device and inode
  };
  bool enter(std::string path, std::string* problem);
  bool step(FolderEntry& entry);
  void give_id(FolderEntry& entry) const;
  std::string_view relative(std::string_view path) const;

  std::string root_;
  std::vector<Level> levels_;
  std::vector<std::uint64_t> shared_ids_, shared_paths_;  // hashes that several files have, sorted
  std::uint64_t files_ = 0;
  bool holds_lines_ = false;
  FolderEntry root_problem_;
};

}  // namespace marrow
