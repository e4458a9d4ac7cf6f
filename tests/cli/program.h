// The program under test, and what all its tests ask of it.
#pragma once

#include <string>
#include <vector>

#include "support/program.h"

namespace marrow::test {

inline Ran marrow(const std::vector<std::string>& arguments, const RunOptions& options = {}) {
  return run(MARROW_PROGRAM, arguments, options);
}

// Verbs in the order of --help.
inline std::vector<std::string> verbs() {
  const std::string help = marrow({"--help"}).out;
  std::vector<std::string> names;
  std::size_t at = help.find("\nVerbs:\n");
  if (at == std::string::npos) return names;
  at += 8;
  while (at < help.size() && help[at] != '\n') {
    const std::size_t end = help.find('\n', at);
    const std::string line = help.substr(at, end - at);
    if (line.size() > 2 && line[2] != ' ') names.push_back(line.substr(2, line.find("  ", 2) - 2));
    at = end + 1;
  }
  return names;
}

}  // namespace marrow::test
