#include "report/run_data.h"

#include <simdjson.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include "batch/page_look.h"
#include "batch/runner.h"
#include "batch/state.h"
#include "label/verdict.h"
#include "source/lines.h"
#include "source/stream.h"

namespace marrow {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxReport = std::size_t{64} << 20;  // bytes of a run's report: a line a host of a million
constexpr std::size_t kRunsShown = 30;
constexpr std::size_t kRecordFiles = 10;  // of the last runs, read for confidence and flags

using Element = simdjson::dom::element;

std::string text_of(const Element& object, std::string_view key) {
  std::string_view value;
  return object[key].get(value) == simdjson::SUCCESS ? std::string(value) : std::string();
}

// A file named in a report: as it stands, or beside the report where the whole folder was moved.
std::string found_beside(const std::string& named, const std::string& report) {
  std::error_code ignored;
  if (named.empty() || fs::exists(named, ignored)) return named;
  const fs::path beside = fs::path(report).parent_path() / fs::path(named).filename();
  return fs::exists(beside, ignored) ? beside.string() : std::string();
}

class Reader {
 public:
  explicit Reader(std::string path) : path_(std::move(path)) { data_.name = fs::path(path_).filename().string(); }

  Status report() {
    std::ifstream file(path_, std::ios::binary);
    std::string text(std::min<std::uintmax_t>(fs::file_size(path_), kMaxReport), '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (!file) return Error{ErrorKind::stop_run, path_ + " cannot be read"};
    if (!run_report(text)) return Error{ErrorKind::stop_run, path_ + " is neither a run's report nor a state file"};
    warc_ = found_beside(data_.texts["warc"], path_);
    records(found_beside(data_.texts["output"], path_));
    return Ok{};
  }

  Status state() {
    Result<State> state = State::open(path_);
    if (!state) return state.error();
    if (Status done = runs(*state); !done) return done;
    if (Status done = pages(*state); !done) return done;
    if (Status done = drift(*state); !done) return done;
    // Youngest first: of a page that several runs wrote, its last record counts.
    std::size_t left = kRecordFiles;
    for (auto output = outputs_.rbegin(); output != outputs_.rend() && left > 0; ++output, --left) records(*output);
    return Ok{};
  }

  RunData finish() {
    std::stable_sort(data_.pages.begin(), data_.pages.end(),
                     [](const RunPage& a, const RunPage& b) { return std::tie(a.host, a.url) < std::tie(b.host, b.url); });
    return std::move(data_);
  }

 private:
  bool run_report(std::string_view json) {
    simdjson::dom::parser parser;
    simdjson::dom::object object;
    if (parser.parse(json).get(object) != simdjson::SUCCESS) return false;
    double number = 0;
    if (object["exit_code"].get(number) != simdjson::SUCCESS && object["run"].get(number) != simdjson::SUCCESS) return false;
    for (const auto& [key, value] : object) {
      std::string_view text;
      bool flag = false;
      if (value.get(number) == simdjson::SUCCESS) data_.numbers[std::string(key)] = number;
      else if (value.get(text) == simdjson::SUCCESS) data_.texts[std::string(key)] = text;
      else if (value.get(flag) == simdjson::SUCCESS && flag) data_.texts[std::string(key)] = "yes";
    }
    counts(object["reasons"], data_.reasons);
    counts(object["rules_hit"], data_.rules);
    hosts(object["by_host"]);
    slowest(object["slowest"]);
    alarms(object["drift"]);
    alarms(object["alarms"]);
    return true;
  }

  static void counts(simdjson::simdjson_result<Element> value, std::map<std::string, double>& out) {
    simdjson::dom::object object;
    if (value.get(object) != simdjson::SUCCESS) return;
    double number = 0;
    for (const auto& [key, count] : object)
      if (count.get(number) == simdjson::SUCCESS) out[std::string(key)] = number;
  }

  void hosts(simdjson::simdjson_result<Element> value) {
    simdjson::dom::object object;
    if (value.get(object) != simdjson::SUCCESS) return;
    for (const auto& [name, counts] : object) {
      HostCounts& host = data_.hosts[std::string(name)];
      for (const auto& [key, into] : {std::pair("fetched", &host.fetched), std::pair("unchanged", &host.unchanged), std::pair("cleaned", &host.cleaned), std::pair("failed", &host.failed)})
        if (std::int64_t count = 0; counts[key].get(count) == simdjson::SUCCESS) *into = count;
    }
  }

  void slowest(simdjson::simdjson_result<Element> value) {
    simdjson::dom::array list;
    if (value.get(list) != simdjson::SUCCESS) return;
    double seconds = 0;
    for (const Element page : list)
      if (page["seconds"].get(seconds) == simdjson::SUCCESS) data_.slowest.emplace_back(text_of(page, "url"), seconds);
  }

  void alarms(simdjson::simdjson_result<Element> value) {
    simdjson::dom::array list;
    if (value.get(list) != simdjson::SUCCESS) return;
    for (const Element alarm : list) {
      std::string_view text;
      if (alarm.get(text) == simdjson::SUCCESS) data_.alarms.emplace_back(text);
      else if (std::string says = text_of(alarm, "says"); !says.empty()) data_.alarms.push_back(std::move(says));
    }
  }

  Status runs(State& state) {
    auto rows = state.rows("SELECT run,started,ended,report FROM run WHERE open=0 ORDER BY run DESC LIMIT 30");
    if (!rows) return rows.error();
    static_assert(kRunsShown == 30);
    std::reverse(rows->begin(), rows->end());
    for (std::vector<std::string>& row : *rows) {
      data_.numbers.clear();
      data_.texts.clear();
      data_.reasons.clear();
      data_.slowest.clear();
      data_.alarms.clear();
      data_.hosts.clear();
      data_.rules.clear();
      run_report(row[3]);
      data_.runs.push_back({std::strtoll(row[0].c_str(), nullptr, 10), row[1], row[2], data_.numbers});
      if (const std::string output = found_beside(data_.texts["output"], path_); !output.empty()) outputs_.push_back(output);
      if (const std::string& warc = data_.texts["warc"]; !warc.empty()) kept_ = fs::path(warc).parent_path().string();
    }
    return Ok{};
  }

  Status pages(State& state) {
    auto rows = state.rows("SELECT url,outcome,status,hex(facts),fetched_at,warc,warc_offset FROM page ORDER BY url");
    if (!rows) return rows.error();
    for (const std::vector<std::string>& row : *rows) {
      if (row[1].empty()) continue;  // seen in a source, never visited
      RunPage page;
      page.url = row[0];
      page.host = host_name(page.url);
      page.outcome = row[1];
      page.status = std::atoi(row[2].c_str());
      look(unhex(row[3]), page);
      page.fetched_at = row[4];
      page.warc_offset = row[6].empty() ? -1 : std::strtoll(row[6].c_str(), nullptr, 10);
      if (page.warc_offset >= 0) page.warc = kept_file(row[5]);
      places_[page.url] = data_.pages.size();
      data_.pages.push_back(std::move(page));
    }
    return Ok{};
  }

  std::string kept_file(const std::string& name) const {
    std::error_code ignored;
    for (const fs::path& folder : {fs::path(kept_), fs::path(path_).parent_path(), fs::path(path_).parent_path() / "kept"})
      if (fs::exists(folder / name, ignored)) return (folder / name).string();
    return "";
  }

  static std::string unhex(const std::string& hex) {
    const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'A' + 10; };
    std::string out;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) out += static_cast<char>(digit(hex[i]) << 4 | digit(hex[i + 1]));
    return out;
  }

  static void look(const std::string& bytes, RunPage& page) {
    PageLook look;
    if (bytes.empty() || !from_bytes(bytes, look)) return;
    page.kind = name_of(static_cast<PageKind>(look.kind));
    page.words = look.words;
    if (look.empty) page.flags.emplace_back("empty");
    if (look.review) page.flags.emplace_back("needs_review");
    if (look.unsure) page.flags.emplace_back("unsure");
  }

  Status drift(State& state) {
    auto names = state.rule_names();
    if (!names) return names.error();
    auto hosts = state.rows("SELECT DISTINCT host FROM drift ORDER BY host");
    if (!hosts) return hosts.error();
    for (const std::vector<std::string>& host : *hosts) {
      auto rows = state.drift_rows(host[0]);
      if (!rows) return rows.error();
      for (auto row = rows->rbegin(); row != rows->rend(); ++row) {
        DriftPoint point{row->run, row->pages, row->words, row->empty, row->review, row->unsure, row->alarmed, {}};
        RulePages rules;
        if (from_bytes(row->rules, rules))
          for (const auto& [rule, pages] : rules)
            if (const auto name = names->find(rule); name != names->end()) point.rules[name->second] = pages;
        data_.drift[host[0]][std::string(name_of(static_cast<PageKind>(row->kind)))].push_back(std::move(point));
      }
    }
    return Ok{};
  }

  // Records of a run's output: what they add to pages that are known, and pages that are not. A file that is not there, or is no
  // JSONL, adds nothing.
  void records(const std::string& output) {
    std::error_code ignored;
    if (output.empty() || !fs::is_regular_file(output, ignored)) return;
    Result<std::unique_ptr<ByteStream>> bytes = open_stream(output, nullptr);
    if (!bytes) return;
    LineReader lines(std::move(*bytes), kMaxReport);
    simdjson::dom::parser parser;
    for (std::string_view line;;) {
      const Result<LineReader::Got> got = lines.next(line);
      if (!got || *got == LineReader::Got::end) return;  // what was read before it stands
      if (*got == LineReader::Got::too_long) continue;
      Element record;
      if (parser.parse(line).get(record) == simdjson::SUCCESS && record.is_object()) one(record);
    }
  }

  void one(const Element& record) {
    const std::string url = text_of(record, "url");
    if (url.empty() || !seen_.insert(url).second) return;
    const auto [place, fresh] = places_.try_emplace(url, data_.pages.size());
    if (fresh) {
      data_.pages.emplace_back();
      data_.pages.back().url = url;
      data_.pages.back().host = host_name(url);
      data_.pages.back().outcome = "written";
      data_.pages.back().warc = warc_;
    }
    RunPage& page = data_.pages[place->second];
    page.kind = text_of(record, "kind");
    if (page.fetched_at.empty()) page.fetched_at = text_of(record, "fetched_at");
    std::int64_t number = 0;
    if (record["status"].get(number) == simdjson::SUCCESS && page.status == 0) page.status = static_cast<int>(number);
    if (record.at_pointer("/quality/words").get(number) == simdjson::SUCCESS) page.words = number;
    double confidence = 0;
    if (record.at_pointer("/quality/confidence").get(confidence) == simdjson::SUCCESS) page.confidence = confidence;
    simdjson::dom::array flags;
    if (record.at_pointer("/quality/flags").get(flags) == simdjson::SUCCESS) {
      page.flags.clear();
      std::string_view flag;
      for (const Element value : flags)
        if (value.get(flag) == simdjson::SUCCESS) page.flags.emplace_back(flag);
    }
  }

  std::string path_, warc_, kept_;
  RunData data_;
  std::vector<std::string> outputs_;
  std::map<std::string, std::size_t> places_;
  std::set<std::string> seen_;
};

bool is_database(const std::string& path) {
  char head[16] = {};
  std::ifstream file(path, std::ios::binary);
  file.read(head, sizeof head);
  return std::string_view(head, 15) == "SQLite format 3";
}

}  // namespace

bool RunPage::failed() const { return outcome != "written" && outcome != "ok" && outcome != "not_modified"; }

Result<RunData> read_run(const std::string& path) {
  std::error_code ignored;
  if (!fs::is_regular_file(path, ignored)) return Error{ErrorKind::stop_run, path + " does not exist or is no file"};
  Reader reader(path);
  if (Status done = is_database(path) ? reader.state() : reader.report(); !done) return done.error();
  return reader.finish();
}

}  // namespace marrow
