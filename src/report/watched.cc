#include "report/watched.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "batch/rules_test.h"
#include "report/escape.h"
#include "report/page_report.h"
#include "report/shell.h"
#include "source/open.h"

namespace marrow {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxPages = 10'000;  // more is no folder to pick a page from
constexpr std::size_t kMaxRuleFiles = 100'000;

bool is_page(const fs::path& path) {
  const std::string name = path.filename().string();
  for (const char* end : {".html", ".htm", ".html.gz", ".htm.gz", ".html.zst", ".txt"})
    if (name.ends_with(end)) return true;
  return false;
}

bool is_inside(const fs::path& path, const fs::path& folder) {
  std::error_code failed;
  const fs::path real = fs::canonical(path, failed);
  if (failed) return false;
  const auto [end, ignored] = std::mismatch(folder.begin(), folder.end(), real.begin(), real.end());
  return end == folder.end();
}

template <typename Take>
void each_file(const fs::path& folder, std::size_t most, Take take) {
  std::error_code failed;
  for (fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied, failed), end; !failed && at != end && most > 0;
       at.increment(failed))
    if (at->is_regular_file(failed)) {
      --most;
      take(at->path());
    }
}

struct Loaded {
  explicit Loaded(Cleaner made) : cleaner(std::move(made)), workspace(cleaner) {}
  Cleaner cleaner;
  Workspace workspace;
};

}  // namespace

struct Watched::State {
  fs::path folder;
  CleanOptions options;
  std::vector<fs::path> pages;
  std::unique_ptr<Loaded> before, now;  // before: as of the last change
  std::string fingerprint, fault, tests;
  bool tests_failed = false;
  std::int64_t version = 1;

  // Names, sizes and times of all files of the rules.
  std::string look() const {
    std::vector<std::string> found;
    for (const std::string& dir : options.rule_dirs) {
      const auto note = [&](const fs::path& path) {
        std::error_code failed;
        if (path.extension() != ".toml") return;
        found.push_back(fmt::format("{} {} {}\n", path.string(), fs::file_size(path, failed), fs::last_write_time(path, failed).time_since_epoch().count()));
      };
      std::error_code failed;
      if (fs::is_directory(dir, failed)) each_file(dir, kMaxRuleFiles, note);
      else note(dir);
    }
    std::sort(found.begin(), found.end());
    std::string out;
    for (const std::string& line : found) out += line;
    return out;
  }

  void reload() {
    fault.clear();
    Result<Cleaner> cleaner = Cleaner::create(options);
    if (!cleaner) {
      fault = cleaner.error().message;
      return;
    }
    before = std::move(now);
    now = std::make_unique<Loaded>(std::move(*cleaner));
    test();
  }

  void test() {
    tests.clear();
    tests_failed = false;
    if (options.rule_dirs.empty() || now->cleaner.rule_set().tests().empty()) return;
    const Result<RulesTestRun> ran = test_rules(options);
    if (!ran) {
      tests = ran.error().message;
      tests_failed = true;
      return;
    }
    tests_failed = !ran->failures.empty();
    tests = fmt::format("{} tests, {} expectations, {} not met", ran->tests, ran->expectations, ran->failures.size());
    for (const RulesTestFailure& f : ran->failures) tests += fmt::format("\n{}:{}: {}: {}; found {}", f.file, f.line, f.page, f.expected, f.found);
  }

  std::string notice() const {
    std::string out;
    if (!fault.empty()) out += "<pre class=\"fault\" role=\"alert\">" + escaped(fault) + "</pre>\n";
    if (!tests.empty()) out += fmt::format("<pre class=\"tests{}\" role=\"status\">", tests_failed ? " fault" : "") + escaped(tests) + "</pre>\n";
    return out;
  }

  Result<Input> read(const fs::path& path) const {
    SourceSpec spec;
    spec.paths = {path.string()};
    spec.max_bytes = options.budget.max_bytes;
    Result<std::unique_ptr<Source>> source = open_source(spec);
    if (!source) return source.error();
    Source::Item item;
    if (!is_inside(path, folder) || !(*source)->next(item)) return Error{ErrorKind::skip_page, "there is no page"};
    if (const auto* failure = std::get_if<InputFailure>(&item)) return Error{ErrorKind::skip_page, failure->message};
    return std::move(std::get<Input>(item));
  }
};

Watched::Watched(std::unique_ptr<State> state) : state_(std::move(state)) {}
Watched::Watched(Watched&&) noexcept = default;
Watched::~Watched() = default;
std::size_t Watched::size() const { return state_->pages.size(); }

Result<Watched> Watched::open(const std::string& folder, CleanOptions options) {
  auto state = std::make_unique<State>();
  std::error_code failed;
  state->folder = fs::canonical(folder, failed);
  if (failed || !fs::is_directory(state->folder)) return Error{ErrorKind::stop_run, folder + " is no folder"};
  bool rules = false;
  each_file(state->folder, kMaxRuleFiles, [&](const fs::path& path) {
    rules = rules || path.extension() == ".toml";
    if (is_page(path) && state->pages.size() < kMaxPages && is_inside(path, state->folder)) state->pages.push_back(path);
  });
  std::sort(state->pages.begin(), state->pages.end());
  if (state->pages.empty()) return Error{ErrorKind::stop_run, folder + " holds no page (.html, .htm, .txt)"};
  options.body = BodyFormat::markdown;
  if (options.rule_dirs.empty() && rules) options.rule_dirs = {folder};
  state->options = std::move(options);
  state->fingerprint = state->look();
  state->reload();
  if (!state->now) return Error{ErrorKind::stop_run, state->fault};
  return Watched(std::move(state));
}

std::int64_t Watched::version() {
  std::string seen = state_->look();
  if (seen == state_->fingerprint) return state_->version;
  state_->fingerprint = std::move(seen);
  state_->reload();
  return ++state_->version;
}

std::string Watched::index() {
  version();
  std::string body = fmt::format("<main class=\"run\" data-version=\"{}\" id=\"live\">\n<header><h1>{}</h1><p class=\"hint\">{} pages; ", state_->version,
                                 escaped(state_->folder.filename().string()), state_->pages.size());
  if (state_->options.rule_dirs.empty()) body += "no rule file is watched (--rules FILE)";
  else body += "watching";
  for (const std::string& dir : state_->options.rule_dirs) body += " <code>" + escaped(dir) + "</code>";
  body += "</p></header>\n" + state_->notice();
  body += "<section><h2>Pages</h2><form id=\"tools\" role=\"search\" aria-label=\"Search the pages\"><label>Search <input type=\"search\" name=\"find\" autocomplete=\"off\" "
          "spellcheck=\"false\" placeholder=\"file name\"></label> <input type=\"checkbox\" name=\"failed\" hidden><input type=\"checkbox\" name=\"flagged\" hidden>"
          "<input type=\"checkbox\" name=\"explained\" hidden><output name=\"found\" role=\"status\"></output></form>\n<table id=\"list\"><tbody>\n";
  for (std::size_t i = 0; i < state_->pages.size(); ++i)
    body += fmt::format("<tr><td><a href=\"page?n={}\">{}</a></td></tr>\n", i, escaped(state_->pages[i].lexically_relative(state_->folder).string()));
  body += "</tbody></table></section></main>\n";
  const std::string title = state_->folder.filename().string() + " · marrow watch";
  return whole_page({.title = title, .styles = {"base.css", "run.css", "watch.css"}, .scripts = {"run.js", "watch.js"}, .connect = "'self'"}, body);
}

std::optional<std::string> Watched::page(std::int64_t number) {
  if (number < 0 || static_cast<std::size_t>(number) >= state_->pages.size()) return std::nullopt;
  version();
  Result<Input> input = state_->read(state_->pages[static_cast<std::size_t>(number)]);
  std::string notice = fmt::format("<div class=\"live\" id=\"live\" data-version=\"{}\"><p><a href=\"./\">All pages</a></p>\n", state_->version) + state_->notice();
  if (!input) {
    notice += "<pre class=\"fault\">" + escaped(input.error().message) + "</pre></div>";
    return whole_page({.title = "marrow watch", .styles = {"base.css", "watch.css"}, .scripts = {"watch.js"}, .connect = "'self'"}, notice);
  }
  Loaded& now = *state_->now;
  const auto snapshot = [&](Loaded& side) {
    const Record record = side.cleaner.clean(*input, side.workspace);
    return snapshot_of(side.cleaner.seen(side.workspace), record, side.cleaner.rule_set());
  };
  const Snapshot after = snapshot(now);
  const Explained page{*input, after.record, now.cleaner.seen(now.workspace), now.cleaner.explain(now.workspace), now.cleaner.rule_set()};
  notice += "</div>";
  PageReport report{.page = page};
  report.notice_html = notice;
  report.live = true;
  if (!state_->before) return page_report(report);
  const Snapshot before = snapshot(*state_->before);
  const Difference d = difference(before, after);
  report.before = &before;
  report.after = &after;
  report.difference = &d;
  report.against = "the rules before the last change";
  return page_report(report);
}

}  // namespace marrow
