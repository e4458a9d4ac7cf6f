// marrow learn: what the pages of each site have in common -> a file for clean --memory.

#include "batch/learn.h"

#include <unistd.h>

#include "batch/memory_file.h"
#include "batch/progress.h"
#include "cli/interrupt.h"
#include "cli/page_options.h"
#include "cli/verbs.h"
#include "source/open.h"

namespace marrow::cli {
namespace {

class Learn final : public Verb {
 public:
  VerbText text() const override {
    return {
        "learn",
        "Learn from many pages what belongs to their sites and not to the page",
        "Reads pages as clean does, and files that learn has written before, and writes one file: "
        "for each host the texts, lists and places that recur, and how the bodies of its pages "
        "begin. With it, clean --memory drops what the template repeats, tells lists of popular "
        "and latest items from related ones, and finds the page that a teaser was cut from.\n\n"
        "The file is the same whatever the order of the pages and the number of threads, and two "
        "files together give what all pages together would have given. It is bounded (a few "
        "hundred megabytes at most): of hosts with many pages a sample is kept. Only pages with a "
        "URL count: JSONL lines that have one, pages that name a canonical one.",
        {{"marrow learn pages.jsonl -o sites.memory", "a first pass over a batch"},
         {"marrow clean pages.jsonl --memory sites.memory -o records.jsonl", "and the second"},
         {"marrow learn old.memory new-pages/ -o sites.memory", "go on with what was learned"}}};
  }
  void options(Options& o) override {
    o.operands("PATH", paths_, true, "Pages: files, folders, or - for standard input; and files that learn wrote.");
    o.group("Output");
    o.text("-o,--output", "FILE", out_, "File to write. Standard output unless given.");
    add_rule_options(o, page_);
    o.group("Limits");
    o.number("--threads", "N", threads_, {0, 1024}, "Threads at work; 0 is one a core.");
    add_limit_options(o, page_);
  }

  int run(Context& context) override {
    const bool to_terminal = (out_.empty() || out_ == "-") && ::isatty(STDOUT_FILENO) == 1;
    if (to_terminal) return cannot(context, {ErrorKind::stop_run, "a site memory is not for a terminal; name a file with -o"});
    const CleanOptions options = clean_options(page_);
    Result<Cleaner> cleaner = Cleaner::create(options);
    if (!cleaner) return cannot(context, cleaner.error());
    SiteMemory memory;
    SourceSpec spec;
    spec.max_bytes = options.budget.max_bytes;
    if (Status read = sort_paths(memory, spec); !read) return cannot(context, read.error());
    bool all = true;
    if (!spec.paths.empty()) {
      Result<std::unique_ptr<Source>> source = open_source(spec);
      if (!source) return cannot(context, source.error());
      const Learned learned = learn_from(context, *cleaner, **source);
      if (learned.interrupted) return kInterrupted;
      memory.merge(learned.memory);
      all = learned.failures.empty();
    }
    if (Status written = write_memory(memory, out_); !written) return cannot(context, written.error());
    return all ? kAllDone : kSomeFailed;
  }

 private:
  static int cannot(Context& context, const Error& error) {
    context.log.fault(error.message);
    return kCannotRun;
  }

  // Memories are merged at once, pages are left for the source.
  Status sort_paths(SiteMemory& memory, SourceSpec& spec) const {
    for (const std::string& path : paths_) {
      if (!is_memory_file(path)) {
        spec.paths.push_back(path);
        continue;
      }
      const Result<SiteMemory> old = read_memory(path);
      if (!old) return old.error();
      memory.merge(*old);
    }
    return Ok{};
  }

  Learned learn_from(Context& context, const Cleaner& cleaner, Source& source) const {
    Progress progress(context.terminal, !context.common.no_progress && !context.common.quiet);
    progress.expect(source.expected());
    Learned learned = learn(source, cleaner,
                            {.threads = static_cast<unsigned>(threads_),
                             .stop = &context.interrupt.stop(),
                             .on_page = [&](std::size_t bytes, bool read) { progress.page(bytes, read); }});
    for (const InputFailure& failure : learned.failures) context.log.error(failure.message, {{"page", failure.origin}});
    if (learned.pages > 0 && learned.without_url == learned.pages)
      context.log.warning("none of the pages has a URL, so nothing could be learned of their sites");
    return learned;
  }

  std::vector<std::string> paths_;
  std::string out_;
  std::uint64_t threads_ = 0;
  PageOptions page_;
};

}  // namespace

std::unique_ptr<Verb> learn_verb() { return std::make_unique<Learn>(); }

}  // namespace marrow::cli
