#include "report/kept_pages.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "source/open.h"
#include "source/warc.h"
#include "source/warc_page.h"

namespace marrow {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxPages = 10'000;  // more is no folder to pick a page from
constexpr std::size_t kMaxFiles = 100'000;

bool ends_with_any(const fs::path& path, std::initializer_list<std::string_view> ends) {
  std::string name = path.filename().string();
  for (const std::string_view packed : {".gz", ".zst"})
    if (name.ends_with(packed)) name.resize(name.size() - packed.size());
  return std::any_of(ends.begin(), ends.end(), [&](std::string_view end) { return name.ends_with(end); });
}

}  // namespace

bool KeptPages::is_inside(const fs::path& path) const {
  std::error_code failed;
  const fs::path real = fs::canonical(path, failed);
  if (failed) return false;
  return std::mismatch(folder_.begin(), folder_.end(), real.begin(), real.end()).first == folder_.end();
}

// Damaged records are passed over: they cannot be looked at.
void KeptPages::add_archive(const fs::path& path, std::size_t max_bytes) {
  Result<WarcReader> reader = WarcReader::open(path.string(), {.max_block = max_bytes});
  if (!reader) return;
  WarcRecord record;
  for (WarcReader::Got got; pages_.size() < kMaxPages && (got = reader->next(record)) != WarcReader::Got::end;) {
    if (got != WarcReader::Got::record) continue;
    const WarcPageOr page = page_of(record, max_bytes, {});
    if (const auto* found = std::get_if<WarcPage>(&page)) pages_.push_back({found->input.url, path, static_cast<std::int64_t>(record.offset)});
  }
}

Result<KeptPages> KeptPages::find(const std::string& folder, std::size_t max_bytes) {
  KeptPages out;
  std::error_code failed;
  out.folder_ = fs::canonical(folder, failed);
  if (failed || !fs::is_directory(out.folder_)) return Error{ErrorKind::stop_run, folder + " is no folder"};
  std::vector<fs::path> archives;
  each_file(out.folder_, kMaxFiles, [&](const fs::path& path) {
    if (!out.is_inside(path)) return;
    if (ends_with_any(path, {".warc"})) archives.push_back(path);
    else if (ends_with_any(path, {".html", ".htm", ".xhtml", ".txt"}) && out.pages_.size() < kMaxPages)
      out.pages_.push_back({path.lexically_relative(out.folder_).string(), path});
  });
  std::sort(archives.begin(), archives.end());  // a job numbers them: the last visit comes last
  for (const fs::path& path : archives) out.add_archive(path, max_bytes);
  std::map<std::string, Page> by_name;
  for (Page& page : out.pages_) by_name.insert_or_assign(page.name, page);
  out.pages_.clear();
  for (auto& [name, page] : by_name) out.pages_.push_back(std::move(page));
  if (out.pages_.empty()) return Error{ErrorKind::stop_run, folder + " holds no page (.html, .htm, .txt, .warc; also .gz, .zst)"};
  return out;
}

Result<Input> KeptPages::read(std::size_t i, std::size_t max_bytes) const {
  const Page& page = pages_[i];
  if (!is_inside(page.file)) return Error{ErrorKind::skip_page, page.name + " is not there any more"};
  if (page.offset >= 0) {
    Result<WarcPage> kept = read_warc_page(page.file.string(), static_cast<std::uint64_t>(page.offset), max_bytes);
    if (!kept) return kept.error();
    return std::move(kept->input);
  }
  SourceSpec spec;
  spec.paths = {page.file.string()};
  spec.max_bytes = max_bytes;
  Result<std::unique_ptr<Source>> source = open_source(spec);
  if (!source) return source.error();
  Source::Item item;
  if (!(*source)->next(item)) return Error{ErrorKind::skip_page, page.name + " holds no page"};
  if (const auto* failure = std::get_if<InputFailure>(&item)) return Error{ErrorKind::skip_page, failure->message};
  return std::move(std::get<Input>(item));
}

}  // namespace marrow
