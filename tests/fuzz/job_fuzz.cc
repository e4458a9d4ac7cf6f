// Job files: a job, or an error that names the file.
#include "batch/job.h"
#include "fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace marrow;
  const auto job = parse_job("fuzzed.toml", std::string(fuzz::text_of(data, size)));
  if (job) {
    fuzz::expect(!job->output.dir.empty(), "a job has an output");
    fuzz::expect(job->clean.budget.max_millis > 0, "a page has time");
  } else {
    fuzz::expect(job.error().message.starts_with("fuzzed.toml"), "an error names its file");
    fuzz::expect(job.error().kind == ErrorKind::stop_run, "a bad job stops the run");
  }
  return 0;
}
