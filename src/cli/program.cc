#include "cli/program.h"

#include <algorithm>
#include <csignal>

#include "cli/help.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "cli/parse.h"
#include "cli/version.h"

namespace marrow::cli {
namespace {

void describe(Outline& outline) {
  outline.name = "marrow";
  outline.version = program_version();
  outline.tagline = "gets to the marrow of a web page";
  outline.details =
      "Takes web pages and plain texts and separates what stands on them: the body of the article, "
      "the "
      "links that lead onward (previous, next, related, popular, latest) and the teasers of other "
      "articles, which are often cut off. Gives one record a page, with title, author, dates, "
      "language "
      "and the reasons behind every decision.\n\n"
      "Data goes to standard output or to the files that were asked for, messages go to standard "
      "error.";
  outline.examples = {
      {"marrow clean pages/ -o records.jsonl", "clean a folder of pages"},
      {"marrow clean page.html --format markdown", "read one page as Markdown"},
      {"marrow explain page.html | less -R", "see why a page was taken apart the way it was"},
  };
  outline.exit_codes = {
      {"0", "All was done. Also when the reader of a pipe went away."},
      {"1", "Some pages failed; the others were done."},
      {"2", "Nothing could be done or written as asked: usage, job or rule error, a full disk."},
      {"3", "Another run of the same job holds the lock."},
      {"4", "The job ran, and its drift alarm went off."},
      {"130", "Interrupted (Ctrl-C, SIGTERM): pages in flight were finished and written."},
  };
  outline.environment = {
      {"MARROW_RULES_DIR",
       "Folder of the rules that come with marrow. Unless set: share/marrow/rules beside the bin "
       "folder of the program, and where there is none, those built into the program."},
      {"SOURCE_DATE_EPOCH",
       "Seconds since 1970 that runs take for now, so that two of them give the same bytes."},
      {"NO_COLOR", "Set to anything: no colours, even on a terminal."},
      {"TERM", "\"dumb\": no colours."},
  };
}

void common_options(Options& o, CommonOptions& c) {
  o.group("Messages");
  o.count("-v,--verbose", c.verbose,
          "Say more on standard error: -v what is done, -vv every step.");
  o.flag("-q,--quiet", c.quiet, "Say nothing on standard error but errors.");
  o.flag("--no-progress", c.no_progress,
         "No progress bar. There is none anyway where standard error is not a terminal.");
  o.text("--log-file", "FILE", c.log.file, "Write the log to FILE too, from level info on.");
  o.number("--log-size", "MB", c.log_megabytes, {1, 4096},
           "Size at which the log file is set aside and a new one begun.");
  o.number("--log-keep", "N", c.log_keep, {0, 1000}, "How many log files set aside are kept.");
  o.choice<LogFormat>("--log-format", {{"text", LogFormat::text}, {"json", LogFormat::json}},
                      c.log.format, "Form of the log: text for people, or one JSON object a line.");
}

LogOptions log_options(const CommonOptions& common) {
  LogOptions log = common.log;
  log.max_file_bytes = static_cast<std::size_t>(common.log_megabytes) << 20;
  log.max_files = static_cast<std::size_t>(common.log_keep);
  log.level = common.verbose > 1    ? LogLevel::debug
              : common.verbose == 1 ? LogLevel::info
              : common.quiet        ? LogLevel::error
                                    : LogLevel::warning;
  return log;
}

int complain(Terminal& terminal, const std::string& message) {
  terminal.write("marrow: " + in_colour("error:", Colour::red, terminal.colours()) + " " + message +
                 "\n");
  return kCannotRun;
}

}  // namespace

Program::Program() {
  describe(outline_);
  common_options(outline_.common, common_);
}

void Program::group(std::string name, std::string summary) {
  outline_.groups.push_back({std::move(name), std::move(summary)});
}

void Program::add(std::unique_ptr<Verb> verb) {
  Outline::Entry& entry = outline_.verbs.emplace_back();
  entry.text = verb->text();
  verb->options(entry.options);
  verbs_.push_back(std::move(verb));
}

int Program::help(const Parsed& parsed, Terminal& terminal) const {
  const unsigned columns = std::min(terminal.columns(), kHelpColumns);
  if (parsed.verb != kNoVerb)
    return write_out(terminal, verb_help(outline_, outline_.verbs[parsed.verb], columns));
  if (!parsed.group.empty())
    return write_out(terminal, group_help(outline_, parsed.group, columns));
  return write_out(terminal, program_help(outline_, columns));
}

int Program::main(int argc, const char* const* argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a reader that went away is an error of write(), not our end
  Terminal terminal;
  const Result<Parsed> parsed = parse(outline_, argc, argv);
  if (!parsed) return complain(terminal, parsed.error().message);
  if (parsed->version) return write_out(terminal, version_text());
  if (parsed->help) return help(*parsed, terminal);
  if (parsed->verb == kNoVerb) {
    const std::string verbs = parsed->group.empty() ? "marrow" : "marrow " + parsed->group;
    return complain(terminal, "no verb given.\nTry '" + verbs + " --help'.");
  }
  return run(*verbs_[parsed->verb], terminal);
}

int Program::run(Verb& verb, Terminal& terminal) {
  Interrupt interrupt;  // before any thread is started: threads inherit the blocked signals
  Result<Log> log = Log::open(log_options(common_), terminal);
  if (!log) return complain(terminal, log.error().message);
  Context context{common_, terminal, *log, interrupt};
  return verb.run(context);
}

}  // namespace marrow::cli
