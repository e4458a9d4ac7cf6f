// Sink: records -> files, in the order given. One file (or standard output) for all, compressed where its name ends in
// .gz or .zst; or, where `out` is a folder (it exists as one or ends in '/'), one file a record, named by sink/name.h.
// Several text or Markdown records in one file are told apart by a line "==> ID <==", as head and tail do.
//
//   auto sink = open_sink({.out = "records.jsonl.gz"});
//   if (Status s = (*sink)->write(record); !s) …
//   Status s = (*sink)->finish();
//
// Nothing is visible under the final name before finish() (a folder: before its file is whole). A Sink destroyed
// without finish() removes what it wrote. Errors (stop_run) name the path; after one only destruction is left.
// Threads: render() any, the rest one.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "sink/format.h"

namespace marrow {

struct SinkSpec {
  std::string out;  // "" or "-": standard output
  Format format = Format::jsonl;
};

class Sink {
 public:
  explicit Sink(Format format) : format_(format) {}
  virtual ~Sink() = default;
  // The bytes of a record, made by whoever has time for it.
  void render(const Record& record, std::string& out) const { marrow::render(record, format_, out); }
  virtual Status write_rendered(const Record& record, std::string_view rendered) = 0;
  Status write(const Record& record);
  virtual Status finish() = 0;
  // Whoever read the output went away: no more is wanted, and that is no error.
  virtual bool reader_gone() const { return false; }
  virtual std::uint64_t bytes() const = 0;  // written so far, as they lie on the disk

 private:
  Format format_;
};

// Creates the output, so that a run fails before its first page and not after its last. A folder that is missing is
// made, its parents are not.
Result<std::unique_ptr<Sink>> open_sink(const SinkSpec& spec);

}  // namespace marrow
