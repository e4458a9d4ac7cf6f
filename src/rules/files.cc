#include "rules/files.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <system_error>

#include "base/sha256.h"
#include "base/toml.h"
#include "rules/builtin.h"

namespace marrow {
namespace {

namespace fs = std::filesystem;

// Folders below a rules folder. Deeper ones are a mistake (a rules folder given as "/").
constexpr int kMaxDepth = 16;

Error fail(const std::string& path, const std::string& reason) {
  return {ErrorKind::stop_run, path + ": " + reason};
}

Status read_one(const std::string& path, std::uint32_t source, std::vector<RuleFile>* files) {
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  if (!in) return fail(path, "cannot be read: " + std::generic_category().message(errno));
  RuleFile file{path, {}, source, false};
  std::string chunk(std::size_t{64} << 10, '\0');
  while (in && file.text.size() <= TomlFile::kMaxBytes) {
    in.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
    file.text.append(chunk, 0, static_cast<std::size_t>(in.gcount()));
  }
  if (in.bad()) return fail(path, "cannot be read: " + std::generic_category().message(errno));
  if (file.text.size() > TomlFile::kMaxBytes)
    return fail(path, "is longer than the " + std::to_string(TomlFile::kMaxBytes) + " bytes that are read of a rule file");
  files->push_back(std::move(file));
  return Ok{};
}

struct Visit {
  fs::path folder;
  int depth;
  std::string from;  // real path of the folder it stands in
};

bool holds(const std::string& folder, const std::string& path) {
  return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

Status walk(const std::string& root, std::uint32_t source, std::vector<RuleFile>* files) {
  std::set<std::string> seen;  // real paths: a folder that two links lead to is read once
  std::vector<Visit> open{{root, 0, {}}};
  std::vector<std::string> found;
  while (!open.empty()) {
    const Visit visit = open.back();
    open.pop_back();
    std::error_code error;
    const fs::path real = fs::canonical(visit.folder, error);
    if (error) return fail(visit.folder.string(), "cannot be read: " + error.message());
    if (holds(real.string(), visit.from)) return fail(visit.folder.string(), "is a loop: it leads back to " + real.string());
    if (!seen.insert(real.string()).second) continue;
    if (visit.depth > kMaxDepth) return fail(visit.folder.string(), "folders nest deeper than " + std::to_string(kMaxDepth));
    fs::directory_iterator entries(visit.folder, error);
    if (error) return fail(visit.folder.string(), "cannot be read: " + error.message());
    for (const fs::directory_entry& entry : entries) {
      std::error_code ignored;
      if (entry.path().filename().string().starts_with(".")) continue;
      if (entry.is_directory(ignored)) open.push_back({entry.path(), visit.depth + 1, real.string()});
      else if (entry.path().extension() == ".toml") found.push_back(entry.path().string());
    }
  }
  std::sort(found.begin(), found.end());
  for (const std::string& path : found)
    if (Status status = read_one(path, source, files); !status) return status;
  return Ok{};
}

// Does the folder hold most of the files that are built in, under their names? Then it is marrow's own rules/ or a copy
// of it, and reading both would give each rule twice: an edited phrase beside its old form. Half is far from what a
// folder of one's own has in common with ours (a languages/de.toml), and from what edits of a copy take away.
bool replaces_builtin(const std::string& dir) {
  std::size_t all = 0, held = 0;
  for (const BuiltinFile& file : builtin_files()) {
    if (!file.path.ends_with(".toml")) continue;
    std::error_code ignored;
    ++all;
    held += fs::is_regular_file(fs::path(dir) / file.path, ignored);
  }
  return held * 2 > all;
}

// The rules that come with marrow: installed, else built in. An installed file that is as it was built in is `shipped`.
Status read_shipped(std::vector<RuleFile>* files) {
  const std::string folder = installed_rules();
  if (folder.empty()) {
    for (const BuiltinFile& file : builtin_files())
      if (file.path.ends_with(".toml")) files->push_back({"builtin:" + std::string(file.path), std::string(file.bytes), 0, true});
    return Ok{};
  }
  if (Status status = walk(folder, 0, files); !status) return status;
  for (RuleFile& file : *files)
    file.shipped = file.text == builtin_file(fs::path(file.path).lexically_relative(folder).generic_string());
  return Ok{};
}

}  // namespace

std::string installed_rules() {
  if (const char* named = std::getenv("MARROW_RULES_DIR"); named && *named) return named;
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (error) return {};
  const fs::path beside = (program.parent_path() / MARROW_RULES_BESIDE).lexically_normal();
  return fs::is_directory(beside, error) ? beside.string() : std::string();
}

Result<std::vector<RuleFile>> read_rule_files(const RuleSources& sources) {
  std::vector<RuleFile> files;
  if (sources.builtin && std::none_of(sources.dirs.begin(), sources.dirs.end(), replaces_builtin))
    if (Status status = read_shipped(&files); !status) return status.error();
  std::uint32_t source = 0;
  for (const std::string& dir : sources.dirs) {
    ++source;
    std::error_code error;
    const bool folder = fs::is_directory(dir, error);
    if (!folder && !dir.ends_with(".toml") && fs::exists(dir, error)) return fail(dir, "is neither a folder nor a .toml file");
    Status status = folder ? walk(dir, source, &files) : read_one(dir, source, &files);
    if (!status) return status.error();
  }
  return files;
}

std::string digest_of(const std::vector<RuleFile>& files) {
  Sha256 sha;
  for (const RuleFile& file : files) {
    // Folders may lie anywhere: the file's own name and its bytes are the version, not the way to it.
    sha.update(fs::path(file.path).filename().string());
    sha.update(std::string_view("\0", 1));
    sha.update(std::to_string(file.text.size()));
    sha.update(std::string_view("\0", 1));
    sha.update(file.text);
  }
  return sha.hex();
}

}  // namespace marrow
