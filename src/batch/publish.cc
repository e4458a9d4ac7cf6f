#include "batch/publish.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <utility>

#include "sink/sink.h"

namespace marrow {
namespace {

// The sink's view of a record: its name and its bytes.
Status write(Sink& sink, const State::Pending& pending) {
  Record record;
  record.id = pending.id;
  record.url = pending.url;
  return sink.write_rendered(record, pending.rendered);
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

}  // namespace

std::string output_path(const Job& job, std::int64_t run) {
  char number[24];
  std::snprintf(number, sizeof number, "%06lld", static_cast<long long>(run));
  std::string file = job.output.file;
  if (const std::size_t at = file.find("{run}"); at != std::string::npos)
    file.replace(at, 5, number);
  return job.output.dir + "/" + file;
}

Result<Published> publish(const Job& job, const RunState& run, const Plan& plan, State& state) {
  auto fresh = state.pages_with_records(run.run);
  if (!fresh) return fresh.error();
  Published published;
  const std::string path = output_path(job, run.run);
  const bool whole = job.output.whole();
  if (fresh->empty() && (!whole || plan.empty() || access(path.c_str(), F_OK) == 0))
    return published;
  if (whole) fresh = state.pages_with_records(0);
  if (!fresh) return fresh.error();
  const auto pages = order(plan, state, *fresh, whole);
  if (!pages) return pages.error();
  auto sink = open_sink({path, job.output.format});
  if (!sink) return sink.error();
  for (const PageId page : *pages) {
    const auto pending = state.record(page, whole ? 0 : run.run);
    if (!pending) return pending.error();
    if (!*pending) continue;
    if (Status status = write(**sink, **pending); !status) return status.error();
    ++published.records;
  }
  if (Status status = (*sink)->finish(); !status) return status.error();
  published.path = path;
  return published;
}

}  // namespace marrow
