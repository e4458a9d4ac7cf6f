#include "batch/rules_test.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>

#include "base/text.h"
#include "rules/rule.h"
#include "rules/ruleset.h"
#include "source/open.h"

namespace marrow {
namespace {

namespace fs = std::filesystem;

// What a message shows of a text, in characters, and of a list: enough to know it again.
constexpr std::size_t kTextShown = 80;
constexpr std::size_t kContextShown = 30;  // on either side of a text in the body
constexpr std::size_t kItemsShown = 5;

std::string cut(std::string_view text, std::size_t limit = kTextShown) {
  std::size_t at = 0;
  for (std::size_t shown = 0; shown < limit && at < text.size(); ++shown) next_code_point(text, at);
  return std::string(text.substr(0, at)) + (at < text.size() ? "…" : "");
}

// The last characters of a text.
std::string_view tail(std::string_view text, std::size_t limit) {
  std::size_t at = text.size();
  for (std::size_t shown = 0; shown < limit && at > 0; ++shown) {
    do --at;
    while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
  }
  return text.substr(at);
}

std::string in_quotes(std::string_view text) { return "'" + std::string(text) + "'"; }

bool holds(std::string_view text, const std::string& part) {
  return text.find(part) != std::string_view::npos;
}

// A page that is told from a folder: a folder would give its first page, and that may change.
Result<Input> read_page(const std::string& path) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored))
    return Error{ErrorKind::skip_page, path + " is a folder, not a page"};
  SourceSpec spec;
  spec.paths = {path};
  Result<std::unique_ptr<Source>> source = open_source(spec);
  if (!source) return source.error();
  Source::Item item;
  if (!(*source)->next(item)) return Error{ErrorKind::skip_page, path + " holds no page"};
  if (const auto* failure = std::get_if<InputFailure>(&item))
    return Error{ErrorKind::skip_page, failure->message};
  return std::get<Input>(std::move(item));
}

// One page and its record, asked for what a test expects of it.
class PageAnswers {
 public:
  PageAnswers(const Record& record, const Seen& seen, const RuleSet& rules)
      : record_(record), seen_(seen), rules_(rules), body_(collapse_spaces(record.body)) {}

  // Each gives nothing where it is as expected, else what was found.
  using Answer = std::optional<std::string>;

  Answer body_contains(const std::string& part) const {
    if (holds(body_, part)) return {};
    if (const Id block = block_with(part); block != kNone) {
      const Verdict& verdict = seen_.labels.blocks[block];
      return verdict.label == Label::body
                 ? "in a body block that the record leaves out (a headline)"
                 : "in a block that is " + decision(verdict);
    }
    const std::string text =
        body_.empty() ? "the body is empty" : "the body begins " + in_quotes(cut(body_));
    return "in no block of the page; " + text;
  }

  Answer body_lacks(const std::string& part) const {
    const std::size_t at = body_.find(part);
    if (at == std::string::npos) return {};
    const std::string_view body = body_;
    std::string found = "in the body: '" + std::string(tail(body.substr(0, at), kContextShown)) +
                        cut(body.substr(at, part.size())) +
                        cut(body.substr(at + part.size()), kContextShown) + "'";
    const Id block = block_with(part, Label::body);
    return block == kNone ? found
                          : found + ", a block that is " + decision(seen_.labels.blocks[block]);
  }

  Answer related_has(const std::string& part) const {
    for (const RelatedLink& link : record_.related)
      if (holds(collapse_spaces(link.text), part) || holds(link.url, part)) return {};
    const Document& page = seen_.document;
    for (Id i = 0; i < page.links.size(); ++i)
      if (holds(collapse_spaces(page.links[i].text), part) || holds(page.links[i].url, part))
        return "a link that is " + decision(seen_.labels.links[i]);
    std::vector<std::string> all;
    for (const RelatedLink& link : record_.related) all.push_back(cut(link.text) + "' " + link.url);
    return list("related link", all);
  }

  Answer teaser_has(const std::string& part) const {
    for (const Teaser& teaser : record_.teasers)
      if (holds(collapse_spaces(teaser.text), part) || holds(teaser.url, part)) return {};
    if (const Id block = block_with(part); block != kNone)
      return "in a block that is " + decision(seen_.labels.blocks[block]);
    std::vector<std::string> all;
    for (const Teaser& teaser : record_.teasers) all.push_back(cut(teaser.text) + "'");
    return list("teaser", all);
  }

  Answer title_is(const std::string& title) const {
    if (collapse_spaces(record_.title) == title) return {};
    return record_.title.empty() ? "no title" : in_quotes(cut(record_.title));
  }

 private:
  // The first block that holds the text; of this label, if one is given.
  Id block_with(const std::string& part, std::optional<Label> label = {}) const {
    for (Id i = 0; i < seen_.document.blocks.size(); ++i)
      if ((!label || seen_.labels.blocks[i].label == *label) &&
          holds(collapse_spaces(seen_.document.blocks[i].text), part))
        return i;
    return kNone;
  }

  std::string decision(const Verdict& verdict) const {
    std::string out(name_of(verdict.label));
    if (verdict.by == Decider::filter && verdict.rule != kNone) {
      const Filter& filter = rules_.filter(verdict.rule);
      return out + ", by filter " + filter.id + " (" + filter.place.file + ":" +
             std::to_string(filter.place.line) + ")";
    }
    out += verdict.by == Decider::model ? ", by the model" : ", by a pass";
    return verdict.why.empty() ? out : out + " (" + std::string(verdict.why) + ")";
  }

  static std::string list(const std::string& what, const std::vector<std::string>& all) {
    if (all.empty()) return "no " + what;
    std::string out = std::to_string(all.size()) + " " + what + (all.size() == 1 ? "" : "s") + ":";
    for (std::size_t i = 0; i < all.size() && i < kItemsShown; ++i)
      out += (i ? ", '" : " '") + all[i];
    return all.size() > kItemsShown ? out + ", …" : out;
  }

  const Record& record_;
  const Seen& seen_;
  const RuleSet& rules_;
  const std::string body_;
};

class Tester {
 public:
  explicit Tester(const Cleaner& cleaner) : cleaner_(cleaner), workspace_(cleaner) {}

  void test(const PageTest& test) {
    ++run_.tests;
    file_ = cleaner_.rule_set().files()[test.file];
    page_ = test.page.text;
    Result<Input> input = read_page((fs::path(file_).parent_path() / page_).string());
    if (!input) return fail(test.page.at, "page " + in_quotes(page_), input.error().message);
    if (!test.url.empty()) input->url = test.url;
    const Record record = cleaner_.clean(*input, workspace_);
    const Seen seen = cleaner_.seen(workspace_);
    const PageAnswers page(record, seen, cleaner_.rule_set());
    all(test.body_contains, "body_contains", page, &PageAnswers::body_contains);
    all(test.body_lacks, "body_lacks", page, &PageAnswers::body_lacks);
    all(test.related_has, "related_has", page, &PageAnswers::related_has);
    all(test.teaser_has, "teaser_has", page, &PageAnswers::teaser_has);
    if (test.title_is) one(*test.title_is, "title_is", page, &PageAnswers::title_is);
  }

  RulesTestRun run() && { return std::move(run_); }

 private:
  using Ask = PageAnswers::Answer (PageAnswers::*)(const std::string&) const;

  void all(const std::vector<Placed>& texts, const char* what, const PageAnswers& page, Ask ask) {
    for (const Placed& text : texts) one(text, what, page, ask);
  }

  void one(const Placed& text, const char* what, const PageAnswers& page, Ask ask) {
    ++run_.expectations;
    if (const PageAnswers::Answer found = std::invoke(ask, page, collapse_spaces(text.text)))
      fail(text.at, std::string(what) + " " + in_quotes(cut(text.text)), *found);
  }

  void fail(TomlAt at, const std::string& expected, const std::string& found) {
    run_.failures.push_back({file_, at.line, page_, expected, found});
  }

  const Cleaner& cleaner_;
  Workspace workspace_;
  RulesTestRun run_;
  std::string file_, page_;  // of the test under way
};

bool is_builtin(const std::string& file) { return file.starts_with("builtin:"); }

}  // namespace

bool has_page_tests(const RuleSet& rules) {
  return std::any_of(rules.tests().begin(), rules.tests().end(), [&](const PageTest& test) { return !is_builtin(rules.files()[test.file]); });
}

Result<RulesTestRun> test_rules(CleanOptions options, const std::atomic<bool>* stop) {
  options.body = BodyFormat::text;
  const Result<Cleaner> cleaner = Cleaner::create(options);
  if (!cleaner) return cleaner.error();
  const RuleSet& rules = cleaner->rule_set();
  Tester tester(*cleaner);
  bool interrupted = false;
  for (const PageTest& test : rules.tests()) {
    if (is_builtin(rules.files()[test.file])) continue;
    interrupted = stop && stop->load(std::memory_order_relaxed);
    if (interrupted) break;
    tester.test(test);
  }
  RulesTestRun run = std::move(tester).run();
  run.interrupted = interrupted;
  if (run.tests > 0 || interrupted) return run;
  std::string dirs;
  for (const std::string& dir : options.rule_dirs) dirs += (dirs.empty() ? "" : ", ") + dir;
  return Error{ErrorKind::stop_run, dirs + " holds no page test ([[test]] table)"};
}

}  // namespace marrow
