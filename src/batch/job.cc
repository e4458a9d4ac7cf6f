#include "batch/job.h"

#include <filesystem>
#include <limits>
#include <utility>

#include "batch/job_keys.h"

namespace marrow {
namespace {

// One function a section of the file; finish() sees to what lies between them.
class JobReader : private KeyReader {
 public:
  JobReader(const TomlFile& file, Job& job) : KeyReader(file), file_(file), job_(job) {}
  Status read();

 private:
  Status source(const TomlMember& table);
  Status fetch(const TomlMember& table);
  Status crawl(const TomlMember& table);
  Status rules(const TomlMember& table);
  Status output(const TomlMember& table);
  Status state(const TomlMember& table);
  Status visits(const TomlMember& table);
  Status alarms(const TomlMember& table);
  Status hooks(const TomlMember& table);
  Status metrics(const TomlMember& table);
  Status limits(const TomlMember& table);
  Status finish();

  const TomlFile& file_;
  Job& job_;
  std::chrono::milliseconds max_time_{Budget{}.max_millis};
};

Status JobReader::source(const TomlMember& table) {
  JobSource& to = job_.source;
  const Key keys[] = {web("urls", to.urls),
                      paths("lists", to.lists),
                      places("sitemaps", to.sitemaps),
                      places("feeds", to.feeds),
                      web("sites", to.sites),
                      patterns("include", to.include),
                      patterns("exclude", to.exclude),
                      {"since", [&](const TomlMember& member) -> Status {
                         if (member.value.type != TomlValue::Type::time)
                           return wrong_type(member, "a date (2026-11-01)");
                         to.since = member.value.string;
                         return Ok{};
                       }}};
  return section(table, keys);
}

Status JobReader::fetch(const TomlMember& table) {
  FetchOptions& to = job_.fetch;
  constexpr double kDay = 86400;
  const Key keys[] = {text("contact", to.contact),
                      text("user_agent", to.user_agent),
                      text("agent", to.agent),
                      number("concurrency", to.concurrency, 1, 1000),
                      number("per_host", to.per_host, 1, 100),
                      seconds("delay", to.delay, 0, kDay),
                      seconds("max_delay", to.max_delay, 0, kDay),
                      seconds("connect_timeout", to.connect_timeout, 0.1, 3600),
                      seconds("timeout", to.total_timeout, 0.1, kDay),
                      number("retries", to.retries, 0, 20),
                      seconds("backoff", to.backoff, 0, 3600),
                      seconds("max_retry_after", to.max_retry_after, 0, kDay),
                      bytes("max_bytes", to.max_bytes),
                      number("max_redirects", to.max_redirects, 0, 50),
                      flag("robots", to.robots),
                      flag("allow_private", to.allow_private),
                      addresses("allow_addresses", to.allow_addresses),
                      text("proxy", to.proxy),
                      path("netrc", to.netrc),
                      path("ca_file", to.ca_file),
                      text("dns_servers", to.dns_servers),
                      path("warc", job_.warc)};
  return section(table, keys);
}

Status JobReader::crawl(const TomlMember& table) {
  CrawlOptions& to = job_.crawl;
  const Key keys[] = {number("depth", to.depth, 0, 100),
                      number("max_pages", to.max_pages, 1, 1'000'000),
                      flag("external", to.external)};
  return section(table, keys);
}

Status JobReader::rules(const TomlMember& table) {
  const Key keys[] = {paths("dirs", job_.clean.rule_dirs),
                      flag("builtin", job_.clean.builtin_rules),
                      flag("memory", job_.memory)};
  return section(table, keys);
}

Status JobReader::output(const TomlMember& table) {
  JobOutput& to = job_.output;
  static constexpr std::string_view kFormats[] = {"jsonl", "text", "markdown"};
  static constexpr std::string_view kBodies[] = {"text", "markdown"};
  const Key keys[] = {
      path("dir", to.dir),
      text("file", to.file),
      one_of("format", kFormats, [&](std::size_t at) { to.format = static_cast<Format>(at); }),
      one_of("body", kBodies,
             [&](std::size_t at) { job_.clean.body = static_cast<BodyFormat>(at); }),
      flag("images", job_.clean.images),
      path("report", to.report),
      bytes("segment", to.segment),
      flag("manifest", to.manifest)};
  if (Status status = section(table, keys); !status) return status;
  if (to.segment && !to.by_run()) {
    const TomlMember* file = table.value.find("file");
    return fault(file ? file->value.at : table.at, 1, "'segment' needs {run} in 'file': only what a run writes is cut");
  }
  const std::size_t slash = to.file.find('/');  // a final one names a folder
  if (to.file.empty() || slash == 0 || (slash != std::string::npos && slash + 1 < to.file.size())) {
    const TomlMember* file = table.value.find("file");
    return fault(file ? file->value.at : table.at, 1, "'file' is a name without folders",
                 "the folder is 'dir'");
  }
  return Ok{};
}

Status JobReader::state(const TomlMember& table) {
  const Key keys[] = {path("file", job_.state)};
  return section(table, keys);
}

Status JobReader::visits(const TomlMember& table) {
  constexpr double kYear = 366 * 86400.0;
  JobVisits& to = job_.visits;
  const Key keys[] = {flag("adaptive", to.adaptive), seconds("least", to.least, 0, kYear), seconds("most", to.most, 0, kYear)};
  if (Status status = section(table, keys); !status) return status;
  if (to.most < to.least) {
    const TomlMember* most = table.value.find("most");
    return fault(most ? most->value.at : table.at, 1, "'most' is less than 'least'");
  }
  return Ok{};
}

Status JobReader::alarms(const TomlMember& table) {
  JobAlarms& to = job_.alarms;
  const Key keys[] = {number("runs", to.runs, 1, 1000), flag("fail", to.fail), flag("keep", to.keep)};
  return section(table, keys);
}

Status JobReader::hooks(const TomlMember& table) {
  JobHooks& to = job_.hooks;
  const Key keys[] = {command("on_finish", to.on_finish), command("on_alarm", to.on_alarm), seconds("timeout", to.timeout, 1, 86400)};
  return section(table, keys);
}

Status JobReader::metrics(const TomlMember& table) {
  const Key keys[] = {path("file", job_.metrics)};
  return section(table, keys);
}

Status JobReader::limits(const TomlMember& table) {
  JobLimits& to = job_.limits;
  const Key keys[] = {
      number("max_pages", to.max_pages, 0, std::numeric_limits<std::int64_t>::max()),
      seconds("max_runtime", to.max_runtime, 0, 30 * 86400.0),
      number("threads", to.threads, 0, 1024),
      flag("isolate", to.isolate),
      path("quarantine", to.quarantine),
      seconds("max_time", max_time_, 0.001, 3600.0),
      bytes("max_memory", job_.clean.budget.max_memory)};
  return section(table, keys);
}

Status JobReader::finish() {
  const JobSource& from = job_.source;
  if (from.urls.empty() && from.lists.empty() && from.sitemaps.empty() && from.feeds.empty() &&
      from.sites.empty())
    return Error{ErrorKind::stop_run, file_.path() +
                                          ": the job has no source: [source] needs urls, lists, " +
                                          "sitemaps, feeds or sites"};
  if (job_.output.dir.empty())
    return Error{ErrorKind::stop_run, file_.path() + ": the job has no output: [output] needs dir"};
  if (job_.output.format == Format::markdown) job_.clean.body = BodyFormat::markdown;
  if (job_.output.report.empty()) job_.output.report = job_.output.dir + "/report.json";
  if (job_.limits.quarantine.empty()) job_.limits.quarantine = job_.output.dir + "/quarantine";
  job_.clean.budget.max_millis = static_cast<std::uint32_t>(max_time_.count());
  job_.clean.budget.max_bytes = job_.fetch.max_bytes;  // [fetch] max_bytes is the one limit on a page's size
  if (job_.state.empty()) job_.state = beside(job_.name + ".state");
  job_.fetch.keep_exchange = !job_.warc.empty();
  return Ok{};
}

Status JobReader::read() {
  const auto to = [this](Status (JobReader::*part)(const TomlMember&)) {
    return [this, part](const TomlMember& member) { return (this->*part)(member); };
  };
  const Key sections[] = {{"source", to(&JobReader::source)}, {"fetch", to(&JobReader::fetch)},
                          {"crawl", to(&JobReader::crawl)},
                          {"rules", to(&JobReader::rules)},   {"output", to(&JobReader::output)},
                          {"state", to(&JobReader::state)},   {"visits", to(&JobReader::visits)}, {"limits", to(&JobReader::limits)},
                          {"alarms", to(&JobReader::alarms)}, {"hooks", to(&JobReader::hooks)},
                          {"metrics", to(&JobReader::metrics)}};
  if (Status status = keys_of(file_.root(), sections, ""); !status) return status;
  return finish();
}

Result<Job> job_of(const TomlFile& file) {
  Job job;
  job.path = file.path();
  job.name = std::filesystem::path(file.path()).stem().string();
  JobReader reader(file, job);
  if (Status status = reader.read(); !status) return status.error();
  return job;
}

}  // namespace

Result<Job> read_job(const std::string& path) {
  const auto file = TomlFile::read(path);
  if (!file) return file.error();
  return job_of(*file);
}

Result<Job> parse_job(const std::string& path, std::string text) {
  const auto file = TomlFile::parse(path, std::move(text));
  if (!file) return file.error();
  return job_of(*file);
}

}  // namespace marrow
