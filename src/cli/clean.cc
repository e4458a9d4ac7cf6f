// marrow clean: pages and texts from files, folders or a pipe -> records.

#include "batch/clean.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "batch/isolate.h"
#include "batch/learn.h"
#include "batch/memory_file.h"
#include "batch/progress.h"
#include "cli/interrupt.h"
#include "cli/page_options.h"
#include "cli/verbs.h"
#include "memory/knowledge.h"
#include "source/open.h"

namespace marrow::cli {
namespace {

enum class Body : unsigned char { as_format, text, markdown };

// Bytes of a JSONL line for one of its page: markup of which every other character is escaped, and other fields.
constexpr std::size_t kLineFactor = 2;

// Tells failures as they come, and counts for the bar.
class Observer final : public CleanObserver {
 public:
  Observer(Log& log, Progress& progress) : log_(log), progress_(progress) {}
  void on_record(const Record& record, std::size_t bytes) override {
    progress_.page(bytes, true);
    if (!log_.enabled(LogLevel::debug)) return;
    log_.debug(record.id + ": " + std::string(name_of(record.kind)) + ", " +
                   std::to_string(record.quality.words) + " words",
               {{"page", record.id}, {"kind", name_of(record.kind)}});
  }
  void on_failure(const InputFailure& failure) override {
    progress_.page(0, false);
    log_.error(failure.message, {{"page", failure.origin}});
  }

 private:
  Log& log_;
  Progress& progress_;
};

// "START:LEN" or nothing.
bool parse_range(const std::string& text, SourceSpec& spec) {
  if (text.empty()) return true;
  const char* end = text.data() + text.size();
  const auto [colon, bad_start] = std::from_chars(text.data(), end, spec.range_start);
  if (bad_start != std::errc{} || colon == end || *colon != ':') return false;
  const auto [at, bad_length] = std::from_chars(colon + 1, end, spec.range_length);
  return bad_length == std::errc{} && at == end && spec.range_length > 0;
}

class Clean final : public Verb {
 public:
  VerbText text() const override {
    return {
        "clean",
        "Separate body, related links and teasers of pages and texts",
        "Reads HTML pages and plain texts and writes one record a page, in the order of the "
        "arguments; the same bytes come out whatever the number of threads. A page that cannot be "
        "read is named, and the others go on.\n\n"
        "PATH is a file (.html, .htm, .xhtml, .txt; .jsonl with \"html\" or \"text\" in each line; "
        "web archives as .warc and .wet; any of them compressed as .gz or .zst), a folder, which is "
        "searched with all its folders, or - for standard input. Other names are told by their first bytes. "
        "Of a web archive, responses that are pages and extracted texts are read; a damaged record is named by "
        "its offset and the next one read.\n\n"
        "OUT is written whole or not at all: the old file stays until the new one is complete.",
        {{"marrow clean pages/ -o records.jsonl.gz", "clean a folder of pages"},
         {"marrow clean article.html --format markdown", "read one page as Markdown"},
         {"curl -s https://example.org/ | marrow clean - | jq .related",
          "see where a page leads"},
         {"marrow clean crawl.warc.gz --range 0:100000000 -o part-0.jsonl.gz",
          "clean the records of a web archive that begin in its first 100 MB"}}};
  }

  void options(Options& o) override {
    o.operands("PATH", paths_, false, "Files, folders, or - for standard input.");
    o.group("Input");
    o.text("--range", "START:LEN", range_,
           "Of one web archive, only the records that begin in these LEN bytes from START on. Neither end need be "
           "a record's border: ranges that lie side by side give every record once.");
    o.group("Output");
    o.text("-o,--output", "OUT", out_,
           "File for the records (.gz and .zst compress), or a folder (it exists or ends in /) for "
           "one "
           "file a record. Standard output unless given.");
    o.choice<Format>(
        "--format",
        {{"jsonl", Format::jsonl}, {"text", Format::text}, {"markdown", Format::markdown}}, format_,
        "One JSON object a line, or only the bodies as text or Markdown.");
    o.choice<Body>("--body", {{"text", Body::text}, {"markdown", Body::markdown}}, body_,
                   "Form of the body in JSON records. Text unless --format is markdown.");
    o.flag("--images", page_.clean.images, "Keep images in Markdown.");
    add_rule_options(o, page_);
    o.group("Sites");
    o.text("--memory", "FILE", memory_,
           "What is known of the sites, as marrow learn writes it. Sites that are not in it are "
           "cleaned as without.");
    o.flag("--two-passes", two_passes_,
           "Read all pages twice: first learn what recurs on their sites, then clean them with "
           "that. Takes twice the time.");
    o.group("Limits");
    o.number("--threads", "N", threads_, {0, 1024}, "Cleaners at work; 0 is one a core.");
    add_limit_options(o, page_);
    o.flag("--stats", stats_, "Say on standard error what each stage took.");
    o.flag("--isolate", isolate_,
           "Clean pages in processes of their own: a page that kills one is marked crash, and the others go on.");
    o.text("--quarantine", "DIR", quarantine_,
           "Folder for pages that killed a process, with a line that repeats each. Not kept unless given.");
  }

  int run(Context& context) override {
    if (paths_.empty()) return no_paths(context);
    CleanOptions options = clean_options(page_);
    const bool markdown =
        body_ == Body::as_format ? format_ == Format::markdown : body_ == Body::markdown;
    options.body = markdown ? BodyFormat::markdown : BodyFormat::text;

    Result<Cleaner> cleaner = Cleaner::create(options);
    if (!cleaner) return cannot(context, cleaner.error());
    SourceSpec spec;
    spec.paths = paths_;
    spec.max_bytes = options.budget.max_bytes;
    if (!parse_range(range_, spec))
      return cannot(context, {ErrorKind::stop_run, "--range " + range_ + " is not START:LEN, two whole numbers of bytes"});
    spec.max_line_bytes = std::max(spec.max_line_bytes, kLineFactor * spec.max_bytes);
    std::optional<SiteKnowledge> knowledge;
    if (const int code = remember(context, *cleaner, spec, knowledge); code != kAllDone) return code;
    if (knowledge) cleaner->know(&*knowledge);
    Result<std::unique_ptr<Source>> source = open_source(spec);
    if (!source) return cannot(context, source.error());
    Result<std::unique_ptr<Sink>> sink = open_sink({out_, format_});
    if (!sink) return cannot(context, sink.error());
    MakeCleanPage make = cleaner_of_thread(*cleaner, stats_ ? &figures_ : nullptr);
    if (!isolate_ && quarantine_.empty()) return clean(context, make, **source, std::move(*sink));
    IsolationOptions limits = isolation_options(options.budget, quarantine_);
    if (stats_) limits.stats = &figures_;
    auto isolation = Isolation::start(make, limits);
    if (!isolation) return cannot(context, isolation.error());
    return clean(context, (*isolation)->make(), **source, std::move(*sink));
  }

 private:
  static int cannot(Context& context, const Error& error) {
    context.log.fault(error.message);
    return kCannotRun;
  }

  static int no_paths(Context& context) {
    context.log.error(
        "clean: no PATH given (- is standard input); 'marrow clean --help' says more");
    return kCannotRun;
  }

  int remember(Context& context, const Cleaner& cleaner, const SourceSpec& spec, std::optional<SiteKnowledge>& knowledge) const {
    SiteMemory memory;
    if (!memory_.empty()) {
      Result<SiteMemory> read = read_memory(memory_);
      if (!read) return cannot(context, read.error());
      memory = std::move(*read);
    }
    if (two_passes_) {
      for (const std::string& path : spec.paths)
        if (path == "-") return cannot(context, {ErrorKind::stop_run, "standard input cannot be read twice: learn from it first (marrow learn), or name a file"});
      Result<std::unique_ptr<Source>> source = open_source(spec);
      if (!source) return cannot(context, source.error());
      // What cannot be read is told by the second pass.
      const Learned learned = learn(**source, cleaner, {.threads = static_cast<unsigned>(threads_), .stop = &context.interrupt.stop()});
      if (learned.interrupted) return kInterrupted;
      memory.merge(learned.memory);
    }
    if (!memory.empty()) knowledge.emplace(std::move(memory));
    return kAllDone;
  }

  bool to_stdout() const { return out_.empty() || out_ == "-"; }

  int clean(Context& context, const MakeCleanPage& make, Source& source, std::unique_ptr<Sink> sink) {
    // Records on a terminal and a bar on the same terminal would tear each other.
    const bool bar = !context.common.no_progress && !context.common.quiet &&
                     !(to_stdout() && ::isatty(STDOUT_FILENO) == 1);
    CleanSettings settings;
    settings.threads = static_cast<unsigned>(threads_);
    settings.stop = &context.interrupt.stop();
    if (stats_) settings.stats = &figures_;
    CleanRun run;
    {
      Progress progress(context.terminal, bar);
      progress.expect(source.expected());
      Observer observer(context.log, progress);
      run = run_clean(source, make, *sink, settings, observer);
    }
    if (const std::string left_out = source.left_out(); !left_out.empty())
      context.log.info("left out of web archives: " + left_out, {{"left_out", left_out}});
    sink.reset();  // removes what is not whole
    if (stats_) context.terminal.write(figures_.table());
    if (run.error) return cannot(context, *run.error);
    if (!to_stdout()) run.summary.outputs.push_back(out_);
    tell(context, run.summary);
    if (run.summary.interrupted) return kInterrupted;
    return run.summary.failed ? kSomeFailed : kAllDone;
  }

  // A log gets the figures as one line, people get a screen.
  static void tell(Context& context, const Summary& summary) {
    context.log.info(summary_line(summary), {{"pages", std::to_string(summary.pages)},
                                             {"failed", std::to_string(summary.failed)},
                                             {"bytes", std::to_string(summary.bytes)},
                                             {"seconds", std::to_string(summary.seconds)}});
    if (!context.common.quiet && context.common.log.format == LogFormat::text)
      context.terminal.write(summary_text(summary, context.terminal.colours()));
  }

  std::vector<std::string> paths_;
  std::string out_;
  Format format_ = Format::jsonl;
  Body body_ = Body::as_format;
  PageOptions page_;
  std::string memory_;
  bool two_passes_ = false;
  std::string range_;
  std::uint64_t threads_ = 0;
  bool stats_ = false;
  StageStats figures_;
  bool isolate_ = false;
  std::string quarantine_;
};

}  // namespace

std::unique_ptr<Verb> clean_verb() { return std::make_unique<Clean>(); }

}  // namespace marrow::cli
