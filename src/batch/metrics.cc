#include "batch/metrics.h"

#include <algorithm>
#include <cstdio>
#include <utility>
#include <vector>

#include "batch/clock.h"

namespace marrow {
namespace {

std::string label(const char* name, const std::string& value) {
  std::string out = std::string(name) + "=\"";
  for (const char c : value) {
    if (c == '\\' || c == '"') out += '\\';
    if (c == '\n') out += "\\n";
    else out += c;
  }
  return out + '"';
}

class Metrics {
 public:
  explicit Metrics(const std::string& job) : job_(label("job", job)) {}
  void family(const char* name, const char* help) {
    name_ = std::string("marrow_") + name;
    out_ += "# HELP " + name_ + " " + help + "\n# TYPE " + name_ + " gauge\n";
  }
  void value(double number, const std::string& labels = {}) {
    char text[32];
    std::snprintf(text, sizeof text, "%.15g", number);
    out_ += name_ + "{" + job_ + (labels.empty() ? "" : "," + labels) + "} " + text + "\n";
  }
  void value(std::uint64_t number, const std::string& labels = {}) { value(static_cast<double>(number), labels); }
  void one(const char* name, const char* help, double number) {
    family(name, help);
    value(number);
  }
  std::string take() { return std::move(out_); }

 private:
  const std::string job_;
  std::string name_, out_;
};

std::vector<std::pair<std::string, const HostSummary*>> largest_hosts(const RunSummary& run) {
  std::vector<std::pair<std::string, const HostSummary*>> hosts;
  for (const auto& [host, figures] : run.by_host) hosts.emplace_back(host, &figures);
  const auto pages = [](const auto& host) { return host.second->fetched + host.second->unchanged + host.second->failed; };
  std::stable_sort(hosts.begin(), hosts.end(), [&](const auto& a, const auto& b) { return pages(a) > pages(b); });
  if (hosts.size() > kHostsInMetrics) hosts.resize(kHostsInMetrics);
  return hosts;
}

void pages(Metrics& m, const RunSummary& run) {
  m.family("run_pages", "Pages of the last run by what became of them.");
  const std::pair<const char*, std::uint64_t> all[] = {
      {"fetched", run.fetched}, {"unchanged", run.unchanged}, {"cleaned", run.cleaned}, {"recleaned", run.recleaned},
      {"written", run.written}, {"failed", run.failed},       {"not_due", run.not_due}, {"not_reached", run.not_reached}};
  for (const auto& [name, count] : all) m.value(count, label("outcome", name));
  m.family("run_failed_pages", "Pages that failed in the last run, by reason.");
  for (const auto& [reason, count] : run.reasons) m.value(count, label("reason", reason));
  m.family("run_host_pages", "Pages of the last run by host, of the hosts with most pages.");
  for (const auto& [host, figures] : largest_hosts(run)) {
    const std::string name = label("host", host);
    m.value(figures->fetched, name + ",outcome=\"fetched\"");
    m.value(figures->unchanged, name + ",outcome=\"unchanged\"");
    m.value(figures->failed, name + ",outcome=\"failed\"");
  }
}

}  // namespace

std::string metrics_text(const std::string& job, const RunSummary& run) {
  Metrics m(job);
  m.one("run_number", "Number of the last run of the job.", static_cast<double>(run.run));
  m.one("run_started_timestamp_seconds", "When it began.", static_cast<double>(seconds_of(run.started)));
  m.one("run_ended_timestamp_seconds", "When it ended.", static_cast<double>(seconds_of(run.ended)));
  m.one("run_duration_seconds", "How long it took.", run.seconds);
  m.one("run_exit_code", "How it ended: 0 all done, 1 some pages failed, 4 drift, 130 interrupted.", run.exit_code());
  m.one("run_urls", "URLs in the job's sources.", static_cast<double>(run.urls));
  pages(m, run);
  m.one("run_page_bytes", "Bytes of pages, decompressed.", static_cast<double>(run.bytes));
  m.one("run_received_bytes", "Bytes received over the wire.", static_cast<double>(run.received));
  m.family("run_stage_seconds", "Processor time of cleaning, by stage.");
  for (std::size_t stage = 0; stage < kStages; ++stage)
    m.value(run.stage_seconds[stage], label("stage", std::string(name_of(static_cast<Stage>(stage)))));
  m.one("run_drift_alarms", "Hosts whose pages came out in another way than before.", static_cast<double>(run.alarms.size()));
  m.family("run_drift_alarm", "1 for each host with a drift alarm.");
  for (const DriftAlarm& alarm : run.alarms) m.value(std::uint64_t{1}, label("host", alarm.host));
  return m.take();
}

}  // namespace marrow
