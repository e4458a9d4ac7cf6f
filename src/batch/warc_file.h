// WarcFile: the kept bytes of a job's runs, DIR/NAME-RUN.warc.gz, only ever appended to. What a
// killed run wrote but did not record in its state is cut off when the run goes on, so that no half
// record stays. One thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "batch/job.h"
#include "batch/page_work.h"
#include "batch/state.h"

namespace marrow {

class WarcFile {
 public:
  WarcFile() = default;
  WarcFile(WarcFile&& other) noexcept;
  WarcFile& operator=(WarcFile&& other) noexcept;
  ~WarcFile();

  // Not open where the job keeps nothing.
  static Result<WarcFile> open(const Job& job, const RunState& run, State& state);
  bool is_open() const { return fd_ >= 0; }
  const std::string& name() const { return name_; }     // within the job's folder
  Result<std::int64_t> append(std::string_view bytes);  // the offset they stand at
  // Syncs what was appended, then notes in the state how far the file is good; goes with the state's next commit. In this
  // order: a state that knows of a page must not outlive it when the power goes.
  Status mark(State& state);
  Status close();  // syncs; removes a file that holds no page

 private:
  Error failure(const char* doing) const;

  int fd_ = -1;
  std::int64_t size_ = 0, header_ = 0, marked_ = -1;
  std::string path_, name_;
};

// The body that an earlier run kept; an error (skip_page) where it is gone or is not what the state says it was.
Result<std::string> read_kept(const Job& job, const PageState& page);

// On a worker: the response as WARC records (request, response, metadata), one gzip member each.
void pack_exchange(PageWork& work);

}  // namespace marrow
