#include "batch/skip.h"

#include "base/pattern.h"
#include "base/url.h"
#include "batch/clock.h"

namespace marrow {
namespace {

// Which pattern of the job leaves the URL out; "" = none.
std::string left_out_by(const Job& job, const std::string& url) {
  const auto matches = [&](const std::string& text) {
    const auto pattern = Pattern::compile(text);
    return pattern && pattern->matches(url);
  };
  for (const std::string& text : job.source.exclude)
    if (matches(text)) return "exclude = '" + text + "' leaves it out";
  if (job.source.include.empty()) return {};
  for (const std::string& text : job.source.include)
    if (matches(text)) return {};
  return "it matches no pattern of include";
}

std::string last_visit(const PageState& page) {
  if (page.outcome.empty()) return "It has not been visited yet.";
  std::string text = "Its last visit ended as " + page.outcome + " (HTTP " + std::to_string(page.status) + ")";
  if (!page.fetched_at.empty()) text += "; its body was last known to be current at " + page.fetched_at;
  if (page.changed_at) text += "; it has been as it is since " + rfc3339_of(page.changed_at);
  return text + ".";
}

std::string cleaning(const PageState& page, const SkipFacts& facts) {
  if (page.body_hash.empty()) return "Nothing was cleaned of it yet.";
  std::string text = "Its record";
  if (!page.file.empty()) text += " stands in " + page.file + " and";
  if (page.rules == facts.rules && page.program == facts.program) return text + " was made by the rules and the program in force: the same bytes are not cleaned again.";
  text += page.rules.empty() ? " is to be made anew"
          : page.rules != facts.rules ? " was made by other rules (" + page.rules.substr(0, 12) + "…, now " + std::string(facts.rules.substr(0, 12)) + "…)"
                                      : " was made by another program (" + page.program + ", now " + std::string(facts.program) + ")";
  return text + (page.kept() ? ": it will be cleaned again from " + page.warc + ", without the network."
                             : ": it will be fetched and cleaned again; its bytes were not kept.");
}

std::string visiting(const PageState& page, const SkipFacts& facts) {
  if (page.next_visit > facts.now)
    return "It is not asked for before " + rfc3339_of(page.next_visit) +
           ": what has stayed as it is for a while is left alone for a tenth of that while ([visits]).";
  if (page.etag.empty() && page.last_modified.empty())
    return "The next run asks for it; the site names no validators, so it is fetched whole and compared by its hash.";
  return "The next run asks for it conditionally (" + std::string(page.etag.empty() ? "Last-Modified" : "ETag") +
         "): where the site answers 304, nothing is fetched.";
}

}  // namespace

Result<std::vector<std::string>> explain_skip(const Job& job, State& state, std::string_view written, const SkipFacts& facts) {
  const std::string url = strip_tracking(resolve_url({}, written));
  if (url.empty()) return Error{ErrorKind::stop_run, std::string(written) + " is not an http or https URL"};
  std::vector<std::string> says{url};
  if (const std::string why = left_out_by(job, url); !why.empty()) says.push_back("The job does not ask for it: " + why + ".");
  const auto page = state.find(url);
  if (!page) return page.error();
  if (!*page) {
    says.emplace_back("No run has seen it: no source of the job has named it so far.");
    return says;
  }
  says.push_back(last_visit(**page));
  says.push_back(cleaning(**page, facts));
  says.push_back(visiting(**page, facts));
  return says;
}

}  // namespace marrow
