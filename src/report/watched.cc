#include "report/watched.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "batch/figures.h"
#include "batch/rules_test.h"
#include "report/escape.h"
#include "report/kept_pages.h"
#include "report/page_report.h"
#include "report/shell.h"
#include "rules/check.h"

namespace marrow {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxRuleFiles = 100'000;
constexpr std::size_t kCompared = 100;  // pages of which the index says what the last change changed: some 10 ms each

struct Loaded {
  explicit Loaded(Cleaner made) : cleaner(std::move(made)), workspace(cleaner) {}
  Cleaner cleaner;
  Workspace workspace;
};

}  // namespace

struct Watched::State {
  explicit State(KeptPages found) : pages(std::move(found)) {}
  std::string name;  // of the folder
  CleanOptions options;
  KeptPages pages;
  std::unique_ptr<Loaded> before, now;  // before: as of the last change
  std::string fingerprint, fault;
  std::string failed, passed;  // of the rules' own tests: what to mend, "" = nothing; how many held
  std::int64_t version = 1;
  std::vector<std::size_t> changes;  // blocks and links that the last change gave another verdict, of the first kCompared pages
  std::int64_t changes_of = 0;       // … as of that version

  // Names, sizes and times of all files of the rules.
  std::string look() const {
    std::vector<std::string> found;
    const auto note = [&](const fs::path& path) {
      std::error_code gone;
      if (path.extension() != ".toml") return;
      found.push_back(fmt::format("{} {} {}\n", path.string(), fs::file_size(path, gone), fs::last_write_time(path, gone).time_since_epoch().count()));
    };
    std::error_code ignored;
    for (const std::string& dir : options.rule_dirs) fs::is_directory(dir, ignored) ? each_file(dir, kMaxRuleFiles, note) : note(dir);
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
    // Saved without a change, by an editor that saves often: what was changed last is still what was changed last.
    if (!now || now->cleaner.rules() != cleaner->rules()) before = std::move(now);
    now = std::make_unique<Loaded>(std::move(*cleaner));
    test();
  }

  // The rules' own tests: hit and miss cases, then page tests.
  void test() {
    failed.clear();
    passed.clear();
    if (options.rule_dirs.empty()) return;
    const RulesCheck check = check_rules({.builtin = options.builtin_rules, .dirs = options.rule_dirs});
    for (const std::vector<std::string>* messages : {&check.faults, &check.warnings})
      for (const std::string& message : *messages) failed += message + '\n';
    if (failed.empty()) passed = thousands(check.cases) + " hit and miss cases hold, those of the built-in rules among them";
    if (!has_page_tests(now->cleaner.rule_set())) return;
    const Result<RulesTestRun> ran = test_rules(options);
    if (!ran) failed += ran.error().message + '\n';
    else page_tests(*ran);
  }

  void page_tests(const RulesTestRun& ran) {
    for (const RulesTestFailure& f : ran.failures) failed += fmt::format("{}:{}: {}: expected {}; found {}\n", f.file, f.line, f.page, f.expected, f.found);
    passed += fmt::format("{}{} of {} expectations of {} page test{} met", passed.empty() ? "" : "; ", ran.expectations - std::min(ran.failures.size(), ran.expectations),
                          ran.expectations, ran.tests, ran.tests == 1 ? "" : "s");
  }

  std::string notice() const {
    std::string out;
    if (!fault.empty()) out += "<pre class=\"fault\" role=\"alert\">" + escaped(fault) + "</pre>\n<p class=\"hint\">Below are the last rules that could be read.</p>\n";
    else if (!failed.empty()) out += "<pre class=\"fault\" role=\"alert\">" + escaped(failed) + "</pre>\n";
    if (fault.empty() && !passed.empty()) out += (failed.empty() ? "<p class=\"tests hold\">" : "<p class=\"tests\">") + escaped(passed) + ".</p>\n";
    return out;
  }

  static Snapshot snapshot(Loaded& side, const Input& input) {
    const Record record = side.cleaner.clean(input, side.workspace);
    return snapshot_of(side.cleaner.seen(side.workspace), record, side.cleaner.rule_set());
  }

  void compare_pages() {
    if (!before || changes_of == version) return;
    changes_of = version;
    changes.assign(std::min(pages.size(), kCompared), 0);
    for (std::size_t i = 0; i < changes.size(); ++i) {
      const Result<Input> input = pages.read(i, options.budget.max_bytes);
      if (!input) continue;
      const Difference d = difference(snapshot(*before, *input), snapshot(*now, *input));
      changes[i] = d.blocks.size() + d.links.size();
    }
  }

  std::string row(std::size_t i) const {
    std::string out = fmt::format("<tr><td><a href=\"page?n={}\">{}</a></td>", i, escaped(pages.name(i)));
    if (before) out += "<td class=\"n\">" + (i < changes.size() && changes[i] ? thousands(changes[i]) : std::string()) + "</td>";
    return out + "</tr>\n";
  }
};

Watched::Watched(std::unique_ptr<State> state) : state_(std::move(state)) {}
Watched::Watched(Watched&&) noexcept = default;
Watched::~Watched() = default;
std::size_t Watched::size() const { return state_->pages.size(); }

Result<Watched> Watched::open(const std::string& folder, CleanOptions options) {
  Result<KeptPages> pages = KeptPages::find(folder, options.budget.max_bytes);
  if (!pages) return pages.error();
  auto state = std::make_unique<State>(std::move(*pages));
  std::error_code failed;
  state->name = fs::canonical(folder, failed).filename().string();
  options.body = BodyFormat::markdown;
  bool rules = false;
  if (options.rule_dirs.empty()) each_file(folder, kMaxRuleFiles, [&](const fs::path& path) { rules = rules || path.extension() == ".toml"; });
  if (rules) options.rule_dirs = {folder};
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
  state_->compare_pages();
  const State& s = *state_;
  std::string body = fmt::format("<main class=\"run\" data-version=\"{}\" id=\"live\">\n<header><h1>{}</h1><p class=\"hint\">{} pages; ", s.version,
                                 escaped(s.name), thousands(s.pages.size()));
  if (s.options.rule_dirs.empty()) body += "no rule file is watched (--rules FILE)";
  else body += "watching";
  for (const std::string& dir : s.options.rule_dirs) body += " <code>" + escaped(dir) + "</code>";
  body += "</p></header>\n" + s.notice();
  if (const auto changed = s.changes.size() - static_cast<std::size_t>(std::count(s.changes.begin(), s.changes.end(), 0U)); s.before)
    body += fmt::format("<p class=\"versus\">The last change of the rules changed {} of {}{} pages.</p>\n", changed,
                        s.changes.size() < s.pages.size() ? "the first " : "", s.changes.size());
  body += "<section><h2>Pages</h2><form id=\"tools\" role=\"search\" aria-label=\"Search the pages\"><label>Search <input type=\"search\" name=\"find\" autocomplete=\"off\" "
          "spellcheck=\"false\" aria-keyshortcuts=\"/\" placeholder=\"name or address\"></label> <output name=\"found\" role=\"status\"></output></form>\n"
          "<table id=\"list\"><thead><tr><th>page";
  body += s.before ? "<th class=\"n\">changed verdicts</tr></thead><tbody>\n" : "</tr></thead><tbody>\n";
  for (std::size_t i = 0; i < s.pages.size(); ++i) body += s.row(i);
  body += "</tbody></table></section></main>\n";
  const std::string title = s.name + " · marrow watch";
  return whole_page({.title = title, .styles = {"base.css", "run.css", "watch.css"}, .scripts = {"run.js", "watch.js"}, .connect = "'self'"}, body);
}

std::optional<std::string> Watched::page(std::int64_t number) {
  if (number < 0 || static_cast<std::size_t>(number) >= state_->pages.size()) return std::nullopt;
  version();
  const Result<Input> input = state_->pages.read(static_cast<std::size_t>(number), state_->options.budget.max_bytes);
  std::string notice = fmt::format("<div class=\"live\" id=\"live\" data-version=\"{}\"><p><a href=\"./\">All pages</a></p>\n", state_->version) + state_->notice();
  if (!input) {
    notice = "<main class=\"run\">" + notice + "<pre class=\"fault\">" + escaped(input.error().message) + "</pre></div></main>";
    return whole_page({.title = "marrow watch", .styles = {"base.css", "run.css", "watch.css"}, .scripts = {"watch.js"}, .connect = "'self'"}, notice);
  }
  notice += "</div>";
  Loaded& now = *state_->now;
  const Snapshot after = State::snapshot(now, *input);
  const Explained page{*input, after.record, now.cleaner.seen(now.workspace), now.cleaner.explain(now.workspace), now.cleaner.rule_set()};
  PageReport report{.page = page};
  report.notice_html = notice;
  report.live = true;
  if (!state_->before) return page_report(report);
  const Snapshot before = State::snapshot(*state_->before, *input);
  const Difference d = difference(before, after);
  report.before = &before;
  report.after = &after;
  report.difference = &d;
  report.against = "the rules before the last change";
  return page_report(report);
}

}  // namespace marrow
