// marrow init: a job file to start from, with every key, what it does and what it is without being written.

#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "batch/job.h"
#include "cli/output.h"
#include "cli/verbs.h"
#include "sink/file.h"

namespace marrow::cli {
namespace {

constexpr const char* kStarter = R"(# A job for `marrow run`: what to fetch, how politely, and where the records go.
# Paths are relative to this file. Keys behind '#' show what holds when they are not written.
# Look it over with: marrow run --check FILE      run it from cron with: marrow schedule FILE --every 6h

[source]
urls     = ["https://example.org/"]          # single pages
# lists    = ["urls.txt"]                    # files: a URL, "id<TAB>url" or {"id","url"} a line; .gz and .zst too
# sitemaps = ["https://example.org/sitemap.xml"]   # URLs or files; indexes are followed
# feeds    = ["https://example.org/feed"]    # RSS or Atom
# include  = ['/news/']                      # patterns: a URL must match one …
# exclude  = ['/tag/', '\.pdf$']             # … and none of these
# since    = 2026-11-01                      # entries of sitemaps that were last changed before are left out

[fetch]
contact = "you@example.org"                  # sites see who asks
# delay       = 1                            # seconds between two requests to a host
# per_host    = 1                            # requests to a host at a time
# concurrency = 64                           # requests at a time, over all hosts
# timeout     = "60s"                        # of one page
# retries     = 2                            # after faults that may pass
# max_bytes   = "20M"                        # of one page
# robots      = true                         # obey robots.txt
# warc        = "kept"                       # keep what was fetched here: new rules then need no network

[visits]
# adaptive = true                            # what has not changed for ten days is asked for once a day
# least    = 0                               # between two visits to a page
# most     = "7d"

[rules]
# dirs    = ["my-rules"]                     # folders of rule files, beside those that come with marrow
# builtin = true
# memory  = true                             # learn what the pages of a host have in common

[output]
dir  = "records"
file = "records-{run}.jsonl.gz"              # without {run}: always the whole picture; ending in '/': a folder
# format   = "jsonl"                         # or "text", "markdown"
# body     = "text"                          # or "markdown": of the body in a record
# images   = false                           # in Markdown
# segment  = "500M"                          # begin a new file after so many bytes of records
# manifest = true                            # manifest-RUN.jsonl: URL, file, hash and rules of each record
# report   = "records/report.json"           # what the run did

[state]
# file = "NAME.state"                        # what was seen: beside this file, under its name

[limits]
# max_pages   = 0                            # asked for in one run; 0 = all
# max_runtime = 0                            # "2h": then the run ends, and the next one goes on
# threads     = 0                            # cleaners; 0 = one a core
# isolate     = true                         # clean pages in processes of their own
# max_time    = 1                            # seconds of processor time of one page
# max_memory  = "256M"                       # of one page

[alarms]
# runs = 10                                  # a run is compared with so many earlier ones
# fail = false                               # end with 4 where a site seems to have changed under its rules
# keep = true                                # then its older records stay, where new ones would replace them

[hooks]
# on_finish = 'logger "marrow: $MARROW_JOB ended with $MARROW_EXIT_CODE"'   # $1 is the report's path
# on_alarm  = ["mail-the-report", "--to", "me"]                             # the report's path comes last
# timeout   = "60s"

[metrics]
# file = "/var/lib/prometheus/node-exporter/marrow.prom"
)";

class Init final : public Verb {
 public:
  VerbText text() const override {
    return {"init",
            "Write a job file to start from",
            "Writes FILE with every key of a job, what it does, and what holds where it is not written. A file that is there is "
            "left as it is.",
            {{"marrow init news.toml", "begin a job"}, {"marrow init - | less", "read which keys there are"}}};
  }
  void options(Options& o) override { o.operand("FILE", file_, true, "The job file to write; - is standard output."); }

  int run(Context& context) override {
    if (file_ == "-") return write_out(context.terminal, kStarter);
    if (::access(file_.c_str(), F_OK) == 0) {
      context.log.error(file_ + " is there already; name another file");
      return kCannotRun;
    }
    auto file = OutputFile::create(file_);
    Status written = file ? file->write(kStarter) : Status(file.error());
    if (written) written = file->commit();
    if (!written) {
      context.log.fault(written.error().message);
      return kCannotRun;
    }
    if (context.common.quiet) return kAllDone;
    return write_out(context.terminal, file_ + " is written. Say in it what to fetch, then: marrow run --check " + file_ + "\n");
  }

 private:
  std::string file_;
};

}  // namespace

std::unique_ptr<Verb> init_verb() { return std::make_unique<Init>(); }

}  // namespace marrow::cli
