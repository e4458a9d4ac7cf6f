// Outline: all the program's verbs and options as plain values: what parse, help, man page and
// completion are made from. Filled once at the start (program.cc), const from there on.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/verb.h"

namespace marrow::cli {

inline constexpr std::size_t kNoVerb = static_cast<std::size_t>(-1);

struct Outline {
  struct Entry {
    VerbText text;
    Options options;
  };
  struct Group {  // the first word of verbs of two words
    std::string name, summary;
  };
  std::string name, tagline, details;
  std::string version;
  std::vector<Entry> verbs;
  std::vector<Group> groups;
  Options common;  // of every verb
  std::vector<Example> examples;
  struct Term {
    std::string term, says;
  };
  std::vector<Term> files, exit_codes, environment;

  std::size_t find(std::string_view verb) const;  // kNoVerb where there is none
  bool is_group(std::string_view name) const;
};

// "marrow clean [OPTIONS] PATH..."
std::string usage_line(const Outline& outline, const Outline::Entry& entry);
// "-o, --output FILE"
std::string option_head(const Option& option);

}  // namespace marrow::cli
