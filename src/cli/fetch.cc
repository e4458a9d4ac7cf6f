// marrow fetch: pages of lists, sitemaps, feeds and sites -> a WARC file or a folder, politely.

#include <fmt/format.h>

#include "base/url.h"
#include "batch/download.h"
#include "batch/figures.h"
#include "batch/progress.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "cli/verbs.h"

namespace marrow::cli {
namespace {

constexpr double kDay = 86400;
constexpr std::size_t kReasonsShown = 8;

class Observer final : public RunObserver {
 public:
  Observer(Log& log, Progress& progress) : log_(log), progress_(progress) {}
  void progress(const RunProgress& now) override { progress_.set(now.done, now.failed, now.bytes, now.total); }
  void log(Level level, const std::string& message) override { log_.write(static_cast<LogLevel>(level), message); }

 private:
  Log& log_;
  Progress& progress_;
};

Millis millis_of(double seconds) { return Millis{static_cast<std::int64_t>(seconds * 1000)}; }

std::string summary_of(const DownloadSummary& s, bool colours) {
  std::string out = in_colour(fmt::format("{} of {} pages fetched", thousands(s.fetched), thousands(s.urls)), Colour::bold, colours);
  if (s.failed) out += ", " + in_colour(thousands(s.failed) + " failed", Colour::red, colours);
  out += fmt::format(" in {}: {} from {} host{}\n", duration_text(s.seconds), bytes_text(s.bytes), thousands(s.hosts), s.hosts == 1 ? "" : "s");
  std::size_t shown = 0;
  for (const auto& [reason, pages] : s.reasons)
    if (shown++ < kReasonsShown) out += fmt::format("  {:>7}  {}\n", thousands(pages), reason);
  if (s.not_reached) out += fmt::format("  {:>7}  not reached\n", thousands(s.not_reached));
  return out;
}

class Fetch final : public Verb {
 public:
  VerbText text() const override {
    return {
        "fetch",
        "Download pages politely, into a WARC file or a folder",
        "Downloads the pages of SOURCEs and of the sitemaps, feeds and sites that options name, each once, and cleans "
        "nothing. A SOURCE is a URL or a list: a file (or - for standard input) with a URL, \"id<TAB>url\" or "
        "{\"id\", \"url\"} a line.\n\n"
        "Every host is asked for its robots.txt first, for one page at a time and for no more than one a second; "
        "many hosts are asked side by side. 429, 5xx and time-outs are tried again later, Retry-After is waited for. "
        "Private addresses are refused after each look-up and each redirect. Certificates are verified, always.\n\n"
        "OUT that ends in .warc.gz is a WARC 1.1 file (request, response and metadata of each page, a gzip member "
        "each); it is written as OUT.open until it is complete. Any other OUT is a folder with one file a page. "
        "A job file and `marrow run` also remember what was fetched, and ask again only for what may have changed.",
        {{"marrow fetch urls.txt -o pages.warc.gz --contact you@example.org", "download the URLs of a list"},
         {"marrow fetch --site https://example.org/ --include /blog/ -o pages/", "what a site's sitemaps and feeds list"},
         {"marrow fetch urls.tsv --report report.jsonl", "only look which pages can be had, and why not"}}};
  }

  void options(Options& o) override {
    o.operands("SOURCE", sources_, false, "URLs, files with URLs, or - for standard input.");
    o.group("Sources");
    o.list("--sitemap", "PLACE", job_.source.sitemaps, "A sitemap or sitemap index, URL or file, also gzipped.");
    o.list("--feed", "PLACE", job_.source.feeds, "An RSS or Atom feed, URL or file.");
    o.list("--site", "URL", job_.source.sites, "A site's front page: its sitemaps and feeds are looked for, there and in robots.txt.");
    o.list("--include", "PATTERN", job_.source.include, "Only URLs that match (RE2, anywhere in the URL); any of several will do.");
    o.list("--exclude", "PATTERN", job_.source.exclude, "No URLs that match.");
    o.text("--since", "DATE", job_.source.since, "Leave out entries of sitemaps and feeds that changed last before, as 2026-11-01.");
    o.number("--max-pages", "N", job_.max_pages, {0, 1e12}, "Ask for so many pages at most; 0 is all.");
    o.group("Output");
    o.text("-o,--output", "OUT", job_.out, "A .warc.gz file, or a folder. Pages are not kept unless given.");
    o.text("--report", "FILE", job_.report, "A JSON line for each URL: url, status, outcome, reason, bytes, ms, final_url, and where it was kept; - is standard output.");
    o.group("Politeness");
    o.text("--contact", "TEXT", job_.fetch.contact, "A URL or mail address that sites see, to ask who you are.");
    o.text("--user-agent", "TEXT", job_.fetch.user_agent, "The whole User-Agent header, instead of the program's name and --contact.");
    o.number("--concurrency", "N", concurrency_, {1, 1000}, "Transfers at once, over all hosts.");
    o.number("--per-host", "N", per_host_, {1, 100}, "Transfers at once to one host.");
    o.number("--delay", "SECONDS", delay_, {0, kDay}, "Between two requests to one host; a slow host and its Crawl-delay lengthen it.");
    o.number("--retries", "N", retries_, {0, 20}, "Further tries after a fault that may pass.");
    o.flag("--no-robots", no_robots_, "Do not ask for robots.txt: for sites of your own.");
    o.group("Limits");
    o.number("--timeout", "SECONDS", timeout_, {0.1, kDay}, "For one transfer.");
    o.number("--max-bytes", "N", max_bytes_, {1, 4e9}, "Of one page, decompressed.");
    o.group("Network");
    o.flag("--allow-private", job_.fetch.allow_private, "Connect to private, loopback and link-local addresses, too.");
    o.list("--allow-address", "ADDRESS", job_.fetch.allow_addresses, "Connect to this one, private or not.");
    o.text("--proxy", "URL", job_.fetch.proxy, "As for curl. The environment's proxies are not used.");
    o.text("--netrc", "FILE", job_.fetch.netrc, "Passwords of hosts.");
    o.text("--ca-file", "FILE", job_.fetch.ca_file, "Certificates (PEM) to trust instead of the system's.");
    o.text("--dns-servers", "LIST", job_.fetch.dns_servers, "Name servers instead of the system's: ADDRESS[:PORT],...");
  }

  int run(Context& context) override {
    if (const std::string wrong = fill_in(); !wrong.empty()) {
      context.log.fault("fetch: " + wrong);
      return kCannotRun;
    }
    Result<DownloadSummary> summary = go(context);
    if (!summary) {
      context.log.fault(summary.error().message);
      return kCannotRun;
    }
    if (!context.common.quiet && context.common.log.format == LogFormat::text)
      context.terminal.write(summary_of(*summary, context.terminal.colours()));
    return summary->exit_code();
  }

 private:
  std::string fill_in() {
    for (const std::string& source : sources_) {
      if (source.find("://") == std::string::npos) {
        job_.source.lists.push_back(source);
      } else if (resolve_url({}, source).empty()) {
        return "'" + printable(source) + "' is not an http or https URL";
      } else {
        job_.source.urls.push_back(source);
      }
    }
    const JobSource& from = job_.source;
    for (const std::string& site : from.sites)
      if (resolve_url({}, site).empty()) return "--site '" + printable(site) + "' is not an http or https URL";
    if (from.urls.empty() && from.lists.empty() && from.sitemaps.empty() && from.feeds.empty() && from.sites.empty())
      return "no SOURCE given (- is standard input); 'marrow fetch --help' says more";
    if (job_.out.empty() && job_.report.empty()) return "nothing to write: give -o, --report or both";
    job_.fetch.concurrency = concurrency_;
    job_.fetch.per_host = per_host_;
    job_.fetch.retries = static_cast<int>(retries_);
    job_.fetch.delay = millis_of(delay_);
    job_.fetch.total_timeout = millis_of(timeout_);
    job_.fetch.connect_timeout = std::min(job_.fetch.connect_timeout, job_.fetch.total_timeout);
    job_.fetch.max_bytes = max_bytes_;
    job_.fetch.robots = !no_robots_;
    return {};
  }

  Result<DownloadSummary> go(Context& context) const {
    Progress progress(context.terminal, !context.common.no_progress && !context.common.quiet && job_.report != "-");
    Observer observer(context.log, progress);
    return download(job_, observer, &context.interrupt.stop());
  }

  std::vector<std::string> sources_;
  DownloadJob job_;
  std::uint64_t concurrency_ = job_.fetch.concurrency, per_host_ = job_.fetch.per_host;
  std::uint64_t max_bytes_ = job_.fetch.max_bytes, retries_ = static_cast<std::uint64_t>(job_.fetch.retries);
  double delay_ = static_cast<double>(job_.fetch.delay.count()) / 1000;
  double timeout_ = static_cast<double>(job_.fetch.total_timeout.count()) / 1000;
  bool no_robots_ = false;
};

}  // namespace

std::unique_ptr<Verb> fetch_verb() { return std::make_unique<Fetch>(); }

}  // namespace marrow::cli
