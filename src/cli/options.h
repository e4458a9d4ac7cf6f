// Options: the one definition of what a verb takes on its command line. A verb binds its members
// here; parsing (parse.h), help, the man page and the completion all read the same table.
//
//   void options(Options& o) override {
//     o.operands("PATH", paths_, "Files and folders.");
//     o.text("-o,--output", "FILE", output_, "Where the records go.");
//     o.number("--threads", "N", threads_, {1, 256}, "Cleaners at work.");
//   }
//
// What an option takes is said by its value name: FILE, DIR, PATH, HOST, N, or the words it allows,
// "jsonl|text|markdown". Members must outlive the table.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace marrow::cli {

// Takes what stands on the command line; gives what is wrong with it, "" = nothing.
using Setter = std::function<std::string(const std::string&)>;

struct Option {
  std::string short_name;  // "o", "" = none
  std::string long_name;   // "output"
  std::string value;       // name of the value, "" = a flag
  std::string help;
  std::string initial;  // the value without the option, "" = nothing to say
  std::string group;    // the heading it stands under in help
  bool repeats = false;
  Setter set;  // called once for each time it is given; a flag gets ""

  std::string name() const { return "--" + long_name; }
};

struct Operand {
  std::string name, help;
  bool repeats = false;
  bool required = false;
  Setter set;
};

struct Range {
  double least, most;
};

class Options {
 public:
  void group(std::string_view heading) { group_ = heading; }  // of the options that follow

  void flag(std::string_view names, bool& target, std::string_view help);
  void count(std::string_view names, int& target, std::string_view help);
  void text(std::string_view names, std::string_view value, std::string& target,
            std::string_view help);
  void list(std::string_view names, std::string_view value, std::vector<std::string>& target,
            std::string_view help);
  void number(std::string_view names, std::string_view value, std::uint64_t& target, Range range,
              std::string_view help);
  void number(std::string_view names, std::string_view value, double& target, Range range,
              std::string_view help);
  template <typename Enum>
  void choice(std::string_view names, std::vector<std::pair<std::string, Enum>> words, Enum& target,
              std::string_view help);

  void operand(std::string_view name, std::string& target, bool required, std::string_view help);
  void operands(std::string_view name, std::vector<std::string>& target, bool required,
                std::string_view help);

  const std::vector<Option>& all() const { return options_; }
  const std::vector<Operand>& positional() const { return operands_; }

 private:
  Option& add(std::string_view names, std::string_view value, std::string_view help, Setter set);

  std::string group_ = "Options";
  std::vector<Option> options_;
  std::vector<Operand> operands_;
};

std::string not_one_of(const std::string& word, const std::vector<std::string>& allowed);

template <typename Enum>
void Options::choice(std::string_view names, std::vector<std::pair<std::string, Enum>> words,
                     Enum& target, std::string_view help) {
  std::string value, initial;
  for (const auto& [word, meaning] : words) {
    value += (value.empty() ? "" : "|") + word;
    if (meaning == target) initial = word;
  }
  add(names, value, help, [words, &target](const std::string& given) -> std::string {
    std::vector<std::string> allowed;
    for (const auto& [word, meaning] : words) {
      allowed.push_back(word);
      if (word != given) continue;
      target = meaning;
      return {};
    }
    return not_one_of(given, allowed);
  }).initial = initial;
}

}  // namespace marrow::cli
