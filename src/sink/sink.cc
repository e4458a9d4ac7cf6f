#include "sink/sink.h"

#include <optional>
#include <utility>

#include "base/text.h"
#include "sink/file.h"
#include "sink/folder.h"
#include "sink/pack.h"

namespace marrow {
namespace {

// Written at once: some records' worth, so that system calls cost nothing.
constexpr std::size_t kBufferBytes = std::size_t{256} << 10;

class FileSink final : public Sink {
 public:
  FileSink(Format format, OutputFile file, std::unique_ptr<Packer> packer, bool prompt)
      : Sink(format), file_(std::move(file)), packer_(std::move(packer)), heads_(format != Format::jsonl),
        buffer_limit_(prompt ? 0 : kBufferBytes) {}

  Status write_rendered(const Record& record, std::string_view rendered) override {
    if (!heads_) return put(rendered);
    if (!began_) {  // whether it needs a head is known with the second record
      began_ = true;
      first_ = {record.id, std::string(rendered)};
      return Ok{};
    }
    if (Status status = put_first(true); !status) return status;
    std::string text(1, '\n');
    append_head(record.id, text);
    text += rendered;
    return put(text);
  }

  Status finish() override {
    if (Status status = put_first(false); !status) return status;
    if (!packer_->finish(buffer_)) return out_of_memory();
    if (Status status = flush(); !status) return status;
    return file_.commit();
  }
  bool reader_gone() const override { return file_.reader_gone(); }
  std::uint64_t bytes() const override { return file_.bytes(); }

 private:
  static Error out_of_memory() { return {ErrorKind::stop_run, "out of memory while compressing the output"}; }

  static void append_head(const std::string& id, std::string& out) {
    out += "==> ";
    append_without_controls(collapse_spaces(id), out);
    out += " <==\n";
  }

  Status put_first(bool with_head) {
    if (!first_) return Ok{};
    std::string text;
    if (with_head) append_head(first_->id, text);
    text += first_->text;
    first_.reset();
    return put(text);
  }

  Status put(std::string_view bytes) {
    if (!packer_->add(bytes, buffer_)) return out_of_memory();
    return buffer_.size() > buffer_limit_ ? flush() : Status(Ok{});
  }

  Status flush() {
    Status status = file_.write(buffer_);
    buffer_.clear();
    return status;
  }

  OutputFile file_;
  std::unique_ptr<Packer> packer_;
  std::string buffer_;
  bool heads_;
  std::size_t buffer_limit_;
  struct First {
    std::string id, text;
  };
  std::optional<First> first_;  // held back
  bool began_ = false;
};

}  // namespace

Status Sink::write(const Record& record) {
  std::string rendered;
  render(record, rendered);
  return write_rendered(record, rendered);
}

Result<std::unique_ptr<Sink>> open_sink(const SinkSpec& spec) {
  if (names_folder(spec.out)) return open_folder_sink(spec.out, spec.format);
  Result<OutputFile> file = OutputFile::create(spec.out);
  if (!file) return file.error();
  // Who reads standard output may be waiting for each record.
  const bool prompt = spec.out.empty() || spec.out == "-";
  return std::unique_ptr<Sink>(
      std::make_unique<FileSink>(spec.format, std::move(*file), packer_for(spec.out), prompt));
}

}  // namespace marrow
