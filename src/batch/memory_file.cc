#include "batch/memory_file.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>
#include <utility>

#include "sink/file.h"

namespace marrow {
namespace {

Error unreadable(const std::string& path) {
  return {ErrorKind::stop_run, path + ": cannot read the site memory: " + std::strerror(errno)};
}

}  // namespace

Result<SiteMemory> read_memory(const std::string& path) {
  errno = EIO;
  std::ifstream file(path, std::ios::binary);
  if (!file) return unreadable(path);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  if (file.bad() || (bytes.fail() && file.gcount() > 0)) return unreadable(path);
  return SiteMemory::decode(std::move(bytes).str(), path);
}

bool is_memory_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string head(SiteMemory::kMagic.size(), '\0');
  file.read(head.data(), static_cast<std::streamsize>(head.size()));
  return file && head == SiteMemory::kMagic;
}

Status write_memory(const SiteMemory& memory, const std::string& path) {
  auto file = OutputFile::create(path);
  if (!file) return file.error();
  if (Status status = file->write(memory.encode()); !status) return status;
  return file->commit();
}

}  // namespace marrow
