// marrow features: what the models are asked with, for those who train them.

#include <unistd.h>

#include "batch/feature_dump.h"
#include "batch/progress.h"
#include "cli/interrupt.h"
#include "cli/verbs.h"
#include "sink/file.h"
#include "source/open.h"

namespace marrow::cli {
namespace {

class Features final : public Verb {
 public:
  VerbText text() const override {
    return {
        "features",
        "Write the features of pages, as the models see them",
        "For training: a JSON line that names the columns, then for each page a JSON line and its "
        "rows of numbers (float32, little-endian), exactly as the program computes them.",
        {{"marrow features --what blocks pages/ -o blocks.bin",
          "write a row for each block of each page"}}};
  }
  void options(Options& o) override {
    o.operands("PATH", paths_, true, "Files, folders, or - for standard input, as for clean.");
    o.text("-o,--output", "OUT", out_, "File to write. Standard output unless given.");
    o.choice<FeatureSet>("--what",
                         {{"blocks", FeatureSet::blocks},
                          {"kind", FeatureSet::kind},
                          {"context", FeatureSet::context},
                          {"links", FeatureSet::links},
                          {"link_context", FeatureSet::link_context},
                          {"teasers", FeatureSet::teasers},
                          {"texts", FeatureSet::texts}},
                         dump_.what, "Which model's rows: one a block, a page, a link, or a unit of a plain text.");
    o.text("--models", "DIR", dump_.model_dir,
           "Models that later columns are made with. The built-in ones unless given.");
    o.flag("--no-models", dump_.no_models, "Leave those columns empty.");
    o.list("--rules", "DIR", dump_.rule_dirs, "Rule files, read after the built-in ones.");
  }

  int run(Context& context) override {
    Result<FeatureDump> dump = FeatureDump::create(dump_);
    if (!dump) return cannot(context, dump.error());
    SourceSpec spec;
    spec.paths = paths_;
    Result<std::unique_ptr<Source>> source = open_source(spec);
    if (!source) return cannot(context, source.error());
    Result<OutputFile> out = OutputFile::create(out_);
    if (!out) return cannot(context, out.error());

    std::string bytes;
    dump->append_head(bytes);
    if (Status written = out->write(bytes); !written) return cannot(context, written.error());
    const Result<bool> all = pages(context, *dump, **source, *out);
    if (!all) return cannot(context, all.error());
    if (context.interrupt.stopped()) return kInterrupted;
    if (Status whole = out->commit(); !whole) return cannot(context, whole.error());
    return *all ? kAllDone : kSomeFailed;
  }

 private:
  static int cannot(Context& context, const Error& error) {
    context.log.fault(error.message);
    return kCannotRun;
  }

  // True where no page failed.
  Result<bool> pages(Context& context, FeatureDump& dump, Source& source, OutputFile& out) const {
    const bool to_terminal = (out_.empty() || out_ == "-") && ::isatty(STDOUT_FILENO) == 1;
    Progress progress(context.terminal,
                      !context.common.no_progress && !context.common.quiet && !to_terminal);
    progress.expect(source.expected());
    bool all = true;
    std::string bytes;
    for (Source::Item item;
         !context.interrupt.stopped() && !out.reader_gone() && source.next(item);) {
      if (const auto* failure = std::get_if<InputFailure>(&item)) {
        progress.page(0, false);
        context.log.error(failure->message, {{"page", failure->origin}});
        all = false;
        continue;
      }
      const Input& input = std::get<Input>(item);
      bytes.clear();
      dump.append_page(input, bytes);
      if (Status written = out.write(bytes); !written) return written.error();
      progress.page(input.bytes.size(), true);
    }
    return all;
  }

  std::vector<std::string> paths_;
  std::string out_;
  FeatureDump::Options dump_;
};

}  // namespace

std::unique_ptr<Verb> features_verb() { return std::make_unique<Features>(); }

}  // namespace marrow::cli
