#include "sink/folder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

#include "sink/file.h"
#include "sink/name.h"

namespace marrow {
namespace {

// Files that wait under their temporary names for one sync of the file system: a sync for each file costs
// some milliseconds, as long as cleaning its page. Few enough that their descriptors fit any limit.
constexpr std::size_t kFilesASync = 256;

class FolderSink final : public Sink {
 public:
  FolderSink(std::string folder, Format format)
      : Sink(format), folder_(std::move(folder)), suffix_(suffix_of(format)) {}

  Status write_rendered(const Record& record, std::string_view rendered) override {
    Result<OutputFile> file =
        OutputFile::create(folder_ + names_.give(record.id, record.url) + std::string(suffix_));
    if (!file) return file.error();
    if (Status status = file->write(rendered); !status) return status;
    bytes_ += file->bytes();
    waiting_.push_back(std::move(*file));
    return waiting_.size() < kFilesASync ? Status(Ok{}) : commit();
  }

  Status finish() override {
    if (Status status = commit(); !status) return status;
    return sync_folder(folder_);
  }
  std::uint64_t bytes() const override { return bytes_; }

 private:
  Status commit() {
    if (waiting_.empty()) return Ok{};
    if (Status status = waiting_.front().sync_file_system(); !status) return status;
    for (OutputFile& file : waiting_)
      if (Status status = file.commit(OutputFile::Sync::none); !status) return status;
    waiting_.clear();
    return Ok{};
  }

  std::string folder_;  // with a final slash
  std::string_view suffix_;
  NameGiver names_;
  std::vector<OutputFile> waiting_;
  std::uint64_t bytes_ = 0;
};

}  // namespace

bool names_folder(const std::string& out) {
  struct stat info {};
  return out.ends_with('/') || (!out.empty() && ::stat(out.c_str(), &info) == 0 && S_ISDIR(info.st_mode));
}

Result<std::unique_ptr<Sink>> open_folder_sink(const std::string& out, Format format) {
  const std::string folder = out.ends_with('/') ? out : out + '/';
  struct stat info {};
  const bool made = ::mkdir(folder.c_str(), 0777) == 0;
  if (!made && errno != EEXIST)
    return Error{ErrorKind::stop_run, out + " cannot be created: " + std::strerror(errno)};
  if (::stat(folder.c_str(), &info) != 0 || !S_ISDIR(info.st_mode) || ::access(folder.c_str(), W_OK | X_OK) != 0)
    return Error{ErrorKind::stop_run, out + " cannot be written: " + std::strerror(errno)};
  return std::unique_ptr<Sink>(std::make_unique<FolderSink>(folder, format));
}

}  // namespace marrow
