// marrow report: a run, or what a job knows, as a small static site.

#include <filesystem>
#include <set>

#include "base/sha256.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "cli/page_options.h"
#include "cli/verbs.h"
#include "report/page_report.h"
#include "report/run_report.h"
#include "sink/file.h"
#include "source/warc_page.h"

namespace marrow::cli {
namespace {

namespace fs = std::filesystem;

Status write_whole(const std::string& path, const std::string& text) {
  Result<OutputFile> file = OutputFile::create(path);
  if (!file) return file.error();
  if (const Status written = file->write(text); !written) return written;
  return file->commit(OutputFile::Sync::none);
}

class Report final : public Verb {
 public:
  VerbText text() const override {
    return {"report",
            "Show a run, or what a job knows, in a browser",
            "Writes DIR/index.html: the pages by host and by result, how long and how sure their bodies are, drift over the last runs, "
            "slowest pages, flags, and the pages themselves, those that need a look first. RUN is the report of a run (run-N.json) or the "
            "state file of a job; records and kept pages are read from where these say they lie, and what is not there is left out.\n\n"
            "With --pages N the N pages that need a look most are explained, each in a file of its own under DIR/pages (as by explain "
            "--html), from the bytes that the job kept (warc = DIR under [fetch]). The files fetch nothing and need no server.",
            {{"marrow report state.db -o report --pages 20", "what a job knows, with its 20 most doubtful pages"},
             {"marrow report records/run-7.json -o report", "one run"}}};
  }
  void options(Options& o) override {
    o.operand("RUN", run_path_, true, "A run's report (JSON), or a job's state file.");
    o.text("-o,--output", "DIR", dir_, "Folder the site is written to; made where it is not there.");
    o.number("--pages", "N", pages_, {0, 10000}, "Explain so many pages, those that need a look most.");
    add_rule_options(o, page_);
    add_limit_options(o, page_);
  }

  int run(Context& context) override {
    if (dir_.empty()) return cannot(context, "where to? Name a folder: -o DIR");
    Result<RunData> run = read_run(run_path_);
    if (!run) return cannot(context, run.error().message);
    std::error_code failed;
    fs::create_directories(pages_ ? fs::path(dir_) / "pages" : fs::path(dir_), failed);
    if (failed) return cannot(context, dir_ + ": " + failed.message());
    if (pages_) {
      if (const Status done = explain_pages(context, *run); !done) return cannot(context, done.error().message);
    }
    if (const Status done = write_whole(dir_ + "/index.html", run_report(*run)); !done) return cannot(context, done.error().message);
    return context.interrupt.stopped() ? kInterrupted : kAllDone;
  }

 private:
  static int cannot(Context& context, const std::string& message) {
    context.log.fault(message);
    return kCannotRun;
  }

  Status explain_pages(Context& context, RunData& run) const {
    CleanOptions options = clean_options(page_);
    options.body = BodyFormat::markdown;
    Result<Cleaner> cleaner = Cleaner::create(options);
    if (!cleaner) return cleaner.error();
    Workspace workspace(*cleaner);
    std::vector<std::size_t> wanted = worth_a_look(run, pages_, true);
    if (wanted.empty()) context.log.warning("no kept page is named by " + run_path_ + ": nothing to explain", {});
    std::map<std::string, std::map<std::string, std::size_t>> by_file;  // pages of which only the file is known: WARC -> URL -> page
    for (const std::size_t i : wanted) {
      if (context.interrupt.stopped()) return Ok{};
      RunPage& page = run.pages[i];
      if (page.warc_offset < 0) {
        by_file[page.warc][page.url] = i;
        continue;
      }
      Result<WarcPage> kept = read_warc_page(page.warc, static_cast<std::uint64_t>(page.warc_offset), options.budget.max_bytes);
      if (!kept) {
        context.log.warning(page.url + ": " + kept.error().message, {});
        continue;
      }
      if (const Status done = explain_one(*cleaner, workspace, kept->input, page); !done) return done;
    }
    for (auto& [file, pages] : by_file)
      if (const Status done = explain_from(context, *cleaner, workspace, file, pages, run, options.budget.max_bytes); !done) return done;
    return Ok{};
  }

  Status explain_from(Context& context, const Cleaner& cleaner, Workspace& workspace, const std::string& file,
                      std::map<std::string, std::size_t>& pages, RunData& run, std::size_t max_bytes) const {
    Result<WarcReader> reader = WarcReader::open(file, {});
    if (!reader) {
      context.log.warning(reader.error().message, {});
      return Ok{};
    }
    WarcPages kept(std::move(*reader), max_bytes);
    Source::Item item;
    while (!pages.empty() && !context.interrupt.stopped() && kept.next(item)) {
      Input* input = std::get_if<Input>(&item);
      const auto found = input ? pages.find(input->url) : pages.end();
      if (found == pages.end()) continue;
      if (const Status done = explain_one(cleaner, workspace, *input, run.pages[found->second]); !done) return done;
      pages.erase(found);
    }
    return Ok{};
  }

  // Files are named by their page's address, so that a report made again writes the same ones.
  Status explain_one(const Cleaner& cleaner, Workspace& workspace, Input& input, RunPage& page) const {
    input.id = page.url;
    input.url = page.url;
    const Record record = cleaner.clean(input, workspace);
    const Explained explained{input, record, cleaner.seen(workspace), cleaner.explain(workspace), cleaner.rule_set()};
    const std::string name = "pages/" + sha256_hex(page.url).substr(0, 16) + ".html";
    PageReport report{.page = explained};
    report.notice_html = "<p class=\"back\"><a href=\"../index.html\">All pages of the run</a></p>\n";
    if (const Status done = write_whole(dir_ + "/" + name, page_report(report)); !done) return done;
    page.explained = name;
    return Ok{};
  }

  std::string run_path_, dir_;
  std::uint64_t pages_ = 0;
  PageOptions page_;
};

}  // namespace

std::unique_ptr<Verb> report_verb() { return std::make_unique<Report>(); }

}  // namespace marrow::cli
