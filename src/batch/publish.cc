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
// interrupted.
Result<std::vector<PageId>> order(const Plan& plan, State& state, const std::vector<PageId>& fresh,
                                  bool whole) {
  std::vector<PageId> pages;
  std::vector<PageId> planned;
  for (const ListedUrl& listed : plan.pages) {
    const auto page = state.page(listed.url);
    if (!page) return page.error();
    const bool is_fresh = std::binary_search(fresh.begin(), fresh.end(), page->id);
    if (whole || is_fresh) pages.push_back(page->id);
    if (is_fresh) planned.push_back(page->id);
  }
  if (whole) return pages;  // what has left the sources has left the picture
  std::sort(planned.begin(), planned.end());
  std::set_difference(fresh.begin(), fresh.end(), planned.begin(), planned.end(),
                      std::back_inserter(pages));
  return pages;
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
  const auto fresh = state.pages_with_records(run.run);
  if (!fresh) return fresh.error();
  Published published;
  const std::string path = output_path(job, run.run);
  const bool whole = job.output.whole();
  if (fresh->empty() && (!whole || plan.pages.empty() || access(path.c_str(), F_OK) == 0))
    return published;
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
