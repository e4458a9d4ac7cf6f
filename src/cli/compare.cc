#include "cli/compare.h"

#include <utility>

#include "report/difference.h"
#include "report/page_report.h"
#include "source/open.h"

namespace marrow::cli {
namespace {

Result<std::unique_ptr<Source>> open_pages(const std::string& path, const CleanOptions& options) {
  SourceSpec spec;
  spec.paths = {path};
  spec.max_bytes = options.budget.max_bytes;
  return open_source(spec);
}

// One side: a cleaner and its scratch. The page last cleaned stays to be explained.
struct Side {
  explicit Side(Cleaner made) : cleaner(std::move(made)), workspace(cleaner) {}
  Cleaner cleaner;
  Workspace workspace;

  Snapshot clean(const Input& input) {
    const Record record = cleaner.clean(input, workspace);
    return snapshot_of(cleaner.seen(workspace), record, cleaner.rule_set());
  }
};

std::string rendered(const Comparison& asked, Side& after_side, const Input& input, const Snapshot& before, const Snapshot& after) {
  const Difference d = difference(before, after);
  if (asked.form == CompareForm::json) return difference_json(before, after, d);
  if (asked.form == CompareForm::text) return difference_text(before, after, d);
  const Explained page{input, after.record, after_side.cleaner.seen(after_side.workspace), after_side.cleaner.explain(after_side.workspace),
                       after_side.cleaner.rule_set()};
  return page_report({.page = page, .before = &before, .after = &after, .difference = &d, .against = asked.on.empty() || asked.before != "none" ? asked.before : "no further rules"});
}

Result<Cleaner> cleaner_with(CleanOptions options, const std::string& rules) {
  if (rules != "none") options.rule_dirs.push_back(rules);
  return Cleaner::create(options);
}

Result<Input> only_page(const std::string& path, const Comparison& asked) {
  Result<std::unique_ptr<Source>> source = open_pages(path, asked.options);
  if (!source) return source.error();
  Source::Item item;
  if (!(*source)->next(item)) return Error{ErrorKind::stop_run, path + " holds no page"};
  if (const auto* failure = std::get_if<InputFailure>(&item)) return Error{ErrorKind::skip_page, failure->message};
  Input input = std::move(std::get<Input>(item));
  if (!asked.url.empty()) input.url = asked.url;
  if ((*source)->next(item)) return Error{ErrorKind::stop_run, path + " holds more than one page: compare versions of one (two rule sets go over many: --on)"};
  return input;
}

Result<Compared> two_versions(const Comparison& asked, const std::function<Status(const std::string&)>& emit) {
  Result<Input> before = only_page(asked.before, asked);
  if (!before) return before.error();
  Result<Input> after = only_page(asked.after, asked);
  if (!after) return after.error();
  Result<Cleaner> cleaner = Cleaner::create(asked.options);
  if (!cleaner) return cleaner.error();
  Side side(std::move(*cleaner));
  const Snapshot a = side.clean(*before), b = side.clean(*after);
  if (const Status done = emit(rendered(asked, side, *after, a, b)); !done) return done.error();
  return Compared{1, difference(a, b).empty() ? 0U : 1U};
}

}  // namespace

Result<Compared> compare(const Comparison& asked, const std::function<Status(const std::string&)>& emit,
                         const std::function<void(const InputFailure&)>& failed, const std::function<bool()>& stopped) {
  if (asked.on.empty()) return two_versions(asked, emit);
  Result<Cleaner> before = cleaner_with(asked.options, asked.before);
  if (!before) return before.error();
  Result<Cleaner> after = cleaner_with(asked.options, asked.after);
  if (!after) return after.error();
  Side a(std::move(*before)), b(std::move(*after));
  Result<std::unique_ptr<Source>> source = open_pages(asked.on, asked.options);
  if (!source) return source.error();
  Compared out;
  Source::Item item;
  while (!stopped() && (*source)->next(item)) {
    if (const auto* failure = std::get_if<InputFailure>(&item)) {
      failed(*failure);
      continue;
    }
    Input& input = std::get<Input>(item);
    if (!asked.url.empty()) input.url = asked.url;
    if (asked.form == CompareForm::html && out.pages > 0) return Error{ErrorKind::stop_run, "--html takes one page, and " + asked.on + " holds more"};
    const Snapshot was = a.clean(input), now = b.clean(input);
    ++out.pages;
    if (difference(was, now).empty() && asked.form != CompareForm::html) continue;
    ++out.changed;
    if (const Status done = emit(rendered(asked, b, input, was, now)); !done) return done.error();
  }
  return out;
}

}  // namespace marrow::cli
