// marrow state show, pages, check, vacuum, accept: what a job remembers (batch/state.h).

#include <fmt/format.h>
#include <sys/stat.h>

#include "batch/figures.h"
#include "cli/job_state.h"
#include "cli/output.h"
#include "cli/verbs.h"
#include "record/json.h"

namespace marrow::cli {
namespace {

constexpr const char* kTotals =
    "SELECT count(*),coalesce(sum(body_hash<>''),0),coalesce(sum(warc_offset>=0),0),"
    "coalesce(sum(next_visit>unixepoch()),0) FROM page";
constexpr const char* kOutcomes =
    "SELECT CASE WHEN outcome='' THEN 'not visited' ELSE outcome END,count(*) FROM page GROUP BY 1 ORDER BY 2 DESC,1";
constexpr const char* kRuns =
    "SELECT run,started,CASE WHEN open THEN 'not ended' WHEN complete THEN 'complete' ELSE 'cut short' END,ended "
    "FROM run ORDER BY run DESC LIMIT 5";
constexpr const char* kHosts =
    "SELECT host,pages,failed,length(memory) FROM host ORDER BY pages+failed DESC,host LIMIT 20";
constexpr const char* kPages =
    "SELECT url,outcome,status,fetched_at,datetime(changed_at,'unixepoch'),datetime(next_visit,'unixepoch'),"
    "rules,program,file,record_hash,warc,warc_offset FROM page ORDER BY id";
constexpr const char* kPageNames[] = {"url",   "outcome", "status", "fetched_at",  "changed_at", "next_visit",
                                      "rules", "program", "file",   "record_hash", "warc",       "warc_offset"};
constexpr bool is_number(std::string_view name) { return name == "status" || name == "warc_offset"; }

class StateVerb : public Verb {
 public:
  explicit StateVerb(Access access = Access::look) : access_(access) {}
  void options(Options& o) override { o.operand("JOB", job_, true, "The job file."); }
  int run(Context& context) final {
    auto opened = open_job_state(job_, access_);
    return opened ? work(context, opened->job, opened->state) : cannot(context, opened.error());
  }

 private:
  virtual int work(Context& context, const Job& job, State& state) = 0;
  Access access_;
  std::string job_;
};

class Show final : public StateVerb {
 public:
  VerbText text() const override {
    return {"state show",
            "Show what a job remembers",
            "How many pages it knows and what became of them, its last runs, its largest hosts. May look while a run is at work.",
            {{"marrow state show news.toml", "see how a job is doing"}}};
  }

 private:
  int work(Context& context, const Job& job, State& state) override {
    struct stat info {};
    const bool there = ::stat(job.state.c_str(), &info) == 0;
    std::string out = fmt::format("{}  ({})\n", job.state, bytes_text(there ? static_cast<std::uint64_t>(info.st_size) : 0));
    const auto totals = state.rows(kTotals);
    if (!totals) return cannot(context, totals.error());
    const auto& t = totals->front();
    out += fmt::format("pages    {} known, {} cleaned, {} kept, {} not due now\n", t[0], t[1], t[2], t[3]);
    const std::pair<const char*, const char*> tables[] = {{"last visits", kOutcomes}, {"runs", kRuns}, {"hosts (pages, failed, bytes of memory)", kHosts}};
    for (const auto& [name, sql] : tables) {
      const auto rows = state.rows(sql);
      if (!rows) return cannot(context, rows.error());
      out += std::string(name) + "\n";
      for (const auto& row : *rows) {
        out += "  ";
        for (const std::string& cell : row) out += cell + "  ";
        out.resize(out.find_last_not_of(' ') + 1);
        out += "\n";
      }
    }
    return write_out(context.terminal, printable_lines(out));
  }
};

void append_page(const std::vector<std::string>& row, std::string& out) {
  for (std::size_t i = 0; i < row.size(); ++i) {
    out += i ? ", " : "{";
    append_json_string(kPageNames[i], out);
    out += ": ";
    if (is_number(kPageNames[i])) out += row[i];
    else if (row[i].empty()) out += "null";
    else append_json_string(row[i], out);
  }
  out += "}\n";
}

class Pages final : public StateVerb {
 public:
  VerbText text() const override {
    return {"state pages",
            "List the pages a job remembers, as JSON lines",
            "One object a page, in the order in which they were first seen: URL, last outcome, when it changed and when it is due, the rules "
            "that cleaned it, the file its record stands in with that record's SHA-256, and where its bytes are kept.",
            {{"marrow state pages news.toml | jq -r 'select(.outcome!=\"ok\").url'", "which pages did not come?"}}};
  }

 private:
  int work(Context& context, const Job&, State& state) override {
    constexpr std::size_t kPiece = std::size_t{64} << 10;  // a job may know millions of pages
    std::string out;
    int written = kAllDone;
    const Status read = state.each_row(kPages, [&](const std::vector<std::string>& row) {
      append_page(row, out);
      if (out.size() < kPiece) return true;
      written = write_out(context.terminal, out);
      out.clear();
      return written == kAllDone;
    });
    if (!read) return cannot(context, read.error());
    return written == kAllDone ? write_out(context.terminal, out) : written;
  }
};

class Check final : public StateVerb {
 public:
  VerbText text() const override {
    return {"state check", "Read a job's state file through and look for damage", "Ends with 2 where it is damaged.", {}};
  }

 private:
  int work(Context& context, const Job& job, State& state) override {
    const auto rows = state.rows("PRAGMA integrity_check(10)");
    if (!rows) return cannot(context, rows.error());
    const bool sound = rows->size() == 1 && rows->front().front() == "ok";
    if (sound) return write_out(context.terminal, job.state + ": sound\n");
    for (const auto& row : *rows) context.log.error(job.state + ": " + row.front());
    return kCannotRun;
  }
};

class Vacuum final : public StateVerb {
 public:
  Vacuum() : StateVerb(Access::change) {}
  VerbText text() const override {
    return {"state vacuum",
            "Make a job's state file as small as it can be",
            "Takes as much free space as the file is large, for a while. Ends with 3 while a run is at work.",
            {}};
  }

 private:
  int work(Context& context, const Job&, State& state) override {
    if (Status done = state.execute("VACUUM; PRAGMA wal_checkpoint(TRUNCATE);"); !done) return cannot(context, done.error());
    return kAllDone;
  }
};

class Accept final : public StateVerb {
 public:
  Accept() : StateVerb(Access::change) {}
  VerbText text() const override {
    return {"state accept",
            "Take a site that has changed as it is now",
            "After a drift alarm: in the next run the pages of HOST (of all hosts, where none is named) raise none, their records are "
            "written, and later runs are compared with them. Ends with 3 while a run is at work.",
            {{"marrow state accept news.toml www.example.org", "its redesign is fine"}}};
  }
  void options(Options& o) override {
    StateVerb::options(o);
    o.operand("HOST", host_, false, "The host, as the alarm names it. All unless given.");
  }

 private:
  int work(Context& context, const Job&, State& state) override {
    Status done = state.set_fact("accept " + (host_.empty() ? std::string("*") : host_), "1");
    return done ? kAllDone : cannot(context, done.error());
  }

  std::string host_;
};

}  // namespace

std::unique_ptr<Verb> state_show_verb() { return std::make_unique<Show>(); }
std::unique_ptr<Verb> state_pages_verb() { return std::make_unique<Pages>(); }
std::unique_ptr<Verb> state_check_verb() { return std::make_unique<Check>(); }
std::unique_ptr<Verb> state_vacuum_verb() { return std::make_unique<Vacuum>(); }
std::unique_ptr<Verb> state_accept_verb() { return std::make_unique<Accept>(); }

}  // namespace marrow::cli
