// Program: the verbs and what is common to them: parse, start log and signals, run one verb, give
// its exit code. The only place of the program that decides on exit codes of its own (2 for usage).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/outline.h"
#include "cli/verb.h"

namespace marrow::cli {

class Program {
 public:
  Program();
  void group(std::string name, std::string summary);
  void add(std::unique_ptr<Verb> verb);
  const Outline& outline() const { return outline_; }
  int main(int argc, const char* const* argv);

 private:
  int help(const struct Parsed& parsed, Terminal& terminal) const;
  int run(Verb& verb, Terminal& terminal);

  Outline outline_;
  CommonOptions common_;
  std::vector<std::unique_ptr<Verb>> verbs_;  // as in outline_.verbs
};

}  // namespace marrow::cli
