#include "source/open.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <optional>
#include <utility>
#include <variant>

#include "source/folder.h"
#include "source/jsonl.h"
#include "source/names.h"
#include "source/sniff.h"
#include "source/stream.h"
#include "source/warc_page.h"

namespace marrow {
namespace {

// A page over its bound may come from few compressed bytes, but not from this few: deflate reaches 1,032 to 1,
// pages of the development set 1.7 to 17 to 1, a table of equal rows about 100 to 1. Beyond it is a bomb.
constexpr std::uint64_t kBombRatio = 200;

// Room for a response's head and the sizes of its chunks beside a body of the greatest size.
constexpr std::size_t kResponseHeadBytes = std::size_t{1} << 20;

bool is_folder(const std::string& path) {
  struct stat info {};
  return path != "-" && ::stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

// One argument: a folder, or (folder empty) a file, FIFO or standard input.
struct Argument {
  std::string path;
  std::optional<FolderWalk> folder;
};

struct File {
  std::string path, id;
  NameKind kind = NameKind::unknown;
};

class PathSource final : public Source {
 public:
  explicit PathSource(const SourceSpec& spec);
  bool next(Item& item) override;
  std::uint64_t expected() const override { return expected_; }
  std::string left_out() const override { return describe_left_out(left_out_); }
  void stop() override { stop_.store(true, std::memory_order_relaxed); }

 private:
  bool ranged() const { return range_start_ != 0 || range_length_ != UINT64_MAX; }
  bool stopped() const { return stop_.load(std::memory_order_relaxed); }
  // The next file to open, or a failure in `item`. False at the end.
  bool next_file(File& file, Item& item, bool* failed);
  Item open(const File& file, std::string memory);
  Status read(const File& file, Input& input);
  Status read_page(ByteStream& bytes, Input& input) const;
  void begin_lines(const File& file, std::unique_ptr<ByteStream> bytes);
  Status begin_archive(const File& file, std::unique_ptr<ByteStream> raw = nullptr);
  void end_archive();

  std::vector<Argument> arguments_;
  std::size_t max_bytes_, max_line_bytes_;
  std::size_t at_ = 0;                // of arguments_
  std::optional<JsonlReader> lines_;  // while one JSONL file is being read
  std::optional<WarcPages> archive_;  // while one archive is being read
  std::array<std::uint64_t, kLeftOut> left_out_{};  // of archives
  std::uint64_t range_start_, range_length_;
  std::uint64_t expected_ = 0;
  std::atomic<bool> stop_{false};
};

PathSource::PathSource(const SourceSpec& spec)
    : max_bytes_(spec.max_bytes),
      max_line_bytes_(spec.max_line_bytes),
      range_start_(spec.range_start),
      range_length_(spec.range_length) {
  bool known = true;  // one page a file, as far as names tell
  for (const std::string& path : spec.paths) {
    Argument& argument = arguments_.emplace_back();
    argument.path = path;
    if (is_folder(path)) {
      argument.folder.emplace(path);
      known &= !argument.folder->holds_lines();
      expected_ += argument.folder->files();
    } else {
      known &= path != "-" && !holds_many(kind_of_name(path));
      expected_ += 1;
    }
  }
  if (!known) expected_ = 0;
}

bool PathSource::next(Item& item) {
  while (!stopped()) {
    if (lines_) {
      if (lines_->next(item)) return !stopped();
      lines_.reset();
    }
    if (archive_) {
      if (archive_->next(item)) return !stopped();
      end_archive();
    }
    File file;
    bool failed = false;
    if (!next_file(file, item, &failed)) return false;
    if (failed) return true;
    std::string memory;  // of the page before, used again
    if (Input* held = std::get_if<Input>(&item)) memory = std::move(held->bytes);
    memory.clear();
    item = open(file, std::move(memory));
    if (!lines_ && !archive_) return !stopped();  // a pipe cut off by stop() is no page
  }
  return false;
}

bool PathSource::next_file(File& file, Item& item, bool* failed) {
  for (; at_ < arguments_.size(); ++at_) {
    Argument& argument = arguments_[at_];
    if (!argument.folder) {
      const std::string& path = argument.path;
      file = {path, path == "-" ? "stdin" : id_of_path(path), kind_of_name(path)};
      ++at_;
      return true;
    }
    FolderEntry entry;
    if (!argument.folder->next(entry)) {
      argument.folder.reset();
      continue;
    }
    *failed = !entry.problem.empty();
    if (*failed) item = InputFailure{entry.path, entry.path + ' ' + entry.problem};
    file = {std::move(entry.path), std::move(entry.id), entry.kind};
    return true;
  }
  return false;
}

Source::Item PathSource::open(const File& file, std::string memory) {
  Input input;
  input.bytes = std::move(memory);
  input.id = file.id;
  input.origin = name_for_people(file.path);
  if (Status status = read(file, input); !status) return InputFailure{input.origin, status.error().message};
  return input;
}

Status PathSource::read(const File& file, Input& input) {
  Result<std::unique_ptr<ByteStream>> raw = open_raw(file.path, &stop_);
  if (!raw) return raw.error();
  if (file.kind == NameKind::unknown || file.kind == NameKind::warc) {  // an archive is told by its packed bytes: what it is packed as matters
    std::string packed;
    if (Status head = read_all(**raw, kSniffBytes, packed); !head) return head;
    if (packed.empty()) return Error{ErrorKind::skip_page, input.origin + " is empty"};
    const std::size_t enough = std::max(warc_sniff_bytes(packed), packed.size());
    if (Status more = read_all(**raw, enough - packed.size(), packed); !more) return more;
    const bool archive = file.kind == NameKind::warc || looks_like_warc(packed);
    *raw = put_back(std::move(packed), std::move(*raw));
    if (archive) return begin_archive(file, std::move(*raw));
  }
  if (ranged()) return Error{ErrorKind::skip_page, input.origin + " is no archive: a range can only be read of WARC files"};
  Result<std::unique_ptr<ByteStream>> bytes = unpacked(file.path, std::move(*raw));
  if (!bytes) return bytes.error();
  if (Status head = read_all(**bytes, kSniffBytes, input.bytes); !head) return head;
  if (input.bytes.empty()) return Error{ErrorKind::skip_page, input.origin + " is empty"};
  const Sniffed seen = sniff(input.bytes);
  if (seen.look == Look::binary)
    return Error{ErrorKind::skip_page, input.origin + " is no page: it looks like " + std::string(seen.name)};
  const bool named = file.kind != NameKind::unknown;
  if (named ? file.kind == NameKind::jsonl : seen.look == Look::jsonl) {
    begin_lines(file, put_back(std::move(input.bytes), std::move(*bytes)));
    return Ok{};
  }
  const bool text = named ? file.kind == NameKind::text : seen.look == Look::text;
  input.content = text ? Input::Content::text : Input::Content::html;
  return read_page(**bytes, input);
}

Status PathSource::read_page(ByteStream& bytes, Input& input) const {
  const std::size_t limit = std::max(max_bytes_ + 1, input.bytes.size());
  if (Status rest = read_all(bytes, limit - input.bytes.size(), input.bytes); !rest) return rest;
  const std::uint64_t packed = bytes.packed_bytes();
  if (input.bytes.size() > max_bytes_ && packed > 0 && input.bytes.size() / packed >= kBombRatio)
    return Error{ErrorKind::skip_page, input.origin + " is a decompression bomb: its first " +
                                           std::to_string(packed) + " bytes become more than " +
                                           std::to_string(max_bytes_)};
  return Ok{};
}

void PathSource::begin_lines(const File& file, std::unique_ptr<ByteStream> bytes) {
  lines_.emplace(name_for_people(file.path), file.id, std::move(bytes), max_line_bytes_);
}

// `raw`: the archive's bytes, where they had to be looked at.
Status PathSource::begin_archive(const File& file, std::unique_ptr<ByteStream> raw) {
  WarcOptions options;
  options.start = range_start_;
  options.length = range_length_;
  options.max_block = max_bytes_ + kResponseHeadBytes;
  if (raw && !ranged()) {
    archive_.emplace(WarcReader(name_for_people(file.path), std::move(raw), options), max_bytes_);
    return Ok{};
  }
  Result<WarcReader> reader = WarcReader::open(file.path, options, &stop_);
  if (!reader) return reader.error();
  archive_.emplace(std::move(*reader), max_bytes_);
  return Ok{};
}

void PathSource::end_archive() {
  for (std::size_t i = 0; i < kLeftOut; ++i) left_out_[i] += archive_->left_out(static_cast<LeftOut>(i));
  archive_.reset();
}

}  // namespace

Result<std::unique_ptr<Source>> open_source(const SourceSpec& spec) {
  if (spec.paths.empty()) return Error{ErrorKind::stop_run, "no input is given: name files or folders, or - for standard input"};
  if (std::count(spec.paths.begin(), spec.paths.end(), "-") > 1)
    return Error{ErrorKind::stop_run, "standard input (-) is given twice"};
  const bool ranged = spec.range_start != 0 || spec.range_length != UINT64_MAX;
  if (ranged && (spec.paths.size() != 1 || spec.paths[0] == "-" || is_folder(spec.paths[0])))
    return Error{ErrorKind::stop_run, "a range is of one WARC file: name one"};
  return std::unique_ptr<Source>(std::make_unique<PathSource>(spec));
}

}  // namespace marrow
