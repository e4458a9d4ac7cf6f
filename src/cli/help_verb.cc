// marrow help [VERB]: the same pages as --help.

#include <algorithm>

#include "base/suggest.h"
#include "cli/help.h"
#include "cli/output.h"
#include "cli/verbs.h"

namespace marrow::cli {
namespace {

class Help final : public Verb {
 public:
  explicit Help(const Outline& outline) : outline_(outline) {}
  VerbText text() const override {
    return {"help", "Say how the program or one of its verbs is used", "", {}};
  }
  void options(Options& o) override {
    o.operands("VERB", verb_, false, "A verb, of one or two words. None: the program.");
  }
  int run(Context& context) override {
    std::string name;
    for (const std::string& word : verb_) name += (name.empty() ? "" : " ") + word;
    const unsigned columns = std::min(context.terminal.columns(), kHelpColumns);
    if (name.empty()) return write_out(context.terminal, program_help(outline_, columns));
    if (outline_.is_group(name))
      return write_out(context.terminal, group_help(outline_, name, columns));
    if (const std::size_t i = outline_.find(name); i != kNoVerb)
      return write_out(context.terminal, verb_help(outline_, outline_.verbs[i], columns));
    std::vector<std::string_view> names;
    for (const Outline::Entry& entry : outline_.verbs) names.push_back(entry.text.name);
    const std::string hint = did_you_mean(name, names);
    context.log.error("unknown verb '" + name + "'" + (hint.empty() ? "" : "; " + hint));
    return kCannotRun;
  }

 private:
  const Outline& outline_;
  std::vector<std::string> verb_;
};

}  // namespace

std::unique_ptr<Verb> help_verb(const Outline& outline) { return std::make_unique<Help>(outline); }

}  // namespace marrow::cli
