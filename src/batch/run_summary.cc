#include "batch/run_summary.h"

#include <algorithm>

namespace marrow {

void RunSummary::count_fetched(const std::string& host, const std::string& asked, std::uint64_t page_bytes) {
  ++fetched;
  ++hosts[asked];
  bytes += page_bytes;
  HostSummary& one = by_host[host];
  ++one.fetched;
  one.bytes += page_bytes;
}

void RunSummary::count_unchanged(const std::string& host) {
  ++unchanged;
  ++by_host[host].unchanged;
}

void RunSummary::count_cleaned(const std::string& host, bool as_before) {
  ++cleaned;
  ++by_host[host].cleaned;
  if (as_before) ++recleaned;
}

void RunSummary::count_failure(const std::string& host, const std::string& reason) {
  ++failed;
  ++reasons[reason];
  HostSummary& one = by_host[host];
  ++one.failed;
  ++one.reasons[reason];
}

void RunSummary::note_slow(std::string_view url, double seconds_to_clean) {
  const auto place = std::find_if(slowest.begin(), slowest.end(), [&](const SlowPage& page) { return page.seconds < seconds_to_clean; });
  if (place == slowest.end() && slowest.size() >= kSlowestPages) return;
  slowest.insert(place, SlowPage{std::string(url), seconds_to_clean});
  if (slowest.size() > kSlowestPages) slowest.pop_back();
}

int RunSummary::exit_code() const {
  if (locked) return 3;
  if (interrupted) return 130;
  if (fail_on_drift && !alarms.empty()) return 4;
  return failed || problems ? 1 : 0;
}

}  // namespace marrow
