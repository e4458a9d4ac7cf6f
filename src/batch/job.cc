#include "batch/job.h"

#include <cmath>
#include <filesystem>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <utility>

#include "base/pattern.h"
#include "base/suggest.h"
#include "base/toml.h"
#include "base/url.h"
#include "fetch/address.h"

namespace marrow {
namespace {

namespace fs = std::filesystem;

// What to do with the value of one key; an error's message is a whole fault.
struct Key {
  std::string_view name;
  std::function<Status(const TomlMember&)> read;
};

// The readers of one job file: each takes a member of a table and fills one field, or says what is
// wrong.
class JobReader {
 public:
  JobReader(const TomlFile& file, Job& job) : file_(file), job_(job) {
    folder_ = fs::path(file.path()).parent_path();
  }
  Status read();

 private:
  using Strings = std::vector<std::string>;

  Status fault(TomlAt at, std::size_t length, const std::string& message,
               std::string_view hint = {}) const {
    return Error{ErrorKind::stop_run, file_.fault(at, length, message, hint)};
  }
  Status wrong_type(const TomlMember& member, std::string_view wanted) const {
    return fault(member.value.at, 1,
                 "'" + member.key + "' must be " + std::string(wanted) + ", not " +
                     std::string(name_of(member.value.type)));
  }
  Status section(const TomlMember& table, std::span<const Key> keys) const;
  Status keys_of(const TomlValue& table, std::span<const Key> keys, std::string_view where) const;

  Key text(std::string_view name, std::string& to) const;
  Key path(std::string_view name, std::string& to) const;
  Key paths(std::string_view name, Strings& to) const;
  Key places(std::string_view name, Strings& to) const;  // URLs or paths
  Key web(std::string_view name, Strings& to) const;     // URLs
  Key patterns(std::string_view name, Strings& to) const;
  Key addresses(std::string_view name, Strings& to) const;  // numeric ones
  Key flag(std::string_view name, bool& to) const;
  Key command(std::string_view name, Strings& to) const;  // a line for the shell, or a list of words
  template <typename Integer>
  Key number(std::string_view name, Integer& to, std::int64_t least, std::int64_t most) const;
  template <typename Duration>
  Key seconds(std::string_view name, Duration& to, double least, double most) const;
  Key bytes(std::string_view name, std::size_t& to) const;
  Key one_of(std::string_view name, std::span<const std::string_view> words,
             std::function<void(std::size_t)> take) const;
  template <typename Take>
  Status each_string(const TomlMember& member, const Take& take) const;

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
  std::string beside(const std::string& written) const {
    return (folder_ / fs::path(written)).lexically_normal().string();
  }

  const TomlFile& file_;
  Job& job_;
  fs::path folder_;
  std::chrono::milliseconds max_time_{Budget{}.max_millis};
};

Status JobReader::keys_of(const TomlValue& table, std::span<const Key> keys,
                          std::string_view where) const {
  std::vector<std::string_view> names;
  for (const Key& key : keys) names.push_back(key.name);
  for (const TomlMember& member : table.members) {
    const Key* known = nullptr;
    for (const Key& key : keys)
      if (key.name == member.key) known = &key;
    if (!known)
      return fault(member.at, member.key.size(),
                   "unknown key '" + member.key + "'" + std::string(where),
                   did_you_mean(member.key, names));
    if (Status status = known->read(member); !status) return status;
  }
  return Ok{};
}

Status JobReader::section(const TomlMember& table, std::span<const Key> keys) const {
  if (table.value.type != TomlValue::Type::table)
    return wrong_type(table, "a table ([" + table.key + "])");
  return keys_of(table.value, keys, " in [" + table.key + "]");
}

template <typename Take>
Status JobReader::each_string(const TomlMember& member, const Take& take) const {
  if (member.value.type != TomlValue::Type::array) return wrong_type(member, "a list of strings");
  for (const TomlValue& item : member.value.items) {
    if (item.type != TomlValue::Type::string || item.string.empty())
      return fault(item.at, 1, "'" + member.key + "' holds strings that are not empty");
    if (Status status = take(item); !status) return status;
  }
  return Ok{};
}

Key JobReader::text(std::string_view name, std::string& to) const {
  return {name, [this, &to](const TomlMember& member) -> Status {
            if (member.value.type != TomlValue::Type::string) return wrong_type(member, "a string");
            if (member.value.string.find_first_of("\r\n") != std::string::npos)
              return fault(member.value.at, 1, "'" + member.key + "' must be one line");
            to = member.value.string;
            return Ok{};
          }};
}

Key JobReader::path(std::string_view name, std::string& to) const {
  return {name, [this, &to](const TomlMember& member) -> Status {
            if (member.value.type != TomlValue::Type::string || member.value.string.empty())
              return wrong_type(member, "a path");
            to = beside(member.value.string);
            return Ok{};
          }};
}

Key JobReader::paths(std::string_view name, Strings& to) const {
  return {name, [this, &to](const TomlMember& member) -> Status {
            return each_string(member, [&](const TomlValue& item) -> Status {
              to.push_back(beside(item.string));
              return Ok{};
            });
          }};
}

Key JobReader::places(std::string_view name, Strings& to) const {
  return {name, [this, &to](const TomlMember& member) -> Status {
            return each_string(member, [&](const TomlValue& item) -> Status {
              const bool url = item.string.find("://") != std::string::npos;
              if (url && resolve_url({}, item.string).empty())
                return fault(item.at, item.string.size() + 2, "not an http or https URL");
              to.push_back(url ? item.string : beside(item.string));
              return Ok{};
            });
          }};
}

Key JobReader::web(std::string_view name, Strings& to) const {
  return {name, [this, &to](const TomlMember& member) -> Status {
            return each_string(member, [&](const TomlValue& item) -> Status {
              if (resolve_url({}, item.string).empty())
                return fault(item.at, item.string.size() + 2, "not an http or https URL");
              to.push_back(item.string);
              return Ok{};
            });
          }};
}

Key JobReader::patterns(std::string_view name, Strings& to) const {
  return {name, [this, &to](const TomlMember& member) -> Status {
            return each_string(member, [&](const TomlValue& item) -> Status {
              const auto pattern = Pattern::compile(item.string);
              if (!pattern)
                return fault(item.at, item.string.size() + 2,
                             "not a pattern: " + pattern.error().message);
              to.push_back(item.string);
              return Ok{};
            });
          }};
}

Key JobReader::addresses(std::string_view name, Strings& to) const {
  return {name, [this, &to](const TomlMember& member) -> Status {
            return each_string(member, [&](const TomlValue& item) -> Status {
              if (!is_numeric_address(item.string))
                return fault(item.at, item.string.size() + 2, "not a numeric address");
              to.push_back(item.string);
              return Ok{};
            });
          }};
}

Key JobReader::flag(std::string_view name, bool& to) const {
  return {name, [this, &to](const TomlMember& member) -> Status {
            if (member.value.type != TomlValue::Type::boolean)
              return wrong_type(member, "true or false");
            to = member.value.boolean;
            return Ok{};
          }};
}

Key JobReader::command(std::string_view name, Strings& to) const {
  return {name, [this, &to](const TomlMember& member) -> Status {
            if (member.value.type == TomlValue::Type::string && !member.value.string.empty()) {
              to = {member.value.string};
              return Ok{};
            }
            if (member.value.type != TomlValue::Type::array || member.value.items.size() < 2)
              return wrong_type(member, "a command line, or a list of two or more words");
            return each_string(member, [&](const TomlValue& item) -> Status {
              to.push_back(item.string);
              return Ok{};
            });
          }};
}

template <typename Integer>
Key JobReader::number(std::string_view name, Integer& to, std::int64_t least,
                      std::int64_t most) const {
  return {name, [this, &to, least, most](const TomlMember& member) -> Status {
            if (member.value.type != TomlValue::Type::integer)
              return wrong_type(member, "a whole number");
            const std::int64_t value = member.value.integer;
            if (value < least || value > most)
              return fault(member.value.at, 1,
                           "'" + member.key + "' must lie between " + std::to_string(least) +
                               " and " + std::to_string(most));
            to = static_cast<Integer>(value);
            return Ok{};
          }};
}

// Seconds, or a string such as "90s", "15m", "6h", "1d".
std::optional<double> duration_of(const TomlValue& value) {
  if (value.is_number())
    return value.type == TomlValue::Type::integer ? double(value.integer) : value.real;
  if (value.type != TomlValue::Type::string || value.string.size() < 2) return std::nullopt;
  const std::string digits = value.string.substr(0, value.string.size() - 1);
  if (digits.find_first_not_of("0123456789") != std::string::npos || digits.size() > 9)
    return std::nullopt;
  constexpr std::string_view kUnits = "smhd";
  constexpr double kSeconds[] = {1, 60, 3600, 86400};
  const std::size_t unit = kUnits.find(value.string.back());
  if (unit == std::string_view::npos) return std::nullopt;
  return std::stod(digits) * kSeconds[unit];
}

template <typename Duration>
Key JobReader::seconds(std::string_view name, Duration& to, double least, double most) const {
  return {name, [this, &to, least, most](const TomlMember& member) -> Status {
            const auto value = duration_of(member.value);
            if (!value)
              return wrong_type(member, "a number of seconds, or \"90s\", \"15m\", \"6h\", \"1d\"");
            if (!(*value >= least && *value <= most))
              return fault(member.value.at, 1,
                           "'" + member.key + "' must lie between " +
                               std::to_string(std::llround(least)) + " and " +
                               std::to_string(std::llround(most)) + " seconds");
            to = std::chrono::duration_cast<Duration>(std::chrono::duration<double>(*value));
            return Ok{};
          }};
}

// Bytes, or a string such as "500K", "20M", "1G".
Key JobReader::bytes(std::string_view name, std::size_t& to) const {
  return {name, [this, &to](const TomlMember& member) -> Status {
            constexpr std::int64_t kMost = std::int64_t{1} << 31;
            std::int64_t value = member.value.integer;
            if (member.value.type == TomlValue::Type::string) {
              const std::string& text = member.value.string;
              constexpr std::string_view kUnits = "KMG";
              const std::size_t unit = text.empty() ? std::string::npos : kUnits.find(text.back());
              const std::string digits = text.substr(0, text.empty() ? 0 : text.size() - 1);
              if (unit == std::string_view::npos || digits.empty() || digits.size() > 6 ||
                  digits.find_first_not_of("0123456789") != std::string::npos)
                return wrong_type(member, "a number of bytes, or \"500K\", \"20M\", \"1G\"");
              value = std::stoll(digits) << (10 * (unit + 1));
            } else if (member.value.type != TomlValue::Type::integer) {
              return wrong_type(member, "a number of bytes, or \"500K\", \"20M\", \"1G\"");
            }
            if (value < 1024 || value > kMost)
              return fault(member.value.at, 1, "'" + member.key + "' must lie between 1K and 2G");
            to = static_cast<std::size_t>(value);
            return Ok{};
          }};
}

Key JobReader::one_of(std::string_view name, std::span<const std::string_view> words,
                      std::function<void(std::size_t)> take) const {
  return {name, [this, words, take = std::move(take)](const TomlMember& member) -> Status {
            if (member.value.type != TomlValue::Type::string) return wrong_type(member, "a string");
            for (std::size_t i = 0; i < words.size(); ++i)
              if (member.value.string == words[i]) {
                take(i);
                return Ok{};
              }
            std::string all;
            for (std::string_view word : words) all.append(all.empty() ? "" : ", ").append(word);
            return fault(member.value.at, member.value.string.size() + 2,
                         "'" + member.key + "' is one of: " + all,
                         did_you_mean(member.value.string, words));
          }};
}

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
  job.name = fs::path(file.path()).stem().string();
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
