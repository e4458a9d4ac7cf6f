// marrow rules import: rule files of others as rule files of ours.

#include "batch/figures.h"
#include "cli/output.h"
#include "cli/verbs.h"
#include "rules/import_ftr.h"

namespace marrow::cli {
namespace {

class RulesImport final : public Verb {
 public:
  VerbText text() const override {
    return {"rules import",
            "Turn site configs of FiveFilters into rule files",
            "Reads the site configs of Full-Text RSS (FORMAT is ftr; a .txt file a host, named "
            "after it) and writes a .toml file for each, over one of the same name. XPath becomes "
            "selectors. Prints every line that cannot be carried over, with its file, line and "
            "reason, then counts by directive. Tests become comments: they need a saved page.",
            {{"marrow rules import ftr site-configs/ -o my-rules/ > left-over.txt",
              "keep the list of what is left to do by hand"}}};
  }
  void options(Options& o) override {
    o.operand("FORMAT", format_, true, "ftr: FiveFilters' site configs.");
    o.operand("DIR", from_, true, "The folder of site configs.");
    o.text("-o,--output", "DIR", to_, "The folder to write to, made if need be. Must be given.");
  }

  int run(Context& context) override {
    if (format_ != "ftr")
      return cannot(context,
                    "rules import: '" + printable(format_) + "' cannot be imported, only ftr");
    if (to_.empty()) return cannot(context, "rules import: give the folder to write to, as -o DIR");
    const Result<FtrImport> sum = import_ftr_folder(from_, to_);
    if (!sum) return cannot(context, sum.error().message);
    std::string out;
    for (const std::string& line : sum->left_over) out += printable(line) + "\n";
    if (!context.common.quiet) out += summary(*sum);
    return write_out(context.terminal, out);
  }

 private:
  static int cannot(Context& context, const std::string& message) {
    context.log.fault(message);
    return kCannotRun;
  }

  static std::string summary(const FtrImport& sum) {
    std::string out;
    FtrImport::Count all;
    for (const auto& [directive, count] : sum.counts) {
      out += printable(directive) + ": " + carried(count) + "\n";
      all.lines += count.lines;
      all.carried += count.carried;
    }
    return out + "in all " + thousands(sum.files) + (sum.files == 1 ? " file: " : " files: ") +
           carried(all) + "\n";
  }

  static std::string carried(const FtrImport::Count& count) {
    return thousands(count.carried) + " of " + thousands(count.lines) +
           (count.lines == 1 ? " line" : " lines") + " carried over";
  }

  std::string format_, from_, to_;
};

}  // namespace

std::unique_ptr<Verb> rules_import_verb() { return std::make_unique<RulesImport>(); }

}  // namespace marrow::cli
