// marrow explain: why a page was taken apart the way it was.

#include "cli/explain.h"

#include <unistd.h>

#include <algorithm>
#include <optional>

#include "batch/memory_file.h"
#include "batch/terminal.h"
#include "cli/compare.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "cli/page_options.h"
#include "cli/verbs.h"
#include "memory/knowledge.h"
#include "report/page_report.h"
#include "sink/file.h"
#include "source/open.h"

namespace marrow::cli {
namespace {

class Explain final : public Verb {
 public:
  VerbText text() const override {
    return {
        "explain",
        "Say of every block and link of a page why it got its verdict",
        "Prints, in the order of the page, each block and each link: the verdict, words and link "
        "density, who decided (a rule by its file and line, a model with its probability, or a "
        "pass of the program), the first characters and the path of the element. Then what the "
        "model was asked (is it body? does it lead onward? is it an excerpt?), its answer, the cut "
        "from which on that is a yes, and the columns that pushed most for and against the answer, "
        "each with its value and by how many log odds it moved the answer away from the mean of the "
        "page. The last line is the nearest single change, all else equal, that would have given "
        "another verdict: a column on the other side of a value, or a rule left out; where no "
        "single one is enough, the one that comes nearest.\n\n"
        "Columns of the model 'blocks' are of the block by itself, those of 'context' of what the "
        "page around it came out as; 'marrow features' lists all with their meaning.\n\n"
        "Every block and every link has exactly one verdict; what is not body, related or teaser "
        "is boilerplate, and for links inline or navigation. 'marrow schema --of explain' "
        "describes the JSON.\n\n"
        "With two operands it says what changed: between two versions of a page, or, with --on, between "
        "two rule sets (files or folders, read after those of --rules; 'none' adds nothing) on all pages "
        "given. Blocks are paired by their text, links by address and text. Pages where nothing changed "
        "are not shown.",
        {{"marrow explain page.html | less -R", "read through a page"},
         {"marrow explain page.html --html why.html", "look at it in a browser"},
         {"marrow explain none mine.toml --on pages/", "what a rule file changes"},
         {"marrow explain monday.html tuesday.html", "what a new version of a page changed"},
         {"marrow explain page.html --json | jq '.blocks[] | select(.verdict == \"body\").path'",
          "where the body stands"},
         {"marrow explain page.html --json | jq -c '.blocks[] | select(.verdict == "
          "\"boilerplate\") | [.text, .flip]'",
          "what would have made text body"}}};
  }
  void options(Options& o) override {
    o.operand("PAGE", page_path_, true, "A page, a text, or - for standard input.");
    o.operand("OTHER", other_, false, "Another version of PAGE; with --on, PAGE and OTHER are rule sets.");
    o.text("--on", "PATH", on_, "Pages on which two rule sets are compared.");
    o.text("--url", "URL", url_, "Where the page came from: links are resolved against it.");
    o.flag("--json", json_, "One JSON object instead of text.");
    o.text("--html", "FILE", html_,
           "Write a page for the browser instead: the text with its verdicts, why, and the record, in one file that fetches nothing.");
    o.text("--memory", "FILE", memory_, "What is known of the sites, as marrow learn writes it.");
    add_rule_options(o, page_);
    add_limit_options(o, page_);
  }

  int run(Context& context) override {
    CleanOptions options = clean_options(page_);
    if (!html_.empty()) options.body = BodyFormat::markdown;
    if (!other_.empty()) return run_compare(context, options);
    if (!on_.empty()) return cannot(context, "--on needs two rule sets: marrow explain RULES OTHER --on PATH");
    Result<Cleaner> cleaner = Cleaner::create(options);
    if (!cleaner) return cannot(context, cleaner.error().message);
    std::optional<SiteKnowledge> knowledge;
    if (!memory_.empty()) {
      Result<SiteMemory> memory = read_memory(memory_);
      if (!memory) return cannot(context, memory.error().message);
      cleaner->know(&knowledge.emplace(std::move(*memory)));
    }
    SourceSpec spec;
    spec.paths = {page_path_};
    spec.max_bytes = options.budget.max_bytes;
    Result<std::unique_ptr<Source>> source = open_source(spec);
    if (!source) return cannot(context, source.error().message);

    int code = kAllDone;
    bool written_html = false;
    Workspace workspace(*cleaner);
    Source::Item item;
    while (!context.interrupt.stopped() && (*source)->next(item)) {
      if (const auto* failure = std::get_if<InputFailure>(&item)) {
        context.log.error(failure->message, {{"page", failure->origin}});
        code = kSomeFailed;
        continue;
      }
      if (!html_.empty() && written_html) return cannot(context, "--html takes one page, and " + page_path_ + " holds more");
      const std::string text = explain(*cleaner, workspace, std::get<Input>(item));
      written_html = !html_.empty();
      const int written = html_.empty() ? write_out(context.terminal, text) : write_file(context, text);
      if (written != kAllDone) return written;
    }
    return context.interrupt.stopped() ? kInterrupted : code;
  }

 private:
  int run_compare(Context& context, const CleanOptions& options) const {
    if (!memory_.empty()) return cannot(context, "--memory does not go with two operands");
    Comparison asked{.options = options, .before = page_path_, .after = other_, .on = on_, .url = url_};
    asked.form = !html_.empty() ? CompareForm::html : json_ ? CompareForm::json : CompareForm::text;
    int code = kAllDone;
    const auto emit = [&](const std::string& text) -> Status {
      code = std::max(code, html_.empty() ? write_out(context.terminal, text) : write_file(context, text));
      return Ok{};
    };
    const auto failed = [&](const InputFailure& failure) {
      context.log.error(failure.message, {{"page", failure.origin}});
      code = kSomeFailed;
    };
    const Result<Compared> done = compare(asked, emit, failed, [&] { return context.interrupt.stopped(); });
    if (!done && done.error().kind == ErrorKind::skip_page) {
      context.log.error(done.error().message, {});
      return kSomeFailed;
    }
    if (!done) return cannot(context, done.error().message);
    if (!on_.empty() && !json_ && html_.empty())
      write_out(context.terminal, std::to_string(done->changed) + " of " + std::to_string(done->pages) + " pages changed\n");
    return context.interrupt.stopped() ? kInterrupted : code;
  }

  static int cannot(Context& context, const std::string& message) {
    context.log.fault(message);
    return kCannotRun;
  }

  std::string explain(const Cleaner& cleaner, Workspace& workspace, Input& input) const {
    if (!url_.empty()) input.url = url_;
    const Record record = cleaner.clean(input, workspace);
    const Explained page{input, record, cleaner.seen(workspace), cleaner.explain(workspace), cleaner.rule_set()};
    if (!html_.empty()) return page_report({.page = page});
    return json_ ? explain_json(page) : explain_text(page, Terminal(STDOUT_FILENO).colours());
  }

  int write_file(Context& context, const std::string& text) const {
    Result<OutputFile> file = OutputFile::create(html_);
    if (!file) return cannot(context, file.error().message);
    if (const Status written = file->write(text); !written) return cannot(context, written.error().message);
    if (const Status done = file->commit(); !done) return cannot(context, done.error().message);
    return kAllDone;
  }

  std::string page_path_, other_, on_, url_, memory_, html_;
  bool json_ = false;
  PageOptions page_;
};

}  // namespace

std::unique_ptr<Verb> explain_verb() { return std::make_unique<Explain>(); }

}  // namespace marrow::cli
