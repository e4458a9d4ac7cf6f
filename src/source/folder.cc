#include "source/folder.h"

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <functional>
#include <memory>

#include "base/text.h"

namespace marrow {
namespace {

struct CloseDir {
  void operator()(DIR* dir) const { ::closedir(dir); }
};

// Deeper than any folder people make; a chain of bind mounts can go on for ever.
constexpr std::size_t kMaxDepth = 256;

const char* special_name(mode_t mode) {
  if (S_ISFIFO(mode)) return "is a FIFO";
  if (S_ISSOCK(mode)) return "is a socket";
  if (S_ISCHR(mode) || S_ISBLK(mode)) return "is a device";
  return "is not a regular file";
}

// Sorts and keeps the values that stand there twice or more.
void keep_repeated(std::vector<std::uint64_t>& hashes) {
  std::sort(hashes.begin(), hashes.end());
  std::vector<std::uint64_t> repeated;
  for (std::size_t i = 1; i < hashes.size(); ++i)
    if (hashes[i] == hashes[i - 1] && (repeated.empty() || repeated.back() != hashes[i]))
      repeated.push_back(hashes[i]);
  hashes = std::move(repeated);
}

bool holds(const std::vector<std::uint64_t>& sorted, std::string_view text) {
  return std::binary_search(sorted.begin(), sorted.end(), hash64(text));
}

}  // namespace

FolderWalk::FolderWalk(std::string folder) : root_(std::move(folder)) {
  if (!root_.ends_with('/')) root_ += '/';
  FolderEntry entry;
  if (!enter(root_, &root_problem_.problem)) {
    root_problem_.path = root_;
    files_ = 1;
    return;
  }
  while (step(entry)) {
    ++files_;
    holds_lines_ |= holds_many(entry.kind);
    if (!entry.problem.empty() || holds_many(entry.kind)) continue;
    const std::string_view stem = without_suffixes(relative(entry.path));
    shared_ids_.push_back(hash64(base_name(stem)));
    shared_paths_.push_back(hash64(stem));
  }
  keep_repeated(shared_ids_);
  keep_repeated(shared_paths_);
  if (files_ > 0 && enter(root_, &root_problem_.problem)) return;
  root_problem_.path = root_;
  if (root_problem_.problem.empty())
    root_problem_.problem = "holds no page (.html, .htm, .xhtml, .txt, .jsonl, or these as .gz or .zst)";
  files_ = 1;
}

bool FolderWalk::next(FolderEntry& entry) {
  if (!root_problem_.problem.empty()) {
    entry = std::move(root_problem_);
    root_problem_ = {};
    return true;
  }
  if (!step(entry)) return false;
  give_id(entry);
  return true;
}

std::string_view FolderWalk::relative(std::string_view path) const {
  return path.substr(root_.size());
}

void FolderWalk::give_id(FolderEntry& entry) const {
  const std::string_view path = relative(entry.path);
  const std::string_view stem = without_suffixes(path);
  entry.id = base_name(stem);
  if (!holds(shared_ids_, entry.id)) return;
  entry.id = holds(shared_paths_, stem) ? path : stem;
}

bool FolderWalk::enter(std::string path, std::string* problem) {
  struct stat info {};
  const std::unique_ptr<DIR, CloseDir> dir(::opendir(path.c_str()));
  if (!dir || ::fstat(::dirfd(dir.get()), &info) != 0) {
    *problem = std::string("cannot be opened: ") + std::strerror(errno);
    return false;
  }
  Level level;
  level.identity = {info.st_dev, info.st_ino};
  for (const Level& above : levels_)
    if (above.identity == level.identity) {
      *problem = "leads back to " + above.path + " (a loop of folders), left out";
      return false;
    }
  if (levels_.size() >= kMaxDepth) {
    *problem = "lies more than " + std::to_string(kMaxDepth) + " folders deep, left out";
    return false;
  }
  while (const dirent* found = ::readdir(dir.get()))
    if (found->d_name[0] != '.') level.names.emplace_back(found->d_name);
  std::sort(level.names.begin(), level.names.end(), std::greater<>());
  level.path = std::move(path);
  levels_.push_back(std::move(level));
  return true;
}

bool FolderWalk::step(FolderEntry& entry) {
  while (!levels_.empty()) {
    Level& level = levels_.back();
    if (level.names.empty()) {
      levels_.pop_back();
      continue;
    }
    entry.path = level.path + level.names.back();
    entry.problem.clear();
    entry.kind = kind_of_name(level.names.back());
    level.names.pop_back();
    struct stat info {};
    if (::stat(entry.path.c_str(), &info) != 0) {
      if (entry.kind == NameKind::unknown) continue;
      entry.problem = std::string("cannot be opened: ") + std::strerror(errno);
      return true;
    }
    if (S_ISDIR(info.st_mode)) {
      if (!enter(entry.path + '/', &entry.problem)) return true;
      continue;
    }
    if (entry.kind == NameKind::unknown) continue;
    if (!S_ISREG(info.st_mode)) entry.problem = std::string(special_name(info.st_mode)) + ", left out";
    return true;
  }
  return false;
}

}  // namespace marrow
