#include "batch/folders.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "batch/hook.h"
#include "sink/file.h"

namespace marrow {
namespace {

namespace fs = std::filesystem;

Status make_folder(const std::string& folder) {
  if (folder.empty()) return Ok{};
  std::error_code failed;
  const bool loose = fs::is_symlink(folder, failed) && !fs::exists(folder, failed);
  if (loose) return Error{ErrorKind::stop_run, folder + ": is a link to a folder that is not there; make that, or remove the link"};
  fs::create_directories(folder, failed);
  if (failed) return Error{ErrorKind::stop_run, folder + ": cannot make the folder: " + failed.message()};
  if (::access(folder.c_str(), W_OK | X_OK) != 0)
    return Error{ErrorKind::stop_run, folder + ": cannot be written to: " + std::strerror(errno)};
  return Ok{};
}

std::string first_line(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string line;
  std::getline(file, line);
  return line;
}

Status claim(const std::string& folder, const std::string& mark, const std::string& state) {
  std::error_code failed;
  const std::string path = folder + "/" + mark, mine = fs::weakly_canonical(fs::absolute(state, failed), failed).string();
  const std::string holder = first_line(path);
  if (holder == mine) return Ok{};
  if (!holder.empty() && fs::exists(holder, failed) && !fs::equivalent(holder, mine, failed))
    return Error{ErrorKind::stop_run, folder + ": another job, whose state is " + holder +
                                          ", writes here; give this one a folder of its own (or remove " + path + ")"};
  auto file = OutputFile::create(path);
  if (!file) return file.error();
  if (Status status = file->write(mine + "\n"); !status) return status;
  return file->commit();
}

}  // namespace

Status make_folders(const Job& job) {
  for (const std::string& folder : {job.output.dir, folder_of(job.state), folder_of(job.output.report),
                                    job.metrics.empty() ? std::string() : folder_of(job.metrics)})
    if (Status status = make_folder(folder); !status) return status;
  return Ok{};
}

Status claim_folders(const Job& job) {
  if (Status status = claim(job.output.dir, ".marrow-state", job.state); !status) return status;
  if (job.warc.empty()) return Ok{};
  if (Status status = make_folder(job.warc); !status) return status;
  return claim(job.warc, "." + job.name + ".marrow-state", job.state);  // archives of jobs of other names may lie beside
}

}  // namespace marrow
