#include "batch/page_store.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <utility>

#include "fetch/fetcher.h"
#include "fetch/warc_writer.h"
#include "sink/file.h"
#include "sink/name.h"

namespace marrow {
namespace {

namespace fs = std::filesystem;

class WarcStore final : public PageStore {
 public:
  explicit WarcStore(std::string path) : path_(std::move(path)), open_path_(path_ + ".open") {}
  ~WarcStore() override {
    if (fd_ >= 0) ::close(fd_);
  }

  Status open(const std::string& user_agent) {
    fd_ = ::open(open_path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (fd_ < 0) return failure("open");
    return append(warc_info(fs::path(path_).filename().string(), rfc3339_now(), user_agent));
  }

  Result<Place> put(const std::string&, const Response& response) override {
    const WarcExchange exchange = warc_exchange(response);
    const std::int64_t at = size_ + static_cast<std::int64_t>(exchange.response_offset);
    if (Status status = append(exchange.bytes); !status) return status.error();
    return Place{{}, at};
  }

  Status close() override {
    if (fsync(fd_) != 0 || ::close(std::exchange(fd_, -1)) != 0) return failure("sync");
    if (std::rename(open_path_.c_str(), path_.c_str()) != 0) return failure("name");
    return sync_folder(folder_of(path_));
  }

 private:
  Error failure(const char* doing) const {
    return {ErrorKind::stop_run, open_path_ + ": cannot " + doing + " the file: " + std::strerror(errno)};
  }

  Status append(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t wrote = ::write(fd_, bytes.data(), bytes.size());
      if (wrote < 0 && errno == EINTR) continue;
      if (wrote < 0) return failure("write");
      size_ += wrote;
      bytes.remove_prefix(static_cast<std::size_t>(wrote));
    }
    return Ok{};
  }

  const std::string path_, open_path_;
  int fd_ = -1;
  std::int64_t size_ = 0;
};

std::string_view suffix_of(const std::string& type) {
  if (type == "text/plain" || type == "text/markdown") return ".txt";
  if (type.ends_with("/xml") || (type.ends_with("+xml") && type != "application/xhtml+xml")) return ".xml";
  return ".html";
}

class FolderStore final : public PageStore {
 public:
  explicit FolderStore(std::string folder) : folder_(std::move(folder)) {}

  Status open() {
    std::error_code fault;
    fs::create_directories(folder_, fault);
    if (fault) return Error{ErrorKind::stop_run, folder_ + ": cannot make the folder: " + fault.message()};
    auto index = OutputFile::create(folder_ + "/index.tsv");
    if (!index) return index.error();
    index_ = *std::move(index);
    return Ok{};
  }

  Result<Place> put(const std::string& id, const Response& response) override {
    const std::string name = names_.give(id, response.url) + std::string(suffix_of(response.content_type));
    if (Status status = write_page(folder_ + "/" + name, response.body); !status) return status.error();
    if (Status status = index_.write(one_line(id) + "\t" + response.url + "\t" + name + "\n"); !status) return status.error();
    return Place{name, -1};
  }

  Status close() override {
    if (Status status = index_.sync_file_system(); !status) return status;
    return index_.commit();
  }

 private:
  // Four calls of the system and no sync: OutputFile takes a dozen, which is what a folder of small pages would wait for.
  static Status write_page(const std::string& path, std::string_view bytes) {
    const std::string part = path + ".part";
    int fd = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    const auto failure = [&](const char* doing) {
      const Error error{ErrorKind::stop_run, path + ": cannot " + doing + ": " + std::strerror(errno)};
      if (fd >= 0) ::close(fd);
      ::unlink(part.c_str());
      return error;
    };
    if (fd < 0) return failure("open");
    while (!bytes.empty()) {
      const ssize_t wrote = ::write(fd, bytes.data(), bytes.size());
      if (wrote < 0 && errno == EINTR) continue;
      if (wrote < 0) return failure("write");
      bytes.remove_prefix(static_cast<std::size_t>(wrote));
    }
    if (::close(std::exchange(fd, -1)) != 0 || std::rename(part.c_str(), path.c_str()) != 0) return failure("write");
    return Ok{};
  }

  static std::string one_line(std::string text) {
    for (char& c : text)
      if (c == '\t' || c == '\n' || c == '\r') c = ' ';
    return text;
  }

  const std::string folder_;
  NameGiver names_;
  OutputFile index_;
};

}  // namespace

Result<std::unique_ptr<PageStore>> open_page_store(const std::string& out, const std::string& user_agent) {
  if (out.ends_with(".warc.gz")) {
    auto store = std::make_unique<WarcStore>(out);
    if (Status status = store->open(user_agent); !status) return status.error();
    return std::unique_ptr<PageStore>(std::move(store));
  }
  std::string folder = out;
  while (folder.size() > 1 && folder.ends_with('/')) folder.pop_back();
  auto store = std::make_unique<FolderStore>(folder);
  if (Status status = store->open(); !status) return status.error();
  return std::unique_ptr<PageStore>(std::move(store));
}

}  // namespace marrow
