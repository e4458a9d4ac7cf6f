#include "batch/publish.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>
#include <utility>

#include "base/sha256.h"
#include "base/text.h"
#include "record/json.h"
#include "sink/file.h"
#include "sink/name.h"
#include "sink/sink.h"

namespace marrow {
namespace {

std::string run_number(std::int64_t run) {
  char number[24];
  std::snprintf(number, sizeof number, "%06lld", static_cast<long long>(run));
  return number;
}

// The pages to write, in order: those of the plan, then those that left it while their run was
// interrupted. Of a whole picture also those that the plan may only have lost for want of a sitemap.
Result<std::vector<PageId>> order(const Plan& plan, State& state, const std::vector<PageId>& fresh, bool whole) {
  std::vector<std::pair<std::size_t, PageId>> pages;  // by position, kNone behind all
  const auto place = [&](const PageGlance& page) {
    if (!std::binary_search(fresh.begin(), fresh.end(), page.id)) return;
    const std::size_t position = plan.find(page.url);
    if (position != Plan::kNone || !whole || plan.incomplete) pages.emplace_back(position, page.id);
  };
  if (Status status = state.each_page({}, {}, place); !status) return status.error();
  std::sort(pages.begin(), pages.end());
  std::vector<PageId> in_order;
  for (const auto& [position, page] : pages) in_order.push_back(page);
  return in_order;
}

// Writes records one after the other into files, and what it wrote into the manifest and the state.
class Publisher {
 public:
  Publisher(const Job& job, const RunState& run, State& state) : job_(job), run_(run), state_(state) {}

  Status begin() {
    if (!job_.output.manifest) return Ok{};
    auto file = OutputFile::create(manifest_path(job_, run_.run));
    if (!file) return file.error();
    manifest_ = *std::move(file);
    return Ok{};
  }

  Status add(PageId page, const State::Pending& pending) {
    if (!sink_)
      if (Status status = open(); !status) return status;
    Record record;
    record.id = job_.output.folder() ? file_id(pending.id, pending.url_asked) : pending.id;
    record.url = pending.url;
    if (Status status = sink_->write_rendered(record, pending.rendered); !status) return status;
    bytes_ += pending.rendered.size();
    ++published_.records;
    const std::string file = job_.output.folder() ? path_ + file_name(pending.id, pending.url_asked) + std::string(suffix_of(job_.output.format)) : path_;
    if (Status status = note(page, pending, file); !status) return status;
    return job_.output.segment && bytes_ >= job_.output.segment ? close() : Status(Ok{});
  }

  Result<Published> finish() {
    if (published_.records == 0 && !sink_)  // a whole picture without a page is a picture, too
      if (Status status = open(); !status) return status.error();
    if (Status status = close(); !status) return status.error();
    if (job_.output.manifest) {
      if (Status status = manifest_.commit(); !status) return status.error();
      published_.manifest = manifest_path(job_, run_.run);
    }
    return std::move(published_);
  }

  static std::string file_id(const std::string& id, const std::string& url) {
    if (id.empty() || id == url) return url;
    char hash[16];
    std::snprintf(hash, sizeof hash, "-%08x", static_cast<unsigned>(hash64(url) & 0xffffffffU));
    return id + hash;
  }

 private:
  Status open() {
    path_ = output_path(job_, run_.run, job_.output.segment ? ++part_ : 0);
    auto sink = open_sink({path_, job_.output.format});
    if (!sink) return sink.error();
    sink_ = *std::move(sink);
    published_.paths.push_back(path_);
    return Ok{};
  }

  Status close() {
    if (!sink_) return Ok{};
    if (Status status = sink_->finish(); !status) return status;
    sink_.reset();
    bytes_ = 0;
    return Ok{};
  }

  Status note(PageId page, const State::Pending& pending, const std::string& file) {
    const std::string hash = sha256_hex(pending.rendered);
    const std::string name = file.substr(job_.output.dir.size() + 1);
    if (Status status = state_.save_place(page, name, hash); !status) return status;
    if (!job_.output.manifest) return Ok{};
    std::string line = "{\"url\": ";
    append_json_string(pending.url_asked, line);
    line += ", \"id\": ";
    append_json_string(pending.id, line);
    line += ", \"file\": ";
    append_json_string(name, line);
    line += ", \"sha256\": \"" + hash + "\", \"run\": " + std::to_string(pending.run) + ", \"rules\": ";
    append_json_string(pending.rules, line);
    line += ", \"program\": ";
    append_json_string(pending.program, line);
    line += "}\n";
    return manifest_.write(line);
  }

  const Job& job_;
  const RunState& run_;
  State& state_;
  std::unique_ptr<Sink> sink_;
  OutputFile manifest_;
  std::string path_;
  std::size_t bytes_ = 0;
  unsigned part_ = 0;
  Published published_;
};

}  // namespace

std::string output_path(const Job& job, std::int64_t run, unsigned part) {
  std::string file = job.output.file;
  if (const std::size_t at = file.find("{run}"); at != std::string::npos) file.replace(at, 5, run_number(run));
  if (part) {
    char number[16];
    std::snprintf(number, sizeof number, "-%04u", part);
    file.insert(std::min(file.find('.'), file.size()), number);
  }
  return job.output.dir + "/" + file;
}

std::string manifest_path(const Job& job, std::int64_t run) {
  return job.output.dir + "/manifest-" + run_number(run) + ".jsonl";
}

std::string file_name(std::string_view id, std::string_view url) {
  return safe_name(Publisher::file_id(std::string(id), std::string(url)));
}

Result<Published> publish(const Job& job, const RunState& run, const Plan& plan, State& state) {
  auto fresh = state.pages_with_records(run.run);
  if (!fresh) return fresh.error();
  const bool whole = job.output.whole();
  if (fresh->empty() && (!whole || plan.empty() || access(output_path(job, run.run).c_str(), F_OK) == 0)) return Published{};
  if (whole) fresh = state.pages_with_records(0);
  if (!fresh) return fresh.error();
  const auto pages = order(plan, state, *fresh, whole);
  if (!pages) return pages.error();
  Publisher publisher(job, run, state);
  if (Status status = publisher.begin(); !status) return status.error();
  if (Status status = state.begin(); !status) return status.error();
  for (const PageId page : *pages) {
    const auto pending = state.record(page, whole ? 0 : run.run);
    if (!pending) return pending.error();
    if (!*pending) continue;
    if (Status status = publisher.add(page, **pending); !status) return status.error();
  }
  auto published = publisher.finish();
  if (!published) return published;
  if (Status status = state.commit(); !status) return status.error();
  return published;
}

}  // namespace marrow
