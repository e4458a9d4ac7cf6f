// OutputFile: bytes -> a file that is either whole or not there. A regular file is written without a name (or
// under a temporary one, where the file system knows no other way) in the same folder, then synced and renamed by commit(); before
// that, or when it is destroyed without one, an old file of that name stays as it was, and a killed process leaves nothing. Standard output, pipes and devices are written directly.
// Errors name the path and are of kind stop_run (full disk, no right, no such folder). The program must ignore
// SIGPIPE and SIGXFSZ. One thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace marrow {

class OutputFile {
 public:
  OutputFile() = default;
  OutputFile(OutputFile&& other) noexcept { *this = std::move(other); }
  OutputFile& operator=(OutputFile&& other) noexcept;
  ~OutputFile() { discard(); }

  // "" or "-" is standard output.
  static Result<OutputFile> create(const std::string& path);
  Status write(std::string_view bytes);
  // Sync::each makes sure that the bytes are on the disk before the name is. Sync::none leaves that to a caller
  // with many files.
  enum class Sync : unsigned char { each, none };
  Status commit(Sync sync = Sync::each);
  Status sync_file_system() const;  // all that was written to the file system it lies on
  // The reader of the pipe went away (head, a pager that was left): nothing more is wanted, and that is no error.
  bool reader_gone() const { return reader_gone_; }
  std::uint64_t bytes() const { return bytes_; }

 private:
  void discard();
  Error failure(const char* what, int code) const;

  std::string path_;       // for messages
  std::string target_;     // links resolved
  std::string temporary_;  // "" where it is written directly
  bool unnamed_ = false;   // `temporary_` is not yet its name: it gets it right before the rename
  int fd_ = -1;
  bool owned_ = false;
  bool reader_gone_ = false;
  std::uint64_t bytes_ = 0;
};

Status sync_folder(const std::string& folder);
std::string folder_of(const std::string& path);  // "." for a bare name

}  // namespace marrow
