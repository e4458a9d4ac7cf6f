#include "cli/parse.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <map>

#include "base/suggest.h"

namespace marrow::cli {
namespace {

constexpr std::string_view kHelp = "-h,--help";
constexpr int kAny = -1;  // CLI11: any number of values

struct Given {  // one use of an option, kept until the whole line is known to be well formed
  const Option* option;
  std::vector<std::string> values;
};
struct GivenOperand {
  const Operand* operand;
  std::vector<std::string> values;
};

// CLI11's view of one verb. Results are gathered first and set later, in the order of the table.
struct VerbParser {
  CLI::App* app = nullptr;
  const Options* own = nullptr;
  std::vector<std::unique_ptr<Given>> given;
  std::vector<std::unique_ptr<GivenOperand>> operands;
  bool help = false;
};

std::string names_of(const Option& option) {
  return option.short_name.empty() ? option.name() : "-" + option.short_name + "," + option.name();
}

void add_option(VerbParser& parser, const Option& option) {
  Given* given = parser.given.emplace_back(std::make_unique<Given>(Given{&option, {}})).get();
  if (option.value.empty()) {
    parser.app->add_flag_function(names_of(option), [given](std::int64_t times) {
      given->values.resize(static_cast<std::size_t>(times));
    });
    return;
  }
  parser.app
      ->add_option(names_of(option), CLI::callback_t([given](const CLI::results_t& values) {
                     given->values = values;
                     return true;
                   }))
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void add_operand(VerbParser& parser, const Operand& operand) {
  GivenOperand* given =
      parser.operands.emplace_back(std::make_unique<GivenOperand>(GivenOperand{&operand, {}}))
          .get();
  parser.app
      ->add_option(operand.name, CLI::callback_t([given](const CLI::results_t& values) {
                     given->values = values;
                     return true;
                   }))
      ->expected(operand.repeats ? kAny : 1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void prepare(CLI::App* app, const Options& common, const Options* own, VerbParser& parser) {
  parser.app = app;
  parser.own = own;
  app->set_help_flag();
  app->allow_extras();
  app->add_flag(std::string(kHelp), parser.help);
  for (const Option& option : common.all()) add_option(parser, option);
  if (!own) return;
  for (const Option& option : own->all()) add_option(parser, option);
  for (const Operand& operand : own->positional()) add_operand(parser, operand);
}

class Parser {
 public:
  explicit Parser(const Outline& outline);
  Result<Parsed> parse(int argc, const char* const* argv);

 private:
  Error error(const std::string& verb, const std::string& message) const;
  Error missing_value(const std::string& verb, const std::string& last) const;
  Result<Parsed> understood();
  Status check_extras(const VerbParser& parser, const std::string& verb) const;
  Status check_root_extras() const;
  Status set(const VerbParser& parser, const std::string& verb) const;
  std::string chosen() const;  // "rules check", as far as it was given

  const Outline& outline_;
  CLI::App app_;
  bool version_ = false;
  VerbParser root_;
  std::vector<VerbParser> verbs_;
  std::map<std::string, VerbParser> groups_;
};

Parser::Parser(const Outline& outline) : outline_(outline), app_("", outline.name) {
  prepare(&app_, outline.common, nullptr, root_);
  app_.add_flag("--version", version_);
  app_.require_subcommand(0, 1);
  for (const Outline::Group& group : outline.groups) {
    CLI::App* app = app_.add_subcommand(group.name);
    app->require_subcommand(0, 1);
    prepare(app, outline.common, nullptr, groups_[group.name]);
  }
  verbs_.resize(outline.verbs.size());
  for (std::size_t i = 0; i < outline.verbs.size(); ++i) {
    const std::string& name = outline.verbs[i].text.name;
    const std::size_t space = name.find(' ');
    CLI::App* parent = space == std::string::npos ? &app_ : groups_.at(name.substr(0, space)).app;
    const std::string last = space == std::string::npos ? name : name.substr(space + 1);
    prepare(parent->add_subcommand(last), outline.common, &outline.verbs[i].options, verbs_[i]);
  }
}

std::string Parser::chosen() const {
  for (std::size_t i = 0; i < verbs_.size(); ++i)
    if (verbs_[i].app->parsed()) return outline_.verbs[i].text.name;
  for (const auto& [name, parser] : groups_)
    if (parser.app->parsed()) return name;
  return {};
}

Error Parser::error(const std::string& verb, const std::string& message) const {
  const std::string program = outline_.name + (verb.empty() ? "" : " " + verb);
  return {ErrorKind::stop_run,
          (verb.empty() ? "" : verb + ": ") + message + "\nTry '" + program + " --help'."};
}

// CLI11 takes whatever follows as an option's value, so a value can only be missing at the end.
Error Parser::missing_value(const std::string& verb, const std::string& last) const {
  std::string value = "value";
  const std::size_t i = outline_.find(verb);
  auto look = [&](const Options& options) {
    for (const Option& option : options.all())
      if (option.name() == last || (last.size() == 2 && last == "-" + option.short_name))
        value = "value, " + option.value;
  };
  look(outline_.common);
  if (i != kNoVerb) look(outline_.verbs[i].options);
  return error(verb, "'" + last + "' needs a " + value);
}

Result<Parsed> Parser::parse(int argc, const char* const* argv) {
  try {
    app_.parse(argc, argv);
  } catch (const CLI::ArgumentMismatch&) {
    return missing_value(chosen(), argv[argc - 1]);
  } catch (const CLI::ParseError& e) {
    return error(chosen(), e.what());
  }
  return understood();
}

Result<Parsed> Parser::understood() {
  Parsed parsed;
  parsed.version = version_;
  const std::string verb = chosen();
  parsed.verb = outline_.find(verb);
  if (outline_.is_group(verb)) parsed.group = verb;

  std::vector<const VerbParser*> levels{&root_};
  const std::size_t space = verb.find(' ');
  if (auto group = groups_.find(verb.substr(0, space)); group != groups_.end())
    levels.push_back(&group->second);
  if (parsed.verb != kNoVerb) levels.push_back(&verbs_[parsed.verb]);
  for (const VerbParser* level : levels) parsed.help = parsed.help || level->help;
  if (parsed.help || parsed.version) return parsed;

  if (Status fine = check_root_extras(); !fine) return fine.error();
  for (const VerbParser* level : levels) {
    if (Status fine = check_extras(*level, verb); !fine) return fine.error();
    if (Status fine = set(*level, verb); !fine) return fine.error();
  }
  return parsed;
}

// Words before or instead of a verb.
Status Parser::check_root_extras() const {
  const std::vector<std::string> extras = app_.remaining();
  if (extras.empty() || extras[0].starts_with("-")) return Ok{};
  std::vector<std::string_view> names;
  for (const Outline::Entry& entry : outline_.verbs)
    if (entry.text.name.find(' ') == std::string::npos) names.push_back(entry.text.name);
  for (const Outline::Group& group : outline_.groups) names.push_back(group.name);
  std::string message = "unknown verb '" + extras[0] + "'";
  std::error_code ignored;
  if (std::filesystem::exists(extras[0], ignored))
    message += "; to clean a page: " + outline_.name + " clean " + extras[0];
  else if (std::string hint = did_you_mean(extras[0], names); !hint.empty())
    message += "; " + hint;
  return error("", message);
}

Status Parser::check_extras(const VerbParser& parser, const std::string& verb) const {
  const std::vector<std::string> extras = parser.app->remaining();
  if (extras.empty()) return Ok{};
  const std::string word = extras[0].substr(0, extras[0].find('='));
  if (parser.own == nullptr && parser.app != &app_ && !word.starts_with("-")) {
    std::vector<std::string_view> names;  // of the group's verbs
    for (const Outline::Entry& entry : outline_.verbs)
      if (entry.text.name.starts_with(verb + " "))
        names.push_back(std::string_view(entry.text.name).substr(verb.size() + 1));
    const std::string hint = did_you_mean(word, names);
    return error(verb, "unknown verb '" + word + "'" + (hint.empty() ? "" : "; " + hint));
  }
  if (!word.starts_with("-")) return error(verb, "unexpected argument '" + word + "'");
  std::vector<std::string> owned{"--help"};
  if (parser.app == &app_) owned.push_back("--version");
  for (const auto& given : parser.given) owned.push_back(given->option->name());
  const std::vector<std::string_view> names(owned.begin(), owned.end());
  const std::string hint = did_you_mean(word, names);
  return error(verb, "unknown option '" + word + "'" + (hint.empty() ? "" : "; " + hint));
}

Status Parser::set(const VerbParser& parser, const std::string& verb) const {
  for (const auto& given : parser.given) {
    for (const std::string& value : given->values) {
      if (std::string wrong = given->option->set(value); !wrong.empty())
        return error(verb, given->option->name() + ": " + wrong);
    }
  }
  for (const auto& given : parser.operands) {
    if (given->values.empty() && given->operand->required)
      return error(verb, given->operand->name + " is missing");
    for (const std::string& value : given->values) {
      if (std::string wrong = given->operand->set(value); !wrong.empty())
        return error(verb, given->operand->name + ": " + wrong);
    }
  }
  return Ok{};
}

}  // namespace

Result<Parsed> parse(const Outline& outline, int argc, const char* const* argv) {
  return Parser(outline).parse(argc, argv);
}

}  // namespace marrow::cli
