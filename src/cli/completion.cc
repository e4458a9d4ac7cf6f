// marrow completion SHELL: the completion script; the build installs what it prints for bash.

#include "cli/completion.h"

#include <algorithm>

#include "cli/output.h"
#include "cli/verbs.h"

namespace marrow::cli {
namespace {

// What bash should offer for a value of this name.
std::string offer(const std::string& value) {
  if (value.find('|') != std::string::npos) {
    std::string words = value;
    std::replace(words.begin(), words.end(), '|', ' ');
    return "words '" + words + "'";
  }
  if (value == "DIR") return "dirs";
  for (const char* name : {"FILE", "PATH", "PAGE", "JOB", "OUT", "LIST"})
    if (value.starts_with(name)) return "files";
  return "nothing";
}

// "-o|--output": the patterns of one option in a case branch.
std::string pattern(const Option& option) {
  return (option.short_name.empty() ? "" : "-" + option.short_name + "|") + option.name();
}

void value_branches(std::string& out, const std::string& verb, const Options& options) {
  for (const Option& option : options.all()) {
    if (option.value.empty()) continue;
    std::string both;  // '*:-o' for common options, 'clean:-o' for a verb's own
    const std::string names = pattern(option);
    for (std::size_t from = 0; from < names.size();) {
      const std::size_t bar = std::min(names.find('|', from), names.size());
      both += (both.empty() ? "" : "|") + (verb.empty() ? "*:" : "'" + verb + ":'") +
              names.substr(from, bar - from);
      from = bar + 1;
    }
    out += "    " + both + ") _marrow_" + offer(option.value) + "; return ;;\n";
  }
}

std::string names_of(const Options& options) {
  std::string names;
  for (const Option& option : options.all())
    names += (option.short_name.empty() ? "" : "-" + option.short_name + " ") + option.name() + " ";
  return names;
}

std::string first_words(const Outline& outline) {
  std::string words;
  for (const Outline::Entry& entry : outline.verbs)
    if (entry.text.name.find(' ') == std::string::npos) words += entry.text.name + " ";
  for (const Outline::Group& group : outline.groups) words += group.name + " ";
  return words;
}

std::string second_words(const Outline& outline, const std::string& group) {
  std::string words;
  for (const Outline::Entry& entry : outline.verbs)
    if (entry.text.name.starts_with(group + " "))
      words += entry.text.name.substr(group.size() + 1) + " ";
  return words;
}

constexpr std::string_view kHead =
    R"(# bash completion for marrow, made by `marrow completion bash`.

_marrow_words() { COMPREPLY=($(compgen -W "$1" -- "$cur")); }
_marrow_files() { compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$cur")); }
_marrow_dirs() { compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -d -- "$cur")); }
_marrow_nothing() { COMPREPLY=(); }

_marrow() {
  local IFS=$' \t\n' cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} verb= word i
  COMPREPLY=()
  # --option=value comes as three words
  if [[ $cur == '=' ]]; then
    cur=
  elif [[ $prev == '=' && COMP_CWORD -ge 2 ]]; then
    prev=${COMP_WORDS[COMP_CWORD-2]}
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    case $verb:$word in
)";

constexpr std::string_view kValues = R"(    esac
  done
  case $verb:$prev in
)";

constexpr std::string_view kNames = R"(  esac
  case $verb:$cur in
)";

constexpr std::string_view kTail = R"(  esac
}
complete -F _marrow marrow
)";

class Completion final : public Verb {
 public:
  explicit Completion(const Outline& outline) : outline_(outline) {}
  VerbText text() const override {
    return {
        "completion",
        "Print the completion script of a shell",
        "The installed script is made by this verb; use it where the program was not installed.",
        {{"source <(marrow completion bash)", "complete in this shell"}}};
  }
  void options(Options& o) override {
    o.operand("bash", shell_, true, "The shell. Only bash is known.");
  }
  int run(Context& context) override {
    if (shell_ == "bash") return write_out(context.terminal, bash_completion(outline_));
    context.log.error("completion: there is no script for '" + shell_ + "', only for bash");
    return kCannotRun;
  }

 private:
  const Outline& outline_;
  std::string shell_;
};

}  // namespace

std::string bash_completion(const Outline& outline) {
  std::string out(kHead);
  for (const Outline::Entry& entry : outline.verbs) {
    const std::size_t space = entry.text.name.find(' ');
    const std::string from = space == std::string::npos ? "" : entry.text.name.substr(0, space);
    out += "    '" + from + "':" + entry.text.name.substr(space + 1) + ") verb='" +
           entry.text.name + "' ;;\n";
  }
  for (const Outline::Group& group : outline.groups)
    out += "    '':" + group.name + ") verb='" + group.name + "' ;;\n";
  out += kValues;
  for (const Outline::Entry& entry : outline.verbs)
    value_branches(out, entry.text.name, entry.options);
  value_branches(out, "", outline.common);
  out += kNames;
  const std::string common = names_of(outline.common) + "-h --help";
  for (const Outline::Entry& entry : outline.verbs) {
    out += "    '" + entry.text.name + "':-*) _marrow_words '" + names_of(entry.options) + common +
           "' ;;\n";
    const auto& operands = entry.options.positional();
    const std::string offers = entry.text.name == "help" ? "words '" + first_words(outline) + "'"
                               : entry.text.name == "completion" ? "words bash"
                               : operands.empty()                ? "nothing"
                                                                 : offer(operands[0].name);
    out += "    '" + entry.text.name + "':*) _marrow_" + offers + " ;;\n";
  }
  for (const Outline::Group& group : outline.groups) {
    out += "    '" + group.name + "':-*) _marrow_words '" + common + "' ;;\n";
    out += "    '" + group.name + "':*) _marrow_words '" + second_words(outline, group.name) +
           "' ;;\n";
  }
  out += "    '':-*) _marrow_words '" + common + " --version' ;;\n";
  out += "    '':*) _marrow_words '" + first_words(outline) + "' ;;\n";
  out += kTail;
  return out;
}

std::unique_ptr<Verb> completion_verb(const Outline& outline) {
  return std::make_unique<Completion>(outline);
}

}  // namespace marrow::cli
